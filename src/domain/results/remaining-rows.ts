import type { ConfigOf } from '#domain/requests/known-config.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { stateOf, type Account, type RowState } from './account.ts';
import type { EntryCounts } from '#domain/problems/entry-counts.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** A batch as it was checked, kept so that parts of it can be written again unchanged. */
export interface CheckedBatch {
  text: SourceText;
  parsed: Parsed;
  /** Errors by entry. Entries with errors are in no plan. */
  entryErrors: EntryCounts;
  configOf: ConfigOf;
}

/** Why an entry, or a part of it, was not created. */
export interface RemainingEntry {
  /** The first reason; `more` counts the others. */
  reason: string;
  more: number;
  /** The remaining tasks, if others of the same entry are done. */
  tasks?: number[];
}

/** States that prove that there is no annotation, so the rows may be imported again. */
const remainingStates: ReadonlySet<RowState> = new Set(['skipped', 'refused', 'never-sent']);

/** Entries with errors and rows that were not created, by entry, in the order of the source. */
export function remainingEntries(
  source: CheckedBatch,
  plan: Plan,
  account: Account,
): Map<number, RemainingEntry> {
  const remaining = [...entriesWithErrors(source), ...notCreated(plan, account)];
  return new Map(remaining.toSorted(([one], [other]) => one - other));
}

/** Checks the batch again for the reasons, because a check keeps only the first thousand problems. */
function entriesWithErrors({ parsed, entryErrors, configOf }: CheckedBatch): Map<number, RemainingEntry> {
  const firstError = new Map<number, string>();
  const problems = new ProblemList(0, ({ severity, entry, message }) => {
    if (severity === 'error' && entry !== undefined && !firstError.has(entry)) firstError.set(entry, message);
    return true;
  });
  addSourceProblems(parsed, problems);
  validate(parsed.entries, problems, configOf);
  const remaining = new Map<number, RemainingEntry>();
  for (const entry of entryErrors) {
    // The labelling config may have changed since; an entry that was not planned is remaining anyway.
    const reason = firstError.get(entry) ?? 'It had an error when it was checked.';
    remaining.set(entry, { reason, more: Math.max(0, problems.entryErrors.at(entry) - 1) });
  }
  return remaining;
}

function notCreated({ rows }: Plan, account: Account): Map<number, RemainingEntry> {
  const remaining = new Map<number, Required<RemainingEntry>>();
  const rowsOf = new Map<number, number>();
  for (let row = 0; row < rows.count; row += 1) {
    const entry = rows.entry[row]!;
    rowsOf.set(entry, (rowsOf.get(entry) ?? 0) + 1);
    const state = stateOf(account, row);
    if (!remainingStates.has(state)) continue;
    const task = rows.task[row]!;
    const known = remaining.get(entry);
    if (known === undefined)
      remaining.set(entry, { reason: account.reason.get(row) ?? 'Not created.', more: 0, tasks: [task] });
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
