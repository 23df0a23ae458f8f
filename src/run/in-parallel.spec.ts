import { describe, expect, it } from 'vitest';
import { chunksOf, inParallel } from './in-parallel.ts';

/** Work that the spec ends by hand, and the items in progress. */
function createWork<T>() {
  const running = new Map<T, { end: () => void; fail: (error: Error) => void }>();
  const begun: T[] = [];
  return {
    begun,
    running,
    work: (item: T) =>
      new Promise<void>((resolve, reject) => {
        begun.push(item);
        running.set(item, {
          end: () => {
            running.delete(item);
            resolve();
          },
          fail: (error) => {
            running.delete(item);
            reject(error);
          },
        });
      }),
  };
}
const breath = () => new Promise((resolve) => setTimeout(resolve));

describe('inParallel', () => {
  it('processes all items in order, with a limited number at a time', async () => {
    const items = [1, 2, 3, 4, 5];
    const pending = createWork<number>();
    const done = inParallel(() => items.shift(), 2, pending.work);
    expect(pending.begun).toEqual([1, 2]);
    pending.running.get(1)!.end();
    await breath();
    expect(pending.begun).toEqual([1, 2, 3]);
    while (pending.running.size > 0) {
      expect(pending.running.size).toBeLessThanOrEqual(2);
      for (const { end } of pending.running.values()) end();
      await breath();
    }
    await done;
    expect(pending.begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('returns at once without items', async () => {
    await expect(
      inParallel(
        () => undefined,
        4,
        () => Promise.reject(new Error('no')),
      ),
    ).resolves.toBeUndefined();
  });

  it('processes items that are added while the last one runs', async () => {
    const items = ['large'];
    const done: string[] = [];
    await inParallel(
      () => items.shift(),
      3,
      async (item) => {
        await breath();
        done.push(item);
        if (item === 'large') items.push('half', 'other half');
      },
    );
    expect(done).toEqual(['large', 'half', 'other half']);
  });

  it('starts nothing after an error, and throws it once running work has ended', async () => {
    const items = [1, 2, 3, 4];
    const pending = createWork<number>();
    let failure: unknown;
    const done = inParallel(() => items.shift(), 2, pending.work).catch(
      (error: unknown) => (failure = error),
    );
    pending.running.get(1)!.fail(new Error('disk full'));
    await breath();
    expect(failure).toBeUndefined();
    pending.running.get(2)!.end();
    await done;
    expect(failure).toEqual(new Error('disk full'));
    expect(pending.begun).toEqual([1, 2]);
  });
});

describe('chunksOf', () => {
  it.each([
    [0, 3, []],
    [1, 3, [[0]]],
    [3, 3, [[0, 1, 2]]],
    [7, 3, [[0, 1, 2], [3, 4, 5], [6]]],
  ])('%i items by %i', (count, size, chunks) => {
    const items = [...Array(count).keys()];
    expect(chunksOf(items, size)).toEqual(chunks);
    expect(chunksOf(Uint32Array.from(items), size)).toEqual(chunks.map((chunk) => Uint32Array.from(chunk)));
  });
});
