import { maxDeletesPerCall } from '#api/annotations/delete-annotations.ts';
import { inOneLine } from '#api/http/failure-of.ts';
import { routeOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { annotationsOf, foundOf, stateOf, type Account } from '#domain/results/account.ts';
import type { FoundAnnotation } from '#domain/results/run-event.ts';
import { chunksOf, inParallel } from './in-parallel.ts';
import { betweenReadsMs, waitUntil } from './confirm.ts';
import { readBack, type ReadBack } from '#run/read/read-back.ts';
import type { RunContext } from './run-context.ts';
import { graceMs } from './send-calls.ts';
import type { Route } from './routes/route.ts';

/** All annotations of these rows, or only the copies after the first. */
export interface UndoRequest {
  rows: number[];
  copiesOnly: boolean;
}

/** What an undo would delete now, and what it keeps for which reason. */
export interface UndoPreview {
  deletes: number;
  /** Annotations that someone has already deleted. */
  gone: number;
  kept: KeptRows[];
}

export interface KeptRows {
  reason: string;
  rows: number;
}

const changed = 'Changed since it was created, perhaps by someone else.';
const neverVerified = 'Not verified, so nothing proves that it is ours.';

/**
 * Reads the tasks of these rows, and lists what would be deleted. Waits until all calls have settled. Changes nothing.
 */
export async function previewUndo(context: RunContext, request: UndoRequest): Promise<UndoPreview> {
  const { deletes, gone, kept } = await decide(context, request);
  return { deletes: deletes.length, gone: gone.length, kept: countReasons(kept) };
}

/**
 * Deletes annotations that are proven ours and unchanged since they were verified, and reads back that they are gone. A
 * change between the check and the deletion goes unnoticed.
 */
export async function undo(context: RunContext, request: UndoRequest): Promise<void> {
  const { append, now, onPhase, stop } = context;
  await append({ type: 'undo-started', at: now(), ...request });
  const { deletes, gone, kept } = await decide(context, request);
  await recordGone(context, gone);
  const chunks = deleteChunks(context, deletes);
  const left: { own: Own; reason: string }[] = [];
  let done = 0;
  for (const { route, project, chunk } of chunks) {
    if (stop.aborted) {
      for (const { row } of chunk) kept.push({ row, reason: 'Not deleted: undo stopped.' });
      continue;
    }
    onPhase('deleting', `Deleting: ${done} of ${deletes.length} annotations`);
    const { reason, isAnswered } = await deleteChunk(context, route, project, chunk);
    const doubtful = await confirmDeleted(context, chunk, isAnswered);
    for (const own of doubtful) left.push({ own, reason });
    done += chunk.length;
  }
  if (left.length > 0) {
    // The server, or a copy of the call, may still delete after a gateway has timed out.
    const settledAfter = now() + context.client.timeLimitSeconds * 1000 + graceMs;
    await waitUntil(context, settledAfter, { why: 'The server may still be working on a deletion' });
    const owns = left.map(({ own }) => own);
    const there = new Set(await confirmDeleted(context, owns, false));
    for (const { own, reason } of left) if (there.has(own)) kept.push({ row: own.row, reason });
  }
  await append({ type: 'undo-finished', at: now(), kept: countReasons(kept) });
  onPhase('finished');
}

/** One annotation of a row. */
interface Own {
  row: number;
  id: number;
}

interface Decision {
  deletes: Own[];
  gone: Own[];
  kept: { row: number; reason: string }[];
}

async function decide(context: RunContext, { rows, copiesOnly }: UndoRequest): Promise<Decision> {
  const { account } = context;
  await waitUntil(context, account.settledAfter, { why: 'Waiting until no late copy can be created' });
  const decision: Decision = { deletes: [], gone: [], kept: [] };
  const known = rows.filter((row) => {
    const state = stateOf(account, row);
    const isVerified = state === 'created' || state === 'duplicated';
    const isPossible = state === 'unknown' || state === 'not-found';
    if (isPossible) decision.kept.push({ row, reason: neverVerified });
    return isVerified;
  });
  const { found, failed } = await read(context, known);
  for (const { rows: unread, reason } of failed)
    for (const row of unread) decision.kept.push({ row, reason });
  const missing = missingFrom(account, found);
  const again = await readAgain(context, missing);
  for (const { rows: unread, reason } of again.failed)
    for (const row of unread) decision.kept.push({ row, reason });
  const missingRows = new Set(rowsOf(missing));
  decision.gone = missing.filter((own) => isMissing(again, own));
  for (const [row, first] of found) {
    const verified = foundOf(account, row);
    const there = missingRows.has(row) ? (again.found.get(row) ?? []) : first;
    const candidates = copiesOnly ? copiesBehindFirst(there) : there;
    for (const annotation of candidates)
      if (isUnchanged(annotation, verified)) decision.deletes.push({ row, id: annotation.id });
      else decision.kept.push({ row, reason: changed });
  }
  return decision;
}

/** Verified annotations that are missing now. */
const missingFrom = (account: Account, found: Map<number, FoundAnnotation[]>): Own[] =>
  [...found].flatMap(([row, there]) =>
    annotationsOf(account, row)
      .filter((id) => there.every((annotation) => annotation.id !== id))
      .map((id) => ({ row, id })),
  );

/** A read may be older than an annotation, so only two matching reads prove that it is gone. */
async function readAgain(context: RunContext, owns: Own[]): Promise<ReadBack> {
  if (owns.length > 0) await context.sleep(betweenReadsMs);
  return read(context, rowsOf(owns));
}

/** All but the first one created. */
const copiesBehindFirst = (there: FoundAnnotation[]): FoundAnnotation[] =>
  there.toSorted((one, other) => one.id - other.id).slice(1);

/** A copy found only now must have the same content as the verified one. */
function isUnchanged({ id, updatedAt, resultHash }: FoundAnnotation, verified: FoundAnnotation[]): boolean {
  const before = verified.find((annotation) => annotation.id === id);
  if (before) return before.updatedAt === updatedAt && before.resultHash === resultHash;
  return verified.some((annotation) => annotation.resultHash === resultHash);
}

function deleteChunks({ plan, groupOf, routeOf }: RunContext, deletes: Own[]) {
  const byTarget = new Map<string, { route: Route; project: number; owns: Own[] }>();
  for (const own of deletes) {
    const route = routeOf(routeOfGroup(plan.groups, groupOf[own.row]!));
    const project = projectOf(plan, own.row);
    const target = byTarget.get(`${route.name} ${project}`) ?? { route, project, owns: [] };
    byTarget.set(`${route.name} ${project}`, target);
    target.owns.push(own);
  }
  return [...byTarget.values()].flatMap(({ route, project, owns }) =>
    chunksOf(owns, maxDeletesPerCall).map((chunk) => ({ route, project, chunk })),
  );
}

/** Deletes a chunk, and what may be left of it one by one. Returns why the last one failed. */
async function deleteChunk(
  { account, client, append, now }: RunContext,
  route: Route,
  project: number,
  chunk: Own[],
): Promise<{ reason: string; isAnswered: boolean }> {
  const annotations = chunk.map(({ id }) => id);
  const rows = stillThere(account, chunk).map(({ row }) => row);
  await append({ type: 'delete-sent', at: now(), rows, annotations });
  const notDeleted = await route.deleteMany(client, project, annotations);
  if (!notDeleted)
    return { reason: 'The server answered that it was deleted, but it is still there.', isAnswered: true };
  let reason = inOneLine(notDeleted.failure);
  // Deleting twice is harmless: IDs aren’t reused.
  const ids = [...notDeleted.ids];
  await inParallel(
    () => ids.pop(),
    4,
    async (id) => {
      const one = await route.deleteMany(client, project, [id]);
      if (one && one.failure.status !== 404) reason = inOneLine(one.failure);
    },
  );
  return { reason: `Not deleted: ${reason}`, isAnswered: false };
}

/**
 * Reads a chunk back and records what is gone: once if the server confirmed it, else twice. Returns what still exists
 * or couldn’t be read.
 */
async function confirmDeleted(context: RunContext, chunk: Own[], isAnswered: boolean): Promise<Own[]> {
  let left = chunk;
  const missingOnce = new Set<Own>(isAnswered ? chunk : []);
  for (let reads = 0; reads < 3 && left.length > 0; reads += 1) {
    const shown = await (reads === 0 ? read(context, rowsOf(left)) : readAgain(context, left));
    const missing = left.filter((own) => isMissing(shown, own));
    const gone = new Set(missing.filter((own) => missingOnce.has(own)));
    for (const own of missing) missingOnce.add(own);
    await recordGone(context, [...gone]);
    left = left.filter((own) => !gone.has(own));
  }
  return left;
}

/** True if the row was read and doesn’t have the annotation. */
const isMissing = ({ found }: ReadBack, { row, id }: Own): boolean =>
  found.get(row)?.every((annotation) => annotation.id !== id) ?? false;

/** A copy found only now may disappear later than the verified ones. */
const stillThere = (account: Account, owns: Own[]): Own[] =>
  owns.filter(({ row }) => stateOf(account, row) !== 'deleted');

const rowsOf = (owns: Own[]): number[] => [...new Set(owns.map(({ row }) => row))];

async function recordGone({ account, append, now }: RunContext, owns: Own[]): Promise<void> {
  const gone = stillThere(account, owns);
  if (gone.length === 0) return;
  await append({ type: 'deleted', at: now(), rows: rowsOf(gone), annotations: gone.map(({ id }) => id) });
}

function read({ client, plan, account, onPhase }: RunContext, rows: number[]) {
  return readBack(client, plan, account, rows, (done, of) =>
    onPhase('deleting', `Comparing with the server: ${done} of ${of} tasks read`),
  );
}

function countReasons(kept: { row: number; reason: string }[]): KeptRows[] {
  const rowsOf = new Map<string, Set<number>>();
  for (const { row, reason } of kept) rowsOf.set(reason, (rowsOf.get(reason) ?? new Set()).add(row));
  return Array.from(rowsOf, ([reason, rows]) => ({ reason, rows: rows.size }));
}
