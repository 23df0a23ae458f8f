import { stateOf, type OpenStaging } from '#domain/results/account.ts';
import type { RunContext } from '#run/run-context.ts';
import { hasAttemptsLeft } from '#run/calls.ts';
import type { StagingSteps } from '#run/routes/route.ts';

/** The staging steps of this plan’s route; undefined if it has none. */
export const stagingStepsOf = ({ plan, routeOf }: RunContext): StagingSteps | undefined =>
  plan.groups.routes.map((name) => routeOf(name).staging).find((steps) => steps !== undefined);

/** Stagings whose rows may be turned into annotations. */
export const usableStagings = ({ account }: RunContext): OpenStaging[] =>
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
export function isDone({ account }: RunContext, { staging, problem }: OpenStaging): boolean {
  return staging.rows.every((row) => {
    const state = stateOf(account, row);
    return state !== 'in-flight' && state !== 'unconfirmed' && (state !== 'waiting' || problem !== undefined);
  });
}
