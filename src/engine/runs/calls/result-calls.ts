import { bodyOf } from '#domain/plan/planned-groups.ts';
import { readCell } from '#domain/parse/grid/grid-rows.ts';
import {
  groupOf,
  idsOf,
  linkTo,
  resultRow,
  selectRows,
  type ResultRow,
  type RowQuery,
} from '#domain/results/result-rows.ts';
import { historyOf, type HistoryStep } from '#domain/results/row-history.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { limits } from '#wire/limits.ts';
import { writeJson } from '#wire/json/json.ts';
import { excerpt, firstUnits, shorten } from '#wire/text/words.ts';
import type { LiveRun } from '#engine/runs/live-run.ts';
import type { LiveRuns } from '#engine/runs/live-runs.ts';
import { RowJournal } from './row-journal.ts';
import {
  sourceKind,
  writeExport,
  type ExportKind,
  type ExportedFile,
} from '#engine/runs/files/run-exports.ts';

export interface RowWindow {
  /** Number of rows that match the query. */
  total: number;
  from: number;
  rows: ResultRow[];
}

/** Everything known about one row. */
export interface RowDetails extends ResultRow {
  /** The annotations with their links. */
  links: { id: number; link: string }[];
  /** New annotations on its task that may be second copies, or someone else’s. */
  suspects: { id: number; link: string }[];
  /** The sent JSON, cut if it is very long; undefined if the row isn’t sent. */
  sent: string | undefined;
  history: HistoryStep[];
}

/** Columns of the submitted file. */
export interface OwnColumns {
  names: string[];
  total: number;
}

export interface OwnCell {
  text: string;
  /** Length of the whole text if it is cut. */
  length?: number;
}

/** The result rows of a run, to show or download. */
export function resultCalls(runs: LiveRuns, store: RunStore) {
  const journal = new RowJournal(store);
  return {
    async rows(runId: string, query: RowQuery, from: number, to: number): Promise<RowWindow> {
      const run = await runs.find(runId);
      const { plan, account } = run;
      const order = orderOf(run, query);
      const rows = Array.from(order.subarray(from, to), (row) =>
        resultRow(plan, account, row, plan.server.address),
      );
      return { total: order.length, from, rows };
    },
    /** What was sent for a row, and its history. */
    async rowDetails(runId: string, row: number): Promise<RowDetails> {
      const { plan, account } = await runs.find(runId);
      const { address } = plan.server;
      const shown = resultRow(plan, account, row, address);
      const linked = (ids: number[]) =>
        ids.map((id) => ({ id, link: linkTo(address, shown.project, shown.task, id) }));
      return {
        ...shown,
        links: linked(shown.annotations),
        suspects: linked(account.suspects.get(row) ?? []),
        sent: sentFor(plan, row),
        history: historyOf(await journal.eventsOf(runId, row), row),
      };
    },
    /** A file about the run. The results contain only matching rows; other files are about all rows. */
    async exportFile(runId: string, kind: ExportKind, query: RowQuery): Promise<ExportedFile> {
      const run = await runs.find(runId);
      return writeExport(run, runs, kind, orderOf(run, query));
    },
    /** The annotation IDs of all matching rows, one per line. */
    async annotationIds(runId: string, query: RowQuery): Promise<string> {
      const run = await runs.find(runId);
      return [...idsOf(run.account, orderOf(run, query))].join('');
    },
    /** Column names of the submitted table or records, at most `limits.ownColumns`; empty if the source isn’t kept. */
    async ownColumns(runId: string): Promise<OwnColumns> {
      const grid = await gridOf(runs, await runs.find(runId));
      const names = grid?.records.columns.map(({ name }) => shorten(name, limits.shownUnits)) ?? [];
      return { names: names.slice(0, limits.ownColumns), total: names.length };
    },
    /** Cells of these columns in the submitted file, for matching rows. */
    async ownCells(
      runId: string,
      query: RowQuery,
      { from, to, columns }: { from: number; to: number; columns: number[] },
    ): Promise<OwnCell[][]> {
      const run = await runs.find(runId);
      const grid = await gridOf(runs, run);
      if (!grid) return [];
      return Array.from(orderOf(run, query).subarray(from, to), (row) =>
        columns.map((column) => ownCell(readCell(grid, run.plan.rows.entry[row]!, column) ?? '')),
      );
    },
    /** Whether the submitted file is a table, to which columns can be added. */
    sourceKind: async (runId: string): Promise<'table' | 'json' | 'unknown'> =>
      sourceKind(await runs.find(runId), store),
    /** The runs with this task ID or annotation ID. Reads all runs. */
    async runsWith(id: number): Promise<string[]> {
      const found: string[] = [];
      for (const { id: runId } of await store.list()) {
        const run = await runs.get(runId).catch(() => undefined);
        if (!run) continue;
        if (hasId(run, id)) found.push(runId);
        runs.forget(runId);
      }
      return found;
    },
  };
}

const gridOf = async (runs: LiveRuns, run: LiveRun) => (await runs.batchOf(run))?.parsed.grid;

const ownCell = (text: string): OwnCell =>
  text.length > limits.shownUnits
    ? { text: firstUnits(text, limits.shownUnits), length: text.length }
    : { text };

function hasId({ plan, account }: LiveRun, id: number): boolean {
  // Rows without an annotation have the ID 0.
  if (id === 0) return false;
  if (plan.rows.task.subarray(0, plan.rows.count).includes(id) || account.annotation.includes(id))
    return true;
  if (account.extra.has(id)) return true;
  for (const ids of account.suspects.values()) if (ids.includes(id)) return true;
  for (const copies of account.copies.values()) if (copies.some((copy) => copy.id === id)) return true;
  return false;
}

function sentFor(plan: LiveRun['plan'], row: number): string | undefined {
  const group = groupOf(plan, row);
  if (group === undefined) return undefined;
  return excerpt(writeJson(bodyOf(plan.groups, group), 2), limits.shownBodyUnits);
}

/** The rows that match a query, in its order. */
export function orderOf(run: LiveRun, query: RowQuery): Uint32Array {
  const key = JSON.stringify(query);
  if (run.order?.query !== key) run.order = { query: key, rows: selectRows(run.plan, run.account, query) };
  return run.order.rows;
}
