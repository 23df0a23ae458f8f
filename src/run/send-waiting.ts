import type { RunContext } from './run-context.ts';
import { sendCalls, type Pace } from './send-calls.ts';
import { sendStaged } from './staging/send-staged.ts';

/**
 * Sends all waiting rows, until none is left, the run is stopped, or calls keep failing.
 *
 * @returns why sending ended early; undefined if every row was sent, or the run was stopped
 */
export async function sendWaiting(context: RunContext, pace: Pace): Promise<string | undefined> {
  for (const name of context.plan.groups.routes) {
    const route = context.routeOf(name);
    if (route.staging) await sendStaged(context, route, route.staging, pace);
    else await sendCalls(context, route, pace);
  }
  return pace.haltReason;
}
