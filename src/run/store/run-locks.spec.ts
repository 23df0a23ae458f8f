import * as fake from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { lockRecords } from './lock-records.ts';
import { leaseLocks, memoryLocks, webLocks, type RunLocks } from './run-locks.ts';

/** A minimal LockManager of one browser. */
function lockManager(): LockManager {
  const held = new Set<string>();
  return {
    query: async () => ({}),
    async request(name: string, _: LockOptions, callback: (lock: Lock | null) => Promise<unknown>) {
      if (held.has(name)) return callback(null);
      held.add(name);
      try {
        return await callback({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    },
  } as LockManager;
}

let tokens = 0;
const clock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};
const leases = (records = lockRecords()) => leaseLocks(records, clock, () => String((tokens += 1)));

/** The locks of two tabs. */
const kinds: Record<string, () => [RunLocks, RunLocks]> = {
  'Web Locks': () => {
    const locks = lockManager();
    return [webLocks(locks, lockRecords()), webLocks(locks, lockRecords())];
  },
  leases: () => [leases(), leases()],
  memory: () => {
    const locks = memoryLocks();
    return [locks, locks];
  },
};

async function take(locks: RunLocks, names: string[], runId: string) {
  const held = await locks.acquire(names, { runId });
  if ('heldBy' in held) throw new Error(`held by ${held.heldBy.runId}`);
  return held;
}

beforeEach(() => {
  for (const [name, value] of Object.entries(fake)) vi.stubGlobal(name, value);
  vi.stubGlobal('indexedDB', new fake.IDBFactory());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

describe.each(Object.keys(kinds))('locks: %s', (kind) => {
  it('are held by one tab until released; the other tab sees the holder', async () => {
    const [one, other] = kinds[kind]!();
    const held = await take(one, ['b', 'a'], 'first');
    expect(await other.acquire(['c', 'b'], { runId: 'second' })).toEqual({ heldBy: { runId: 'first' } });
    // The failed attempt left `c` free.
    (await take(one, ['c'], 'third')).release();
    held.release();
    await vi.waitFor(() => take(other, ['a', 'b', 'c'], 'second'));
  });

  it('are given to one of two tabs that want them at once', async () => {
    const [one, other] = kinds[kind]!();
    const both = await Promise.allSettled([
      take(one, ['a', 'b'], 'first'),
      take(other, ['b', 'a'], 'second'),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a lease', () => {
  const later = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      await vi.advanceTimersByTimeAsync(1000);
      for (let tick = 0; tick < 20; tick += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('is held while its tab lives, and free 10 s after the tab died', async () => {
    const records = lockRecords();
    let isAlive = true;
    const never = new Promise<never>(() => {});
    const dying = {
      ...records,
      take: (...request: Parameters<typeof records.take>) => (isAlive ? records.take(...request) : never),
    };
    await take(leases(dying), ['a'], 'first');
    await later(60_000);
    await expect(take(leases(), ['a'], 'second')).rejects.toThrow('held by first');
    isAlive = false;
    await later(11_000);
    await take(leases(), ['a'], 'second');
  });

  it('is lost if another tab has it or the store fails', async () => {
    const records = lockRecords();
    let failure: Error | undefined;
    const failing = {
      ...records,
      take: async (...request: Parameters<typeof records.take>) => {
        if (failure) throw failure;
        return records.take(...request);
      },
    };
    const { lost } = await take(leases(failing), ['a'], 'first');
    await later(4000);
    expect(lost.aborted).toBe(false);
    failure = new Error('no disk');
    await later(4000);
    expect(lost.aborted).toBe(true);

    const slept = await take(leases(), ['b'], 'first');
    // The tab was suspended: its lease ended, and another tab took it.
    vi.setSystemTime(Date.now() + 11_000);
    await take(leases(), ['b'], 'second');
    await later(4000);
    expect(slept.lost.aborted).toBe(true);
  });
});
