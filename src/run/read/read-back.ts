import { exportAnnotations, tasksAnExport, type ReadAnnotation } from '#api/annotations/export.ts';
import { inOneLine } from '#api/http/failure-of.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { carriesMarker } from '#domain/requests/marker.ts';
import { bodyOf, groupOfRows, markerOf, proofOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf, type Plan } from '#domain/plan/plan.ts';
import { annotationsOf, type Account } from '#domain/results/account.ts';
import type { FoundAnnotation } from '#domain/results/run-event.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { chunksOf, inParallel } from '#run/in-parallel.ts';
import { uniqueIdOf } from '#run/unique-id.ts';

/** The annotations of each row, or why they could not be read. */
export interface ReadBack {
  found: Map<number, FoundAnnotation[]>;
  /** Of rows without regions: new annotations that may be second copies or someone else’s. */
  suspects: Map<number, number[]>;
  failed: { rows: number[]; reason: string; isTaskGone: boolean }[];
}

/** As many as a browser keeps open to a server over HTTP/1.1. */
const readsInFlight = 6;

/** How long reading a row back takes, about, for an estimate. */
export const readSecondsPerRow = (client: HttpClient): number =>
  client.latencySeconds() / tasksAnExport / readsInFlight;

/** Tasks of one part. Everything that was read for 100,000 rows would take more memory than their calls. */
const tasksInPart = 8 * tasksAnExport;

type OnProgress = (tasksRead: number, of: number) => void;

/** All that `readBackInParts` finds. */
export async function readBack(
  client: HttpClient,
  plan: Plan,
  account: Account,
  rows: readonly number[],
  onProgress: OnProgress,
): Promise<ReadBack> {
  const all = nothingRead();
  const onPart = async ({ found, suspects, failed }: ReadBack) => {
    for (const [row, annotations] of found) all.found.set(row, annotations);
    for (const [row, annotations] of suspects) all.suspects.set(row, annotations);
    all.failed.push(...failed);
  };
  await readBackInParts(client, plan, account, rows, { onProgress, onPart });
  return all;
}

/**
 * Reads the tasks of these rows in bulk and finds each row’s annotations. A chunk that the server fails on is halved, so
 * that one bad task hides no other (a broken character is enough, seen on 1.23.2).
 *
 * @param onPart called with what was read of some thousand tasks, while others are being read
 */
export async function readBackInParts(
  client: HttpClient,
  plan: Plan,
  account: Account,
  rows: readonly number[],
  { onProgress, onPart }: { onProgress: OnProgress; onPart: (part: ReadBack) => Promise<void> },
): Promise<void> {
  const byProject = byProjectAndTask(plan, rows);
  const proofOf = rowProofs(plan, account);
  const total = [...byProject.values()].reduce((sum, tasks) => sum + tasks.size, 0);
  let part = nothingRead();
  let inPart = 0;
  let done = 0;

  for (const [project, tasks] of byProject) {
    const rowsOf = (task: number): number[] => tasks.get(task)!;
    const chunks = chunksOf([...tasks.keys()], tasksAnExport);
    await inParallel(
      () => chunks.pop(),
      readsInFlight,
      async (chunk) => {
        await readOrHalve(client, project, chunk, (read, outcome) => {
          done += read.length;
          inPart += read.length;
          onProgress(done, total);
          takeRead(read, outcome, rowsOf);
        });
        if (inPart >= tasksInPart) await endPart();
      },
    );
  }
  if (inPart > 0) await endPart();

  function endPart(): Promise<void> {
    const ended = part;
    part = nothingRead();
    inPart = 0;
    return onPart(ended);
  }

  function takeRead(
    read: number[],
    outcome: Outcome<Map<number, ReadAnnotation[]>>,
    rowsOf: (task: number) => number[],
  ): void {
    if (!outcome.ok) {
      const reason = `Could not be verified: ${inOneLine(outcome.failure)}`;
      part.failed.push({ rows: read.flatMap(rowsOf), reason, isTaskGone: false });
      return;
    }
    for (const task of read) {
      const annotations = outcome.value.get(task);
      if (annotations) matchRows(plan, rowsOf(task), annotations, proofOf, account, part);
      // An export contains every task that was asked for, so a missing one proves nothing about its annotations.
      else
        part.failed.push({
          rows: rowsOf(task),
          reason: 'The task isn’t in the project’s export: it was probably deleted.',
          isTaskGone: true,
        });
    }
  }
}

const nothingRead = (): ReadBack => ({ found: new Map(), suspects: new Map(), failed: [] });

