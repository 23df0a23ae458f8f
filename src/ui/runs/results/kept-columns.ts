import { limits } from '#wire/limits.ts';

const key = 'sheaf-result-columns';

/** Names of the submitted file’s columns that this browser shows in results; empty if unreadable. */
export function readKeptColumns(storage: Pick<Storage, 'getItem'>): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((name) => typeof name === 'string').slice(0, limits.ownColumns);
  } catch {
    return [];
  }
}

/** Stores the chosen names, newest first. Names from other files stay until there are too many. */
export function keepColumns(storage: Pick<Storage, 'setItem'>, names: readonly string[]): void {
  try {
    storage.setItem(key, JSON.stringify(names.slice(0, limits.ownColumns)));
  } catch {
    // Full or blocked storage only loses the choice on reload.
  }
}
