/** Ensures that only one tab works on a project and only one writes a run’s journal. */
export interface RunLocks {
  /** Takes all of these locks, or none. `lost` is aborted if one of them can’t be held any longer. */
  acquire(
    names: string[],
    holder: LockHolder,
  ): Promise<{ release(): void; lost: AbortSignal } | { heldBy: LockHolder }>;
}

export interface LockHolder {
  runId: string;
}

/** Tells other tabs who holds a lock. A record may outlive its holder: only the lock itself counts. */
export interface HolderRecords {
  set(name: string, holder: LockHolder): Promise<void>;
  get(name: string): Promise<LockHolder | undefined>;
}

/** Web Locks, which end with their tab. */
export function webLocks(locks: LockManager, records: HolderRecords): RunLocks {
  return {
    async acquire(names, holder) {
      const held: (() => void)[] = [];
      const release = () => held.forEach((end) => end());
      try {
        // All tabs take locks in the same order, so that two can’t block each other.
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

/** Takes a lock if it is free; returns a function that releases it. */
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

/** Leases in a store that all tabs share. */
export interface Leases {
  /** Takes or extends a lease atomically; gives its holder after that. */
  take(name: string, lease: Lease, now: number): Promise<Lease>;
  release(name: string, token: string): Promise<void>;
}

export interface Lease extends LockHolder {
  /** Identifies the holder. */
  token: string;
  until: number;
}

const leaseMs = 10_000;
const renewMs = 3_000;

/** Leases for pages without Web Locks (plain http on a network): held as long as they are renewed. */
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
        // A lease that can’t be released expires.
        for (const name of taken) leases.release(name, token).catch(() => {});
      };
      const hold = (name: string) => {
        const now = clock.now();
        return leases.take(name, { runId, token, until: now + leaseMs }, now);
      };
      /** Extends all leases; false if another tab has one, or it can’t be extended. */
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
        // Taking many may take longer than the first lease lasts.
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

/** Locks within one page, for specs. */
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
