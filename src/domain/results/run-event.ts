/**
 * What happens in a run, in order. `call-sent` is stored before the call is made, the others right after the fact. `rows`
 * are row numbers, `at` milliseconds since 1970.
 */
export type RunEvent =
  | { type: 'started'; at: number }
  /** The annotations without regions that were on the tasks before the first call, where nothing else tells ours apart. */
  | { type: 'baseline'; at: number; tasks: number[]; annotations: number[] }
  | { type: 'call-sent'; call: Call }
  /** A parsed 201 with exactly as many distinct IDs as rows; the IDs are not yet tied to rows. */
  | { type: 'call-answered'; call: number; at: number; ids: number[] }
  /**
   * A refusal that depends on the body (400, 404, 409, 413), so that a second copy would get the same. Believed once a
   * read-back shows nothing.
   */
  | { type: 'call-refused'; call: number; at: number; reason: string; refusal: Refusal }
  /**
   * An answer that depends on the moment, or none: a copy of the call may be carried out, or may have been. `ids`: those of a
   * 201 with another number of IDs than tasks.
   */
  | { type: 'call-unconfirmed'; call: number; at: number; reason: string; ids?: number[] }
  /** Proven not to have been carried out, by Sheaf’s own server: the rows wait again. */
  | { type: 'call-not-processed'; call: number; at: number; reason: string }
  /** These rows are about to be imported as predictions of a version of their own. They go on waiting: nothing is created yet. */
  | { type: 'staging-sent'; staging: Staging }
  /** By the server’s own count all of its predictions are there, each once. */
  | { type: 'staging-counted'; staging: number; at: number }
  /** Nothing is created of it. `refused`: its rows that the server hasn’t taken; the others wait. */
  | {
      type: 'staging-failed';
      staging: number;
      at: number;
      reason: string;
      problem: StagingProblem;
      refused?: number[];
    }
  /** The server says that its predictions are gone, or never were there. */
  | { type: 'swept'; staging: number; at: number; predictions: number }
  | { type: 'sweep-failed'; staging: number; at: number; reason: string }
  /** The project’s summary counts what the run has created; with `failed`, why it may not. */
  | { type: 'summary-refreshed'; project: number; at: number; failed?: string }
  /** What was read back. */
  | { type: 'read-back'; at: number; rows: number[]; found: FoundAnnotation[][] }
  | { type: 'read-back-failed'; at: number; rows: number[]; reason: string }
  /** New annotations without regions that may be second copies of ours, but may be someone else’s. */
  | { type: 'suspects'; at: number; rows: number[]; annotations: number[][] }
  /** Two reads after the call had settled found nothing. */
  | { type: 'not-found'; at: number; rows: number[] }
  /** The server’s refusal of these rows is believed. */
  | { type: 'refused'; at: number; rows: number[]; reason: string }
  /** The rows are sent once more: parts of a refused call, rows that may be repeated safely, or because a person says so. */
  | { type: 'queued'; at: number; rows: number[]; why: QueueReason }
  | { type: 'left-unsent'; at: number; rows: number[]; reason: string }
  /** All annotations of these rows are to be deleted, or all but the first of each. */
  | { type: 'undo-started'; at: number; rows: number[]; copiesOnly: boolean }
  /** These annotations are about to be deleted. */
  | { type: 'delete-sent'; at: number; rows: number[]; annotations: number[] }
  /** Read back: these annotations are gone. */
  | { type: 'deleted'; at: number; rows: number[]; annotations: number[] }
  /** What was kept, and why. */
  | { type: 'undo-finished'; at: number; kept: { reason: string; rows: number }[] }
  /** The second look for late copies, after the last call has settled. */
  | { type: 'looked-again'; at: number }
  /** Nothing more is sent, because a person said so: in the tab that carries the run out, or in another one. */
  | { type: 'stopped'; at: number; by: 'this-tab' | 'another-tab' }
  /** No call is sent for so long: as the server asked for, or by ourselves after a 429 that names no time. */
  | { type: 'throttled'; at: number; seconds: number; asked: boolean }
  | { type: 'token-renewed'; at: number }
  /** Every row is in a final state. `secondLookAt`: when late copies of its calls can be looked for. */
  | { type: 'finished'; at: number; secondLookAt?: number };

export type QueueReason = 'split' | 'safe-to-repeat' | 'resumed' | 'asked-for';

/** One HTTP request that creates annotations, for some rows of one group. */
export interface Call {
  /** Counts from 1 in each run. */
  id: number;
  group: number;
  rows: number[];
  sentAt: number;
  /** Until then the server, or a gateway before it, may still be working on a copy of it. */
  settledAfter: number;
  /** It went through Sheaf’s own server, which knows what became of it and lets no second copy through. */
  isRemembered?: true;
  /** It turns predictions of this staging into annotations; then its rows are of any groups, and `group` is that of the first. */
  staging?: number;
}

/** Rows that are imported as predictions, to be turned into annotations by one call. No task twice. Numbered like calls. */
export interface Staging extends Omit<Call, 'group' | 'staging'> {
  project: number;
}

/**
 * - `too-large`: the server refuses it as a whole
 * - `some-refused`: of some of its rows
 * - `given-up`: the import was not carried out, or the rows that the server hasn’t taken are known
 * - `unclear`: more or fewer predictions are there than it has rows, or a copy of the import may still be carried out
 */
export type StagingProblem = 'too-large' | 'some-refused' | 'given-up' | 'unclear';

export interface Refusal {
  status: number;
  /** It is too large as a whole. */
  tooLarge: boolean;
  /** The server named a field that every call of the group has. */
  concernsGroup: boolean;
}

/** An annotation as it was read back, with what tells later whether it was changed. */
export interface FoundAnnotation {
  id: number;
  /** Microseconds since 1970; 0 if the server doesn’t say. */
  updatedAt: number;
  /** A hash of its result. */
  resultHash: number;
}
