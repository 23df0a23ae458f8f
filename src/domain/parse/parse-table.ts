import { limits } from '#wire/limits.ts';
import { count } from '#wire/words.ts';
import { configFor, withoutEntries, type Asked, type Parsed } from './parsed.ts';
import { mapColumns } from '#domain/parse/records/map-columns.ts';
import { parseRecords } from '#domain/parse/records/parse-records.ts';
import { countCells, skipEmptyLines, startOf } from '#domain/parse/table/cell-bytes.ts';
import { detectDialect } from '#domain/parse/table/dialect.ts';
import { readTable } from '#domain/parse/table/read-table.ts';
import { recordsOfTable, sampleOfTable } from '#domain/parse/table/table-records.ts';

/** Parses a table with one task per row. */
export function parseTable(asked: Asked): Parsed {
  const { text, settings } = asked;
  const detected = detectDialect(text);
  const dialect = {
    delimiter: settings.delimiter ?? detected.delimiter,
    hasHeader: settings.hasHeader ?? detected.hasHeader,
  };
  const from = skipEmptyLines(text.bytes, startOf(text));
  const width = countCells(text.bytes, from, dialect.delimiter.charCodeAt(0));
  if (width > limits.columns) {
    const message = `This table has ${count(width, 'column')}; the limit is ${count(limits.columns, 'column')}. Delete the columns you don’t need, or choose another delimiter.`;
    const problem = { code: 'too-many-columns', message, span: { from, to: from + 1 } };
    return withoutEntries({ format: 'table', dialect }, text, problem);
  }
  // The task column is guessed from the first rows; if that proves wrong, the table is read again.
  const sample = sampleOfTable(text, dialect);
  const taskColumn = mapColumns(sample.columns, configFor(asked), settings).indexOf('task');
  const table = readTable(text, dialect, taskColumn < 0 ? undefined : taskColumn);
  const { problems, refusedRows: refused } = table;
  const source = { problems, refused, writing: { as: 'table', table } } as const;
  const parsed = parseRecords('table', recordsOfTable(text, table), source, asked);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}
