import { entryWord } from '#domain/parse/import-settings.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { viewOfPlan, type PlanContext, type PlanView } from '#domain/plan/plan-view.ts';
import { newAccount } from '#domain/results/account.ts';
import type { CheckedBatch } from '#domain/results/exports/remaining-rows.ts';
import { storedBatch } from '#domain/results/exports/stored-batch.ts';
import type { Session } from '#engine/session/open-session.ts';
import type { PlanReads } from '#run/prepare.ts';
import { readSecondsPerRow } from '#run/read/read-back.ts';
import type { Route } from '#run/routes/route.ts';
import type { RunStore, StoredRun, StoredSource } from '#run/store/run-store.ts';
import { limits } from '#wire/limits.ts';
import type { LiveRun } from './live-run.ts';
import { skipReasonsOf } from './run-view.ts';

/** The runs of this browser: those of this tab in memory, others in the store. */
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();
  private opened: { runId: string; batch: Promise<CheckedBatch | undefined> } | undefined;
  readonly store: RunStore;
  /** True while this engine executes a run. */
  isBusy = false;
  /** The running second look of a run. */
  looking: Promise<void> | undefined;

  constructor(store: RunStore) {
    this.store = store;
  }

  /** Adds a plan, which becomes a run once started. */
  add(
    plan: Plan,
    { projects, hasSelection }: PlanReads,
    source: CheckedBatch,
    stored: StoredSource & { fileName: string | undefined },
    {
      routes,
      textOf,
      ...context
    }: Pick<PlanContext, 'passedOver' | 'sentBefore'> &
      Pick<LiveRun, 'textOf'> & { routes: readonly Route[] },
    { client, connection }: Session,
  ): PlanView {
    const { server, user, edition } = connection;
    const checksSuitability = edition === 'Enterprise';
    const titles = new Map([...projects].map(([id, { title }]) => [id, title ?? `Project ${id}`]));
    const view = viewOfPlan(plan, {
      server: server.name,
      user: user.name,
      ...context,
      routeOf: (name) => routes.find((route) => route.name === name)!,
      hasSelection: hasSelection && routes[0]!.takesSelections,
      titles,
      latencySeconds: client.latencySeconds(),
      readSecondsPerRow: readSecondsPerRow(client),
      unsupportedProjects: new Set(
        [...projects.values()]
          .filter((project) => checksSuitability && project.config_suitable_for_bulk_annotation === false)
          .map(({ id }) => id),
      ),
      withErrors: {
        entries: source.entryErrors.entries,
        unit: entryWord(source.parsed.format),
      },
    });
    const account = newAccount(plan);
    const { fileName, bytes, importSettings } = stored;
    const summary = {
      id: plan.id,
      fileName,
      projects: [...titles].map(([id, title]) => ({ id, title })),
      server: { name: server.name, address: server.linkBase },
      user: { id: user.id, name: user.name },
      rows: plan.rows.count,
      totals: { ...account.totals },
      createdAt: plan.createdAt,
      startedAt: undefined,
      endedAt: undefined,
      pinned: false,
      size: plan.groups.bodyStarts[plan.groups.count]! + 16 * plan.rows.count + bytes.length,
    };
    const keptSource = bytes.length <= limits.storedSourceBytes ? { bytes, importSettings } : undefined;
    // A new plan replaces plans that were never started.
    for (const [id, other] of this.runs) if (other.unstored) this.runs.delete(id);
    const unstored = { plan, view, summary, source: keptSource };
    this.runs.set(plan.id, {
      ...liveRun({ plan, view, account, summary }),
      unstored,
      source,
      textOf,
    });
    return view;
  }

  /** The run that this engine executes. */
  get executing(): LiveRun | undefined {
    return [...this.runs.values()].find(({ execution }) => execution);
  }

  inMemory(id: string): LiveRun | undefined {
    return this.runs.get(id);
  }

  /** The run; read from the store if another tab or an earlier visit made it. */
  async get(id: string): Promise<LiveRun | undefined> {
    const known = this.runs.get(id);
    if (known) return known;
    const stored = await this.store.open(id);
    if (!stored) return undefined;
    // A concurrent call may have opened it.
    const run = this.runs.get(id) ?? liveRun(stored);
    this.runs.set(id, run);
    return run;
  }

  async find(id: string): Promise<LiveRun> {
    const run = await this.get(id);
    if (!run) throw new Error('This run isn’t kept in this browser.');
    return run;
  }

  /** The batch of a run; undefined if its file was too large to keep. One stored batch is cached. */
  async batchOf({ plan, source }: LiveRun): Promise<CheckedBatch | undefined> {
    if (source) return source;
    if (this.opened?.runId !== plan.id) {
      const batch = this.store.source(plan.id).then((stored) => stored && storedBatch(plan, stored));
      this.opened = { runId: plan.id, batch };
      batch.catch(() => (this.opened = undefined));
    }
    return this.opened.batch;
  }

  /** Drops a run from memory, so that its next use reads it from the store. */
  forget(id: string): void {
    const run = this.runs.get(id);
    if (run && !run.execution && !run.unstored) this.runs.delete(id);
  }

  dropSources(isDone: (run: LiveRun) => boolean): void {
    for (const run of this.runs.values()) if (isDone(run)) run.source = run.textOf = undefined;
    this.opened = undefined;
  }
}

function liveRun(stored: StoredRun): LiveRun {
  return {
    ...stored,
    unstored: undefined,
    source: undefined,
    textOf: undefined,
    skipReasons: skipReasonsOf(stored.plan),
    phase: stored.account.endedAt === undefined ? 'interrupted' : 'finished',
    waitingFor: undefined,
    activity: undefined,
    execution: undefined,
    order: undefined,
  };
}
