import { stateOf, type Account, type RowState } from '#domain/results/account.ts';
import { selectionOf, type Call, type Plan } from '#domain/plan/plan.ts';
import { chunksOf } from './in-parallel.ts';
import type { RowToRead } from './read-back.ts';
import type { Route } from './routes/route.ts';

/** The plan's calls, each with only its waiting rows. */
export function callsOfWaiting(plan: Plan, route: Route, account: Account): Call[] {
  return plan.calls.flatMap(({ group, rows }) => {
    const call = { group, rows: rows.filter((row) => stateOf(account, row) === 'waiting') };
    return selectionOf(plan, call) === undefined ? inParts(call, route.tasksPerCall) : call;
  });
}

/** The halves of a call, none larger than the route allows; undefined where the call cannot be split. */
export function partsOf(plan: Plan, route: Route, call: Call): Call[] | undefined {
  if (call.rows.length < 2 || selectionOf(plan, call) !== undefined) return undefined;
  return inParts(call, Math.min(route.tasksPerCall, Math.ceil(call.rows.length / 2)));
}

function inParts({ group, rows }: Call, size: number): Call[] {
  return chunksOf(rows, size).map((part) => ({ group, rows: part }));
}

export function rowsOfGroups(plan: Plan): RowToRead[] {
  return plan.groups.flatMap(({ rows }, group) => Array.from(rows, (row) => ({ row, group })));
}

export function rowsInState(plan: Plan, account: Account, state: RowState): number[] {
  return Array.from(plan.rows.task.keys()).filter((row) => stateOf(account, row) === state);
}

/** True if an annotation of this row may be on the server, or was proven not to be. */
export function wasSent(account: Account, row: number): boolean {
  const state = stateOf(account, row);
  return account.missing.has(row) || !(state === 'waiting' || state === 'not-sent' || state === 'skipped');
}

export function rowsToRead({ rows, group }: Call): RowToRead[] {
  return Array.from(rows, (row) => ({ row, group }));
}
