/**
 * Runs `work` for each item from `next`, at most `limit` at a time. `next` may return more items after undefined, because
 * running work can add some. After the first error nothing is started; the error is thrown once running work has ended.
 */
export async function inParallel<T>(
  next: () => T | undefined,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let item = next(); item !== undefined && !failed; item = next()) {
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Slices of at most `size` items, in order. */
export function chunksOf<T extends { length: number; slice(from: number, to: number): T }>(
  items: T,
  size: number,
): T[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
