import { rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf, type Plan } from '#domain/plan/plan.ts';
import { stateOf, type Account, type RowState } from '#domain/results/account.ts';
import type { RunSummary } from '#run/store/run-store.ts';
import { limits } from '#wire/limits.ts';
import type { LiveRuns } from './live-runs.ts';

/** An earlier run that sent some rows of this batch. */
export interface EarlierRun {
  id: string;
  /** Undefined for pasted text. */
  fileName: string | undefined;
  startedAt: number;
  /** Number of rows of the batch that it sent. */
  rows: number;
}

/** Rows sent by runs of this browser, recognised by server, project, task and content. */
export interface SentRows {
  /** The run that sent a row like this one. Counts the row for that run. */
  take(project: number, task: number, content: number): EarlierRun | undefined;
  /** The runs that sent rows of this batch. */
  readonly found: EarlierRun[];
}

/** States in which the row’s annotation is, or may be, on the server. */
const sentStates: ReadonlySet<RowState> = new Set([
  'in-flight',
  'unconfirmed',
  'created',
  'duplicated',
  'not-found',
  'unknown',
]);

/** The rows sent by the runs of this browser. Unchanged runs are read once. */
export class EarlierRuns {
  private readonly runs: LiveRuns;
  /** By run: the keys of its rows, as of this journal record. */
  private readonly known = new Map<string, { lastRecord: number | undefined; keys: Set<string> }>();

  constructor(runs: LiveRuns) {
    this.runs = runs;
  }

  /** The rows that runs on this server sent to these projects. */
  async sentRows(address: string, projects: ReadonlySet<number>): Promise<SentRows> {
    const sent: { run: EarlierRun; keys: ReadonlySet<string> }[] = [];
    // Without storage there are no earlier runs; starting a run then fails with its own message.
    for (const { id, fileName, startedAt, ...summary } of await this.runs.store.list().catch(() => [])) {
      if (startedAt === undefined || !concerns(summary, address, projects)) continue;
      const keys = await this.keysOf(id);
      if (keys) sent.push({ run: { id, fileName, startedAt, rows: 0 }, keys });
    }
    return {
      take(project, task, content) {
        const key = keyOf(project, task, content);
        // Newest first; a row that two runs sent counts for the newer one.
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

  /** Drops the least recently used runs. */
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
