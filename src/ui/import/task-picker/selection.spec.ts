import { describe, expect, it } from 'vitest';
import { changeSelection, inOrder, selectionOf } from './selection.ts';

const idsAfter = (...changes: Parameters<typeof changeSelection>[1][]) => [
  ...changes.reduce(changeSelection, selectionOf([3, 1])).ids,
];

describe('a selection', () => {
  it('takes a task in and out again', () => {
    expect(idsAfter({ kind: 'toggle', id: 7 })).toEqual([3, 1, 7]);
    expect(idsAfter({ kind: 'toggle', id: 3 })).toEqual([1]);
  });

  it('takes many in, those it has once', () => {
    expect(idsAfter({ kind: 'add', ids: [1, 2, 3, 4] })).toEqual([3, 1, 2, 4]);
  });

  it('of one task has that one only', () => {
    expect(idsAfter({ kind: 'only', id: 9 })).toEqual([9]);
    expect(idsAfter({ kind: 'clear' })).toEqual([]);
  });

  it('is told apart from the one before, which stays as it is', () => {
    const before = selectionOf([1]);
    const after = changeSelection(before, { kind: 'toggle', id: 1 });
    expect([before.ids.size, after.ids.size]).toEqual([1, 0]);
    expect(after.version).not.toBe(before.version);
  });
});

describe('what is given back', () => {
  it.each([
    ['keeps what was typed as it was typed', [9, 2, 9], [2, 9], [9, 2, 9]],
    ['leaves out what is no longer picked', [9, 2, 9, 4], [4], [4]],
    ['puts what is new behind it, by number', [9, 2], [9, 2, 30, 4], [9, 2, 4, 30]],
    ['is nothing where nothing is picked', [9], [], []],
  ])('%s', (_, before, picked, given) => {
    expect(inOrder(before, new Set(picked))).toEqual(given);
  });
});
