import { inOneLine } from '#api/http/failure-of.ts';
import type { StagingSteps } from '#run/routes/route.ts';
import type { RunContext } from '#run/run-context.ts';
import type { Outcome } from '#wire/failure.ts';
import { isNeeded, stagingStepsOf, usableStagings } from './open-stagings.ts';

/** Deletes the predictions of all stagings that are no longer needed. */
export async function sweepDone(context: RunContext, steps: StagingSteps): Promise<void> {
  for (const open of context.account.staged?.open.values() ?? [])
    if (!isNeeded(context.account, open)) await sweep(context, steps, open.staging);
}

/**
 * Deletes all predictions of this run that the server still lists, and refreshes the projects’ summaries. Failures are
 * recorded and tried again next time.
 *
 * @param mustStay which stagings are left out
 */
export async function removePredictions(context: RunContext, mustStay = isNeeded): Promise<void> {
  const { account, append, client, now, onPhase, plan } = context;
  const { staged } = account;
  const steps = stagingStepsOf(context);
  if (!staged || !steps) return;
  onPhase('cleaning-up');
  // Left by a session that ended during an import.
  for (const { staging, isCounted } of usableStagings(context))
    if (!isCounted) {
      const reason = 'Sheaf was closed before the import of predictions was answered.';
      await append({ type: 'staging-failed', staging: staging.id, at: now(), problem: 'unclear', reason });
    }
  for (const project of staged.projects) {
    const opened = [...staged.open.values()].filter(({ staging }) => staging.project === project);
    const listed = await patiently(context, () => steps.list(client, plan, project));
    if (!listed.ok) {
      const reason = inOneLine(listed.failure);
      for (const { staging } of opened)
        await append({ type: 'sweep-failed', staging: staging.id, at: now(), reason });
      continue;
    }
    const busy = new Set(opened.filter((open) => mustStay(account, open)).map(({ staging }) => staging.id));
    const left = new Set(listed.value);
    for (const id of left) if (!busy.has(id)) await sweep(context, steps, { id, project }, patiently);
    for (const { staging } of opened)
      if (!busy.has(staging.id) && !left.has(staging.id))
        await append({ type: 'swept', staging: staging.id, at: now(), predictions: 0 });
  }
  for (const project of staged.unrefreshed.keys()) {
    const refreshed = await patiently(context, () => steps.refresh(client, project));
    const failed = refreshed.ok ? {} : { failed: inOneLine(refreshed.failure) };
    await append({ type: 'summary-refreshed', project, at: now(), ...failed });
  }
}

async function sweep(
  context: RunContext,
  steps: StagingSteps,
  { id, project }: { id: number; project: number },
  ask = once,
): Promise<void> {
  const { append, client, now, plan, onPhase } = context;
  onPhase('cleaning-up');
  const swept = await ask(context, () => steps.sweep(client, plan, { id, project }));
  if (swept.ok) return append({ type: 'swept', staging: id, at: now(), predictions: swept.value });
  const reason = inOneLine(swept.failure);
  await append({ type: 'sweep-failed', staging: id, at: now(), reason });
}

type Ask<T> = () => Promise<Outcome<T>>;

const once = <T>(_: RunContext, ask: Ask<T>): Promise<Outcome<T>> => ask();

/** A server with SQLite answers 500 while others write for a while. Each of these requests can be repeated. */
async function patiently<T>({ sleep }: RunContext, ask: Ask<T>): Promise<Outcome<T>> {
  let outcome = await ask();
  for (const pauseMs of [2000, 6000]) {
    if (outcome.ok || !outcome.failure.fromLabelStudio || (outcome.failure.status ?? 0) < 500) break;
    await sleep(pauseMs);
    outcome = await ask();
  }
  return outcome;
}