/** The IDs of all annotations without regions on these tasks, and the tasks whose annotations cannot be read. */
export async function readBaseline(
  client: HttpClient,
  project: number,
  tasks: number[],
): Promise<{ annotations: number[]; failed: { tasks: number[]; failure: Failure }[] }> {
  const annotations: number[] = [];
  const failed: { tasks: number[]; failure: Failure }[] = [];
  for (const chunk of chunksOf(tasks, tasksAnExport)) {
    await readOrHalve(client, project, chunk, (read, outcome) => {
      if (!outcome.ok) failed.push({ tasks: read, failure: outcome.failure });
      else
        for (const found of outcome.value.values())
          for (const { id, regions } of found) if (regions === 0) annotations.push(id);
    });
    if (failed.some(({ failure }) => !dependsOnTasks(failure))) break;
  }
  return { annotations, failed };
}

/**
 * True if fewer tasks may be readable: the server fails on the content of one task, or all are too large together.
 */
export function dependsOnTasks({ status, reason }: Failure): boolean {
  return status === 500 || reason === 'answer-too-large';
}

type OnRead = (tasks: number[], outcome: Outcome<Map<number, ReadAnnotation[]>>) => void;

async function readOrHalve(
  client: HttpClient,
  project: number,
  tasks: number[],
  onRead: OnRead,
): Promise<void> {
  const outcome = await exportAnnotations(client, project, tasks);
  if (outcome.ok || tasks.length === 1 || !dependsOnTasks(outcome.failure)) return onRead(tasks, outcome);
  const middle = tasks.length >> 1;
  await readOrHalve(client, project, tasks.slice(0, middle), onRead);
  await readOrHalve(client, project, tasks.slice(middle), onRead);
}

function byProjectAndTask(plan: Plan, rows: readonly number[]): Map<number, Map<number, number[]>> {
  const byProject = new Map<number, Map<number, number[]>>();
  for (const row of rows) {
    const project = projectOf(plan, row);
    const tasks = byProject.get(project) ?? new Map<number, number[]>();
    byProject.set(project, tasks);
    const task = plan.rows.task[row]!;
    const rowsOfTask = tasks.get(task);
    if (rowsOfTask) rowsOfTask.push(row);
    else tasks.set(task, [row]);
  }
  return byProject;
}

/** Whether an annotation belongs to a row. */
type IsOwn = (annotation: ReadAnnotation) => boolean;
interface RowProof {
  isOwn: IsOwn;
  /** For rows that only our own answer proves: whether an annotation has the same content. */
  isAlike: IsOwn | undefined;
}

function rowProofs(plan: Plan, account: Account): (row: number) => RowProof {
  const groupOf = groupOfRows(plan);
  return (row) => {
    const group = groupOf[row]!;
    switch (proofOfGroup(plan.groups, group)) {
      case 'marker': {
        const marker = markerOf(plan.tag, group);
        return { isOwn: ({ regionIds }) => carriesMarker(regionIds, marker), isAlike: undefined };
      }
      case 'unique-id': {
        const own = uniqueIdOf(plan.id, row);
        return { isOwn: ({ uniqueId }) => uniqueId === own, isAlike: undefined };
      }
      case 'answer': {
        const ids = new Set(account.answeredIds.get(account.callOf[row]!));
        const { completed_by: by = plan.server.user, was_cancelled: isSkip = false } = bodyOf(
          plan.groups,
          group,
        );
        return {
          isOwn: ({ id }) => ids.has(id),
          isAlike: ({ regions, completedBy, cancelled }) =>
            regions === 0 && completedBy === by && cancelled === isSkip,
        };
      }
    }
  };
}

/** Finds which of a task’s annotations belong to each of its rows. */
function matchRows(
  plan: Plan,
  rows: number[],
  annotations: ReadAnnotation[],
  proofOf: (row: number) => RowProof,
  account: Account,
  result: ReadBack,
): void {
  const own = new Set<number>();
  const alike: { row: number; isAlike: IsOwn }[] = [];
  for (const row of rows) {
    const { isOwn, isAlike } = proofOf(row);
    // A verified annotation is known by its ID, even if someone removed the marker.
    const known = new Set(annotationsOf(account, row));
    const found = annotations.filter((annotation) => known.has(annotation.id) || isOwn(annotation));
    result.found.set(row, found.map(foundAnnotation));
    for (const { id } of found) own.add(id);
    if (isAlike) alike.push({ row, isAlike });
  }
  const { baseline } = account;
  for (const { row, isAlike } of alike) {
    if (!baseline.tasks.has(plan.rows.task[row]!)) continue;
    const fresh = annotations.filter(
      (annotation) =>
        isAlike(annotation) && !own.has(annotation.id) && !baseline.annotations.has(annotation.id),
    );
    if (fresh.length > 0)
      result.suspects.set(
        row,
        fresh.map(({ id }) => id),
      );
  }
}

const foundAnnotation = ({ id, updatedAt, resultHash }: ReadAnnotation): FoundAnnotation => ({
  id,
  updatedAt,
  resultHash,
});
