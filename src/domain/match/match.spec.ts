import { describe, expect, it } from 'vitest';
import { limits } from '#wire/limits.ts';
import type { TaskMatching } from './comparison.ts';
import { AMBIGUOUS, BLANK, indexOf, NOT_FOUND } from './task-index.ts';
import { TaskTable } from './task-table.ts';
import { matchEntries } from './tasks-of.ts';
import { proposeMatching, tryMatching, type KeyColumn } from './try-matching.ts';

const tableOf = (values: unknown[], field = 'image') => {
  const table = new TaskTable();
  table.add(values.map((value, index) => ({ id: index + 1, data: { [field]: value } })));
  return table;
};
const by = (compare: TaskMatching['compare'], ignoresCase = true): TaskMatching => ({
  field: 'image',
  compare,
  ignoresCase,
});
const columnOf = (name: string, keys: string[]): KeyColumn => ({
  name,
  count: keys.length,
  keyAt: (row) => keys[row]!,
});

/** The ID of the task found by a value, or why there is none. */
function find(values: unknown[], matching: TaskMatching, key: string) {
  const table = tableOf(values);
  const found = indexOf(table, matching).find(key);
  return found < 0
    ? { [NOT_FOUND]: 'none', [AMBIGUOUS]: 'several', [BLANK]: 'blank' }[found]
    : table.ids[found];
}

describe('finding a task by a value', () => {
  it.each<[string, unknown[], TaskMatching, string, number | string]>([
    ['the same', ['a.jpg', 'b.jpg'], by('value', false), 'b.jpg', 2],
    ['another case', ['a.jpg'], by('value', false), 'A.jpg', 'none'],
    ['another case, ignored', ['a.jpg'], by('value'), 'A.JPG', 1],
    ['spaces around and between words', ['The tea  is\tgood'], by('value'), ' the tea is good ', 1],
    ['decomposed letters', ['Caf\u00e9'], by('value'), 'Cafe\u0301', 1],
    ['decomposed letters, compared exactly', ['Caf\u00e9'], by('value', false), 'Cafe\u0301', 'none'],
    ['a number of the data', [4711, 4712], by('value'), '4712', 2],
    ['blank', ['a'], by('value'), '  ', 'blank'],
    ['two tasks', ['a', 'A'], by('value'), 'á', 'none'],
    ['two tasks that fit', ['Ab', 'aB'], by('value'), 'ab', 'several'],
    ['two tasks of which one is the same exactly', ['Ab', 'aB'], by('value'), 'aB', 2],
    ['a path in the data', ['s3://street/2026-10/road.jpg'], by('file-name'), 'road.JPG', 1],
    ['another ending', ['s3://street/2026-10/road.jpg'], by('file-name'), 'road.png', 'none'],
    ['another ending, ignored', ['s3://street/2026-10/road.jpg'], by('file-stem'), 'road.png', 1],
    ['no ending', ['/x/road.jpg'], by('file-stem'), 'road', 1],
    ['a version that isn’t an extension', ['/x/road v1.2'], by('file-stem'), 'road v1', 'none'],
    ['a path of Windows', ['/x/road.jpg'], by('file-name'), 'C:\\photos\\road.jpg', 1],
    ['encoded', ['https://h/x/my%20road.jpg?token=a/b.jpg'], by('file-name'), 'my road.jpg', 1],
    ['a broken encoding', ['/x/100%.jpg'], by('file-name'), '100%.jpg', 1],
    [
      'a local file of Label Studio',
      ['/data/local-files/?d=in%2F7/road.jpg'],
      by('file-name'),
      'road.jpg',
      1,
    ],
    ['a hash in a name', ['/x/road#1.jpg', '/x/road'], by('file-name'), 'road#1.jpg', 1],
    ['an upload', ['/data/upload/2/9c3686ca-road.jpg'], by('file-name'), 'road.jpg', 1],
    [
      'an upload by its whole name',
      ['/data/upload/2/9c3686ca-road.jpg'],
      by('file-name'),
      '9c3686ca-road.jpg',
      1,
    ],
    [
      'an upload to another project',
      ['s3://x/road.jpg'],
      by('file-stem'),
      '/data/upload/9/0011aaff-road.jpg',
      1,
    ],
    [
      'a name that only begins like an upload',
      ['s3://x/9c3686ca-road.jpg'],
      by('file-name'),
      'road.jpg',
      'none',
    ],
    [
      'the same name uploaded twice',
      ['/upload/2/9c3686ca-a.jpg', '/upload/2/00ffab01-a.jpg'],
      by('file-name'),
      'a.jpg',
      'several',
    ],
    [
      'one of two, by its prefix',
      ['/upload/2/9c3686ca-a.jpg', '/upload/2/00ffab01-a.jpg'],
      by('file-name'),
      '00ffab01-a.jpg',
      2,
    ],
    [
      'an upload and a file of the same name',
      ['/upload/2/9c3686ca-a.jpg', 's3://x/a.jpg'],
      by('file-name'),
      'a.jpg',
      'several',
    ],
    ['the same name in two folders', ['x/a.jpg', 'y/a.jpg'], by('file-name'), 'a.jpg', 'several'],
    ['one of two folders', ['x/a.jpg', 'y/a.jpg'], by('file-name'), 'y/a.jpg', 2],
    ['three endings of one name', ['a.jpg', 'a.png', 'a.gif'], by('file-stem'), 'A.PNG', 2],
  ])('%s', (_, values, matching, key, expected) => {
    expect(find(values, matching, key)).toBe(expected);
  });

  it('finds tasks added later, and new data of a known task', () => {
    const table = tableOf(['a.jpg', 'b.jpg']);
    expect(indexOf(table, by('value')).find('c.jpg')).toBe(NOT_FOUND);
    table.add([
      { id: 9, data: { image: 'c.jpg' } },
      { id: 1, data: { image: 'new.jpg' } },
    ]);
    const index = indexOf(table, by('value'));
    expect(table.ids[index.find('c.jpg')]).toBe(9);
    expect(table.ids[index.find('new.jpg')]).toBe(1);
    expect(index.find('a.jpg')).toBe(NOT_FOUND);
  });
});

