import { entryWord } from '#domain/parse/import-settings.ts';
import { viewOfPlan, type PlanView } from '#domain/plan/plan-view.ts';
import type { CheckedBatch } from '#domain/results/remaining-rows.ts';
import type { Session } from '#engine/session/open-session.ts';
import type { PreparedRun } from '#run/prepare.ts';
import type { Route } from '#run/routes/route.ts';
import { openRun } from '#run/run-store.ts';
import type { LiveRun } from './live-run.ts';
import { skipReasonsOf } from './run-view.ts';

/** The plans and runs of this tab. */
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();

  /** Adds a plan, which becomes a run when it is started. */
  add(
    { plan, projects }: PreparedRun,
    source: CheckedBatch,
    { route, reason }: { route: Route; reason: string },
    { connection }: Session,
  ): PlanView {
    const { server, user, edition } = connection;
    const checksSuitability = edition === 'Enterprise' && route.name === 'bulk';
    const view = viewOfPlan(plan, {
      server: server.name,
      user: user.name,
      route: { ...route, reason },
      titles: new Map([...projects].map(([id, { title }]) => [id, title ?? `Project ${id}`])),
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
    // A new plan replaces the plans that were never started.
    this.dropSources((other) => other.stored.account.startedAt === undefined);
    this.runs.set(plan.id, {
      stored: openRun(plan, route),
      source,
      view,
      linkBase: server.linkBase,
      skipReasons: skipReasonsOf(plan),
      phase: 'sending',
      waitingFor: undefined,
      execution: undefined,
      order: undefined,
    });
    return view;
  }

  get(id: string): LiveRun | undefined {
    return this.runs.get(id);
  }

  find(id: string): LiveRun {
    const run = this.runs.get(id);
    if (!run) throw new Error(`Run ${id} doesn’t exist.`);
    return run;
  }

  isAnyRunning(): boolean {
    return [...this.runs.values()].some(({ execution }) => execution !== undefined);
  }

  dropSources(isDone: (run: LiveRun) => boolean): void {
    for (const run of this.runs.values()) if (isDone(run)) run.source = undefined;
  }
}
