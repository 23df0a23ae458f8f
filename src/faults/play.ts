import type { Plan } from '#domain/plan/plan.ts';
import { annotationsOf, type Account } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import {
  accountFaults,
  claimFaults,
  copiesAmong,
  journalFaults,
  resumeFaults,
  undoFaults,
} from './check-account.ts';
import { base, FaultyServer, leadTimeOf, markedWith, positive, project } from './faulty-server.ts';
import type { PlannedRequest, Schedule, Session, Work } from './schedule.ts';
import { Browser, diskFull, Tab } from './tab.ts';
import { inVirtualTime, VirtualClock } from './virtual-clock.ts';
import { checkText } from '#engine/spec-driver.ts';

export interface Played {
  /** What is wrong, in words; empty if everything is right. */
  wrong: string[];
  log: string[];
  calls: number;
  /** Our annotations beyond one for each row, and rows that the account shows as duplicated or suspect. */
  copies: number;
  duplicates: number;
}

const start = Date.UTC(2026, 10, 30, 8);
const hour = 3_600_000;
const maxMs = 20 * 24 * hour;
/** Longer than any action takes. */
const endlessMs = 2 * hour;
const everyRow: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };
const someRows: RowQuery = { ...everyRow, search: '1' };

/** Plays a schedule from the first plan to the last check, and reports what is wrong. */
export async function play(schedule: Schedule): Promise<Played> {
  const clock = new VirtualClock(start);
  const stage = new Stage(clock, schedule);
  const onRejection = (reason: unknown) => void stage.wrong.push(`An error is lost: ${wordsOf(reason)}`);
  process.on('unhandledRejection', onRejection);
  try {
    await inVirtualTime(clock, () => clock.run(stage.play(), maxMs));
  } catch (error) {
    stage.wrong.push(wordsOf(error));
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  return {
    wrong: [...new Set(stage.wrong)],
    log: stage.server.log,
    duplicates: stage.duplicates,
    copies: stage.copies,
    calls: stage.server.posted.length,
  };
}

class Stage {
  readonly wrong: string[] = [];
  readonly server: FaultyServer;
  duplicates = 0;
  copies = 0;
  private readonly clock: VirtualClock;
  private readonly schedule: Schedule;
  private readonly browser: Browser;
  private tab: Tab;
  private runId: string | undefined;
  private isConnected = false;

  constructor(clock: VirtualClock, schedule: Schedule) {
    this.clock = clock;
    this.schedule = schedule;
    this.server = new FaultyServer(clock, schedule);
    this.browser = new Browser(clock, this.server, schedule.writes);
    this.tab = new Tab(this.browser);
    this.server.isVerified = async (id) => {
      const run = await this.kept();
      if (!run) return false;
      const rows = Array.from({ length: run.plan.rows.count }, (_, row) => row);
      return rows.some((row) => annotationsOf(run.account, row).includes(id));
    };
  }

  async play(): Promise<void> {
    const { clock, schedule, server } = this;
    for (const act of schedule.acts) clock.setTimeout(() => server.isHealed || void server.act(act), act.at);
    for (const session of schedule.sessions) {
      await this.perform(session);
      await clock.sleep(session.pause);
      if (session.reload) this.tab.kill();
    }
    await this.end();
  }

  /** From here on there are no faults: the account must become correct. */
  private async end(): Promise<void> {
    const { clock, server, schedule } = this;
    server.isHealed = true;
    server.note('from here on nothing goes wrong');
    // A second tab may still be working.
    for (const tab of this.browser.tabs) if (tab !== this.tab) tab.kill();
    this.tab.endAt('itself', Infinity);
    await this.performAtLast(schedule.finale);
    await clock.sleep(schedule.timeLimitSeconds * 1000 + 60_000);
    await this.look('after the second look');
    await this.performAtLast('check');
    await clock.sleep(schedule.timeLimitSeconds * 1000 + 60_000);
    await this.look('after checking again');
    if (schedule.isStaged) await this.resumeAtLast();
    await this.deleteKeptPredictions();
    this.wrong.push(...(await server.predictionFaults()));
    if (schedule.undoes) await this.undoAtLast();
    this.wrong.push(...server.wrongDeletions);
  }

  /** Without faults, resuming must create staged rows that a lost call left missing. */
  private async resumeAtLast(): Promise<void> {
    await this.performAtLast('start');
    await this.clock.sleep(this.schedule.timeLimitSeconds * 1000 + 60_000);
    await this.look('after resuming at last');
    this.wrong.push(
      ...resumeFaults((await this.kept())!, { ...this.truth([]), when: 'after resuming at last' }),
    );
  }

  /** Predictions stay only where the run names them, for missing rows; then the manager deletes them. */
  private async deleteKeptPredictions(): Promise<void> {
    const view = await this.tab.engine.runs.view(this.runId!);
    if (view?.left?.isNeeded !== true) return;
    await this.performAtLast('clean-up');
    await this.look('after deleting the kept predictions');
  }

  /** A second undo must change nothing. */
  private async undoAtLast(): Promise<void> {
    const { server } = this;
    await this.performAtLast('undo');
    await this.look('after undoing');
    const run = (await this.kept())!;
    this.wrong.push(...undoFaults(run, { ...this.truth([]), when: 'after undoing' }));
    const { deletes } = server;
    await this.performAtLast('undo');
    await this.performAtLast('check');
    await this.look('after undoing twice');
    if (server.deletes > deletes) this.wrong.push('Undoing twice deletes something more.');
  }

  /** Waits for a running second look before anything else. */
  private async performAtLast(work: Work): Promise<void> {
    for (let tries = 0; tries < 30; tries += 1) {
      const session: Session = { work, end: { by: 'itself' }, pause: 0, reload: false };
      if (await this.perform(session)) return;
      await this.clock.sleep(5000);
    }
    this.wrong.push('At last, nothing can be done with the run.');
  }

  /** Returns whether the action finished. */
  private async perform({ work, end, otherTab, acts = [] }: Session): Promise<boolean> {
    const { clock, server } = this;
    if (this.tab.isDead) {
      this.tab = new Tab(this.browser);
      this.isConnected = false;
    }
    const { tab } = this;
    if (!(await this.prepare(tab))) return false;
    const runId = this.runId!;
    // Before a run is stored there is nothing to check.
    const isNew = (await this.browser.store.open(runId)) === undefined;
    const doing = isNew ? 'start' : work;
    server.note(`the manager: ${doing}`);
    if ('event' in end) tab.endAt(end.by, end.event);
    else tab.endAt('itself', Infinity);
    const begunAt = clock.now();
    for (const act of acts) clock.setTimeout(() => server.isHealed || void server.act(act), act.at);
    const carriedOut = this.carryOut(tab, doing, runId);
    if ('after' in end)
      clock.setTimeout(() => {
        if (tab.isDead || server.isHealed) return;
        server.note(end.by === 'stop' ? 'the manager: stop' : 'the tab crashes');
        if (end.by === 'stop') void tab.engine.runs.stop(runId);
        else tab.kill();
      }, end.after);
    const other = otherTab && this.inOtherTab(otherTab, runId);
    const view = await Promise.race([carriedOut, tab.died, clock.sleep(endlessMs)]);
    if (view) this.checkView(view);
    if (clock.now() - begunAt >= endlessMs) throw new Error('It never ends.');
    await this.checkClaims();
    // A second tab that works on the run isn’t interrupted unless it finishes at once.
    await Promise.race([other, clock.sleep(otherTab ? otherTab.after + 200 : 0)]);
    return view !== undefined;
  }

  /** Connects, and makes a plan if there is no run. */
  private async prepare(tab: Tab): Promise<boolean> {
    const { server, schedule } = this;
    if (!this.isConnected || server.isTokenEnded) {
      this.isConnected = await this.connect(tab);
      if (!this.isConnected) return false;
      server.isTokenEnded = false;
    }
    const isPlanned = this.runId !== undefined && (await tab.engine.runs.view(this.runId)) !== undefined;
    if (isPlanned) return true;
    await tab.engine.batch.setProject(project);
    const { errors } = await checkText(
      tab.engine,
      JSON.stringify(schedule.requests.map((request) => requestOf(request, schedule))),
    );
    if (errors > 0) {
      // The project’s config could not be read; a new session reads it again.
      this.isConnected = false;
      return false;
    }
    const plan = await tab.engine.runs.plan({ selection: 'resolve' });
    if (!plan.ok) server.note(`planning fails: ${plan.failure.message}`);
    else this.runId = plan.value.id;
    return plan.ok;
  }

  private async connect({ engine }: Tab): Promise<boolean> {
    const { timeLimitSeconds } = this.schedule;
    const address = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds };
    for (let tries = 0; tries < 20; tries += 1) {
      const connected = await engine.session.connect(address, this.server.token);
      if (connected.ok) return true;
      await this.clock.sleep(1000);
    }
    return false;
  }

  private async inOtherTab({ after, work }: NonNullable<Session['otherTab']>, runId: string): Promise<void> {
    await this.clock.sleep(after);
    const tab = new Tab(this.browser);
    if (!(await this.connect(tab))) return;
    this.server.note(`a second tab: ${work}`);
    if (work === 'stop') return tab.engine.runs.stop(runId);
    const isStored = (await this.browser.store.open(runId)) !== undefined;
    if (isStored) await this.carryOut(tab, work, runId);
  }

  private async carryOut({ engine }: Tab, work: Work, runId: string): Promise<RunView | undefined> {
    const onChange = () => {};
    try {
      switch (work) {
        case 'start':
          return await engine.runs.start(runId, onChange);
        case 'check':
          return await engine.runs.checkUnknown(runId, onChange);
        case 'send-again':
          return await engine.runs.sendAgain(runId, everyRow, onChange);
        case 'clean-up':
          return await engine.runs.cleanUp(runId, onChange);
        case 'undo':
          return await engine.runs.undo(runId, { query: everyRow, copiesOnly: false }, onChange);
        case 'undo-some':
          return await engine.runs.undo(runId, { query: someRows, copiesOnly: false }, onChange);
        case 'undo-copies':
          return await engine.runs.undo(runId, { query: everyRow, copiesOnly: true }, onChange);
        case 'undo-interrupted':
          return await engine.runs.undo(runId, 'interrupted', onChange);
      }
    } catch (error) {
      const words = wordsOf(error);
      this.server.note(`it is refused: ${words}`);
      if (!isExpected(words)) this.wrong.push(words);
      return undefined;
    }
  }

  /** States must add up, and a finished run must have no open rows. */
  private checkView({ totals, plan, phase }: RunView): void {
    const rows = Object.values(totals).reduce((sum, count) => sum + count, 0);
    const open = totals.waiting + totals['in-flight'] + totals.unconfirmed;
    if (rows !== plan.rows) this.wrong.push(`The states add up to ${rows} of ${plan.rows} rows.`);
    if (phase === 'finished' && open > 0) this.wrong.push(`The run is finished, and ${open} rows are open.`);
  }

  private async kept(): Promise<{ plan: Plan; account: Account; events: RunEvent[] } | undefined> {
    const { store } = this.browser;
    const run = this.runId === undefined ? undefined : await store.open(this.runId);
    return run && { plan: run.plan, account: run.account, events: await store.events(run.plan.id) };
  }

  private contentOf = (entry: number): number => this.schedule.requests[entry]!.content;

  private async checkClaims(): Promise<void> {
    const run = await this.kept();
    if (!run) return;
    const stored = await this.server.stored();
    this.wrong.push(...claimFaults(run, { ...this.truth(stored), when: 'during the run' }));
  }

  private async look(when: string): Promise<void> {
    const run = await this.kept();
    if (!run) return void this.wrong.push('No run was stored.');
    const stored = await this.server.stored();
    this.server.note(`${when}: ${statesInWords(run.account)}`);
    const truth = { ...this.truth(stored), when };
    this.wrong.push(...claimFaults(run, truth), ...accountFaults(run, truth), ...journalFaults(run, truth));
    const { duplicated } = run.account.totals;
    this.duplicates = Math.max(this.duplicates, duplicated + run.account.suspects.size);
    this.copies = Math.max(this.copies, copiesAmong(stored, run.plan, this.contentOf));
    const view = await this.tab.engine.runs.view(this.runId!);
    if (JSON.stringify(view?.totals) !== JSON.stringify(run.account.totals))
      this.wrong.push(`The screen shows ${JSON.stringify(view?.totals)}, the journal says otherwise.`);
  }

  private truth = (stored: Awaited<ReturnType<FaultyServer['stored']>>) => ({
    stored,
    server: this.server,
    contentOf: this.contentOf,
    timeLimitMs: this.schedule.timeLimitSeconds * 1000,
  });
}

function requestOf({ kind, content, tasks, uniqueId }: PlannedRequest, { isStaged }: Schedule) {
  if (isStaged && kind === 'labels') return { tasks, result: markedWith(content) };
  return {
    tasks,
    result: kind === 'labels' ? positive : [],
    ...(kind === 'skip' && { was_cancelled: true }),
    lead_time: leadTimeOf(content),
    ...(uniqueId !== undefined && { unique_id: uniqueId }),
  };
}

/** Refusals that a manager may get: another tab is working, the server can’t be reached, or the disk is full. */
const expected = [
  /in progress/,
  /No undo was interrupted/,
  /Another tab/,
  new RegExp(diskFull),
  /server|Server|token|permission|address/,
];
const isExpected = (words: string): boolean => expected.some((pattern) => pattern.test(words));

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const statesInWords = ({ totals, suspects }: Account): string =>
  [...Object.entries(totals), ['suspects', suspects.size]]
    .filter(([, count]) => count !== 0)
    .map(([state, count]) => `${state} ${count}`)
    .join(', ');
