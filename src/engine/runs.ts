import { entryWord } from '#domain/parse/import-settings.ts';
import { stateOf, type Account, type RowState } from '#domain/results/account.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { groupsOfPlan, viewOfPlan, type GroupView, type PlanView } from '#domain/plan/plan-view.ts';
import { csvOf, idsOf, jsonOf, resultRow, selectRows, type RowQuery } from '#domain/results/result-rows.ts';
import { restOf, type Source } from '#domain/results/remaining-rows.ts';
import { writeRest } from '#domain/results/remaining-file.ts';
import type { PreparedRun } from '#run/prepare.ts';
import type { Route } from '#run/routes/route.ts';
import { openRun, type StoredRun } from '#run/run-store.ts';
import type { RunContext, RunPhase } from '#run/run-context.ts';
import { readUnknownAgain, submit } from '#run/submit.ts';
import type { RestFile, RowWindow, RunView } from './engine.ts';
import type { Session } from './session.ts';

export interface RunClock {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}

interface LiveRun {
  stored: StoredRun;
  /** What it was made of; let go of when another run starts. */
  source: Source | undefined;
  view: PlanView;
  linkBase: string;
  /** Why rows are skipped: as many reasons as rows at worst, and none of them changes any more. */
  skipReasons: RunView['reasons'];
  phase: RunPhase;
  waitingFor: string | undefined;
  /** Set while it goes on: how to stop it, and how to tell the screen of how things stand. */
  going: { stop: AbortController; tell: () => void } | undefined;
  /** The order of the table that was asked for last, as long as no row has changed since. */
  order: { of: string; rows: Uint32Array } | undefined;
}

/** The screen is told of progress this often at most. */
const tellEveryMs = 100;
const maxReasons = 50;

const fileTypes = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/jsonl',
};

/** Every run of this tab: carries them out, and answers what the screens ask of them. */
export class Runs {
  private readonly live = new Map<string, LiveRun>();
  private readonly clock: RunClock;

  constructor(clock: RunClock) {
    this.clock = clock;
  }

  /** Takes a plan in. It becomes a run when it is started; until then it has sent nothing. */
  add(
    { plan, projects }: PreparedRun,
    source: Source,
    route: Route,
    why: string,
    { connection }: Session,
  ): PlanView {
    const { server, user, edition } = connection;
    const isUnsuitable = edition === 'Enterprise' && route.name === 'bulk';
    const view = viewOfPlan(plan, {
      server: server.name,
      user: user.name,
      route: { ...route, why },
      titles: new Map([...projects].map(([id, { title }]) => [id, title ?? `Project ${id}`])),
      unsuitable: new Set(
        [...projects.values()]
          .filter((project) => isUnsuitable && project.config_suitable_for_bulk_annotation === false)
          .map(({ id }) => id),
      ),
      leftOut: {
        entries: source.entryErrors.entries,
        are: entryWord(source.parsed.shape),
      },
    });
    // Of what was planned and never started, the latest is the one that counts.
    this.letGo((other) => other.stored.journal.length === 0);
    this.live.set(plan.id, {
      stored: openRun(plan, route),
      source,
      view,
      linkBase: server.linkBase,
      skipReasons: countReasons(plan, plan.skips, () => 'skipped'),
      phase: 'sending',
      waitingFor: undefined,
      going: undefined,
      order: undefined,
    });
    return view;
  }

  groups(id: string, from: number, to: number): GroupView[] {
    return groupsOfPlan(this.find(id).stored.plan, from, to);
  }

  /** Starts a run, or goes on with one that was stopped. One run at a time; a run that has ended is not run again. */
  async submit(id: string, session: Session, onChange: (view: RunView) => void): Promise<RunView> {
    return this.carryOut(id, session, onChange, submit);
  }

  async readUnknownAgain(id: string, session: Session, onChange: (view: RunView) => void): Promise<RunView> {
    return this.carryOut(id, session, onChange, readUnknownAgain);
  }

  stop(id: string): void {
    const run = this.live.get(id);
    if (!run?.going) return;
    run.going.stop.abort();
    run.phase = 'stopping';
    // What is in flight may take long to end; the manager sees at once that the stop was heard.
    run.going.tell();
  }

  isUnderWay(): boolean {
    return [...this.live.values()].some(({ going }) => going !== undefined);
  }

  view(id: string): RunView | undefined {
    const run = this.live.get(id);
    return run && run.stored.journal.length > 0 ? viewOf(run) : undefined;
  }

  window(id: string, query: RowQuery, from: number, to: number): RowWindow {
    const run = this.find(id);
    const { plan, account } = run.stored;
    const order = this.orderOf(run, query);
    const rows = Array.from(order.subarray(from, to), (row) => resultRow(plan, account, row, run.linkBase));
    return { total: order.length, from, rows };
  }

