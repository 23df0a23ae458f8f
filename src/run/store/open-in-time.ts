import { limits } from '#wire/limits.ts';

/**
 * Waits at most `limits.openDatabaseMs` for a database: an older tab that keeps it open would block forever. A database
 * that opens later is closed.
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
