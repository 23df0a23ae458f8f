import { limits } from '#wire/limits.ts';
import { count } from '#wire/words.ts';
import type { Problem } from '#wire/problem.ts';
import { configFor, type Asked, type Parsed, type Writing } from '#domain/parse/parsed.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { targetsFor } from './map-columns.ts';
import { entriesOfRecords } from './record-entries.ts';
import type { Records } from './records.ts';

/** Parses the rows of a table or of records as entries; reports an error if no column has task ids. */
export function parseRecords(
  format: 'records' | 'table',
  records: Records,
  targets: readonly ColumnTarget[],
  source: { problems: Problem[]; refused?: readonly number[]; writing: Writing },
  asked: Asked,
): Parsed {
  const { refused = [], writing } = source;
  const isByName = records.columns.length > limits.columnsByContent && configFor(asked) !== undefined;
  const problems = isByName ? [onlyByName, ...source.problems] : source.problems;
  const { entries, hasTasks, layout, grid, columns } = entriesOfRecords(
    records,
    targets,
    configFor(asked),
    asked.settings,
  );
  const reading = { format, columns, targets: targetsFor(configFor(asked)) };
  if (hasTasks) return { format, entries, problems, refused, layout, writing, reading, grid };
  const message = 'No column has task IDs. Choose one under Import settings, or add a column “task”.';
  const missing: Problem = {
    code: 'task-column-missing',
    severity: 'error',
    message,
    path: [],
    span: { from: 0, to: 0 },
  };
  const ofHeader = problems.filter(({ entry }) => entry === undefined);
  return {
    format,
    entries,
    problems: [missing, ...ofHeader],
    refused: [],
    layout,
    writing,
    reading,
    grid,
  };
}

const onlyByName: Problem = {
  code: 'columns-mapped-by-name',
  severity: 'info',
  message: `Only the first ${count(limits.columnsByContent, 'column')} were compared with the project’s labels; the others were mapped by their names. Check them under Import settings.`,
  path: [],
  span: { from: 0, to: 0 },
};
