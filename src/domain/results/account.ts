import type { Plan } from '#domain/plan/plan.ts';

/** The states a row can be in; it is in exactly one. The first three are for a run that goes on. */
export const rowStates = [
  'waiting',
  'in-flight',
  'answered',
  'created',
  'skipped',
  'refused',
  'duplicated',
  'not-sent',
  'unknown',
] as const;
export type RowState = (typeof rowStates)[number];

/** How many rows are in each state; together they are always all rows. */
export type RunTotals = Record<RowState, number>;

/**
 * What happens in a run, in order. Written before the act (`call-sending`) or right after it. `rows` are row numbers.
 * Times are milliseconds since 1970.
 */
export type RunEvent =
  | { type: 'started'; at: number }
  /** The annotations that were there before, on the tasks where nothing else can tell ours from others'. */
  | { type: 'baseline'; annotations: number[] }
  | { type: 'call-sending'; at: number; rows: number[] }
  /** A parsed 201 with exactly as many distinct ids as rows. The ids are not yet tied to rows. */
  | { type: 'call-answered'; rows: number[] }
  /** The server said no. Whether it did a part all the same is for the read-back to tell. */
  | { type: 'call-refused'; rows: number[]; reason: string }
  /** Nobody knows what became of it. */
  | { type: 'call-lost'; rows: number[]; reason: string }
  /** The server did not look at it (too large, too many requests, token not accepted): the rows wait again. */
  | { type: 'call-returned'; rows: number[] }
  /** Read back: the annotations of each row, by their ids. An empty list is proof that there is none. */
  | { type: 'read-back'; rows: number[]; annotations: number[][] }
  | { type: 'read-back-failed'; rows: number[]; reason: string }
  /** Proven missing, and it may be sent again. */
  | { type: 'queued-again'; rows: number[] }
  /** Rows that will not be sent in this go, and why. */
  | { type: 'left-unsent'; rows: number[]; reason: string }
  | { type: 'finished'; at: number };

