import { groupOfRows, proofOfGroup } from '#domain/plan/planned-groups.ts';
import { stateOf, type Account, type OpenStaging } from '#domain/results/account.ts';
import type { RunContext } from '#run/run-context.ts';
import { hasAttemptsLeft, missingRows } from '#run/calls.ts';
import type { StagingSteps } from '#run/routes/route.ts';

/** The staging steps of this plan’s route; undefined if it has none. */
export const stagingStepsOf = ({ plan, routeOf }: RunContext): StagingSteps | undefined =>
  plan.groups.routes.map((name) => routeOf(name).staging).find((steps) => steps !== undefined);

/** Stagings whose rows may be turned into annotations. */
export const usableStagings = ({ account }: Pick<RunContext, 'account'>): OpenStaging[] =>
  [...(account.staged?.open.values() ?? [])].filter(({ problem }) => problem === undefined);

/**
 * Queues rows whose predictions are still on the server. Turning them into annotations again creates no second ones,
 * once the first call has settled. Returns the rows.
 */
export async function repeatStaged(context: RunContext, rows: readonly number[]): Promise<number[]> {
  const { account, append, client, now, plan } = context;
  const steps = stagingStepsOf(context);
  const wanted = new Set(rows.filter((row) => hasAttemptsLeft(account, row)));
  const queued: number[] = [];
  for (const { staging } of steps && wanted.size > 0 ? usableStagings(context) : []) {
    const own = staging.rows.filter((row) => wanted.has(row));
    if (own.length === 0) continue;
    const count = await steps!.count(client, plan, staging);
    // Deleting a task deletes its predictions, too.
    if (!count.ok || count.value === 0 || count.value > staging.rows.length) continue;
    await append({ type: 'queued', at: now(), rows: own, why: 'safe-to-repeat' });
    queued.push(...own);
  }
  return queued;
}

/**
 * Whether none of a staging will be turned into annotations any more. A late copy of its import may still arrive: what is listed
 * of it is removed at the second look.
 */
export function isDone(account: Account, { staging, problem }: OpenStaging): boolean {
  return staging.rows.every((row) => {
    const state = stateOf(account, row);
    return state !== 'in-flight' && state !== 'unconfirmed' && (state !== 'waiting' || problem !== undefined);
  });
}

/**
 * Whether its predictions must stay: without them, a row that is or may be missing couldn’t be sent again without a
 * risk of copies.
 */
export function isNeeded(account: Account, open: OpenStaging): boolean {
  if (!isDone(account, open)) return true;
  // A prediction is deleted with its task.
  const isUndecided = (row: number) =>
    ['not-found', 'unknown'].includes(stateOf(account, row)) && !account.staged?.withoutTask?.has(row);
  return (
    open.problem === undefined &&
    open.staging.rows.some((row) => isUndecided(row) && isRepeatable(account, row))
  );
}

/** The number of missing rows that resuming sends again, because the server would refuse a second copy. */
export function countResumable({ account, plan }: Pick<RunContext, 'account' | 'plan'>): number {
  const missing = missingRows(account);
  if (missing.length === 0) return 0;
  const groupOf = groupOfRows(plan);
  const staged = new Set(usableStagings({ account }).flatMap(({ staging }) => staging.rows));
  return missing.filter(
    (row) =>
      proofOfGroup(plan.groups, groupOf[row]!) === 'unique-id' ||
      (staged.has(row) && isRepeatable(account, row)),
  ).length;
}

/** Whether the call of a row that isn’t verified got no answer, so that it may not have reached the server. */
const isRepeatable = (account: Account, row: number): boolean =>
  account.resultHash[row] === 0 && account.timesUnconfirmed.has(row) && hasAttemptsLeft(account, row);
