import { v4 as uuid } from 'uuid';
import { indexedDbStore } from '#run/store/indexed-db-store.ts';
import { lockRecords } from '#run/store/lock-records.ts';
import { leaseLocks, webLocks, type HolderRecords } from '#run/store/run-locks.ts';
import type { EngineOptions } from './create-engine.ts';
import type { RunMessage } from './runs/run-channel.ts';

/** Everything that all tabs of this browser share: run store, locks, and a channel between their engines. */
export function browserStorage({
  now,
  sleep,
}: Pick<EngineOptions, 'now' | 'sleep'>): Pick<EngineOptions, 'store' | 'locks' | 'channel'> {
  const records = lockRecords();
  const holders: HolderRecords = {
    get: records.get,
    // A record only leads other tabs to the run. A full disk is reported by the run’s own store.
    set: (name, holder) => records.set(name, holder).catch(() => {}),
  };
  // Plain http pages on a network have no Web Locks.
  const { locks } = navigator as Partial<Navigator>;
  const channel = new BroadcastChannel('sheaf-runs');
  return {
    store: indexedDbStore(now),
    locks: locks ? webLocks(locks, holders) : leaseLocks(records, { now, sleep }, uuid),
    channel: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel has none, unlike a window.
      post: (message) => channel.postMessage(message),
      listen: (onMessage) =>
        channel.addEventListener('message', ({ data }: MessageEvent<RunMessage>) => onMessage(data)),
    },
  };
}
