import {
  csvOf,
  idsOf,
  jsonOf,
  resultRow,
  selectRows,
  type ResultRow,
  type RowQuery,
} from '#domain/results/result-rows.ts';
import { writeRemainingFile } from '#domain/results/remaining-file.ts';
import { remainingEntries } from '#domain/results/remaining-rows.ts';
import type { LiveRun } from './live-run.ts';
import type { LiveRuns } from './live-runs.ts';

export interface RowWindow {
  /** Number of rows that match the query. */
  total: number;
  from: number;
  rows: ResultRow[];
}

export interface RemainingFile {
  file: Blob;
  name: string;
}

const fileTypes = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/jsonl',
};

/** The result rows of a run, to be shown or downloaded. */
export function resultCalls(runs: LiveRuns) {
  return {
    async rows(runId: string, query: RowQuery, from: number, to: number): Promise<RowWindow> {
      const run = await runs.find(runId);
      const { plan, account } = run;
      const order = orderOf(run, query);
      const rows = Array.from(order.subarray(from, to), (row) =>
        resultRow(plan, account, row, run.plan.server.address),
      );
      return { total: order.length, from, rows };
    },
    /** All matching rows as a file, or their annotation IDs, one a line. */
    async exportRows(runId: string, query: RowQuery, format: 'csv' | 'json' | 'ids'): Promise<Blob> {
      const run = await runs.find(runId);
      const { plan, account } = run;
      const rows = orderOf(run, query);
      switch (format) {
        case 'csv':
          return new Blob([...csvOf(plan, account, rows, run.plan.server.address)], { type: 'text/csv' });
        case 'json':
          return new Blob([...jsonOf(plan, account, rows, run.plan.server.address)], {
            type: 'application/json',
          });
        case 'ids':
          return new Blob([...idsOf(account, rows)], { type: 'text/plain' });
      }
    },
    /**
     * The part of the batch without annotations, as a file of the same format: invalid, skipped, refused, unsent and unknown
     * rows. Undefined once another run has started, since the batch is then dropped.
     */
    async remainingFile(runId: string): Promise<RemainingFile | undefined> {
      const { source, plan, account } = await runs.find(runId);
      if (source === undefined) return undefined;
      const { parts, extension } = writeRemainingFile(source, remainingEntries(source, plan, account));
      return {
        file: new Blob([...parts], { type: fileTypes[extension] }),
        name: `sheaf-remaining-${runId}.${extension}`,
      };
    },
  };
}

function orderOf(run: LiveRun, query: RowQuery): Uint32Array {
  const key = JSON.stringify(query);
  if (run.order?.query !== key) run.order = { query: key, rows: selectRows(run.plan, run.account, query) };
  return run.order.rows;
}
