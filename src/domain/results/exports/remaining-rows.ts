import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { stateOf, type Account, type RowState } from '#domain/results/account.ts';
import { stateInWords } from '#domain/results/state-words.ts';
import type { EntryCounts } from '#domain/problems/entry-counts.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** A checked batch, kept so that parts of it can be written again unchanged. */
export interface CheckedBatch {
  text: SourceText;
  parsed: Parsed;
  /** Errors by entry. Entries with errors are in no plan. */
  entryErrors: EntryCounts;
  /** Undefined for a batch from a run’s store, which has no problems of entries. */
  configOf: ConfigOf | undefined;
  /** The tasks that it was checked against. */
  tasksOf?: TasksOf;
}

/** Why an entry, or a part of it, wasn’t created. */
export interface RemainingEntry {
  /** The first reason; `more` counts the others. */
  reason: string;
  more: number;
  /** The remaining tasks, if other tasks of the entry are finished. */
  tasks?: number[];
}

/** States that prove that there is no annotation, so that the rows can be imported again. */
const remainingStates: ReadonlySet<RowState> = new Set(['skipped', 'refused', 'never-sent']);

/** Entries with errors and rows that weren’t created, by entry in source order. */
export function remainingEntries(
  source: CheckedBatch,
  plan: Plan,
  account: Account,
): Map<number, RemainingEntry> {
  const remaining = [
    ...entriesWithErrors(source),
    ...entriesIn(plan, (row) => {
      return remainingStates.has(stateOf(account, row))
        ? (account.reason.get(row) ?? 'Not created.')
        : undefined;
    }),
  ];
  return new Map(remaining.toSorted(([one], [other]) => one - other));
}

/** States in which an annotation may be, or may still appear, on the server. */
const uncertainStates: ReadonlySet<RowState> = new Set(['in-flight', 'unconfirmed', 'not-found', 'unknown']);

/** Rows without any proof, by entry. Their reasons ask to check them before sending again. */
export const uncertainEntries = (plan: Plan, account: Account): Map<number, RemainingEntry> =>
  entriesIn(plan, (row) => {
    const state = stateOf(account, row);
    if (!uncertainStates.has(state)) return undefined;
    const reason = account.reason.get(row) ?? '';
    return `${stateInWords(state, account.notFoundAt?.get(row))}, may be on the server: check the run again before this is sent. ${reason}`.trim();
  });

/** Checks the batch again for the reasons, because a check keeps only the first thousand problems. */
function entriesWithErrors({
  parsed,
  entryErrors,
  configOf,
  tasksOf,
}: CheckedBatch): Map<number, RemainingEntry> {
  const firstError = new Map<number, string>();
  const remaining = new Map<number, RemainingEntry>();
  if (configOf === undefined) {
    for (const entry of entryErrors)
      remaining.set(entry, { reason: 'It had errors. Import this file to see them.', more: 0 });
    return remaining;
  }
  const problems = new ProblemList(0, ({ severity, entry, message }) => {
    if (severity === 'error' && entry !== undefined && !firstError.has(entry)) firstError.set(entry, message);
    return true;
  });
  addSourceProblems(parsed, problems);
  validate(parsed.entries, problems, configOf, 'row', tasksOf);
  for (const entry of entryErrors) {
    // The labelling config may have changed since; an entry that wasn’t planned remains anyway.
    const reason = firstError.get(entry) ?? 'It had an error when it was checked.';
    remaining.set(entry, { reason, more: Math.max(0, problems.entryErrors.at(entry) - 1) });
  }
  return remaining;
}

/** The entries of rows for which `reasonOf` gives a reason. */
function entriesIn(
  { rows }: Plan,
  reasonOf: (row: number) => string | undefined,
): Map<number, RemainingEntry> {
  const remaining = new Map<number, Required<RemainingEntry>>();
  const rowsOf = new Map<number, number>();
  for (let row = 0; row < rows.count; row += 1) {
    const entry = rows.entry[row]!;
    rowsOf.set(entry, (rowsOf.get(entry) ?? 0) + 1);
    const reason = reasonOf(row);
    if (reason === undefined) continue;
    const task = rows.task[row]!;
    const known = remaining.get(entry);
    if (known === undefined) remaining.set(entry, { reason, more: 0, tasks: [task] });
    else {
      known.tasks.push(task);
      known.more += 1;
    }
  }
  return new Map(
    Array.from(remaining, ([entry, { reason, more, tasks }]) => {
      const isWhole = tasks.length === rowsOf.get(entry);
      return [entry, isWhole ? { reason, more } : { reason, more, tasks }];
    }),
  );
}
