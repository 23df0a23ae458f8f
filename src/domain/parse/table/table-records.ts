import { LINE_FEED } from '#wire/text/char-codes.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import { marksIn } from '#domain/text/line-marks.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import { cellsOfRow } from './cell-bytes.ts';
import type { Dialect } from './dialect.ts';
import { readTable } from './read-table.ts';
import { cellOf, cellSpan, rowAt, type Table } from './table.ts';
import { maxSampled } from '#domain/parse/columns/kept-column.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import type { Records } from '#domain/parse/columns/records.ts';

/** Bytes sampled to detect the content of columns. */
const sampleLength = 65_536;

/** The columns of a table with samples from its first rows. */
export function sampleColumns(text: SourceText, dialect: Dialect): Column[] {
  const cut = text.bytes.subarray(0, sampleLength).lastIndexOf(LINE_FEED) + 1;
  const sample = cut === 0 || text.bytes.length <= sampleLength ? text : text.part(0, cut);
  return columnsOf(sample, readTable(sample, dialect));
}

/** The columns of a table; `sampled` has the samples of those that weren’t kept. */
export function columnsOf(text: SourceText, table: Table, sampled: readonly Column[] = []): Column[] {
  const { width, names, taskColumn } = table;
  return Array.from({ length: width }, (_, column) => {
    if (table.rows.kept[column] === undefined && column !== taskColumn) return sampled[column]!;
    const samples = samplesOf(text, table, column);
    return {
      name: names[column] ?? `Column ${column + 1}`,
      samples: samples.filter((sample) => sample.trim() !== ''),
      isFull: samples.length === maxSampled,
    };
  });
}

/** A table as records. */
export function recordsOfTable(text: SourceText, table: Table, columns: readonly Column[]): Records {
  const { dialect, width, rows } = table;
  const { bytes } = text;
  const delimiter = dialect.delimiter.charCodeAt(0);
  return {
    count: rows.count,
    rows,
    columns,
    cell: (row, column) => cellOf(text, table, row, column),
    spanOf: (row, column, from) => cellSpan(text, table, row, column, from),
    span(row, column) {
      const cell = column === undefined ? undefined : cellSpan(text, table, row, column);
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
    put(row, cells) {
      const spans = cellsOfRow(bytes, rowAt(text, table, row), delimiter);
      const has = spans.length / 2;
      const written = new Map<number, string>();
      for (const [column, cell] of cells) written.set(column, quoted(textIn(cell), dialect.delimiter));
      const edits: Edit[] = [];
      for (const [column, put] of written) {
        if (column >= has) continue;
        // An empty line wouldn’t count as a row.
        const isAlone = put === '' && has === 1 && written.size === 1;
        edits.push({ from: spans[2 * column]!, to: spans[2 * column + 1]!, put: isAlone ? '""' : put });
      }
      const last = Math.max(...written.keys());
      if (last < has) return edits;
      const added = Array.from({ length: last - has + 1 }, (_, index) => written.get(has + index) ?? '');
      const end = spans.at(-1)!;
      return [...edits, { from: end, to: end, put: added.map((put) => dialect.delimiter + put).join('') }];
    },
  };
}

/** The first distinct values of a kept column, or those of the first rows. */
function samplesOf(text: SourceText, table: Table, column: number): string[] {
  const kept = table.rows.kept[column];
  const { count } = table.rows;
  if (kept === undefined)
    return Array.from({ length: Math.min(count, maxSampled) }, (_, row) => cellOf(text, table, row, column));
  return Array.from(
    { length: Math.min(kept.codes - kept.first, maxSampled) },
    (_, index) => kept.valueOf(kept.first + index) as string,
  );
}

function textIn(cell: Json): string {
  return typeof cell === 'string' ? cell : writeJson(cell);
}

/** Quotes a cell as RFC 4180 defines. Formulas aren’t escaped, since labels and numbers must stay exact. */
export function quoted(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
