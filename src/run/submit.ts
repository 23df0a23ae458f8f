import { inOneLine } from '#api/failure-of.ts';
import type { HttpClient } from '#api/http-client.ts';
import { stateOf, type Account, type RunEvent } from '#domain/journal.ts';
import { selectionOf, type Call, type Plan } from '#domain/plan.ts';
import { targets } from '#domain/request.ts';
import type { Failure } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';
import { fateOf } from './fate.ts';
import { chunksOf, inParallel } from './in-parallel.ts';
import { isBrokenInside, readBack, readBaseline, type ReadBack, type RowToRead } from './read-back.ts';
import type { Route } from './routes/route.ts';

export type RunPhase = 'sending' | 'stopping' | 'waiting-for-quiet' | 'reading-back' | 'finished';

/** What a run needs from outside. */
export interface RunContext {
  client: HttpClient;
  plan: Plan;
  route: Route;
  /** What the events so far come to; `append` keeps it up to date. */
  account: Account;
  /** Writes an event to the journal, and resolves when it is safe there. */
  append(event: RunEvent): Promise<void>;
  /** Says what is being waited for. */
  onPhase(phase: RunPhase, waitingFor?: string): void;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Aborted when the manager wants nothing more to be sent. What is in flight is awaited and read back all the same. */
  stop: AbortSignal;
}

/** A call without an outcome, and until when the server may still be at work on it. */
interface Suspect {
  call: Call;
  quietAt: number;
  reason: string;
  /** The server said no, perhaps because of one of its tasks: sent in halves, only the bad ones stay refused. */
  refused: boolean;
}

/** A row is sent at most this often, and only ever again when it is proven missing. */
const mostAttempts = 3;
/** After so many calls in a row without a proper answer, the run stops sending by itself. */
const mostLostInARow = 5;
/** Between two reads that must agree, after a call was lost. */
const betweenReadsMs = 1000;
const mostReads = 5;
const mostThrottledWaits = 8;
/** So many refused calls of one row, and not one that was taken: the rest of the request is not worth asking for. */
const mostRefusedAlone = 10;

/**
 * Sends the rows that wait, reads all of them back, sends again what is proven missing, and ends with every row in a
 * final state. To resume is to call it again with the same plan and account.
 */
