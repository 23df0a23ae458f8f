import { configFor, type Asked, type Parsed } from './parsed.ts';
import { mapColumns } from '#domain/parse/records/map-columns.ts';
import { parseRecords } from '#domain/parse/records/parse-records.ts';
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
  // The task column is guessed from the first rows; if that proves wrong, the table is read again.
  const sample = sampleOfTable(text, dialect);
  const taskColumn = mapColumns(sample.columns, configFor(asked), settings.columns).indexOf('task');
  const table = readTable(text, dialect, taskColumn < 0 ? undefined : taskColumn);
  const { problems, refusedRows: refused } = table;
  const source = { problems, refused, writing: { as: 'table', table } } as const;
  const parsed = parseRecords('table', recordsOfTable(text, table), source, asked);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}
