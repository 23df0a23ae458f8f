import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { openInTime } from './open-in-time.ts';
import type { HolderRecords, Lease, Leases, LockHolder } from './run-locks.ts';

interface Schema extends DBSchema {
  holders: { key: string; value: LockHolder };
  leases: { key: string; value: Lease };
}

/** Lock holders and leases, in a separate small database so that no write of a run delays them. */
export function lockRecords(): HolderRecords & Leases {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => (opening = undefined);
  const database = () => {
    opening ??= openInTime(
      openDB<Schema>('sheaf-locks', 1, {
        upgrade(db) {
          db.createObjectStore('holders');
          db.createObjectStore('leases');
        },
        blocking: (_, __, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      }),
      'Its storage doesn’t answer.',
    ).catch((error: unknown) => {
      forget();
      throw new Error('This browser doesn’t let Sheaf store runs.', { cause: error });
    });
    return opening;
  };
  return {
    async set(name, holder) {
      await (await database()).put('holders', holder, name);
    },
    get: async (name) => (await database()).get('holders', name),
    async take(name, lease, now) {
      const transaction = (await database()).transaction('leases', 'readwrite', { durability: 'strict' });
      const known = await transaction.store.get(name);
      const isFree = !known || known.token === lease.token || known.until < now;
      if (isFree) await transaction.store.put(lease, name);
      await transaction.done;
      return isFree ? lease : known;
    },
    async release(name, token) {
      const transaction = (await database()).transaction('leases', 'readwrite');
      if ((await transaction.store.get(name))?.token === token) await transaction.store.delete(name);
      await transaction.done;
    },
  };
}
