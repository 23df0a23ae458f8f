import type { Json } from '#wire/json/json.ts';
import { rowsOfGroup, selectionOfGroup } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { rowsIn, stateOf, type Account, type OpenCall } from '#domain/results/account.ts';
import type { Call } from '#domain/results/run-event.ts';

/** The selection that a call is sent with. If some of its rows are done, the others are sent by their task IDs. */
export function selectionOf(
  { groups }: Plan,
  { group, rows }: Pick<Call, 'group' | 'rows'>,
): Json | undefined {
  return rows.length === rowsOfGroup(groups, group).length ? selectionOfGroup(groups, group) : undefined;
}

/** The open calls with this outcome, oldest first. */
export function openCallsOf({ openCalls }: Account, outcome: OpenCall['outcome']): OpenCall[] {
  return [...openCalls.values()].filter((open) => open.outcome === outcome);
}

/** The rows of a call whose outcome is unknown. */
export function unconfirmedRows(account: Account, { call }: OpenCall): number[] {
  return call.rows.filter((row) => stateOf(account, row) === 'unconfirmed');
}

/** All rows that may have an annotation. */
export function sentRows(account: Account): number[] {
  const states = [
    'unconfirmed',
    'created',
    'duplicated',
    'not-found',
    'unknown',
    'refused',
    'never-sent',
    'deleted',
  ] as const;
  return rowsIn(account, ...states).filter((row) => account.callOf[row]! > 0);
}

/** Missing rows. Those that were verified once were deleted by someone, so they aren’t sent again. */
export const missingRows = (account: Account): number[] =>
  rowsIn(account, 'not-found').filter((row) => account.resultHash[row] === 0);

const maxAttempts = 3;

/** Whether a row may be sent once more without a person’s consent. */
export function hasAttemptsLeft({ timesUnconfirmed }: Account, row: number): boolean {
  return (timesUnconfirmed.get(row) ?? 0) < maxAttempts;
}
