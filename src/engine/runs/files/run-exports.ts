import { asCurl, asPython, type ExactRequest } from '#domain/results/exports/calls-as-code.ts';
import { exportName } from '#domain/results/exports/file-name.ts';
import { ownFileOf } from '#domain/results/exports/own-file.ts';
import {
  remainingEntries,
  uncertainEntries,
  type CheckedBatch,
} from '#domain/results/exports/remaining-rows.ts';
import { writeRemainingFile } from '#domain/results/exports/remaining-file.ts';
import { reportOf } from '#domain/results/exports/report.ts';
import { csvOf, jsonOf } from '#domain/results/result-rows.ts';
import { isTable } from '#domain/results/exports/stored-batch.ts';
import { routeOfGroup } from '#domain/plan/planned-groups.ts';
import { routeNamed } from '#run/routes/routes.ts';
import type { RunStore } from '#run/store/run-store.ts';
import type { LiveRun } from '#engine/runs/live-run.ts';
import type { LiveRuns } from '#engine/runs/live-runs.ts';
import { viewOfRun } from '#engine/runs/run-view.ts';

/** A file to download. */
export interface ExportedFile {
  file: Blob;
  name: string;
}

export type ExportKind =
  | 'own-file'
  | 'csv'
  | 'json'
  | 'report'
  /** Rows that are proven to be missing on the server, and rows with errors. */
  | 'to-fix'
  /** Unknown rows and rows that weren’t found. */
  | 'uncertain'
  | 'curl'
  | 'python';

const fileTypes = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/jsonl',
  md: 'text/markdown',
  sh: 'text/x-shellscript',
  py: 'text/x-python',
};

/** Writes a file about a run. `rows` are the visible rows, for the results; other files are about all rows. */
export async function writeExport(
  run: LiveRun,
  runs: LiveRuns,
  kind: ExportKind,
  rows: Uint32Array,
): Promise<ExportedFile> {
  const { plan, account, summary } = run;
  const { address } = plan.server;
  const named = (what: string, parts: Iterable<string>, extension: keyof typeof fileTypes): ExportedFile => ({
    file: new Blob([...parts], { type: fileTypes[extension] }),
    name: exportName(summary.fileName, what, account.startedAt ?? plan.createdAt, extension),
  });
  switch (kind) {
    case 'own-file': {
      const own = ownFileOf(await batchOf(run, runs), plan, account, address);
      if (!own) throw new Error('Columns can’t be added to a JSON file. Export the results as JSON instead.');
      return named('with-ids', own.parts, own.extension);
    }
    case 'csv':
      return named('results', csvOf(plan, account, rows, address), 'csv');
    case 'json':
      return named('results', jsonOf(plan, account, rows, address), 'json');
    case 'report':
      return named('report', [reportOf(reported(run))], 'md');
    case 'to-fix': {
      const batch = await batchOf(run, runs);
      const { parts, extension } = writeRemainingFile(batch, remainingEntries(batch, plan, account));
      return named('to-fix', parts, extension);
    }
    case 'uncertain': {
      const { parts, extension } = writeRemainingFile(
        await batchOf(run, runs),
        uncertainEntries(plan, account),
      );
      return named('check-before-sending', parts, extension);
    }
    case 'curl':
      return named('calls', asCurl(address, await requestsOf(run, runs.store)), 'sh');
    case 'python':
      return named('calls', asPython(address, await requestsOf(run, runs.store)), 'py');
  }
}

/** The kind of the submitted file; `unknown` if it was too large to keep. */
export async function sourceKind(run: LiveRun, store: RunStore): Promise<'table' | 'json' | 'unknown'> {
  if (run.source) return run.source.parsed.writing.as === 'table' ? 'table' : 'json';
  const stored = await store.source(run.plan.id);
  if (!stored) return 'unknown';
  return isTable(stored) ? 'table' : 'json';
}

async function batchOf(run: LiveRun, runs: LiveRuns): Promise<CheckedBatch> {
  const batch = await runs.batchOf(run);
  if (!batch)
    throw new Error(
      'The submitted file was too large to be kept with the run. Export the results as CSV or JSON instead.',
    );
  return batch;
}

function reported(run: LiveRun) {
  const { plan, fileName, totals, reasons, startedAt, endedAt, notFoundAt, id, address } = viewOfRun(run);
  return {
    id,
    fileName,
    server: plan.server,
    address,
    user: plan.user,
    projects: plan.projects.map(({ title }) => title),
    rows: plan.rows,
    withErrors: plan.withErrors.entries,
    totals,
    startedAt,
    endedAt,
    notFoundAt,
    reasons,
  };
}

/** The requests of a run in sending order. */
async function requestsOf({ plan }: LiveRun, store: RunStore): Promise<ExactRequest[]> {
  const requests: ExactRequest[] = [];
  for (const event of await store.events(plan.id)) {
    if (event.type !== 'call-sent') continue;
    const route = routeNamed(routeOfGroup(plan.groups, event.call.group));
    if (route) requests.push(...route.requestsOf(plan, event.call));
  }
  return requests;
}
