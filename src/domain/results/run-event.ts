/**
 * The events of a run, in order. `call-sent` is stored before the call is made, the others right after the fact. `rows`
 * are row numbers, `at` is in milliseconds since 1970.
 */
export type RunEvent =
  | { type: 'started'; at: number }
  /** Annotations without regions that were on the tasks before the first call, for rows without other proof. */
  | { type: 'baseline'; at: number; tasks: number[]; annotations: number[] }
  | { type: 'call-sent'; call: Call }
  /** A parsed 201 with exactly as many distinct IDs as rows. The IDs aren’t assigned to rows yet. */
  | { type: 'call-answered'; call: number; at: number; ids: number[] }
  /**
   * A refusal that depends on the body (400, 404, 409, 413), so that a second copy would get the same. Believed once a
   * read-back shows nothing.
   */
  | { type: 'call-refused'; call: number; at: number; reason: string; refusal: Refusal }
  /**
   * An answer that depends on the moment, or none: a copy of the call may be carried out, or may have been. `ids`: those of a
   * 201 with another number of IDs than tasks. `isNothing`: a staged call was answered with no annotations.
   */
  | {
      type: 'call-unconfirmed';
      call: number;
      at: number;
      reason: string;
      ids?: number[];
      isNothing?: boolean;
    }
  /** Sheaf’s own server proves that it wasn’t processed: the rows wait again. */
  | { type: 'call-not-processed'; call: number; at: number; reason: string }
  /**
   * These rows are about to be imported as predictions of a separate version. They still wait: nothing is created yet.
   */
  | { type: 'staging-sent'; staging: Staging }
  /** The server’s count shows that all of its predictions exist, each once. */
  | { type: 'staging-counted'; staging: number; at: number }
  /** Nothing is created from it. `refused`: rows that the server hasn’t accepted; the others wait. */
  | {
      type: 'staging-failed';
      staging: number;
      at: number;
      reason: string;
      problem: StagingProblem;
      refused?: number[];
    }
  /** The server says that its predictions are gone, or never existed. */
  | { type: 'swept'; staging: number; at: number; predictions: number }
  | { type: 'sweep-failed'; staging: number; at: number; reason: string }
  /** The project’s summary counts what the run has created; `failed` says why it may not. */
  | { type: 'summary-refreshed'; project: number; at: number; failed?: string }
  /** The result of a read-back. */
  | { type: 'read-back'; at: number; rows: number[]; found: FoundAnnotation[][] }
  | { type: 'read-back-failed'; at: number; rows: number[]; reason: string; isTaskGone?: boolean }
  /** New annotations without regions that may be second copies of ours or someone else’s. */
  | { type: 'suspects'; at: number; rows: number[]; annotations: number[][] }
  /** Two reads after the call had settled found nothing. */
  | { type: 'not-found'; at: number; rows: number[] }
  /** The server’s refusal of these rows is confirmed. */
  | { type: 'refused'; at: number; rows: number[]; reason: string }
  /** The rows are sent again: parts of a refused call, rows that can be repeated safely, or by a person’s decision. */
  | { type: 'queued'; at: number; rows: number[]; why: QueueReason }
  | { type: 'left-unsent'; at: number; rows: number[]; reason: string }
  /** All annotations of these rows are to be deleted, or all but the first of each. */
  | { type: 'undo-started'; at: number; rows: number[]; copiesOnly: boolean }
  /** These annotations are about to be deleted. */
  | { type: 'delete-sent'; at: number; rows: number[]; annotations: number[] }
  /** A read-back shows that these annotations are gone. */
  | { type: 'deleted'; at: number; rows: number[]; annotations: number[] }
  /** What was kept, and why. */
  | { type: 'undo-finished'; at: number; kept: { reason: string; rows: number }[] }
  /** The second look for late copies, after the last call has settled. */
  | { type: 'looked-again'; at: number }
  /** A person stopped sending, in the tab of the run or in another one. */
  | { type: 'stopped'; at: number; by: 'this-tab' | 'another-tab' }
  /** No call is sent for this time: requested by the server, or our own pause after a 429 without a time. */
  | { type: 'throttled'; at: number; seconds: number; asked: boolean }
  | { type: 'token-renewed'; at: number }
  /** Every row is in a final state. `secondLookAt`: when late copies can be looked for. */
  | { type: 'finished'; at: number; secondLookAt?: number };

export type QueueReason = 'split' | 'safe-to-repeat' | 'resumed' | 'asked-for';

/** One HTTP request that creates annotations, for some rows of one group. */
export interface Call {
  /** Counts from 1 in each run. */
  id: number;
  group: number;
  rows: number[];
  sentAt: number;
  /** Until then the server, or a gateway in front of it, may be working on a copy of it. */
  settledAfter: number;
  /** Sent through Sheaf’s own server, which knows its outcome and forwards no second copy. */
  isRemembered?: true;
  /**
   * Turns predictions of this staging into annotations; its rows may be of any groups, and `group` is that of the
   * first.
   */
  staging?: number;
}

/** Rows imported as predictions, to be turned into annotations by one call. No task twice. Numbered like calls. */
export interface Staging extends Omit<Call, 'group' | 'staging'> {
  project: number;
}

/**
 * - `too-large`: the server refuses it as a whole
 * - `some-refused`: the server refuses some of its rows
 * - `given-up`: the import wasn’t processed, or the rows that the server hasn’t accepted are known
 * - `unclear`: the number of predictions differs from its rows, or a copy of the import may still be processed
 */
export type StagingProblem = 'too-large' | 'some-refused' | 'given-up' | 'unclear';

export interface Refusal {
  status: number;
  /** True if it is too large as a whole. */
  tooLarge: boolean;
  /** True if the server named a field that every call of the group has. */
  concernsGroup: boolean;
}

/** An annotation as read back, with data that shows later changes. */
export interface FoundAnnotation {
  id: number;
  /** Microseconds since 1970; 0 if unknown. */
  updatedAt: number;
  /** A hash of its result. */
  resultHash: number;
}
