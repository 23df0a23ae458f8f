import { entriesOf } from '#domain/requests/entries.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import type { Problem } from '#wire/problem.ts';
import { configFor, knownFor, type ParseInput, type Parsed, type Writing } from '#domain/parse/parsed.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { checkColumns } from '#domain/parse/mapping/column-problems.ts';
import { targetsFor } from '#domain/parse/mapping/targets.ts';
import { entriesOfRecords } from './record-entries.ts';
import type { Records } from '#domain/parse/columns/records.ts';

/**
 * Parses the rows of a table or of records as entries. If no column has task IDs or labels, there are none, and an
 * error.
 */
export function parseRecords(
  format: 'records' | 'table',
  records: Records,
  targets: readonly ColumnTarget[],
  source: { problems: Problem[]; refused?: readonly number[]; writing: Writing },
  input: ParseInput,
): Parsed {
  const { refused = [], writing } = source;
  const isByName = records.columns.length > limits.columnsByContent && configFor(input) !== undefined;
  const problems = isByName ? [onlyByName, ...source.problems] : source.problems;
  const { entries, matchProblem, layout, grid, columns } = entriesOfRecords(
    records,
    targets,
    configFor(input),
    input.settings,
    input.tasksOf,
  );
  const {
    isComplete,
    problems: ofColumns,
    labelColumns = [],
  } = checkColumns(records.columns, targets, knownFor(input), input.settings);
  const reading = {
    format,
    columns,
    targets: targetsFor(knownFor(input), records.columns, targets, input.settings),
    ...(labelColumns.length > 0 && { labelColumns }),
  };
  const read = { format, layout, writing, reading, grid };
  const ofMatching = matchProblem === undefined ? [] : [matchProblem];
  const spanned = [...ofMatching, ...ofColumns].map((problem) => ({ ...problem, span: { from: 0, to: 0 } }));
  if (isComplete && matchProblem === undefined)
    return { ...read, entries, problems: [...spanned, ...problems], refused };
  // Rows that can’t become annotations aren’t checked one by one.
  const others = problems.flatMap(({ entry, ...problem }) =>
    entry === undefined || problem.code === 'quote-not-closed' ? [problem] : [],
  );
  // A header that is split wrongly doesn’t describe the columns’ content.
  const isBroken = others.some(({ code }) => code === 'quote-not-closed' || code === 'text-behind-quote');
  const shown = isBroken ? others : [...spanned, ...others];
  return { ...read, entries: entriesOf([]), problems: shown, refused: [] };
}

const onlyByName: Problem = {
  code: 'columns-mapped-by-name',
  severity: 'info',
  message: `Only the first ${count(limits.columnsByContent, 'column')} were compared with the project’s labels; the others were mapped by their names. Check them under Import settings.`,
  path: [],
  span: { from: 0, to: 0 },
};
