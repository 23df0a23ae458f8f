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

/** Columns of the file and fields of the tasks by which rows can be matched. */
export interface MatchOptions {
  columns: MatchOption[];
  /** Number of columns that aren’t listed. */
  moreColumns: number;
  fields: MatchOption[];
  /** Fields that weren’t kept because they have too much text. */
  dropped: string[];
  /** The pair with the most common values; undefined if there are none. */
  proposal: MatchProposal | undefined;
}

export interface MatchOption {
  name: string;
  /** Its first value on one line; empty if it has none. */
  sample: string;
}

/** The result of a trial, and how many rows each comparison would match. */
export interface MatchTrials {
  trial: MatchTrial;
  /** Each with the compared part of the first value. */
  comparisons: { compare: Comparison; matched: number; example: string }[];
}

/** Maximum length of a sample on one line of a list. */
const sampleUnits = 60;
/** Rows or tasks that are searched for a first value. */
const sampledRows = 200;

/** Matches rows to the tasks of the chosen project, which must have been read. */
export function matchCalls(batch: Batch) {
  const known = (): TaskTable | undefined => batch.tasksOf({}).tasks;

  return {
    /** Options for matching, with `only` for one column; undefined while the project’s tasks are unknown. */
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
    /** Tries a matching on all rows; undefined if the tasks or the column are unknown by now. */
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
