import type { RunContext } from './run-context.ts';
import { rowsOfGroups, wasSent } from './calls.ts';
import { readBack, type ReadBack, type RowToRead } from './read-back.ts';

/** Between two reads that must agree, after a call was lost. */
const betweenReadsMs = 1000;
const maxReads = 5;

/**
 * Reads rows back and records what was created.
 *
 * @param settledAfter given after a lost call: until then the server may still be working on it. Rows are then read until
 * two reads agree, because a late write would otherwise be taken for a missing one.
 */
export async function confirmRows(
  context: RunContext,
  rows: RowToRead[],
  settledAfter?: number,
): Promise<void> {
  const { append, sleep, onPhase } = context;
  if (rows.length === 0) return;
  const rowsToRead = withRowsOfSameTasks(context, rows);
  if (settledAfter !== undefined) await waitUntilSettled(context, settledAfter);

  let read = await readRows(context, rowsToRead);
  let readsAgree = settledAfter === undefined;
  for (let reads = 1; !readsAgree && reads < maxReads; reads += 1) {
    onPhase('reading-back', 'Verifying …');
    await sleep(betweenReadsMs);
    const previous = read;
    read = await readRows(context, rowsToRead);
    readsAgree = JSON.stringify(sorted(previous)) === JSON.stringify(sorted(read));
  }
  if (readsAgree) await append({ type: 'read-back', rows: read.rows, annotations: read.annotations });
  else read.failed.push({ rows: read.rows, reason: 'The task was still changing while it was verified.' });
  for (const { rows: failed, reason } of read.failed)
    await append({ type: 'read-back-failed', rows: failed, reason });
}

/**
 * Adds the rows of the same tasks that only the baseline proves. They are told apart by counting, so they are always
 * read together.
 */
function withRowsOfSameTasks({ plan, route, account }: RunContext, rows: RowToRead[]): RowToRead[] {
  const isCounted = ({ row, group }: RowToRead): boolean => route.proofOf(plan, row, group).by === 'baseline';
  const tasks = new Set(rows.filter(isCounted).map(({ row }) => plan.rows.task[row]!));
  if (tasks.size === 0) return rows;
  const given = new Set(rows.map(({ row }) => row));
  const others = rowsOfGroups(plan).filter(
    (item) =>
      !given.has(item.row) &&
      tasks.has(plan.rows.task[item.row]!) &&
      isCounted(item) &&
      wasSent(account, item.row),
  );
  return [...rows, ...others];
}

async function waitUntilSettled({ now, sleep, onPhase }: RunContext, settledAfter: number): Promise<void> {
  for (let left = settledAfter - now(); left > 0; left = settledAfter - now()) {
    const seconds = Math.ceil(left / 1000);
    onPhase('settling', `The server may still be working on an unanswered call: ${seconds} s to go`);
    await sleep(Math.min(1000, left));
  }
}

function readRows(
  { client, plan, route, account, onPhase }: RunContext,
  rows: RowToRead[],
): Promise<ReadBack> {
  onPhase('reading-back', 'Verifying …');
  return readBack(client, plan, route, rows, account, (read, of) =>
    onPhase('reading-back', `Verifying: ${read} of ${of} tasks read`),
  );
}

function sorted({ rows, annotations }: ReadBack): [number, number[]][] {
  return rows
    .map((row, index): [number, number[]] => [row, annotations[index]!.toSorted((a, b) => a - b)])
    .toSorted(([one], [other]) => one - other);
}
