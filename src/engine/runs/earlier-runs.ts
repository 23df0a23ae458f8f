import { rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf, type Plan } from '#domain/plan/plan.ts';
import { stateOf, type Account, type RowState } from '#domain/results/account.ts';
import type { RunSummary } from '#run/store/run-store.ts';
import { limits } from '#wire/limits.ts';
import type { LiveRuns } from './live-runs.ts';

/** An earlier run that sent rows which this batch has again. */
export interface EarlierRun {
  id: string;
  /** Of its file; undefined for pasted text. */
  fileName: string | undefined;
  startedAt: number;
  /** How many rows of the batch it sent. */
  rows: number;
}

/** Rows that runs of this browser sent, recognised by server, project, task and what is said about it. */
export interface SentRows {
  /** The run that sent a row like this one. It then counts the row as its own. */
  take(project: number, task: number, content: number): EarlierRun | undefined;
  /** The runs that sent rows of this batch. */
  readonly found: EarlierRun[];
}

/** States in which an annotation of the row is, or may be, on the server. */
const sentStates: ReadonlySet<RowState> = new Set([
  'in-flight',
  'unconfirmed',
  'created',
  'duplicated',
  'not-found',
  'unknown',
]);

/** What the runs of this browser sent. A run that nothing happened to since is read once. */
export class EarlierRuns {
  private readonly runs: LiveRuns;
  /** What each run sent, as of the last record of its journal. */
  private readonly known = new Map<string, { lastRecord: number | undefined; keys: Set<string> }>();

  constructor(runs: LiveRuns) {
    this.runs = runs;
  }

  /** What the runs on this server sent to these projects. */
  async sentRows(address: string, projects: ReadonlySet<number>): Promise<SentRows> {
    const sent: { run: EarlierRun; keys: ReadonlySet<string> }[] = [];
    // A browser without storage has no earlier runs; that it can’t start one either is said when it is started.
    for (const { id, fileName, startedAt, ...summary } of await this.runs.store.list().catch(() => [])) {
      if (startedAt === undefined || !concerns(summary, address, projects)) continue;
      const keys = await this.keysOf(id);
      if (keys) sent.push({ run: { id, fileName, startedAt, rows: 0 }, keys });
    }
    return {
      take(project, task, content) {
        const key = keyOf(project, task, content);
        // The newest comes first; a row that two runs sent counts for the newer one.
        const run = sent.find(({ keys }) => keys.has(key))?.run;
        if (run) run.rows += 1;
        return run;
      },
      get found() {
        return sent.map(({ run }) => run).filter(({ rows }) => rows > 0);
      },
    };
  }

  /** Undefined if the run can’t be opened. */
  private async keysOf(id: string): Promise<ReadonlySet<string> | undefined> {
    const { runs, known } = this;
    const lastRecord = await runs.store.lastRecord(id).catch(() => undefined);
    const before = known.get(id);
    known.delete(id);
    let keys = before?.lastRecord === lastRecord ? before?.keys : undefined;
    if (!keys) {
      const run = await runs.get(id).catch(() => undefined);
      if (!run) return undefined;
      keys = sentKeys(run);
      runs.forget(id);
    }
    known.set(id, { lastRecord, keys });
    this.makeRoom();
    return keys;
  }

  /** Forgets what was used least recently. */
  private makeRoom(): void {
    let rows = [...this.known.values()].reduce((sum, { keys }) => sum + keys.size, 0);
    for (const [id, { keys }] of this.known) {
      if (rows <= limits.rememberedSentRows) return;
      rows -= keys.size;
      this.known.delete(id);
    }
  }
}

const concerns = (
  { server, projects: own }: Pick<RunSummary, 'server' | 'projects'>,
  address: string,
  projects: ReadonlySet<number>,
): boolean => server.address === address && own.some(({ id }) => projects.has(id));

function sentKeys({ plan, account }: { plan: Plan; account: Account }): Set<string> {
  const keys = new Set<string>();
  for (let group = 0; group < plan.groups.count; group += 1)
    for (const row of rowsOfGroup(plan.groups, group))
      if (sentStates.has(stateOf(account, row)))
        keys.add(keyOf(projectOf(plan, row), plan.rows.task[row]!, plan.groups.contents[group]!));
  return keys;
}

const keyOf = (project: number, task: number, content: number): string => `${project} ${task} ${content}`;
