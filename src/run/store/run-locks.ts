/** Sees to it that only one tab of this browser works on a project, and only one writes the journal of a run. */
export interface RunLocks {
  /** Takes all of these locks, or none. `lost` is aborted if they can no longer be held. */
  acquire(
    names: string[],
    holder: LockHolder,
  ): Promise<{ release(): void; lost: AbortSignal } | { heldBy: LockHolder }>;
}

export interface LockHolder {
  runId: string;
}

/** Records who holds a lock, for the other tabs. A record may outlive its holder: only the lock itself counts. */
export interface HolderRecords {
  set(name: string, holder: LockHolder): Promise<void>;
  get(name: string): Promise<LockHolder | undefined>;
}

/** Web Locks. They end with their tab, however that ends. */
export function webLocks(locks: LockManager, records: HolderRecords): RunLocks {
  return {
    async acquire(names, holder) {
      const held: (() => void)[] = [];
      const release = () => held.forEach((end) => end());
      // In one order everywhere, so that two tabs can’t each hold what the other wants.
      for (const name of names.toSorted()) {
        const end = await take(locks, `sheaf ${name}`);
        if (end === undefined) {
          release();
          return { heldBy: (await records.get(name)) ?? { runId: '' } };
        }
        held.push(end);
        await records.set(name, holder);
      }
      return { release, lost: new AbortController().signal };
    },
  };
}

/** Takes a lock if it is free; returns what gives it back. */
function take(locks: LockManager, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((end) => resolve(() => end()));
      })
      .catch(reject);
  });
}

/** A lease in a store that all tabs share. */
export interface Leases {
  /** Takes or prolongs a lease in one step; gives who holds it then. */
  take(name: string, lease: Lease, now: number): Promise<Lease>;
  release(name: string, token: string): Promise<void>;
}

export interface Lease extends LockHolder {
  /** Of the one who took it. */
  token: string;
  until: number;
}

const leaseMs = 10_000;
const renewMs = 3_000;

/** Leases, where a page has no Web Locks (plain http on a network): held as long as they are renewed. */
export function leaseLocks(
  leases: Leases,
  clock: { now(): number; sleep(milliseconds: number): Promise<void> },
  newToken: () => string,
): RunLocks {
  return {
    async acquire(names, { runId }) {
      const token = newToken();
      const lost = new AbortController();
      const taken: string[] = [];
      const release = () => {
        lost.abort();
        for (const name of taken) void leases.release(name, token);
      };
      const hold = async (name: string) => {
        const now = clock.now();
        return leases.take(name, { runId, token, until: now + leaseMs }, now);
      };
      for (const name of names.toSorted()) {
        const holder = await hold(name);
        if (holder.token !== token) {
          release();
          return { heldBy: { runId: holder.runId } };
        }
        taken.push(name);
      }
      void (async () => {
        for (await clock.sleep(renewMs); !lost.signal.aborted; await clock.sleep(renewMs))
          for (const name of taken) if ((await hold(name)).token !== token) lost.abort();
      })();
      return { release, lost: lost.signal };
    },
  };
}

/** Locks within one page alone, for specs. */
export function memoryLocks(): RunLocks {
  const held = new Map<string, LockHolder>();
  return {
    async acquire(names, holder) {
      for (const name of names) {
        const heldBy = held.get(name);
        if (heldBy) return { heldBy };
      }
      for (const name of names) held.set(name, holder);
      return {
        release: () => names.forEach((name) => held.delete(name)),
        lost: new AbortController().signal,
      };
    },
  };
}
