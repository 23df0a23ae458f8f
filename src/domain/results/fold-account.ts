import { firstTasksPerCall } from '#domain/plan/plan.ts';
import type { Call, FoundAnnotation, Refusal, RunEvent, Staging, StagingProblem } from './run-event.ts';
import {
  foundOf,
  isGone,
  lookDueAt,
  move,
  rowStates,
  stateOf,
  type Account,
  type GroupRecord,
  type OpenCall,
  type RowState,
} from './account.ts';

/** A group is given up after this many refused calls of a single row, if no call of it was accepted. */
const maxRefusedAlone = 10;

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
      if (event.isNothing && account.staged)
        account.staged.uncounted = new Set([...(account.staged.uncounted ?? []), ...call.rows]);
      account.tasksPerCall = halved(account.tasksPerCall, call.rows.length);
      // Calls of this size may be too large for a gateway, so they don’t grow to it again.
      if (call.rows.length > firstTasksPerCall)
        account.maxTasksPerCall = Math.min(
          account.maxTasksPerCall,
          Math.max(firstTasksPerCall, Math.ceil(call.rows.length / 2)),
        );
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
      if (event.isTaskGone && account.staged)
        account.staged.withoutTask = new Set([...(account.staged.withoutTask ?? []), ...event.rows]);
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
        account.staged?.withoutTask?.delete(row);
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
  for (const row of call.rows) {
    account.callOf[row] = call.id;
    account.staged?.uncounted?.delete(row);
  }
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

/**
 * Grows the size 2 to 10 times after a full call that was answered fast, towards calls of `fastMs`; at most twice after
 * trouble. Halves it after a slow call.
 */
function afterAnswer(account: Account, { rows, sentAt }: Call, at: number): number {
  const { tasksPerCall, maxTasksPerCall, hadTrouble } = account;
  const duration = at - sentAt;
  if (duration > slowMs) return halved(tasksPerCall, rows.length);
  const isFast = duration < fastMs && rows.length >= tasksPerCall;
  const factor = Math.min(Math.max(2, Math.floor(fastMs / duration)), hadTrouble ? 2 : 10);
  return isFast ? Math.min(factor * rows.length, maxTasksPerCall) : tasksPerCall;
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