/** Every row in one state, with what is known of it. Folded from the plan and the events, and from nothing else. */
export interface Account {
  /** Index into `rowStates`, by row. */
  state: Uint8Array;
  /** The annotation read back for a row; 0 where there is none. */
  annotation: Float64Array;
  /** All annotations of a duplicated row. */
  copies: Map<number, number[]>;
  /** Why a row is skipped, refused, not sent or unknown. */
  reason: Map<number, string>;
  /** Rows that were read back and had nothing there, since they were last sent. */
  missing: Set<number>;
  baseline: Set<number>;
  totals: RunTotals;
  callsSent: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

const code = Object.fromEntries(rowStates.map((state, index) => [state, index])) as Record<RowState, number>;

/** From which states an event may take a row elsewhere. Anything else is a mistake of ours. */
const allowed: Record<string, RowState[]> = {
  'call-sending': ['waiting', 'not-sent'],
  'call-answered': ['in-flight'],
  'call-refused': ['in-flight'],
  'call-lost': ['in-flight'],
  'call-returned': ['in-flight'],
  'queued-again': ['unknown', 'refused', 'not-sent'],
  'left-unsent': ['waiting', 'not-sent', 'unknown'],
  // While a call is in flight, that nothing is there yet proves nothing.
  'read-back': rowStates.filter((state) => state !== 'skipped' && state !== 'in-flight'),
  'read-back-failed': rowStates.filter((state) => state !== 'skipped' && state !== 'in-flight'),
};

/** The account before anything happened: every row waits, but those that the plan skips. */
export function openAccount(plan: Plan): Account {
  const { count } = plan.rows;
  const account: Account = {
    state: new Uint8Array(count),
    annotation: new Float64Array(count),
    copies: new Map(),
    reason: new Map(),
    missing: new Set(),
    baseline: new Set(),
    totals: { ...(Object.fromEntries(rowStates.map((state) => [state, 0])) as RunTotals), waiting: count },
    callsSent: 0,
    startedAt: undefined,
    endedAt: undefined,
  };
  for (const [row, reason] of plan.skips) move(account, row, 'skipped', reason);
  return account;
}

/** Takes one event into the account, in place: a million rows are not copied for each of a thousand calls. */
export function fold(account: Account, event: RunEvent): Account {
  switch (event.type) {
    case 'started':
      account.startedAt ??= event.at;
      account.endedAt = undefined;
      return account;
    case 'baseline':
      for (const id of event.annotations) account.baseline.add(id);
      return account;
    case 'call-sending':
      moveAll(account, event, 'in-flight');
      account.callsSent += 1;
      for (const row of event.rows) account.missing.delete(row);
      return account;
    case 'call-answered':
      return moveAll(account, event, 'answered');
    case 'call-refused':
      return moveAll(account, event, 'refused', event.reason);
    case 'call-lost':
      return moveAll(account, event, 'unknown', event.reason);
    case 'call-returned':
    case 'queued-again':
      return moveAll(account, event, 'waiting');
    case 'left-unsent':
      return moveAll(account, event, 'not-sent', event.reason);
    case 'read-back':
      refuseElsewhere(account, event);
      event.rows.forEach((row, index) => readBack(account, row, event.annotations[index]!));
      return account;
    case 'read-back-failed':
      refuseElsewhere(account, event);
      // A row that was read back before keeps its proof.
      for (const row of event.rows) account.missing.delete(row);
      for (const row of event.rows)
        if (isOpen(stateOf(account, row))) move(account, row, 'unknown', event.reason);
      return account;
    case 'finished':
      account.endedAt = event.at;
      return account;
  }
}

export function stateOf(account: Account, row: number): RowState {
  return rowStates[account.state[row]!]!;
}

/** All annotations of a row, as read back. */
export function annotationsOf(account: Account, row: number): number[] {
  const copies = account.copies.get(row);
  if (copies) return copies;
  const id = account.annotation[row]!;
  return id === 0 ? [] : [id];
}

function readBack(account: Account, row: number, annotations: number[]): void {
  const state = stateOf(account, row);
  if (annotations.length === 0) account.missing.add(row);
  else account.missing.delete(row);
  if (annotations.length === 1) {
    account.annotation[row] = annotations[0]!;
    account.copies.delete(row);
    move(account, row, 'created');
  } else if (annotations.length > 1) {
    account.annotation[row] = annotations[0]!;
    account.copies.set(row, annotations);
    move(account, row, 'duplicated', `${annotations.length} annotations of this run are on the task.`);
  } else if (state === 'answered') {
    move(account, row, 'unknown', 'The server answered that it was created, but it is not on the task.');
  } else if (state === 'created' || state === 'duplicated') {
    account.annotation[row] = 0;
    account.copies.delete(row);
    move(account, row, 'unknown', 'It was there, and at the last look it was gone.');
  }
}

/** Whether nothing about the row has been proven yet. A refusal counts: it may have left a part behind. */
function isOpen(state: RowState): boolean {
  return state === 'answered' || state === 'refused' || state === 'unknown';
}

function moveAll(
  account: Account,
  event: { type: string; rows: number[] },
  to: RowState,
  reason?: string,
): Account {
  refuseElsewhere(account, event);
  for (const row of event.rows) move(account, row, to, reason);
  return account;
}

/** @throws where a row is in a state that the event does not apply to; then none of its rows is moved */
function refuseElsewhere(account: Account, event: { type: string; rows: number[] }): void {
  const wrong = event.rows.find((row) => !allowed[event.type]?.includes(stateOf(account, row)));
  if (wrong === undefined) return;
  throw new Error(`Row ${wrong} is ${stateOf(account, wrong)}: ${event.type} does not apply to it.`);
}

function move(account: Account, row: number, to: RowState, reason?: string): void {
  account.totals[stateOf(account, row)] -= 1;
  account.totals[to] += 1;
  account.state[row] = code[to];
  if (reason === undefined) account.reason.delete(row);
  else account.reason.set(row, reason);
}
