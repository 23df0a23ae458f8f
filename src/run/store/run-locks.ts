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
      try {
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
      } catch (error) {
        release();
        throw error;
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
      let isReleased = false;
      const taken: string[] = [];
      const release = () => {
        isReleased = true;
        // One that can’t be given back ends by itself.
        for (const name of taken) leases.release(name, token).catch(() => {});
      };
      const hold = (name: string) => {
        const now = clock.now();
        return leases.take(name, { runId, token, until: now + leaseMs }, now);
      };
      /** Prolongs all leases; false if one has gone to another tab, or can’t be prolonged. */
      const holdAll = async () => {
        for (const name of taken) if (!isReleased && (await hold(name)).token !== token) return false;
        return true;
      };
      try {
        for (const name of names.toSorted()) {
          const holder = await hold(name);
          if (holder.token !== token) {
            release();
            return { heldBy: { runId: holder.runId } };
          }
          taken.push(name);
        }
        // Taking many may have lasted longer than the first of them.
        if (!(await holdAll()))
          throw new Error('Another tab has just begun to create annotations. Try again.');
      } catch (error) {
        release();
        throw error;
      }
      void (async () => {
        for (await clock.sleep(renewMs); !isReleased; await clock.sleep(renewMs)) {
          const isHeld = await holdAll().catch(() => false);
          if (!isHeld && !isReleased) return lost.abort();
        }
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
