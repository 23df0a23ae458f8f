/** The picked tasks. The number changes with each change, so that caches of 100,000 IDs needn’t compare them. */
export interface Selection {
  ids: ReadonlySet<number>;
  version: number;
}

export type SelectionChange =
  | { kind: 'toggle'; id: number }
  | { kind: 'only'; id: number }
  | { kind: 'add'; ids: readonly number[] }
  | { kind: 'clear' };

export const selectionOf = (ids: readonly number[]): Selection => ({ ids: new Set(ids), version: 0 });

export function changeSelection({ ids, version }: Selection, change: SelectionChange): Selection {
  return { ids: changed(ids, change), version: version + 1 };
}

function changed(before: ReadonlySet<number>, change: SelectionChange): ReadonlySet<number> {
  switch (change.kind) {
    case 'only':
      return new Set([change.id]);
    case 'clear':
      return new Set();
    case 'toggle': {
      const ids = new Set(before);
      if (!ids.delete(change.id)) ids.add(change.id);
      return ids;
    }
    case 'add': {
      const ids = new Set(before);
      for (const id of change.ids) ids.add(id);
      return ids;
    }
  }
}

/**
 * The resulting IDs: previous ones in typed order, including duplicates, then new ones by number.
 */
export function inOrder(before: readonly number[], picked: ReadonlySet<number>): number[] {
  const known = new Set(before);
  const kept = before.filter((id) => picked.has(id));
  const added = [...picked].filter((id) => !known.has(id));
  return [...kept, ...added.toSorted((one, other) => one - other)];
}
