import { proofOfGroup, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { firstTasksPerCall, type Plan } from '#domain/plan/plan.ts';
import type { Call, FoundAnnotation, Refusal, RunEvent, Staging, StagingProblem } from './run-event.ts';

/** A row is in exactly one state. The first three occur only during a run. */
export const rowStates = [
  'waiting',
  'in-flight',
  'unconfirmed',
  'created',
  'skipped',
  'refused',
  'duplicated',
  'never-sent',
  'not-found',
  'unknown',
  'deleted',
] as const;
export type RowState = (typeof rowStates)[number];

/** Rows in each state; they always add up to all rows. */
export type RunTotals = Record<RowState, number>;

/** The plan and its events, folded: every row in one state, with what is known about it. Can be stored. */
export interface Account {
  /** Index into `rowStates`, by row. */
  state: Uint8Array;
  /** The annotation read back for a row, or 0; its last change in microseconds; a hash of its result. */
  annotation: Float64Array;
  updatedAt: Float64Array;
  resultHash: Float64Array;
  /** All annotations of a duplicated row. */
  copies: Map<number, FoundAnnotation[]>;
  /** New annotations on the row’s task that may be second copies or someone else’s. */
  suspects: Map<number, number[]>;
  /** Why a row is skipped, refused, not sent, not found or unknown. */
  reason: Map<number, string>;
  /** When missing rows were last looked for. Missing in accounts of an earlier version. */
  notFoundAt?: Map<number, number>;
  totals: RunTotals;
  /** The last call of each row, or 0. */
  callOf: Uint32Array;
  /** Calls with rows in flight or unconfirmed. */
  openCalls: Map<number, OpenCall>;
  /** Groups whose rows are proven only by our own complete answer, and the IDs in these answers by call. */
  groupsByAnswer: Set<number>;
  answeredIds: Map<number, number[]>;
  /** IDs that a server answered for a selection, and that belong to no row. */
  extra: Set<number>;
  /** By row: the number of its calls without a usable answer, which may have been processed. */
  timesUnconfirmed: Map<number, number>;
  groups: Map<number, GroupRecord>;
  /** Tasks whose annotations were recorded before the first call, and these annotations. */
  baseline: { tasks: Set<number>; annotations: Set<number> };
  callsSent: number;
  /**
   * Calls without a usable answer that were sent after the last one with a usable answer, in sending order, because
   * missing answers are noticed late.
   */
  unconfirmedInARow: number[];
  /** When all calls so far have settled. */
  settledAfter: number;
  /** True if any call had another answer than a complete 201. */
  hadTrouble: boolean;
  /** True if any call was sent straight from the browser, which may send it twice. */
  sentDirectly: boolean;
  /** Tasks in the next call, adapted to the answers so far; a route may set a lower limit. */
  tasksPerCall: number;
  /** The largest size that the server hasn’t refused. */
  maxTasksPerCall: number;
  /** Rows of a refused call: how many of them now share a call. */
  splitSize: Map<number, number>;
  /** When all sent rows were last checked together, or 0. */
  lookedAgainAt: number;
  /**
   * When a read last showed an annotation that earlier reads agreed was gone. Missing in accounts of an earlier
   * version.
   */
  reappearedAt?: number;
  /** When to look for late copies; undefined if that is unnecessary or done. */
  secondLookAt: number | undefined;
  /** What the run put on the server besides annotations. Undefined if nothing was staged. */
  staged?: StagedRecord;
  /** The last undo; without an end it was interrupted. */
  undo: UndoRecord | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

export interface OpenCall {
  call: Call;
  /** - `in-flight`: not answered yet; `answered`: a complete 201; `refused`, `unconfirmed`: as the event says */
  outcome: 'in-flight' | 'answered' | 'refused' | 'unconfirmed';
  reason: string;
  refusal: Refusal | undefined;
  /** Number of its unconfirmed rows. */
  openRows: number;
}

export interface StagedRecord {
  /** Stagings with predictions that may be on the server. */
  open: Map<number, OpenStaging>;
  /** All projects with staged rows. */
  projects: Set<number>;
  /** Projects whose summary doesn’t count all annotations of the run; with the reason if refreshing failed. */
  unrefreshed: Map<number, string | undefined>;
  /** Maximum number of rows in the next one, adapted to those so far. */
  maxRows: number;
}

export interface OpenStaging {
  staging: Staging;
  /** Why it can’t be used; undefined if its rows may be turned into annotations. */
  problem: StagingProblem | undefined;
  /** True if all of its predictions were on the server, so that its import has ended. */
  isCounted: boolean;
  /** Why its predictions couldn’t be deleted, if that failed. */
  sweepFailed: string | undefined;
}

export interface UndoRecord {
  request: { rows: number[]; copiesOnly: boolean };
  startedAt: number;
  endedAt: number | undefined;
  kept: { reason: string; rows: number }[];
}

/** What the answers so far show about a group. */
interface GroupRecord {
  accepted: boolean;
  /** Refused calls of a single row. */
  refusedAlone: number;
  /** Why its other rows aren’t sent. */
  givenUp: string | undefined;
}

/** A group is given up after this many refused calls of a single row, if no call of it was accepted. */
const maxRefusedAlone = 10;

const stateIndex = Object.fromEntries(rowStates.map((state, index) => [state, index])) as RunTotals;

/** The states in which an event may apply to a row. Anything else is a bug. */
const allowedStates: Record<string, readonly RowState[]> = {
  'call-sent': ['waiting'],
  'staging-sent': ['waiting'],
  'staging-failed': ['waiting'],
  // While a call is in flight, finding nothing proves nothing. Rows of a call that are read back leave it one by one.
  'read-back': rowStates.filter(
    (state) => state !== 'skipped' && state !== 'in-flight' && state !== 'waiting',
  ),
  'read-back-failed': rowStates.filter((state) => state !== 'skipped' && state !== 'in-flight'),
  suspects: rowStates,
  'not-found': ['unconfirmed', 'unknown', 'not-found', 'created', 'duplicated'],
  refused: ['unconfirmed', 'refused'],
  queued: ['unconfirmed', 'never-sent', 'not-found', 'refused'],
  'left-unsent': ['waiting', 'never-sent'],
  'undo-started': rowStates.filter((state) => state !== 'in-flight' && state !== 'unconfirmed'),
  'delete-sent': ['created', 'duplicated'],
  deleted: ['created', 'duplicated'],
};

/** The account before the first event: every row is waiting, or skipped by the plan. */
export function newAccount({ rows: { count }, groups, skips }: Plan): Account {
  const account: Account = {
    state: new Uint8Array(count),
    annotation: new Float64Array(count),
    updatedAt: new Float64Array(count),
    resultHash: new Float64Array(count),
    copies: new Map(),
    suspects: new Map(),
    reason: new Map(),
    notFoundAt: new Map(),
    totals: { ...(Object.fromEntries(rowStates.map((state) => [state, 0])) as RunTotals), waiting: count },
    callOf: new Uint32Array(count),
    openCalls: new Map(),
    groupsByAnswer: new Set(),
    answeredIds: new Map(),
    extra: new Set(),
    timesUnconfirmed: new Map(),
    groups: new Map(),
    baseline: { tasks: new Set(), annotations: new Set() },
    callsSent: 0,
    unconfirmedInARow: [],
    settledAfter: 0,
    hadTrouble: false,
    sentDirectly: false,
    tasksPerCall: firstTasksPerCall,
    maxTasksPerCall: Infinity,
    splitSize: new Map(),
    lookedAgainAt: 0,
    secondLookAt: undefined,
    undo: undefined,
    startedAt: undefined,
    endedAt: undefined,
  };
  for (const [row, reason] of skips) move(account, row, 'skipped', reason);
  for (let group = 0; group < groups.count; group += 1)
    if (proofOfGroup(groups, group) === 'answer') account.groupsByAnswer.add(group);
  return account;
}

/** @throws if the event doesn’t apply to the account, which is a bug; nothing is changed then */
export function assertApplies(account: Account, event: RunEvent): void {
  const rows = rowsOf(account, event);
  const allowed = allowedStates[event.type];
  const wrong = allowed && rows.find((row) => !allowed.includes(stateOf(account, row)));
  if (wrong !== undefined)
    throw new Error(`Row ${wrong} is ${stateOf(account, wrong)}: ${event.type} does not apply.`);
}

/** Applies one event in place, so that a million rows aren’t copied for each of a thousand calls. */
export function fold(account: Account, event: RunEvent): Account {
  assertApplies(account, event);
  switch (event.type) {
    case 'started':
      account.startedAt ??= event.at;
      account.endedAt = undefined;
      account.unconfirmedInARow = [];
      return account;
    case 'baseline':
      for (const task of event.tasks) account.baseline.tasks.add(task);
      for (const id of event.annotations) account.baseline.annotations.add(id);
      return account;
    case 'call-sent':
      return beginCall(account, event.call);
    case 'call-answered': {
      const { call } = settle(account, event.call, 'answered', '');
      endTrouble(account, call.id);
      if (account.groupsByAnswer.has(call.group)) account.answeredIds.set(call.id, event.ids);
      account.tasksPerCall = afterAnswer(account, call, event.at);
      recordOf(account, call.group).accepted = true;
      return moveAll(account, openRowsOf(account, call), 'unconfirmed');
    }
    case 'call-refused':
      return refuse(account, event.call, event.reason, event.refusal);
    case 'call-unconfirmed': {
      const { call } = settle(account, event.call, 'unconfirmed', event.reason);
      account.unconfirmedInARow.push(call.id);
      account.hadTrouble = true;
      for (const id of event.ids ?? []) account.extra.add(id);
      account.tasksPerCall = halved(account.tasksPerCall, call.rows.length);
      for (const row of openRowsOf(account, call)) {
        move(account, row, 'unconfirmed', event.reason);
        countUnconfirmed(account, row, 1);
      }
      return account;
    }
    case 'call-not-processed': {
      const { call, outcome } = openCall(account, event.call);
      const rows = openRowsOf(account, call);
      account.openCalls.delete(call.id);
      if (outcome === 'unconfirmed') for (const row of rows) countUnconfirmed(account, row, -1);
      return moveAll(account, rows, 'waiting');
    }
    case 'staging-sent':
      return beginStaging(account, event.staging);
    case 'staging-counted':
      endTrouble(account, event.staging);
      account.staged!.open.get(event.staging)!.isCounted = true;
      return account;
    case 'staging-failed':
      for (const row of event.refused ?? []) close(account, row, 'refused', event.reason);
      return endStaging(account, event.staging, event.problem);
    case 'swept':
      account.staged?.open.delete(event.staging);
      return account;
    case 'sweep-failed': {
      const left = account.staged?.open.get(event.staging);
      if (left) left.sweepFailed = event.reason;
      return account;
    }
    case 'summary-refreshed':
      if (event.failed === undefined) account.staged?.unrefreshed.delete(event.project);
      else account.staged?.unrefreshed.set(event.project, event.failed);
      return account;
    case 'read-back':
      event.rows.forEach((row, index) => {
        const found = event.found[index]!;
        if (found.length > 0 && isGone(account, row)) account.reappearedAt = event.at;
        recordFound(account, row, found);
      });
      return account;
    case 'read-back-failed':
      for (const row of event.rows)
        if (stateOf(account, row) === 'unconfirmed') close(account, row, 'unknown', event.reason);
      return account;
    case 'suspects':
      event.rows.forEach((row, index) => account.suspects.set(row, event.annotations[index]!));
      return account;
    case 'not-found':
      account.notFoundAt ??= new Map();
      for (const row of event.rows) {
        close(account, row, 'not-found', notFoundReason(account, row));
        account.notFoundAt.set(row, event.at);
      }
      return account;
    case 'refused':
      for (const row of event.rows) {
        close(account, row, 'refused', event.reason);
        account.timesUnconfirmed.delete(row);
      }
      return account;
    case 'queued':
      if (event.why === 'split') {
        const size = Math.ceil(event.rows.length / 2);
        for (const row of event.rows) account.splitSize.set(row, size);
      }
      for (const row of event.rows) close(account, row, 'waiting');
      return account;
    case 'left-unsent':
      // A row that waits to be repeated may be on the server already.
      for (const row of event.rows)
        move(account, row, account.timesUnconfirmed.has(row) ? 'unknown' : 'never-sent', event.reason);
      return account;
    case 'undo-started': {
      const { rows, copiesOnly } = event;
      account.undo = { request: { rows, copiesOnly }, startedAt: event.at, endedAt: undefined, kept: [] };
      return account;
    }
    case 'undo-finished':
      account.undo = account.undo && { ...account.undo, endedAt: event.at, kept: event.kept };
      return account;
    case 'delete-sent':
    case 'stopped':
    case 'throttled':
    case 'token-renewed':
      return account;
    case 'deleted':
      return recordDeleted(account, event.rows, event.annotations);
    case 'looked-again':
      account.lookedAgainAt = event.at;
      account.secondLookAt = lookDueAt(account);
      return account;
    case 'finished':
      account.endedAt = event.at;
      account.secondLookAt = event.secondLookAt;
      return account;
  }
}

/** After contradictory reads, the time until reads are trusted again: database replicas lag by seconds. */
const disagreementMs = 60_000;

/**
 * When all sent rows should be checked together, in milliseconds since 1970; undefined if there is no reason to, or it
 * was done. Sheaf’s own server forwards one copy only, so an undisturbed run through it can have no late ones.
 */
export function lookDueAt(account: Account): number | undefined {
  const { sentDirectly, hadTrouble, lookedAgainAt, reappearedAt, settledAfter } = account;
  if (!sentDirectly && !hadTrouble && reappearedAt === undefined) return undefined;
  const dueAt = Math.max(settledAfter, reappearedAt === undefined ? 0 : reappearedAt + disagreementMs);
  return lookedAgainAt < dueAt ? dueAt : undefined;
}

export const stateOf = (account: Account, row: number): RowState => rowStates[account.state[row]!]!;

const isGone = (account: Account, row: number): boolean =>
  ['not-found', 'deleted'].includes(stateOf(account, row));

/** All annotations of a row, as read back. */
export function annotationsOf(account: Account, row: number): number[] {
  return foundOf(account, row).map(({ id }) => id);
}

/** The same with the data that shows later changes. */
export function foundOf(account: Account, row: number): FoundAnnotation[] {
  const copies = account.copies.get(row);
  if (copies) return copies;
  const id = account.annotation[row]!;
  return id === 0 ? [] : [{ id, updatedAt: account.updatedAt[row]!, resultHash: account.resultHash[row]! }];
}

/** Why no more rows of a group are sent; undefined if they are. */
export const whyGivenUp = (account: Account, group: number): string | undefined =>
  account.groups.get(group)?.givenUp;

/** The waiting rows of a group in source order. */
export const waitingRows = ({ state }: Account, { groups }: Plan, group: number): Uint32Array =>
  rowsOfGroup(groups, group).filter((row) => state[row] === stateIndex.waiting);

/** The rows in any of these states. */
export function rowsIn({ state }: Account, ...states: RowState[]): number[] {
  const wanted = states.map((name) => stateIndex[name]);
  const rows: number[] = [];
  for (let row = 0; row < state.length; row += 1) if (wanted.includes(state[row]!)) rows.push(row);
  return rows;
}

/** The rows changed by an event. */
function rowsOf(account: Account, event: RunEvent): number[] {
  if ('rows' in event) return event.rows;
  if (event.type === 'staging-sent') return event.staging.rows;
  if (event.type === 'staging-failed') return event.refused ?? [];
  if (!('call' in event)) return [];
  if (typeof event.call !== 'number') return event.call.rows;
  return openRowsOf(account, openCall(account, event.call).call);
}

/** The undecided rows of a call: after a crash, some may have been read back. */
const openRowsOf = (account: Account, { rows }: Call): number[] =>
  rows.filter((row) => ['in-flight', 'unconfirmed'].includes(stateOf(account, row)));

function beginCall(account: Account, call: Call): Account {
  account.callsSent = Math.max(account.callsSent, call.id);
  account.settledAfter = Math.max(account.settledAfter, call.settledAfter);
  if (!call.isRemembered) account.sentDirectly = true;
  account.openCalls.set(call.id, {
    call,
    outcome: 'in-flight',
    reason: '',
    refusal: undefined,
    openRows: call.rows.length,
  });
  for (const row of call.rows) account.callOf[row] = call.id;
  const staging = account.staged?.open.get(call.staging ?? 0)?.staging;
  if (staging) account.staged?.unrefreshed.set(staging.project, undefined);
  return moveAll(account, call.rows, 'in-flight');
}

function beginStaging(account: Account, staging: Staging): Account {
  const { id, project } = staging;
  account.callsSent = Math.max(account.callsSent, id);
  account.settledAfter = Math.max(account.settledAfter, staging.settledAfter);
  if (!staging.isRemembered) account.sentDirectly = true;
  account.staged ??= { open: new Map(), projects: new Set(), unrefreshed: new Map(), maxRows: Infinity };
  account.staged.open.set(id, { staging, problem: undefined, isCounted: false, sweepFailed: undefined });
  account.staged.projects.add(project);
  return account;
}

function endStaging(account: Account, id: number, problem: StagingProblem): Account {
  const { staged } = account;
  const open = staged?.open.get(id);
  if (!open) throw new Error(`Staging ${id} is not open.`);
  open.problem = problem;
  const { rows } = open.staging;
  const half = Math.ceil(rows.length / 2);
  if (problem === 'some-refused') for (const row of rows) account.splitSize.set(row, half);
  if (problem === 'too-large') staged!.maxRows = half;
  if (problem === 'unclear') {
    account.unconfirmedInARow.push(id);
    account.hadTrouble = true;
    if (rows.length > smallCall) staged!.maxRows = Math.min(staged!.maxRows, half);
  }
  return account;
}

function refuse(account: Account, id: number, reason: string, refusal: Refusal): Account {
  const open = settle(account, id, 'refused', reason);
  open.refusal = refusal;
  endTrouble(account, id);
  account.hadTrouble = true;
  const { rows, group } = open.call;
  if (refusal.tooLarge) {
    account.maxTasksPerCall = Math.min(account.maxTasksPerCall, Math.ceil(rows.length / 2));
    account.tasksPerCall = Math.min(account.tasksPerCall, account.maxTasksPerCall);
  }
  const record = recordOf(account, group);
  if (rows.length === 1) record.refusedAlone += 1;
  const isHopeless = !record.accepted && record.refusedAlone >= maxRefusedAlone;
  if (refusal.concernsGroup || isHopeless)
    record.givenUp ??= `Not sent: the server refused another part of this request. ${reason}`;
  return moveAll(account, openRowsOf(account, open.call), 'unconfirmed', reason);
}

/** Lost answers don’t make calls of this size smaller. */
const smallCall = 10;
const fastMs = 2_000;
const slowMs = 20_000;

/** Doubles the size after a full call that was answered fast, and halves it after a slow one. */
function afterAnswer({ tasksPerCall, maxTasksPerCall }: Account, { rows, sentAt }: Call, at: number): number {
  const duration = at - sentAt;
  if (duration > slowMs) return halved(tasksPerCall, rows.length);
  const isFast = duration < fastMs && rows.length >= tasksPerCall;
  return isFast ? Math.min(2 * rows.length, maxTasksPerCall) : tasksPerCall;
}

const halved = (tasksPerCall: number, rows: number): number =>
  rows <= smallCall ? tasksPerCall : Math.min(tasksPerCall, Math.ceil(rows / 2));

function settle(account: Account, id: number, outcome: OpenCall['outcome'], reason: string): OpenCall {
  const open = openCall(account, id);
  open.outcome = outcome;
  open.reason = reason;
  return open;
}

function endTrouble(account: Account, usable: number): void {
  account.unconfirmedInARow = account.unconfirmedInARow.filter((id) => id > usable);
}

function countUnconfirmed({ timesUnconfirmed }: Account, row: number, more: 1 | -1): void {
  const times = (timesUnconfirmed.get(row) ?? 0) + more;
  if (times > 0) timesUnconfirmed.set(row, times);
  else timesUnconfirmed.delete(row);
}

function openCall(account: Account, id: number): OpenCall {
  const open = account.openCalls.get(id);
  if (!open) throw new Error(`Call ${id} is not open.`);
  return open;
}

function recordOf(account: Account, group: number): GroupRecord {
  const record = account.groups.get(group) ?? { accepted: false, refusedAlone: 0, givenUp: undefined };
  account.groups.set(group, record);
  return record;
}

/** Records what was read back. Finding nothing changes no row: only `not-found`, `refused` or `queued` do. */
function recordFound(account: Account, row: number, found: FoundAnnotation[]): void {
  const [first, ...more] = found;
  if (first === undefined) return;
  if (account.extra.size > 0) for (const { id } of found) account.extra.delete(id);
  const before = foundOf(account, row);
  // A later read may show someone’s changes.
  const asVerified = (one: FoundAnnotation) => before.find(({ id }) => id === one.id) ?? one;
  const { id, updatedAt, resultHash } = asVerified(first);
  account.annotation[row] = id;
  account.updatedAt[row] = updatedAt;
  account.resultHash[row] = resultHash;
  if (more.length === 0) {
    account.copies.delete(row);
    return close(account, row, 'created');
  }
  account.copies.set(row, found.map(asVerified));
  close(account, row, 'duplicated', `The task has ${found.length} annotations of this row.`);
}

function recordDeleted(account: Account, rows: number[], annotations: number[]): Account {
  const gone = new Set(annotations);
  for (const row of rows) {
    const left = foundOf(account, row).filter(({ id }) => !gone.has(id));
    if (left.length > 0) recordFound(account, row, left);
    else {
      account.copies.delete(row);
      close(account, row, 'deleted');
    }
  }
  return account;
}

function notFoundReason(account: Account, row: number): string {
  const state = stateOf(account, row);
  if (state === 'created' || state === 'duplicated')
    return 'It was verified before, and is no longer on the server.';
  const isAnswered = account.openCalls.get(account.callOf[row]!)?.outcome === 'answered';
  if (isAnswered) return 'The server answered that it was created, but it wasn’t on the task.';
  return account.reason.get(row) ?? 'It wasn’t on the task.';
}

/** Moves a row to a state without an open call. */
function close(account: Account, row: number, to: RowState, reason?: string): void {
  const call = account.callOf[row]!;
  const wasOpen = stateOf(account, row) === 'unconfirmed';
  move(account, row, to, reason);
  if (to !== 'created' && to !== 'duplicated') {
    if (to !== 'deleted') account.annotation[row] = 0;
    account.copies.delete(row);
  }
  if (!wasOpen) return;
  const open = account.openCalls.get(call);
  if (!open) return;
  open.openRows -= 1;
  if (open.openRows === 0) account.openCalls.delete(call);
}

function moveAll(account: Account, rows: number[], to: RowState, reason?: string): Account {
  for (const row of rows) move(account, row, to, reason);
  return account;
}

function move(account: Account, row: number, to: RowState, reason?: string): void {
  account.totals[stateOf(account, row)] -= 1;
  account.totals[to] += 1;
  account.state[row] = stateIndex[to];
  account.notFoundAt?.delete(row);
  if (reason === undefined) account.reason.delete(row);
  else account.reason.set(row, reason);
}