  file(id: string, query: RowQuery, format: 'csv' | 'json' | 'ids'): Blob {
    const run = this.find(id);
    const { plan, account } = run.stored;
    const rows = this.orderOf(run, query);
    switch (format) {
      case 'csv':
        return new Blob([...csvOf(plan, account, rows, run.linkBase)], { type: 'text/csv' });
      case 'json':
        return new Blob([...jsonOf(plan, account, rows, run.linkBase)], { type: 'application/json' });
      case 'ids':
        return new Blob([...idsOf(account, rows)], { type: 'text/plain' });
    }
  }

  /** What has not become an annotation, as it stood in the batch; undefined where the batch was let go of. */
  rest(id: string): RestFile | undefined {
    const { source, stored } = this.find(id);
    if (source === undefined) return undefined;
    const { parts, extension } = writeRest(source, restOf(source, stored.plan, stored.account));
    return {
      file: new Blob([...parts], { type: fileTypes[extension] }),
      name: `sheaf-rest-${id}.${extension}`,
    };
  }

  private letGo(isOver: (run: LiveRun) => boolean): void {
    for (const run of this.live.values()) if (isOver(run)) run.source = undefined;
  }

  private async carryOut(
    id: string,
    { client, connection }: Session,
    onChange: (view: RunView) => void,
    work: (context: RunContext) => Promise<void>,
  ): Promise<RunView> {
    const run = this.find(id);
    const { stored, view, linkBase } = run;
    if (this.isUnderWay()) throw new Error('Another run is under way.');
    // Elsewhere the same numbers are other tasks, and another user's annotations would not be known for ours.
    if (connection.server.linkBase !== linkBase || connection.user.id !== stored.plan.author)
      throw new Error(
        `This run belongs to ${view.user} on ${view.server}. Connect there as ${view.user} first.`,
      );
    this.letGo((other) => other !== run);
    const stop = new AbortController();
    const tell = throttled(() => run.going && onChange(viewOf(run)), tellEveryMs, this.clock);
    run.going = { stop, tell };
    try {
      await work({
        client,
        plan: stored.plan,
        route: stored.route,
        account: stored.account,
        append: async (event) => {
          await stored.append(event);
          run.order = undefined;
          tell();
        },
        onPhase: (phase, waitingFor) => {
          run.phase = phase === 'sending' && stop.signal.aborted ? 'stopping' : phase;
          run.waitingFor = waitingFor;
          tell();
        },
        ...this.clock,
        stop: stop.signal,
      });
    } finally {
      run.going = undefined;
    }
    onChange(viewOf(run));
    return viewOf(run);
  }

  private orderOf(run: LiveRun, query: RowQuery): Uint32Array {
    const of = JSON.stringify(query);
    if (run.order?.of !== of)
      run.order = { of, rows: selectRows(run.stored.plan, run.stored.account, query) };
    return run.order.rows;
  }

  private find(id: string): LiveRun {
    const run = this.live.get(id);
    if (!run) throw new Error(`There is no run ${id}.`);
    return run;
  }
}

function viewOf({ stored, view, phase, waitingFor, skipReasons }: LiveRun): RunView {
  const { account } = stored;
  return {
    id: stored.plan.id,
    plan: view,
    phase,
    ...(waitingFor !== undefined && { waitingFor }),
    totals: { ...account.totals },
    // Parts of a call that was too large, and what is sent again, come on top of the plan's calls.
    calls: { sent: account.callsSent, total: Math.max(stored.plan.calls.length, account.callsSent) },
    startedAt: account.startedAt ?? 0,
    ...(account.endedAt !== undefined && { endedAt: account.endedAt }),
    reasons: mostFrequent([...skipReasons, ...reasonsOf(stored)]),
  };
}

/** What went wrong with rows that were not skipped. */
const reasonsOf = ({ plan, account }: StoredRun): RunView['reasons'] =>
  countReasons(plan, unskipped(account), (row) => stateOf(account, row));

function* unskipped(account: Account): Generator<[row: number, reason: string]> {
  for (const told of account.reason) if (stateOf(account, told[0]) !== 'skipped') yield told;
}

/** The same words of the same request counted together. */
function countReasons(
  plan: Plan,
  reasons: Iterable<[row: number, reason: string]>,
  stateOfRow: (row: number) => RowState,
): RunView['reasons'] {
  const counted = new Map<string, RunView['reasons'][number]>();
  for (const [row, reason] of reasons) {
    const entry = plan.rows.entry[row]!;
    const state = stateOfRow(row);
    const key = `${entry} ${state} ${reason}`;
    const known = counted.get(key);
    if (known) known.rows += 1;
    else counted.set(key, { entry, state, reason, rows: 1 });
  }
  return mostFrequent([...counted.values()]);
}

const mostFrequent = (reasons: RunView['reasons']) =>
  reasons.toSorted((one, other) => other.rows - one.rows).slice(0, maxReasons);

/** Calls at most every `every` milliseconds; of what comes in between, the last is told when that time is over. */
function throttled(call: () => void, every: number, { now, sleep }: RunClock): () => void {
  let last = -Infinity;
  let isDue = false;
  function callNow() {
    isDue = false;
    last = now();
    call();
  }
  return () => {
    if (isDue) return;
    const left = last + every - now();
    if (left <= 0) return callNow();
    isDue = true;
    void sleep(left).then(callNow);
  };
}