describe('the task table', () => {
  it('returns the data of one task', () => {
    const table = new TaskTable();
    table.add([{ id: 7, data: { text: 'Good', options: [{ value: 'x' }], sku: 12 } }]);
    expect(table.dataOf(7)).toEqual({ text: 'Good', options: [{ value: 'x' }], sku: 12 });
    expect(table.dataOf(8)).toBeUndefined();
  });

  it('drops the largest field when the budget is exceeded, and keeps the others', () => {
    const table = new TaskTable(1000);
    const long = 'x'.repeat(300);
    table.add([1, 2, 3, 4].map((id) => ({ id, data: { text: long, image: `${id}.jpg` } })));
    expect(table.fields).toEqual(['image']);
    expect([...table.dropped]).toEqual(['text']);
    expect(table.units).toBeLessThan(1000);
    table.add([{ id: 5, data: { text: long, image: '5.jpg' } }]);
    expect(table.dataOf(5)).toEqual({ image: '5.jpg' });
  });

  it('cuts a value that is too long, and never matches it', () => {
    const table = tableOf(['x'.repeat(limits.taskValueUnits + 1)]);
    expect(table.isCut('image', 0)).toBe(true);
    expect(indexOf(table, by('value')).find('x'.repeat(limits.taskValueUnits))).toBe(NOT_FOUND);
  });
});

describe('matched entries', () => {
  const known = { tasks: tableOf(['x/a.jpg', 'x/b.jpg', 'y/b.jpg']), title: 'Street scenes' };
  const keys = ['a.jpg', 'b.jpg', 'c.jpg', ''];
  const matched = matchEntries(known, by('file-name'), keys.length, (entry) => keys[entry]);

  it('have the ID of their task, or a problem with the reason', () => {
    expect([...matched.tasks]).toEqual([1, 0, 0, 0]);
    expect(keys.map((_, entry) => matched.problemOf(entry)?.message)).toEqual([
      undefined,
      '2 tasks in Street scenes have this file name: 2, 3. Match by another field, or add a column of task IDs.',
      'No task in Street scenes has this file name in “image”.',
      'This row has no file name to find its task by. Fill it in.',
    ]);
  });

  it('have no task while the tasks are unknown, or have no such field', () => {
    const unread = matchEntries({ why: 'The tasks haven’t been read' }, by('value'), 1, () => 'a');
    expect(unread.sourceProblem?.message).toBe('The tasks haven’t been read.');
    const missing = matchEntries(known, { ...by('value'), field: 'photo' }, 1, () => 'a');
    expect(missing.sourceProblem?.message).toBe(
      'No task in Street scenes has “photo” in its data. Choose another field.',
    );
  });
});

describe('a trial', () => {
  it('counts and shows what is matched, not found and ambiguous', () => {
    const table = tableOf(['x/a.jpg', 'x/b.jpg', 'y/b.jpg']);
    const trial = tryMatching(table, by('file-stem'), columnOf('photo', ['A.JPG', 'b', 'c', '', 'a.png']));
    expect(trial).toMatchObject({ rows: 5, matched: 2, notFound: 1, ambiguous: 1, blank: 1 });
    expect(trial.examples[0]).toEqual({ row: 0, key: 'A.JPG', value: 'x/a.jpg', tasks: [1] });
    expect(trial.ambiguousExamples).toEqual([{ row: 1, key: 'b', tasks: [2, 3] }]);
    expect(trial.notFoundExamples).toEqual([{ row: 2, key: 'c', tasks: [] }]);
  });

  it('proposes the column and field with most in common, by the strictest comparison possible', () => {
    const table = new TaskTable();
    table.add(
      [1, 2, 3].map((id) => ({ id, data: { image: `/x/${id}.jpg`, sku: `SKU-${id}`, shop: 'Lisbon' } })),
    );
    const columns = [
      columnOf('shop', ['Lisbon', 'Lisbon', 'Lisbon']),
      columnOf('file', ['1.JPG', '2.JPG', '9.JPG']),
      columnOf('code', ['sku-1', 'sku-2', 'sku-3']),
    ];
    expect(proposeMatching(table, columns)).toEqual({
      column: 2,
      matching: { field: 'sku', compare: 'value', ignoresCase: true },
    });
    expect(proposeMatching(table, columns.slice(0, 2))).toMatchObject({
      column: 1,
      matching: { field: 'image', compare: 'file-name' },
    });
    expect(proposeMatching(table, [columnOf('x', ['nothing'])])).toBeUndefined();
    const uploads = columnOf('image', ['/data/upload/9/0011aaff-1.jpg', '/data/upload/9/0011aafe-2.jpg']);
    expect(proposeMatching(table, [uploads])).toMatchObject({
      matching: { field: 'image', compare: 'file-name' },
    });
  });
});
