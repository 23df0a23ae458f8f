import { LINE_FEED } from '#wire/char-codes.ts';
import { writeJson, type Json } from '#wire/json.ts';
import { marksIn } from '#domain/text/line-marks.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { cellsOfRow } from './cell-bytes.ts';
import type { Dialect } from './dialect.ts';
import { readTable } from './read-table.ts';
import { cellAt, cellOf, rowAt, type Table } from './table.ts';
import { maxSampled, type Column } from '#domain/parse/records/map-columns.ts';
import type { Records } from '#domain/parse/records/records.ts';

/** Bytes sampled to detect what columns hold. */
const sampleLength = 65_536;

/** The first rows of a table, for mapping its columns. */
export function sampleOfTable(text: SourceText, dialect: Dialect): Records {
  const cut = text.bytes.subarray(0, sampleLength).lastIndexOf(LINE_FEED) + 1;
  const sample = cut === 0 || text.bytes.length <= sampleLength ? text : text.part(0, cut);
  return recordsOfTable(sample, readTable(sample, dialect));
}

/** A table as records. */
export function recordsOfTable(text: SourceText, table: Table): Records {
  const { dialect, width, names, taskColumn } = table;
  const { bytes } = text;
  const delimiter = dialect.delimiter.charCodeAt(0);
  return {
    count: table.rows,
    columns: Array.from({ length: width }, (_, column): Column => {
      const name = names[column] ?? `Column ${column + 1}`;
      return { name, samples: samplesOf(text, table, column).filter((sample) => sample.trim() !== '') };
    }),
    cell: (row, column) => cellOf(text, table, row, column),
    distinctExcept(column) {
      const { kindOf, kinds, tasks } = column === taskColumn ? table : readTable(text, dialect, column);
      return { kindOf, firsts: kinds.firsts.subarray(0, kinds.size), tasks };
    },
    span(row, column) {
      const cell = column === undefined ? undefined : cellAt(text, table, row, column);
      const from = cell?.from ?? rowAt(text, table, row);
      return { from, to: Math.max(cell?.to ?? from + 1, from) };
    },
    markBefore: marksIn(table.markLines, (mark) => table.marks[mark]!),
    columnOver(row, offset) {
      const cells = cellsOfRow(bytes, rowAt(text, table, row), delimiter);
      for (let column = 0; column < Math.min(width, cells.length / 2); column += 1)
        if (cells[2 * column]! <= offset && offset <= cells[2 * column + 1]!) return column;
      return undefined;
    },
    isWritable: () => true,
    put(row, column, cell) {
      const put = quoted(textIn(cell), dialect.delimiter);
      const at = cellAt(text, table, row, column);
      const cells = cellsOfRow(bytes, rowAt(text, table, row), delimiter);
      const has = cells.length / 2;
      if (at === undefined) {
        const end = cells.at(-1)!;
        return { from: end, to: end, put: dialect.delimiter.repeat(column - has + 1) + put };
      }
      // An empty line wouldn’t count as a row.
      return { from: at.from, to: at.to, put: put === '' && has === 1 ? '""' : put };
    },
  };
}

/** The first distinct values of a column. */
function samplesOf(text: SourceText, table: Table, column: number): string[] {
  const texts = table.texts[column];
  const length = Math.min(texts?.size ?? table.rows, maxSampled);
  return Array.from({ length }, (_, index) => texts?.textOf(index) ?? cellOf(text, table, index, column));
}

function textIn(cell: Json): string {
  return typeof cell === 'string' ? cell : writeJson(cell);
}

/** Quotes a cell as RFC 4180 defines. Formulas aren’t escaped, since labels and numbers must stay exact. */
export function quoted(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
