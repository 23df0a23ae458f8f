import { describe, expect, it } from 'vitest';
import type { Json } from '#wire/json/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { makeRows } from './rows.ts';

/** The rows as `entry: task`. */
function rowsOf(entries: Json[], refused: number[] = []): string[] {
  const { rows } = makeRows(entriesOf(entries), (entry) => refused.includes(entry));
  expect([rows.task.length, rows.entry.length]).toEqual([rows.count, rows.count]);
  return [...rows.task].map((task, row) => `${rows.entry[row]}: ${task}`);
}

describe('makeRows', () => {
  it.each<[string, Json[], string[]]>([
    ['nothing', [], []],
    ['one request', [{ tasks: [3, 1, 2] }], ['0: 3', '0: 1', '0: 2']],
    ['ids beyond 32 bits', [{ tasks: [9007199254740991] }], ['0: 9007199254740991']],
    ['a single task', [{ task: 7 }], ['0: 7']],
    ['a selection of some', [{ selected_items: { all: false, included: [5, 6] } }], ['0: 5', '0: 6']],
    ['a task twice in a list', [{ tasks: [1, 2, 1, 1] }], ['0: 1', '0: 2', '0: 1', '0: 1']],
    ['a task in two requests', [{ tasks: [1] }, { tasks: [1] }], ['0: 1', '1: 1']],
    ['what isn’t a request', [5, null, { tasks: [1] }], ['2: 1']],
  ])('%s', (_, entries, expected) => {
    expect(rowsOf(entries)).toEqual(expected);
  });

  it('skips requests with errors', () => {
    expect(rowsOf([{ tasks: [1] }, { tasks: [2] }, { tasks: [3] }], [1])).toEqual(['0: 1', '2: 3']);
  });

  it('lists selections of all tasks separately', () => {
    const everything = { selected_items: { all: true } };
    const allBut = { selected_items: { all: true, excluded: [4, 5] } };
    const { rows, selections } = makeRows(
      entriesOf([everything, { tasks: [1] }, allBut, everything]),
      (entry) => entry === 3,
    );
    expect(rows.count).toBe(1);
    expect(selections).toEqual([
      { entry: 0, excluded: [] },
      { entry: 2, excluded: [4, 5] },
    ]);
  });
});
