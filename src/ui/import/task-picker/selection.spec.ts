import { describe, expect, it } from 'vitest';
import { changeSelection, inOrder, selectionOf } from './selection.ts';

const idsAfter = (...changes: Parameters<typeof changeSelection>[1][]) => [
  ...changes.reduce(changeSelection, selectionOf([3, 1])).ids,
];

describe('a selection', () => {
  it('adds and removes a task', () => {
    expect(idsAfter({ kind: 'toggle', id: 7 })).toEqual([3, 1, 7]);
    expect(idsAfter({ kind: 'toggle', id: 3 })).toEqual([1]);
  });

  it('adds many tasks once', () => {
    expect(idsAfter({ kind: 'add', ids: [1, 2, 3, 4] })).toEqual([3, 1, 2, 4]);
  });

  it('replaces the task if only one can be picked', () => {
    expect(idsAfter({ kind: 'only', id: 9 })).toEqual([9]);
    expect(idsAfter({ kind: 'clear' })).toEqual([]);
  });

  it('changes its number, and never mutates the previous selection', () => {
    const before = selectionOf([1]);
    const after = changeSelection(before, { kind: 'toggle', id: 1 });
    expect([before.ids.size, after.ids.size]).toEqual([1, 0]);
    expect(after.version).not.toBe(before.version);
  });
});

describe('the resulting IDs', () => {
  it.each([
    ['keeps what was typed as it was typed', [9, 2, 9], [2, 9], [9, 2, 9]],
    ['omits tasks that were unpicked', [9, 2, 9, 4], [4], [4]],
    ['adds new ones after it, by number', [9, 2], [9, 2, 30, 4], [9, 2, 4, 30]],
    ['is nothing where nothing is picked', [9], [], []],
  ])('%s', (_, before, picked, given) => {
    expect(inOrder(before, new Set(picked))).toEqual(given);
  });
});
