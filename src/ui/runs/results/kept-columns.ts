import { limits } from '#wire/limits.ts';

const key = 'sheaf-result-columns';

/** The names of the manager’s own columns that the results show, as chosen in this browser; unreadable ones are none. */
export function readKeptColumns(storage: Pick<Storage, 'getItem'>): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((name) => typeof name === 'string').slice(0, limits.ownColumns);
  } catch {
    return [];
  }
}

/** The newest choice comes first; names of other files stay until there are too many. */
export function keepColumns(storage: Pick<Storage, 'setItem'>, names: readonly string[]): void {
  try {
    storage.setItem(key, JSON.stringify(names.slice(0, limits.ownColumns)));
  } catch {
    // A full or blocked storage forgets the choice after a reload, no more.
  }
}
