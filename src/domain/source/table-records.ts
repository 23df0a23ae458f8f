import { writeJson, type Json } from '#wire/json.ts';
import { cellsOfRow } from '../table/cells.ts';
import { cellAt, rowAt, type Table } from '../table/table.ts';
import type { CodeColumn } from '../table/code-column.ts';
import { mostLookedAt, type Records } from './records.ts';

/** The rows of a table, all of whose columns were read as codes. */
export function recordsOfTable(text: string, table: Table): Records {
  const { dialect, width, names } = table;
  const codesOf = (column: number) => table.columns[column] as CodeColumn;
  return {
    count: table.rows,
    columns: Array.from({ length: width }, (_, column) => {
      const { distinct, textOf } = codesOf(column);
      const name = names[column] ?? `Column ${column + 1}`;
      const looked = Array.from({ length: Math.min(distinct, mostLookedAt) }, (__, code) => textOf(code));
      return { name, samples: looked.filter((sample) => sample.trim() !== '') };
    }),
    code: (row, column) => codesOf(column).codes[row]!,
    cell(row, column) {
      const { codes, textOf } = codesOf(column);
      return textOf(codes[row]!);
    },
    span(row, column) {
      const cell = column === undefined ? undefined : cellAt(text, table, row, column);
      const from = cell?.from ?? rowAt(text, table, row);
      return { from, to: Math.max(cell?.to ?? from + 1, from) };
    },
    columnOver(row, offset) {
      const cells = cellsOfRow(text, rowAt(text, table, row), dialect.delimiter.charCodeAt(0));
      for (let column = 0; column < Math.min(width, cells.length / 2); column += 1)
        if (cells[2 * column]! <= offset && offset <= cells[2 * column + 1]!) return column;
      return undefined;
    },
    isWritable: () => true,
    put(row, column, cell) {
      const put = quoted(textIn(cell), dialect.delimiter);
      const at = cellAt(text, table, row, column);
      const cells = cellsOfRow(text, rowAt(text, table, row), dialect.delimiter.charCodeAt(0));
      const has = cells.length / 2;
      if (at === undefined) {
        const end = cells.at(-1)!;
        return { from: end, to: end, put: dialect.delimiter.repeat(column - has + 1) + put };
      }
      // An empty line would be no row.
      return { from: at.from, to: at.to, put: put === '' && has === 1 ? '""' : put };
    },
  };
}

function textIn(cell: Json): string {
  return typeof cell === 'string' ? cell : writeJson(cell);
}

/** RFC 4180. Nothing is put before `=` or `-`: labels and numbers must stay exact. */
export function quoted(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
