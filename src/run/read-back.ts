import { exportAnnotations, tasksAnExport, type ReadAnnotation } from '#api/export.ts';
import { inOneLine } from '#api/failure-of.ts';
import type { HttpClient } from '#api/http-client.ts';
import { annotationsOf, stateOf, type Account } from '#domain/results/account.ts';
import { carriesMarker } from '#domain/requests/marker.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { chunksOf, inParallel } from './in-parallel.ts';
import type { Proof, Route } from './routes/route.ts';

/** The result of reading rows back: the annotations of each, or why they could not be read. */
export interface ReadBack {
  rows: number[];
  annotations: number[][];
  failed: { rows: number[]; reason: string }[];
}

const readsInFlight = 4;

export interface RowToRead {
  row: number;
  group: number;
}

/**
 * Reads the tasks of these rows and finds each row's annotations. Reads in bulk; a bulk that the server fails on (one
 * annotation with a broken character is enough, seen on 1.23.2) is halved, so that one bad task hides no other.
 *
 * @param account what is known so far; annotations of its baseline are not ours
 * @param onProgress called with the number of tasks read so far, of how many
 */
export async function readBack(
  client: HttpClient,
  plan: Plan,
  route: Route,
  rows: RowToRead[],
  account: Account,
  onProgress: (read: number, of: number) => void,
): Promise<ReadBack> {
  const result: ReadBack = { rows: [], annotations: [], failed: [] };
  const byProject = new Map<number, Map<number, RowToRead[]>>();
  for (const item of rows) {
    const project = plan.projects[plan.rows.entry[item.row]!]!;
    const tasks = byProject.get(project) ?? new Map<number, RowToRead[]>();
    byProject.set(project, tasks);
    const task = plan.rows.task[item.row]!;
    const rowsOfTask = tasks.get(task);
    if (rowsOfTask) rowsOfTask.push(item);
    else tasks.set(task, [item]);
  }

  const total = [...byProject.values()].reduce((sum, tasks) => sum + tasks.size, 0);
  let done = 0;
  for (const [project, tasks] of byProject) {
    const chunks = chunksOf([...tasks.keys()], tasksAnExport);
    await inParallel(
      () => chunks.pop(),
      readsInFlight,
      (chunk) =>
        readOrHalve(client, project, chunk, (read, outcome) => {
          done += read.length;
          onProgress(done, total);
          const rowsOf = (task: number): RowToRead[] => tasks.get(task)!;
          if (!outcome.ok) {
            const reason = `Could not be verified: ${inOneLine(outcome.failure)}`;
            result.failed.push({ rows: read.flatMap(rowsOf).map(({ row }) => row), reason });
            return;
          }
          for (const task of read) {
            const annotations = outcome.value.get(task);
            if (annotations === undefined) {
              // An export holds every task that was asked for, so a missing one proves nothing about its annotations.
              const reason = 'The task is no longer in the project’s export.';
              result.failed.push({ rows: rowsOf(task).map(({ row }) => row), reason });
              continue;
            }
            const found = matchRows(plan, route, rowsOf(task), annotations, account);
            for (const [row, annotations] of found) {
              result.rows.push(row);
              result.annotations.push(annotations);
            }
          }
        }),
    );
  }
  return result;
}

/** The IDs of all annotations on these tasks, and the tasks whose annotations cannot be read. */
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
      else for (const found of outcome.value.values()) annotations.push(...idsOf(found));
    });
    if (failed.some(({ failure }) => !dependsOnTasks(failure))) break;
  }
  return { annotations, failed };
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

/**
 * True if fewer tasks may be readable: the server fails on the content of one of them, and would again only for that one;
 * or together they are too large.
 */
export function dependsOnTasks({ status, reason }: Failure): boolean {
  return status === 500 || reason === 'answer-too-large';
}

/** Finds, for each row of one task, which of the task's annotations are its own. */
function matchRows(
  plan: Plan,
  route: Route,
  rows: RowToRead[],
  annotations: ReadAnnotation[],
  account: Account,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const byKey = new Map<string, number[]>();
  for (const { row, group } of rows) {
    const proof = route.proofOf(plan, row, group);
    if (proof.by !== 'baseline') {
      found.set(row, idsOf(annotations.filter((annotation) => isProven(annotation, proof))));
      continue;
    }
    const key = `${proof.author} ${proof.cancelled}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  for (const [key, rowsOfKey] of byKey) {
    const fresh = annotations.filter(
      (annotation) => !account.baseline.has(annotation.id) && regionlessKeyOf(annotation) === key,
    );
    for (const [row, ids] of assignAnnotations(idsOf(fresh), rowsOfKey, account)) found.set(row, ids);
  }
  return found;
}

/**
 * Assigns annotations to rows that nothing but their number tells apart. Each row keeps what it was assigned before. Of
 * the others, those with a 201 come first, one annotation each. Any surplus goes to the last row, which makes it
 * duplicated.
 */
function assignAnnotations(ids: number[], rows: number[], account: Account): Map<number, number[]> {
  const left = new Set(ids);
  const shares = new Map(
    rows.map((row) => [row, annotationsOf(account, row).filter((id) => left.delete(id))]),
  );
  const isAnswered = (row: number): boolean => stateOf(account, row) === 'answered';
  const inOrder = [...rows.filter(isAnswered), ...rows.filter((row) => !isAnswered(row))];
  for (const row of inOrder.filter((row) => shares.get(row)!.length === 0)) {
    const [id] = left;
    if (id !== undefined && left.delete(id)) shares.get(row)!.push(id);
  }
  shares.get(inOrder.at(-1)!)!.push(...left);
  return shares;
}

/** All that tells annotations without regions apart; undefined for one that has regions. */
function regionlessKeyOf({ regions, completedBy, cancelled }: ReadAnnotation): string | undefined {
  return regions === 0 ? `${completedBy} ${cancelled}` : undefined;
}

function isProven(annotation: ReadAnnotation, proof: Exclude<Proof, { by: 'baseline' }>): boolean {
  switch (proof.by) {
    case 'marker':
      return carriesMarker(annotation.regionIds, proof.marker);
    case 'unique-id':
      return annotation.uniqueId === proof.uniqueId;
  }
}

function idsOf(annotations: ReadAnnotation[]): number[] {
  return annotations.map(({ id }) => id);
}
