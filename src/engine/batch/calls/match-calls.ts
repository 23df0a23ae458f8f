import { comparisons, type Comparison, type TaskMatching } from '#domain/match/comparison.ts';
import { keyOf } from '#domain/match/key-reader.ts';
import {
  proposeMatching,
  tryMatching,
  type MatchProposal,
  type MatchTrial,
} from '#domain/match/try-matching.ts';
import type { TaskTable } from '#domain/match/task-table.ts';
import { keyColumnsOf } from '#domain/parse/key-columns.ts';
import { limits } from '#wire/limits.ts';
import { firstUnits, shorten } from '#wire/text/words.ts';
import type { Batch } from '#engine/batch/batch.ts';

/** What rows can be matched by: a column of the file, and a field of the tasks that were read. */
export interface MatchOptions {
  columns: MatchOption[];
  /** Number of columns that aren’t listed. */
  moreColumns: number;
  fields: MatchOption[];
  /** Fields that have too much text to be kept. */
  dropped: string[];
  /** The pair with most in common; undefined if they have nothing in common. */
  proposal: MatchProposal | undefined;
}

export interface MatchOption {
  name: string;
  /** Its first value, on one line; empty if it has none. */
  sample: string;
}

/** What one way of matching finds, and how many rows each comparison would match. */
export interface MatchTrials {
  trial: MatchTrial;
  /** With the part of the first value that each one compares. */
  comparisons: { compare: Comparison; matched: number; example: string }[];
}

/** Longest sample of a column or field, in one line of a list. */
const sampleUnits = 60;
/** Rows or tasks among which the first value is looked for. */
const sampledRows = 200;

/** Matching the rows of the batch to the tasks of the chosen project, which must have been read. */
export function matchCalls(batch: Batch) {
  const known = (): TaskTable | undefined => batch.tasksOf({}).tasks;

  return {
    /** What rows can be matched by, in one column if it is given; undefined if the tasks of the project aren’t known. */
    async matchOptions(only?: string): Promise<MatchOptions | undefined> {
      const tasks = known();
      if (!tasks) return undefined;
      const columns = keyColumnsOf(batch.checkup.parsed);
      const listed = columns.slice(0, limits.listed);
      return {
        columns: listed.map(({ name, count, keyAt }) => ({ name, sample: firstValue(count, keyAt) })),
        moreColumns: columns.length - listed.length,
        fields: tasks.fields.map((name) => ({
          name,
          sample: firstValue(tasks.count, (task) => tasks.textOf(name, task) ?? ''),
        })),
        dropped: [...tasks.dropped].slice(0, limits.listedReasons).map((name) => shorten(name, sampleUnits)),
        proposal: proposeMatching(
          tasks,
          listed.map((one) => (only === undefined || one.name === only ? one : { ...one, count: 0 })),
        ),
      };
    },
    /** Tries a way of matching on all rows; undefined if the tasks or the column aren’t known any more. */
    async tryMatching(column: number, matching: TaskMatching): Promise<MatchTrials | undefined> {
      const tasks = known();
      const keys = keyColumnsOf(batch.checkup.parsed)[column];
      if (!tasks || !keys) return undefined;
      const first = firstValue(keys.count, keys.keyAt, Infinity);
      const trials = comparisons.map((compare) => ({
        compare,
        trial: tryMatching(tasks, { ...matching, compare }, keys),
      }));
      return {
        trial: trials.find(({ compare }) => compare === matching.compare)!.trial,
        comparisons: trials.map(({ compare, trial }) => ({
          compare,
          matched: trial.matched,
          example: shorten(keyOf(first, { compare, ignoresCase: false }), sampleUnits),
        })),
      };
    },
  };
}

function firstValue(count: number, valueAt: (index: number) => string, units = sampleUnits): string {
  for (let index = 0; index < Math.min(count, sampledRows); index += 1) {
    const value = firstUnits(valueAt(index), limits.shownUnits).trim();
    if (value !== '') return units === Infinity ? value : shorten(value, units);
  }
  return '';
}
