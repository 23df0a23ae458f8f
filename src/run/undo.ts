import { maxDeletesPerCall } from '#api/delete-annotations.ts';
import { inOneLine } from '#api/failure-of.ts';
import { routeOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { foundOf, stateOf } from '#domain/results/account.ts';
import type { FoundAnnotation } from '#domain/results/run-event.ts';
import { chunksOf, inParallel } from './in-parallel.ts';
import { readBack } from '#run/read/read-back.ts';
import type { RunContext } from './run-context.ts';
import type { Route } from './routes/route.ts';

/** What is to be deleted: all annotations of these rows, or all but the first of each. */
export interface UndoRequest {
  rows: number[];
  copiesOnly: boolean;
}

/** What an undo would do now, and why it keeps what it keeps. */
export interface UndoPreview {
  deletes: number;
  /** Annotations that someone deleted already. */
  gone: number;
  kept: KeptRows[];
}

export interface KeptRows {
  reason: string;
  rows: number;
}

const changed = 'Changed since it was created, perhaps by someone else.';
const neverVerified = 'Not verified, so nothing proves that it is ours.';

/** Reads the tasks of these rows, and says what would be deleted. Waits until all calls have settled. Changes nothing. */
export async function previewUndo(context: RunContext, request: UndoRequest): Promise<UndoPreview> {
  const { deletes, gone, kept } = await decide(context, request);
  return { deletes: deletes.length, gone: gone.length, kept: countReasons(kept) };
}

/**
 * Deletes annotations that are proven ours and unchanged since they were verified, and reads back that they are gone.
 * Deciding and deleting can't be one step: what is changed in the moments between is deleted, too.
 */
export async function undo(context: RunContext, request: UndoRequest): Promise<void> {
  const { append, now, onPhase, stop } = context;
  await append({ type: 'undo-started', at: now(), ...request });
  const { deletes, gone, kept } = await decide(context, request);
  await recordGone(context, gone);
  const chunks = deleteChunks(context, deletes);
  let done = 0;
  for (const { route, project, chunk } of chunks) {
    if (stop.aborted) {
      for (const { row } of chunk) kept.push({ row, reason: 'Not deleted: undo stopped.' });
      continue;
    }
    onPhase('deleting', `Deleting: ${done} of ${deletes.length} annotations`);
    const reason = await deleteChunk(context, route, project, chunk);
    for (const { row } of await confirmDeleted(context, chunk)) kept.push({ row, reason });
    done += chunk.length;
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
  await waitUntilSettled(context);
  const decision: Decision = { deletes: [], gone: [], kept: [] };
  const known = rows.filter((row) => {
    const isVerified = foundOf(account, row).length > 0;
    const isPossible = !isVerified && ['unknown', 'not-found'].includes(stateOf(account, row));
    if (isPossible) decision.kept.push({ row, reason: neverVerified });
    return isVerified;
  });
  const { found, failed } = await read(context, known);
  for (const { rows: unread, reason } of failed)
    for (const row of unread) decision.kept.push({ row, reason });
  for (const [row, there] of found) {
    const verified = foundOf(account, row);
    const current = new Map(there.map((annotation) => [annotation.id, annotation]));
    for (const { id } of verified) if (!current.has(id)) decision.gone.push({ row, id });
    const candidates = copiesOnly ? copiesBehindFirst(there) : there;
    for (const annotation of candidates)
      if (isUnchanged(annotation, verified)) decision.deletes.push({ row, id: annotation.id });
      else decision.kept.push({ row, reason: changed });
  }
  return decision;
}

/** All but the one that was created first. */
const copiesBehindFirst = (there: FoundAnnotation[]): FoundAnnotation[] =>
  there.toSorted((one, other) => one.id - other.id).slice(1);

/** A copy that was found only now must say the same as the verified one. */
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

/** Deletes a chunk; if the server refuses it as a whole, one by one. Returns why the last one failed. */
async function deleteChunk(
  { client, append, now }: RunContext,
  route: Route,
  project: number,
  chunk: Own[],
): Promise<string> {
  const [rows, annotations] = [chunk.map(({ row }) => row), chunk.map(({ id }) => id)];
  await append({ type: 'delete-sent', at: now(), rows, annotations });
  const outcome = await route.deleteMany(client, project, annotations);
  if (outcome.ok) return 'The server answered that it was deleted, but it is still there.';
  let reason = inOneLine(outcome.failure);
  // Deleting twice does no harm: IDs aren’t given to other annotations.
  const ids = [...annotations];
  await inParallel(
    () => ids.pop(),
    4,
    async (id) => {
      const one = await route.deleteMany(client, project, [id]);
      if (!one.ok && one.failure.status !== 404) reason = inOneLine(one.failure);
    },
  );
  return `Not deleted: ${reason}`;
}

/** Reads a chunk back and records what is gone. Returns what is still there, or could not be read. */
async function confirmDeleted(context: RunContext, chunk: Own[]): Promise<Own[]> {
  let left = chunk;
  for (let reads = 0; reads < 2 && left.length > 0; reads += 1) {
    if (reads > 0) await context.sleep(1000);
    const { found } = await read(context, [...new Set(left.map(({ row }) => row))]);
    const isGone = ({ row, id }: Own): boolean =>
      found.get(row)?.every((annotation) => annotation.id !== id) ?? false;
    await recordGone(context, left.filter(isGone));
    left = left.filter((own) => !isGone(own));
  }
  return left;
}

async function recordGone({ append, now }: RunContext, gone: Own[]): Promise<void> {
  if (gone.length === 0) return;
  const rows = [...new Set(gone.map(({ row }) => row))];
  await append({ type: 'deleted', at: now(), rows, annotations: gone.map(({ id }) => id) });
}

async function waitUntilSettled({ account, now, sleep, onPhase }: RunContext): Promise<void> {
  for (let left = account.settledAfter - now(); left > 0; left = account.settledAfter - now()) {
    onPhase('settling', `Waiting until no late copy can be created: ${Math.ceil(left / 1000)} s to go`);
    await sleep(Math.min(1000, left));
  }
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
