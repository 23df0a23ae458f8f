import { firstUnits } from '#wire/text/words.ts';
import { limits } from '#wire/limits.ts';
import { comparisons, type Comparison, type TaskMatching } from './comparison.ts';
import { isUpload, KeyReader } from './key-reader.ts';
import { AMBIGUOUS, BLANK, indexOf, NOT_FOUND } from './task-index.ts';
import type { TaskTable } from './task-table.ts';

/** Values of a file by which tasks may be found: a column of a table, or a key of an export’s data. */
export interface KeyColumn {
  name: string;
  /** Number of rows. */
  count: number;
  /** The value of a row as text; empty if it has none. */
  keyAt(row: number): string;
}

/** How many rows find a task with one matching, and examples. Its size is independent of the rows. */
export interface MatchTrial {
  rows: number;
  matched: number;
  notFound: number;
  ambiguous: number;
  /** Rows without a value. */
  blank: number;
  examples: MatchExample[];
  /** The first values without a task, and with several. */
  notFoundExamples: MatchExample[];
  ambiguousExamples: MatchExample[];
}

export interface MatchExample {
  /** From 0. */
  row: number;
  /** In the file. */
  key: string;
  /** Undefined if no single task has it. */
  value?: string;
  /** The task, or the first ones of several. */
  tasks: number[];
}

/** A column of the file and a matching field of the tasks. */
export interface MatchProposal {
  column: number;
  matching: TaskMatching;
}

const maxExamples = 50;
const maxTasksOfExample = 5;

/** Matches every row of a column. */
export function tryMatching(table: TaskTable, matching: TaskMatching, column: KeyColumn): MatchTrial {
  const index = indexOf(table, matching);
  const trial: MatchTrial = {
    rows: column.count,
    matched: 0,
    notFound: 0,
    ambiguous: 0,
    blank: 0,
    examples: [],
    notFoundExamples: [],
    ambiguousExamples: [],
  };
  for (let row = 0; row < column.count; row += 1) {
    const key = column.keyAt(row);
    const found = index.find(key);
    if (found >= 0) {
      trial.matched += 1;
      if (trial.examples.length < maxExamples) {
        const value = shown(table.textOf(matching.field, found) ?? '');
        trial.examples.push({ row, key: shown(key), value, tasks: [table.ids[found]!] });
      }
    } else if (found === NOT_FOUND) {
      trial.notFound += 1;
      if (trial.notFoundExamples.length < maxExamples)
        trial.notFoundExamples.push({ row, key: shown(key), tasks: [] });
    } else if (found === AMBIGUOUS) {
      trial.ambiguous += 1;
      if (trial.ambiguousExamples.length < maxExamples) {
        const tasks = index.candidates(key, maxTasksOfExample).map((task) => table.ids[task]!);
        trial.ambiguousExamples.push({ row, key: shown(key), tasks });
      }
    } else if (found === BLANK) trial.blank += 1;
  }
  return trial;
}

const shown = (text: string): string => firstUnits(text, limits.shownUnits);

/** Rows of each column that a proposal is based on, spread over all rows. */
const sampledRows = 200;
/** Maximum number of columns and fields to try. */
const maxColumns = 40;
const maxFields = 20;

/**
 * The column and field with the most common values, with the strictest comparison that finds most; undefined if no
 * value matches a task. With `only`, no other field is tried. Values with few distinct ones, such as labels, are no
 * keys.
 */
export function proposeMatching(
  table: TaskTable,
  columns: readonly KeyColumn[],
  only?: string,
): MatchProposal | undefined {
  const samples = columns.slice(0, maxColumns).map(sampleOf);
  let best: (MatchProposal & { hits: number }) | undefined;
  for (const field of only === undefined ? table.fields.slice(0, maxFields) : [only])
    for (const compare of comparisons)
      for (const [column, hits] of hitsOf(table, samples, field, compare).entries()) {
        // Stricter comparisons come first, and win unless another one finds more.
        if (hits > (best?.hits ?? 0))
          best = { column, matching: { field, compare, ignoresCase: true }, hits };
      }
  return best && { column: best.column, matching: best.matching };
}

function sampleOf({ count, keyAt }: KeyColumn): string[] {
  const step = Math.max(1, Math.floor(count / sampledRows));
  const rows = Math.min(count, sampledRows);
  const values = Array.from({ length: rows }, (_, index) => keyAt(index * step)).filter(
    (key) => key.trim() !== '',
  );
  const distinct = [...new Set(values)];
  // A column of labels repeats few values; a column of keys hardly any.
  return distinct.length * 4 < values.length ? [] : distinct;
}

/** By column: how many of its sampled values match exactly one task. */
function hitsOf(
  table: TaskTable,
  samples: readonly (readonly string[])[],
  field: string,
  compare: Comparison,
): number[] {
  const reader = new KeyReader({ compare, ignoresCase: true });
  /** By key: number of tasks. */
  const tasks = new Map<string, number>();
  /** The keys of each value: the second one counts if no task has the first. */
  const keys = samples.map((values) =>
    values.map((value) => {
      reader.read(value);
      const { key } = reader;
      const plain = reader.skipUploadPrefix() ? reader.key : '';
      for (const one of [key, plain]) if (one !== '') tasks.set(one, 0);
      return [key, plain] as const;
    }),
  );
  const countKey = () => {
    const known = tasks.get(reader.key);
    if (known !== undefined) tasks.set(reader.key, known + 1);
  };
  for (let task = 0; task < table.count; task += 1) {
    const text = table.textOf(field, task);
    if (text === undefined) continue;
    reader.read(text);
    countKey();
    if (isUpload(text) && reader.skipUploadPrefix()) countKey();
  }
  const isHit = ([key, plain]: readonly [string, string]) => (tasks.get(key) || tasks.get(plain)) === 1;
  return keys.map((ofColumn) => ofColumn.filter(isHit).length);
}
