import { configFor, type Asked, type Parsed, type SourceFault, type Writing } from '#domain/parse/parsed.ts';
import { mapColumns } from './map-columns.ts';
import { entriesOfRecords, type Records } from './records.ts';
import { recordsOfTable, sampleOfTable } from '#domain/parse/table/table-records.ts';
import { detectDialect } from '#domain/parse/table/dialect.ts';
import { readTable } from '#domain/parse/table/read-table.ts';

/** A table, in which each row is about one task. */
export function parseTable(asked: Asked): Parsed {
  const { text, choice } = asked;
  const detected = detectDialect(text);
  const dialect = {
    delimiter: choice.delimiter ?? detected.delimiter,
    hasHeader: choice.hasHeader ?? detected.hasHeader,
  };
  // The first rows tell where the tasks are; should all of them tell otherwise, the table is read once more.
  const sample = sampleOfTable(text, dialect);
  const taskColumn = mapColumns(sample.columns, configFor(asked), choice.columns).indexOf('task');
  const table = readTable(text, dialect, taskColumn < 0 ? undefined : taskColumn);
  const faults = table.faults.map(({ code, severity, message, from, to, row }): SourceFault => ({
    code,
    severity,
    message,
    from,
    to,
    path: [],
    ...(row !== undefined && { entry: row }),
  }));
  const source = { faults, refused: table.refusedRows, writing: { as: 'table', table } } as const;
  const parsed = parseRecords('table', recordsOfTable(text, table), source, asked);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}

/** Rows of cells, however they are written. */
export function parseRecords(
  format: 'records' | 'table',
  records: Records,
  source: { faults: SourceFault[]; refused?: readonly number[]; writing: Writing },
  asked: Asked,
): Parsed {
  const { faults, refused = [], writing } = source;
  const { entries, hasTasks, layout, grid, columns, targets } = entriesOfRecords(
    records,
    configFor(asked),
    asked.choice,
  );
  const reading = { format, columns, targets };
  if (hasTasks) return { shape: format, entries, faults, refused, layout, writing, reading, grid };
  const message = 'No column holds the ids of the tasks. Say above which one does, or add a column “task”.';
  const missing: SourceFault = {
    code: 'task-column-missing',
    severity: 'error',
    message,
    from: 0,
    to: 0,
    path: [],
  };
  const ofHeader = faults.filter(({ entry }) => entry === undefined);
  return {
    shape: format,
    entries,
    faults: [missing, ...ofHeader],
    refused: [],
    layout,
    writing,
    reading,
    grid,
  };
}
