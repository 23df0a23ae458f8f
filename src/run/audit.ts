import { inOneLine } from '#api/failure-of.ts';
import { stateOf, type Account } from '#domain/results/account.ts';
import { rowsOfGroups } from './calls.ts';
import { isBrokenInside, readBack, readBaseline, type ReadBack, type RowToRead } from './read-back.ts';
import type { RunContext } from './run-context.ts';

/** Between two reads that must agree, after a call was lost. */
const betweenReadsMs = 1000;
const maxReads = 5;

/**
 * The annotations that are there already, on the tasks where only that tells ours from others'. Rows of a task that the
 * server cannot read stay unsent; where nothing can be read, why is given back.
 */
export async function readBaselines({
  client,
  plan,
  route,
  account,
  append,
}: RunContext): Promise<string | undefined> {
  const tasks = new Map<number, Set<number>>();
  const counted = rowsOfGroups(plan).filter(
    ({ row, group }) => route.proofOf(plan, row, group).by === 'baseline',
  );
  // What the run itself has put on a task does not belong to what was there before.
  const known = new Set(
    counted.filter(({ row }) => wasSent(account, row)).map(({ row }) => plan.rows.task[row]!),
  );
  for (const { row } of counted) {
    if (stateOf(account, row) !== 'waiting' || known.has(plan.rows.task[row]!)) continue;
    const project = plan.projects[plan.rows.entry[row]!]!;
    const ofProject = tasks.get(project) ?? new Set<number>();
    tasks.set(project, ofProject.add(plan.rows.task[row]!));
  }
  for (const [project, ids] of tasks) {
    const { annotations, failed } = await readBaseline(client, project, [...ids]);
    await append({ type: 'baseline', annotations });
    for (const { tasks: unread, failure } of failed) {
      const reason = `Not sent: what is on the task could not be read before. ${inOneLine(failure)}`;
      if (!isBrokenInside(failure)) return reason;
      const rows = counted
        .map(({ row }) => row)
        .filter((row) => unread.includes(plan.rows.task[row]!) && stateOf(account, row) === 'waiting');
      await append({ type: 'left-unsent', rows, reason });
    }
  }
  return undefined;
}

/**
 * Reads rows back and writes down what is there. After a lost call (`quietAt` is given) it waits first until the server
 * must have ended its work, then reads until two reads agree, for a late write would otherwise be taken for a missing
 * one.
 */
export async function audit(
  context: RunContext,
  asked: RowToRead[],
  quietAt: number | undefined,
): Promise<void> {
  const { append, sleep, onPhase } = context;
  if (asked.length === 0) return;
  const rows = withAlike(context, asked);
  if (quietAt !== undefined) await waitUntilQuiet(context, quietAt);

  let seen = await look(context, rows);
  let isSettled = quietAt === undefined;
  for (let reads = 1; !isSettled && reads < maxReads; reads += 1) {
    onPhase('reading-back', 'two reads that agree');
    await sleep(betweenReadsMs);
    const before = seen;
    seen = await look(context, rows);
    isSettled = JSON.stringify(sorted(before)) === JSON.stringify(sorted(seen));
  }
  if (isSettled) await append({ type: 'read-back', rows: seen.rows, annotations: seen.annotations });
  else seen.failed.push({ rows: seen.rows, reason: 'Its task was still changing when it was read back.' });
  for (const { rows: failed, reason } of seen.failed)
    await append({ type: 'read-back-failed', rows: failed, reason });
}

/**
 * Rows that only the baseline proves are told apart by counting, so those of one task are always read together: what
 * belongs to one would be taken for the other's.
 */
function withAlike({ plan, route, account }: RunContext, asked: RowToRead[]): RowToRead[] {
  const isCounted = ({ row, group }: RowToRead): boolean => route.proofOf(plan, row, group).by === 'baseline';
  const tasks = new Set(asked.filter(isCounted).map(({ row }) => plan.rows.task[row]!));
  if (tasks.size === 0) return asked;
  const there = new Set(asked.map(({ row }) => row));
  const others = rowsOfGroups(plan).filter(
    (item) =>
      !there.has(item.row) &&
      tasks.has(plan.rows.task[item.row]!) &&
      isCounted(item) &&
      wasSent(account, item.row),
  );
  return [...asked, ...others];
}

/** Whether an annotation of this row may be on the server, or was proven not to be. */
function wasSent(account: Account, row: number): boolean {
  const state = stateOf(account, row);
  return account.missing.has(row) || !(state === 'waiting' || state === 'not-sent' || state === 'skipped');
}

async function waitUntilQuiet({ now, sleep, onPhase }: RunContext, quietAt: number): Promise<void> {
  for (let left = quietAt - now(); left > 0; left = quietAt - now()) {
    const seconds = Math.ceil(left / 1000);
    onPhase('waiting-for-quiet', `the server may still be at work on a lost call, ${seconds} s more`);
    await sleep(Math.min(1000, left));
  }
}

function look({ client, plan, route, account, onPhase }: RunContext, rows: RowToRead[]): Promise<ReadBack> {
  onPhase('reading-back', 'reading the tasks back');
  return readBack(client, plan, route, rows, account, (read, of) =>
    onPhase('reading-back', `${read} of ${of} tasks read back`),
  );
}

function sorted({ rows, annotations }: ReadBack): [number, number[]][] {
  return rows
    .map((row, index): [number, number[]] => [row, annotations[index]!.toSorted((a, b) => a - b)])
    .toSorted(([one], [other]) => one - other);
}
