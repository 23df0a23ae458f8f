import type { ConfigOf } from '#domain/requests/known-config.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { stateOf, type Account, type RowState } from './account.ts';
import type { EntryCounts } from '#domain/problems/entry-counts.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** A batch as it was checked, kept by reference so that parts of it can be given back as they were written. */
export interface Source {
  text: SourceText;
  parsed: Parsed;
  /** How many errors each entry has: those with any are in no plan. */
  entryErrors: EntryCounts;
  configOf: ConfigOf;
}

/** Why an entry, or a part of it, is left over. */
export interface Leftover {
  /** The first reason, and how many more there are. */
  reason: string;
  more: number;
  /** The tasks that are left, where others of the same entry are done. */
  tasks?: number[];
}

/** States in which a row has no annotation that is proven to be there, once a run has ended. */
const restStates: ReadonlySet<RowState> = new Set(['skipped', 'refused', 'not-sent', 'unknown']);

/** What did not become an annotation, by entry, in the order of the source: entries with mistakes, and rows not created. */
export function restOf(source: Source, plan: Plan, account: Account): Map<number, Leftover> {
  const left = [...withMistakes(source), ...notCreated(plan, account)];
  return new Map(left.toSorted(([one], [other]) => one - other));
}

/** The reasons are found once more rather than kept: a check keeps only the first thousand problems. */
function withMistakes({ parsed, entryErrors, configOf }: Source): Map<number, Leftover> {
  const first = new Map<number, string>();
  const findings = new ProblemList(0, ({ severity, entry, message }) => {
    if (severity === 'error' && entry !== undefined && !first.has(entry)) first.set(entry, message);
    return true;
  });
  addSourceProblems(parsed, findings);
  validate(parsed.entries, findings, configOf);
  const left = new Map<number, Leftover>();
  for (const entry of entryErrors) {
    // A labelling config may have changed since; what was left out stays left out.
    const reason = first.get(entry) ?? 'It had a mistake when it was checked.';
    left.set(entry, { reason, more: Math.max(0, findings.entryErrors.at(entry) - 1) });
  }
  return left;
}

function notCreated({ rows }: Plan, account: Account): Map<number, Leftover> {
  const left = new Map<number, Required<Leftover>>();
  const rowsOf = new Map<number, number>();
  for (let row = 0; row < rows.count; row += 1) {
    const entry = rows.entry[row]!;
    rowsOf.set(entry, (rowsOf.get(entry) ?? 0) + 1);
    const state = stateOf(account, row);
    if (!restStates.has(state)) continue;
    const task = rows.task[row]!;
    const known = left.get(entry);
    if (known === undefined)
      left.set(entry, { reason: reasonOf(account, row, state), more: 0, tasks: [task] });
    else {
      known.tasks.push(task);
      known.more += 1;
    }
  }
  return new Map(
    Array.from(left, ([entry, { reason, more, tasks }]) => {
      const isWhole = tasks.length === rowsOf.get(entry);
      return [entry, isWhole ? { reason, more } : { reason, more, tasks }];
    }),
  );
}

/** Of an unknown row it must be plain that sending it again may make a second annotation. */
function reasonOf({ reason }: Account, row: number, state: RowState): string {
  const said = reason.get(row);
  if (state !== 'unknown') return said ?? 'It was not created.';
  return `It may have been created all the same: look at the task first. ${said ?? ''}`.trim();
}
