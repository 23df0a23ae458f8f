import { limits } from '#wire/limits.ts';

/**
 * Waits for a database no longer than `limits.openDatabaseMs`: an older tab that doesn’t let go of it would keep everything
 * waiting. One that opens later is closed.
 *
 * @throws `tooLate` in words for people, or what `opening` rejects with
 */
export async function openInTime<T extends { close(): void }>(
  opening: Promise<T>,
  tooLate: string,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(tooLate)), limits.openDatabaseMs);
  });
  try {
    return await Promise.race([opening, timeout]);
  } catch (error) {
    opening.then((database) => database.close()).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
