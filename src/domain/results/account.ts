import { proofOfGroup, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { firstTasksPerCall, type Plan } from '#domain/plan/plan.ts';
import type { Call, FoundAnnotation, Refusal, Staging, StagingProblem } from './run-event.ts';

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

/** The plan and its events, folded by `fold-account.ts`: every row in one state, with what is known about it. Can be stored. */
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
  /** Calls don’t grow beyond this: less than any size that was refused as too large or, above the first size, got no answer. */
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
  /**
   * Rows whose last call was answered with no annotations: if they are there, Label Studio may not have updated its
   * counters. Missing in accounts of an earlier version.
   */
  uncounted?: Set<number>;
  /** Rows whose tasks were missing from an export. Missing in accounts of an earlier version. */
  withoutTask?: Set<number>;
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
export interface GroupRecord {
  accepted: boolean;
  /** Refused calls of a single row. */
  refusedAlone: number;
  /** Why its other rows aren’t sent. */
  givenUp: string | undefined;
}

/** The index of each state in `rowStates`. */
const stateIndex = Object.fromEntries(rowStates.map((state, index) => [state, index])) as RunTotals;

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

/** True for a row whose annotation isn’t on the server. */
export const isGone = (account: Account, row: number): boolean =>
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

/** Moves a row to a state, and keeps the totals. */
export function move(account: Account, row: number, to: RowState, reason?: string): void {
  account.totals[stateOf(account, row)] -= 1;
  account.totals[to] += 1;
  account.state[row] = stateIndex[to];
  account.notFoundAt?.delete(row);
  if (reason === undefined) account.reason.delete(row);
  else account.reason.set(row, reason);
}
