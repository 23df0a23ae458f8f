import { rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { stateOf, type RowState } from '#domain/results/account.ts';
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

/** States in which an annotation of the row is, or may be, on the server. */
const sentStates: ReadonlySet<RowState> = new Set([
  'in-flight',
  'unconfirmed',
  'created',
  'duplicated',
  'not-found',
  'unknown',
]);

/** Rows that runs of this browser sent, recognised by server, project, task and what is said about it. */
export class SentRows {
  private readonly runs: EarlierRun[] = [];
  /** The number of the run, by row. */
  private readonly sentBy = new Map<string, number>();

  /** Reads the runs on this server that have one of these projects. */
  static async read(runs: LiveRuns, address: string, projects: ReadonlySet<number>): Promise<SentRows> {
    const sent = new SentRows();
    // The newest comes first; a row that two runs sent counts for the newer one.
    // A browser without storage has no earlier runs; that it can’t start one either is said when it is started.
    const all = await runs.store.list().catch(() => []);
    for (const { id, fileName, server, projects: own, startedAt } of all) {
      if (server.address !== address || startedAt === undefined) continue;
      if (!own.some((project) => projects.has(project.id))) continue;
      const run = await runs.get(id).catch(() => undefined);
      if (!run) continue;
      const { plan, account } = run;
      const number = sent.runs.push({ id, fileName, startedAt, rows: 0 }) - 1;
      for (let group = 0; group < plan.groups.count; group += 1)
        for (const row of rowsOfGroup(plan.groups, group)) {
          if (!sentStates.has(stateOf(account, row))) continue;
          const key = keyOf(projectOf(plan, row), plan.rows.task[row]!, plan.groups.contents[group]!);
          if (!sent.sentBy.has(key)) sent.sentBy.set(key, number);
        }
      runs.forget(id);
    }
    return sent;
  }

  /** The run that sent a row like this one. It then counts the row as its own. */
  take(project: number, task: number, content: number): EarlierRun | undefined {
    const number = this.sentBy.get(keyOf(project, task, content));
    const run = number === undefined ? undefined : this.runs[number];
    if (run) run.rows += 1;
    return run;
  }

  /** The runs that sent rows of this batch. */
  get found(): EarlierRun[] {
    return this.runs.filter(({ rows }) => rows > 0);
  }
}

const keyOf = (project: number, task: number, content: number): string => `${project} ${task} ${content}`;