export async function submit(context: RunContext): Promise<void> {
  const { plan, account, append, onPhase, now, stop } = context;
  await append({ type: 'started', at: now() });

  const again = rowsIn(account, plan, 'not-sent');
  if (again.length > 0) await append({ type: 'queued-again', rows: again });
  onPhase('sending');
  let halt = await readBaselines(context);
  let calls = callsOfWaiting(plan, context.route, account);
  const touched = new Map<number, RowToRead>();
  const memory: Memory = { timesLost: new Map(), refusedAlone: new Map(), refusedGroups: new Map() };

  while (calls.length > 0 && halt === undefined && !stop.aborted) {
    onPhase('sending');
    const sent = await sendAll(context, calls, memory);
    halt = sent.halt;
    for (const row of sent.rows) touched.set(row.row, row);
    const lost = sent.suspects.filter(({ refused }) => !refused);
    for (const { call } of lost) for (const row of call.rows) increase(memory.timesLost, row);
    await audit(
      context,
      sent.suspects.flatMap(({ call }) => rowsToRead(call)),
      lost.length === 0 ? undefined : Math.max(...lost.map(({ quietAt }) => quietAt)),
    );
    calls = await queueAgain(context, sent.suspects, memory);
  }

  // A browser may have sent a call twice without telling anybody, so success is read back like anything else.
  await audit(context, [...touched.values()], undefined);
  await leaveUnsent(context, halt ?? 'The run was stopped before it was its turn.');
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/**
 * Reads the tasks of all unknown rows (and of refused ones that nobody could read back) once more. What is now proven
 * missing can be sent.
 */
export async function readUnknownAgain(context: RunContext): Promise<void> {
  const { plan, account, append, now, onPhase } = context;
  const unknown = new Set(rowsIn(account, plan, 'unknown'));
  await append({ type: 'started', at: now() });
  const asked = rowsOfGroups(plan).filter(({ row }) => unknown.has(row));
  await audit(context, asked, now());
  const rows = rowsIn(account, plan, 'unknown').filter((row) => isMissing(account, row));
  const reason = 'Reading back again proves that nothing of it is on the task.';
  if (rows.length > 0) await append({ type: 'left-unsent', rows, reason });
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/** What one go of a run remembers of its calls, beyond the account. */
interface Memory {
  /** By row. */
  timesLost: Map<number, number>;
  /** By group: how many calls of a single row were refused while none was taken. */
  refusedAlone: Map<number, number>;
  /** Groups that are given up, with the reason. */
  refusedGroups: Map<number, string>;
}

interface Sent {
  suspects: Suspect[];
  rows: RowToRead[];
  /** Why nothing more is sent; undefined where everything was. */
  halt: string | undefined;
}

/** Sends the calls, a few at a time, until none is left, the manager stops it, or it is hopeless. */
async function sendAll(context: RunContext, calls: Call[], memory: Memory): Promise<Sent> {
  const { refusedGroups, refusedAlone } = memory;
  const { client, plan, route, append, stop, now } = context;
  // From the end, so that taking one stays cheap however many there are.
  const queue = calls.toReversed();
  const sent: Sent = { suspects: [], rows: [], halt: undefined };
  let lostInARow = 0;

  const isOver = (): boolean => stop.aborted || sent.halt !== undefined;
  const next = (): Call | undefined => (isOver() ? undefined : queue.pop());
  await inParallel(next, route.callsInFlight, async (call) => {
    const rows = Array.from(call.rows);
    const refusal = refusedGroups.get(call.group);
    if (refusal !== undefined) return append({ type: 'left-unsent', rows, reason: refusal });

    for (let waits = 0; ; waits += 1) {
      await append({ type: 'call-sending', at: now(), rows });
      if (waits === 0) for (const row of rowsToRead(call)) sent.rows.push(row);
      const sentAt = now();
      const outcome = await route.send(client, plan, call);
      if (outcome.ok && new Set(outcome.value).size === rows.length) {
        lostInARow = 0;
        refusedAlone.set(call.group, -Infinity);
        return append({ type: 'call-answered', rows });
      }
      const failure = outcome.ok ? wrongCount(outcome.value, rows.length) : outcome.failure;
      const reason = inOneLine(failure);
      const fate = fateOf(failure);
      switch (fate.kind) {
        case 'throttled':
          await append({ type: 'call-returned', rows });
          if (waits === mostThrottledWaits) sent.halt = reason;
          for (let left = Math.min(30, 2 ** waits); left > 0 && !isOver(); left -= 1)
            await context.sleep(1000);
          if (isOver()) return;
          continue;
        case 'locked-out':
          await append({ type: 'call-returned', rows });
          sent.halt = reason;
          return;
        case 'too-large': {
          const parts = partsOf(plan, route, call);
          if (parts === undefined) return append({ type: 'call-refused', rows, reason });
          await append({ type: 'call-returned', rows });
          queue.push(...parts.toReversed());
          return;
        }
        case 'refused':
          lostInARow = 0;
          await append({ type: 'call-refused', rows, reason });
          if (rows.length === 1 && plan.groups[call.group]!.rows.length > 1)
            increase(refusedAlone, call.group);
          if (fate.mayBeOneTask && !isAboutRequest(plan, call, fate.fields))
            sent.suspects.push({ call, quietAt: 0, reason, refused: true });
          else if (route.tasksPerCall > 1) refusedGroups.set(call.group, leftBecause(reason));
          if ((refusedAlone.get(call.group) ?? 0) >= mostRefusedAlone)
            refusedGroups.set(call.group, leftBecause(reason));
          return;
        case 'lost': {
          await append({ type: 'call-lost', rows, reason });
          const limit = fate.endedAtOnce ? 0 : client.timeLimitSeconds * 1000;
          sent.suspects.push({ call, quietAt: sentAt + limit, reason, refused: false });
          lostInARow += 1;
          if (lostInARow >= mostLostInARow)
            sent.halt = `Not sent: ${mostLostInARow} calls in a row had no proper answer. The last: ${reason}`;
          return;
        }
      }
    }
  });
  return sent;
}

/**
 * Reads rows back and writes down what is there. After a lost call (`quietAt` is given) it waits first until the server
 * must have ended its work, then reads until two reads agree, for a late write would otherwise be taken for a missing
 * one.
 */
async function audit(context: RunContext, asked: RowToRead[], quietAt: number | undefined): Promise<void> {
  const { append, sleep, onPhase } = context;
  if (asked.length === 0) return;
  const rows = withAlike(context, asked);
  if (quietAt !== undefined) await waitUntilQuiet(context, quietAt);

  let seen = await look(context, rows);
  let isSettled = quietAt === undefined;
  for (let reads = 1; !isSettled && reads < mostReads; reads += 1) {
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

/** What is proven missing goes into the queue once more, in halves, until a bad row stands alone. */
async function queueAgain(
  { plan, route, account, append }: RunContext,
  suspects: Suspect[],
  { timesLost }: Memory,
): Promise<Call[]> {
  const calls: Call[] = [];
  for (const { call, reason, refused } of suspects) {
    const missing = call.rows.filter((row) => isMissing(account, row));
    if (missing.length === 0) continue;
    const rows = Array.from(missing);
    const rest = { group: call.group, rows: missing };
    const parts = partsOf(plan, route, rest);
    const tries = timesLost.get(rows[0]!) ?? 0;
    // Alone and refused is refused; in a crowd each row is worth a call of its own in the end.
    const isOver = parts === undefined ? refused || tries >= mostAttempts : false;
    if (!isOver) {
      await append({ type: 'queued-again', rows });
      calls.push(...(parts ?? [rest]));
    } else if (!refused) {
      const told = `Sent ${tries} times; reading back proves that nothing was created. ${reason}`;
      await append({ type: 'left-unsent', rows, reason: told });
    }
  }
  return calls;
}

/** Read back, and nothing was there. A row that could not be read back has its reason, and is never sent again. */
function isMissing(account: Account, row: number): boolean {
  const state = stateOf(account, row);
  return (state === 'unknown' || state === 'refused') && account.missing.has(row);
}

/**
 * The annotations that are there already, on the tasks where only that tells ours from others'. Rows of a task that the
 * server cannot read stay unsent; where nothing can be read, why is given back.
 */
async function readBaselines({
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

async function leaveUnsent({ plan, account, append }: RunContext, reason: string): Promise<void> {
  const rows = rowsIn(account, plan, 'waiting');
  if (rows.length > 0) await append({ type: 'left-unsent', rows, reason });
}

/** Whether the server named a field that every call of this request has, so that none of them will be taken. */
function isAboutRequest(plan: Plan, call: Call, fields: string[]): boolean {
  const entry = plan.entries[plan.groups[call.group]!.entry] as JsonObject;
  return fields.some((field) => field in entry && !targets.includes(field));
}

const leftBecause = (reason: string): string =>
  `Not sent: the server refused a part of this request. ${reason}`;

function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The halves of a call, none larger than the route's calls are; undefined where it cannot be divided. */
function partsOf(plan: Plan, route: Route, call: Call): Call[] | undefined {
  if (call.rows.length < 2 || selectionOf(plan, call) !== undefined) return undefined;
  return inParts(call, Math.min(route.tasksPerCall, Math.ceil(call.rows.length / 2)));
}

function inParts({ group, rows }: Call, size: number): Call[] {
  return chunksOf(rows, size).map((part) => ({ group, rows: part }));
}

/** The plan's calls, each with those of its rows that still wait. */
function callsOfWaiting(plan: Plan, route: Route, account: Account): Call[] {
  return plan.calls.flatMap(({ group, rows }) => {
    const call = { group, rows: rows.filter((row) => stateOf(account, row) === 'waiting') };
    return selectionOf(plan, call) === undefined ? inParts(call, route.tasksPerCall) : call;
  });
}

function rowsOfGroups(plan: Plan): RowToRead[] {
  return plan.groups.flatMap(({ rows }, group) => Array.from(rows, (row) => ({ row, group })));
}

function rowsToRead({ rows, group }: Call): RowToRead[] {
  return Array.from(rows, (row) => ({ row, group }));
}

function rowsIn(account: Account, plan: Plan, state: ReturnType<typeof stateOf>): number[] {
  return Array.from(plan.rows.task.keys()).filter((row) => stateOf(account, row) === state);
}

function sorted({ rows, annotations }: ReadBack): [number, number[]][] {
  return rows
    .map((row, index): [number, number[]] => [row, annotations[index]!.toSorted((a, b) => a - b)])
    .toSorted(([one], [other]) => one - other);
}

function wrongCount(ids: number[], wanted: number): Failure {
  return {
    kind: 'unreadable',
    reason: 'unreadable',
    message: `The server answered with ${new Set(ids).size} distinct ids for ${wanted} tasks.`,
    fromLabelStudio: true,
  };
}
