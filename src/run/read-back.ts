import { exportAnnotations, tasksAnExport, type ReadAnnotation } from '#api/export.ts';
import { inOneLine } from '#api/failure-of.ts';
import type { HttpClient } from '#api/http-client.ts';
import { annotationsOf, stateOf, type Account } from '#domain/results/account.ts';
import { carriesMarker } from '#domain/requests/marker.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { chunksOf, inParallel } from './in-parallel.ts';
import type { Proof, Route } from './routes/route.ts';

/** What a look at the server tells of some rows: each one's annotations, or why they could not be read. */
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
 * Reads the tasks of these rows and finds each row's annotations. Reads in bulk; where the server fails on a bulk (one
 * annotation with a broken character is enough, seen on 1.23.2) it is halved, so that one bad task hides no other.
 *
 * @param account what is known so far; annotations of its baseline belong elsewhere
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
            const reason = `It could not be read back: ${inOneLine(outcome.failure)}`;
            result.failed.push({ rows: read.flatMap(rowsOf).map(({ row }) => row), reason });
            return;
          }
          for (const task of read) {
            const annotations = outcome.value.get(task);
            if (annotations === undefined) {
              // An export holds every task that it was asked for, so nothing is proven by one that it leaves out.
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

/** The ids of all annotations that are on these tasks now, and the tasks whose annotations cannot be read. */
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
    if (failed.some(({ failure }) => !isBrokenInside(failure))) break;
  }
  return { annotations, failed };
}

type Seen = (tasks: number[], outcome: Outcome<Map<number, ReadAnnotation[]>>) => void;

async function readOrHalve(client: HttpClient, project: number, tasks: number[], seen: Seen): Promise<void> {
  const outcome = await exportAnnotations(client, project, tasks);
  if (outcome.ok || !isBrokenInside(outcome.failure) || tasks.length === 1) return seen(tasks, outcome);
  const middle = tasks.length >> 1;
  await readOrHalve(client, project, tasks.slice(0, middle), seen);
  await readOrHalve(client, project, tasks.slice(middle), seen);
}

/** The server itself fails on something that it has to send; it would again, and only there. */
export function isBrokenInside({ status }: Failure): boolean {
  return status === 500;
}

/** Ties the annotations of one task to the rows that are for it. */
function matchRows(
  plan: Plan,
  route: Route,
  rows: RowToRead[],
  annotations: ReadAnnotation[],
  account: Account,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const byLooks = new Map<string, number[]>();
  for (const { row, group } of rows) {
    const proof = route.proofOf(plan, row, group);
    if (proof.by !== 'baseline') {
      found.set(row, idsOf(annotations.filter((annotation) => isProven(annotation, proof))));
      continue;
    }
    const looks = `${proof.author} ${proof.cancelled}`;
    byLooks.set(looks, [...(byLooks.get(looks) ?? []), row]);
  }
  for (const [looks, alike] of byLooks) {
    const fresh = annotations.filter(
      (annotation) => !account.baseline.has(annotation.id) && looksOf(annotation) === looks,
    );
    for (const [row, ids] of shareOut(idsOf(fresh), alike, account)) found.set(row, ids);
  }
  return found;
}

/**
 * Shares annotations that look alike among rows that nothing else tells apart. Each keeps what it was found with before.
 * Of the others, those that the server said yes to come first, and each takes one. What is left over belongs to the
 * last, which makes it a duplicated one.
 */
function shareOut(ids: number[], rows: number[], account: Account): Map<number, number[]> {
  const left = new Set(ids);
  const shares = new Map(
    rows.map((row) => [row, annotationsOf(account, row).filter((id) => left.delete(id))]),
  );
  const isSure = (row: number): boolean => stateOf(account, row) === 'answered';
  const inTurn = [...rows.filter(isSure), ...rows.filter((row) => !isSure(row))];
  for (const row of inTurn.filter((row) => shares.get(row)!.length === 0)) {
    const [id] = left;
    if (id !== undefined && left.delete(id)) shares.get(row)!.push(id);
  }
  shares.get(inTurn.at(-1)!)!.push(...left);
  return shares;
}

/** What a region-less annotation can be told by; undefined for one that has regions. */
function looksOf({ regions, completedBy, cancelled }: ReadAnnotation): string | undefined {
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
