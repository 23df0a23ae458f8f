import type { Plan } from '#domain/plan/plan.ts';

/** A row is in exactly one state. The first three occur only while a run goes on. */
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

/** Rows in each state; they always add up to all rows. */
export type RunTotals = Record<RowState, number>;

/**
 * What happens in a run, in order: `call-sending` is stored before the call, the others right after the fact. `rows` are
 * row numbers; times are milliseconds since 1970.
 */
export type RunEvent =
  | { type: 'started'; at: number }
  /** The existing annotations of tasks where nothing else tells ours from others'. */
  | { type: 'baseline'; annotations: number[] }
  | { type: 'call-sending'; at: number; rows: number[] }
  /** A parsed 201 with exactly as many distinct IDs as rows. The IDs are not yet tied to rows. */
  | { type: 'call-answered'; rows: number[] }
  /** The server refused it. Only reading back shows whether it created some anyway. */
  | { type: 'call-refused'; rows: number[]; reason: string }
  /** No usable answer: it may have been carried out or not. */
  | { type: 'call-lost'; rows: number[]; reason: string }
  /** The server did not process it (too large, too many requests, token not accepted): the rows wait again. */
  | { type: 'call-returned'; rows: number[] }
  /** The annotation IDs of each row, as read back. An empty list proves that there is none. */
  | { type: 'read-back'; rows: number[]; annotations: number[][] }
  | { type: 'read-back-failed'; rows: number[]; reason: string }
  /** Proven missing or never sent: the rows wait again. */
  | { type: 'queued-again'; rows: number[] }
  /** Rows that will not be sent for now, with the reason. */
  | { type: 'left-unsent'; rows: number[]; reason: string }
  | { type: 'finished'; at: number };

/** Every row in one state, with what is known of it: the plan and the events, folded. */
export interface Account {
  /** Index into `rowStates`, by row. */
  state: Uint8Array;
  /** The annotation read back for a row, or 0. */
  annotation: Float64Array;
  /** All annotations of a duplicated row. */
  copies: Map<number, number[]>;
  /** Why a row is skipped, refused, not sent or unknown. */
  reason: Map<number, string>;
  /** Rows that were read back since they were last sent and had no annotation. */
  missing: Set<number>;
  baseline: Set<number>;
  totals: RunTotals;
  callsSent: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

const stateIndex = Object.fromEntries(rowStates.map((state, index) => [state, index])) as Record<
  RowState,
  number
>;

/** The states in which an event may change a row. Anything else is a bug. */
const allowedStates: Record<string, RowState[]> = {
  'call-sending': ['waiting', 'not-sent'],
  'call-answered': ['in-flight'],
  'call-refused': ['in-flight'],
  'call-lost': ['in-flight'],
  'call-returned': ['in-flight'],
  'queued-again': ['unknown', 'refused', 'not-sent'],
  'left-unsent': ['waiting', 'not-sent', 'unknown'],
  // While a call is in flight, finding nothing proves nothing.
  'read-back': rowStates.filter((state) => state !== 'skipped' && state !== 'in-flight'),
  'read-back-failed': rowStates.filter((state) => state !== 'skipped' && state !== 'in-flight'),
};

/** The account before the first event: every row is waiting, or skipped by the plan. */
export function newAccount(plan: Plan): Account {
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

/** Applies one event in place, so that a million rows are not copied for each of a thousand calls. */
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
      moveRows(account, event, 'in-flight');
      account.callsSent += 1;
      for (const row of event.rows) account.missing.delete(row);
      return account;
    case 'call-answered':
      return moveRows(account, event, 'answered');
    case 'call-refused':
      return moveRows(account, event, 'refused', event.reason);
    case 'call-lost':
      return moveRows(account, event, 'unknown', event.reason);
    case 'call-returned':
    case 'queued-again':
      return moveRows(account, event, 'waiting');
    case 'left-unsent':
      return moveRows(account, event, 'not-sent', event.reason);
    case 'read-back':
      assertAllowed(account, event);
      event.rows.forEach((row, index) => recordReadBack(account, row, event.annotations[index]!));
      return account;
    case 'read-back-failed':
      assertAllowed(account, event);
      // A row that was read back earlier keeps its state.
      for (const row of event.rows) account.missing.delete(row);
      for (const row of event.rows)
        if (isUnproven(stateOf(account, row))) move(account, row, 'unknown', event.reason);
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

function recordReadBack(account: Account, row: number, annotations: number[]): void {
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
    move(account, row, 'duplicated', `The task has ${annotations.length} annotations from this run.`);
  } else if (state === 'answered') {
    move(account, row, 'unknown', 'The server reported it as created, but it isn’t on the task.');
  } else if (state === 'created' || state === 'duplicated') {
    account.annotation[row] = 0;
    account.copies.delete(row);
    move(account, row, 'unknown', 'Created, but no longer on the server.');
  }
}

/** True if nothing about the row is proven. A refused row counts: some of it may have been created. */
function isUnproven(state: RowState): boolean {
  return state === 'answered' || state === 'refused' || state === 'unknown';
}

function moveRows(
  account: Account,
  event: { type: string; rows: number[] },
  to: RowState,
  reason?: string,
): Account {
  assertAllowed(account, event);
  for (const row of event.rows) move(account, row, to, reason);
  return account;
}

/** @throws if a row is in a state that the event does not apply to; then no row is changed */
function assertAllowed(account: Account, event: { type: string; rows: number[] }): void {
  const wrong = event.rows.find((row) => !allowedStates[event.type]?.includes(stateOf(account, row)));
  if (wrong === undefined) return;
  throw new Error(`Row ${wrong} is ${stateOf(account, wrong)}: ${event.type} does not apply.`);
}

function move(account: Account, row: number, to: RowState, reason?: string): void {
  account.totals[stateOf(account, row)] -= 1;
  account.totals[to] += 1;
  account.state[row] = stateIndex[to];
  if (reason === undefined) account.reason.delete(row);
  else account.reason.set(row, reason);
}
