import { expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { appendRows } from './append-rows.ts';
import { checkText, parseText } from '#domain/spec-texts.ts';

function append(text: string, pasted: string) {
  const appended = appendRows(SourceText.of(text), checkText(text).parsed, SourceText.of(pasted), () =>
    parseText(pasted),
  );
  return 'why' in appended ? appended.why : { ...appended, source: String(appended.source) };
}

const request = '{"task": 1, "result": []}';
const table = 'task;mood;remark\r\n1;Bad;x\r\n';

it.each([
  ['mood\ttask\nGood\t2\nBad\t"3"\n', `${table}2;Good;\r\n3;Bad;\r\n`, 2, ['remark']],
  [' Task ,REMARK,mood\n2,"a;b",\n', `${table}2;;"a;b"\r\n`, 1, []],
  ['task\n\n2\n\n', `${table}2;;\r\n`, 1, ['mood', 'remark']],
  ['sep=,\nmood,task\nGood,2\n', `${table}2;Good;\r\n`, 1, ['remark']],
])('appends %j by its header', (pasted, source, entries, empty) => {
  expect(append(table, pasted)).toEqual({ source, entries, empty });
});

it('starts a new line after the last row', () => {
  expect(append('task\n1', 'Task\n2')).toMatchObject({ source: 'task\n1\n2\n' });
});

it('appends a table with the same header byte for byte', () => {
  const added = 'task;mood;remark\r\n"2";Good;"a;b"\r\n\r\n3;Bad;';
  expect(append(table, added)).toEqual({
    source: `${table}"2";Good;"a;b"\r\n\r\n3;Bad;`,
    entries: 2,
    empty: [],
  });
  expect(append('task\n1', 'task\n2')).toMatchObject({ source: 'task\n1\n2', entries: 1 });
});

it.each([
  [`[\n  ${request}\n]\n`, `[${request}, ${request}]`, `[\n  ${request},\n${request}, ${request}\n]\n`, 2],
  ['[]', `[${request}]`, `[${request}]`, 1],
  [`${request}\n${request}`, `${request}\n${request}\n`, `${request}\n`.repeat(4), 2],
])('appends to %j', (text, added, source, entries) => {
  expect(append(text, added)).toEqual({ source, entries, empty: [] });
});

it.each([
  [table, 'task,colour\n1,red', '“colour” isn’t a column of this batch.'],
  [table, '4,Bad\n5,Good', 'Its first row names no column of this batch.'],
  [table, 'task\tTASK\n1\t2', 'It has the column “TASK” twice.'],
  [table, 'task\tmood', 'It has no rows below its header.'],
  [table, 'task\tmood\n1\n2\tBad\tmore', 'Its row 2 has 3 cells, its header has 2 cells.'],
  [table, '[{"task": 1}]', 'It isn’t a table.'],
  ['1,Bad\n2,Good', 'task,mood\n1,Bad', 'This batch has no header, so its columns have no names to fit by.'],
  [request, 'task,mood\n1,Bad', 'This batch is neither a table, nor a JSON list, nor JSON Lines.'],
  [`[${request}]`, 'task,mood\n1,Bad', 'This batch is a JSON list, and the other isn’t.'],
  [`[${request}]`, request, 'This batch is a JSON list, and the other isn’t.'],
  [
    `[${request}]`,
    '[{"id": 1, "data": {}, "annotations": []}]',
    'Its content is of another format than this batch.',
  ],
  [`[${request}]`, '[]', 'It has nothing to append.'],
  [`${request}\n${request}\n`, `[${request}]`, 'This batch is JSON Lines, and the other isn’t.'],
])('says why %j can’t be extended by %j', (text, pasted, why) => {
  expect(append(text, pasted)).toBe(why);
});
