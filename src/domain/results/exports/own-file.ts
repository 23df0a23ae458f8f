import type { Plan } from '#domain/plan/plan.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { behindLineEnd, cellsOfRow, countCells, startOf } from '#domain/parse/table/cell-bytes.ts';
import { firstRowOf } from '#domain/parse/table/dialect.ts';
import { rowAt, type Table } from '#domain/parse/table/table.ts';
import { annotationsOf, stateOf, type Account } from '#domain/results/account.ts';
import type { CheckedBatch } from './remaining-rows.ts';
import { linkTo } from '#domain/results/result-rows.ts';
import { stateInWords } from '#domain/results/state-words.ts';

const addedColumns = ['annotation_id', 'annotation_state', 'annotation_link'];

/**
 * The submitted table with the annotation, its state and its link in three columns at the end. All other bytes stay
 * unchanged. Undefined if the source isn’t a table.
 */
export function ownFileOf(
  { text, parsed: { writing } }: CheckedBatch,
  plan: Plan,
  account: Account,
  linkBase: string,
): { parts: Iterable<string>; extension: 'csv' | 'tsv' } | undefined {
  if (writing.as !== 'table') return undefined;
  const { table } = writing;
  return {
    parts: rowsWithResults(text, table, (entry) => resultCells(plan, account, entry, linkBase)),
    extension: table.dialect.delimiter === '\t' ? 'tsv' : 'csv',
  };
}

function* rowsWithResults(
  text: CheckedBatch['text'],
  table: Table,
  cellsOf: (entry: number) => string[],
): Generator<string> {
  const { delimiter, hasHeader } = table.dialect;
  const code = delimiter.charCodeAt(0);
  const { bytes } = text;
  const first = cellsOfRow(bytes, firstRowOf(text, table.dialect), code);
  const end = first.at(-1)!;
  const lineEnd = text.slice(end, behindLineEnd(bytes, end)) || '\n';
  // Some rows may be longer than the header.
  let width = first.length / 2;
  for (let row = 0; row < table.rows.count; row += 1)
    width = Math.max(width, countCells(bytes, rowAt(text, table, row), code));
  const isOpen = new Set(
    table.problems.flatMap(({ code: why, entry }) => (why === 'quote-not-closed' ? [entry] : [])),
  );
  const write = (spans: number[], added: string[]) =>
    text.slice(spans[0]!, spans.at(-1)!) +
    delimiter.repeat(width - spans.length / 2) +
    added.map((cell) => delimiter + quoted(cell, delimiter)).join('') +
    lineEnd;

  yield text.slice(0, table.dialect.rowsAbove ? first[0]! : startOf(text));
  if (hasHeader)
    yield write(
      first,
      addedColumns.map((name) => freeName(name, table.names)),
    );
  for (let row = 0; row < table.rows.count; row += 1) {
    const spans = cellsOfRow(bytes, rowAt(text, table, row), code);
    // Anything appended after an unclosed quote would belong to its cell.
    yield isOpen.has(row) ? text.slice(spans[0]!, spans.at(-1)!) + lineEnd : write(spans, cellsOf(row));
  }
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let number = 2; taken.includes(free); number += 1) free = `${name}_${number}`;
  return free;
}

/** IDs, states and first link of an entry’s rows. */
function resultCells(plan: Plan, account: Account, entry: number, linkBase: string): string[] {
  const rows = rowsOfEntry(plan, entry);
  if (rows.length === 0) return ['', 'Not sent: it had errors', ''];
  const ids = rows.flatMap((row) => annotationsOf(account, row));
  const states = new Set(
    rows.map((row) => stateInWords(stateOf(account, row), account.notFoundAt?.get(row))),
  );
  const link = linkTo(linkBase, plan.projects[entry]!, plan.rows.task[rows[0]!]!, ids[0]);
  return [ids.join(' '), [...states].join(', '), link];
}

const firstRows = new WeakMap<Plan, Int32Array>();

/** The rows of an entry, which are adjacent. */
function rowsOfEntry(plan: Plan, entry: number): number[] {
  const { rows, projects } = plan;
  let first = firstRows.get(plan);
  if (!first) {
    first = new Int32Array(projects.length).fill(-1);
    for (let row = rows.count - 1; row >= 0; row -= 1) first[rows.entry[row]!] = row;
    firstRows.set(plan, first);
  }
  const found: number[] = [];
  const from = first[entry]!;
  for (let row = from; row >= 0 && row < rows.count && rows.entry[row] === entry; row += 1) found.push(row);
  return found;
}
