import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { parse } from './parse/parse.ts';
import { withoutEntries } from './delete-entries.ts';

function without(text: string, ...rows: number[]): string {
  const source = SourceText.of(text);
  return String(withoutEntries(source, parse(source), Uint32Array.from(rows)));
}

it('deletes table rows with their line ends', () => {
  const table = 'task,mood\r\n1,"a\nb"\r\n\r\n2,b\r\n3,c';
  expect(without(table, 0)).toBe('task,mood\r\n2,b\r\n3,c');
  expect(without(table, 1)).toBe('task,mood\r\n1,"a\nb"\r\n\r\n3,c');
  expect(without(table, 2)).toBe('task,mood\r\n1,"a\nb"\r\n\r\n2,b');
  expect(without(table, 0, 1, 2)).toBe('task,mood\r\n');
});

it('deletes list items with their commas, and lines of JSON Lines', () => {
  const one = (task: number) => `{"task": ${task}, "result": []}`;
  const list = `[\n  ${one(1)},\n  ${one(2)}, ${one(3)}\n]\n`;
  expect(without(list, 0)).toBe(`[\n  ${one(2)}, ${one(3)}\n]\n`);
  expect(without(list, 2)).toBe(`[\n  ${one(1)},\n  ${one(2)}\n]\n`);
  expect(without(list, 0, 1, 2)).toBe('[\n  \n]\n');
  expect(without(`${one(1)}\n${one(2)}\n${one(3)}\n`, 1)).toBe(`${one(1)}\n${one(3)}\n`);
});

it('keeps all other rows of any table', () => {
  const value = fc.constantFrom('a', '"b,c"', '"d\n"', 'é');
  const rowsToTest = fc.array(fc.record({ value, isDeleted: fc.boolean() }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(rowsToTest, fc.boolean(), (rows, endsWithLine) => {
      const lines = rows.map((row, index) => `${index + 1},${row.value}`);
      const gone = [...rows.keys()].filter((row) => rows[row]!.isDeleted);
      const text = (kept: string[]) => ['task,mood', ...kept].join('\n');
      const result = without(text(lines) + (endsWithLine ? '\n' : ''), ...gone);
      expect(result.trimEnd()).toBe(text(lines.filter((_, row) => !gone.includes(row))));
    }),
  );
});
