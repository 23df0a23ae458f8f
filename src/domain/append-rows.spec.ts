import { expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { appendRows } from './append-rows.ts';
import { checkText } from './spec-texts.ts';

function append(text: string, pasted: string) {
  const appended = appendRows(SourceText.of(text), checkText(text).parsed, pasted);
  return 'why' in appended ? appended.why : { ...appended, source: String(appended.source) };
}

const table = 'task;mood;remark\r\n1;Bad;x\r\n';

it.each([
  ['mood\ttask\nGood\t2\nBad\t"3"\n', `${table}2;Good;\r\n3;Bad;\r\n`, 2, ['remark']],
  [' Task ,REMARK,mood\n2,"a;b",\n', `${table}2;;"a;b"\r\n`, 1, []],
  ['task\n\n2\n\n', `${table}2;;\r\n`, 1, ['mood', 'remark']],
])('appends %j by its header', (pasted, source, rows, empty) => {
  expect(append(table, pasted)).toEqual({ source, rows, empty });
});

it('begins a new line behind the last row', () => {
  expect(append('task\n1', 'task\n2')).toMatchObject({ source: 'task\n1\n2\n' });
});

it.each([
  [table, 'task,colour\n1,red', '“colour” isn’t a column of this batch.'],
  [table, '4,Bad\n5,Good', 'Its first row names no column of this batch.'],
  [table, 'task\tTASK\n1\t2', 'It has the column “TASK” twice.'],
  [table, 'task\tmood', 'It has no rows below its header.'],
  [table, 'task\tmood\n1\n2\tBad\tmore', 'Its row 2 has 3 cells, its header has 2 cells.'],
  [table, '[{"task": 1}]', 'The pasted text isn’t a table.'],
  ['1,Bad\n2,Good', 'task,mood\n1,Bad', 'This batch has no header, so its columns have no names to fit by.'],
  ['{"task": 1, "result": []}', 'task,mood\n1,Bad', 'Rows can only be appended to a table.'],
])('says why %j takes no rows of %j', (text, pasted, why) => {
  expect(append(text, pasted)).toBe(why);
});
