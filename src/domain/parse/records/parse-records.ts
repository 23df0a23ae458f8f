import { configFor, type Asked, type Parsed, type SourceFault, type Writing } from '#domain/parse/parsed.ts';
import { entriesOfRecords } from './record-entries.ts';
import type { Records } from './records.ts';

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
