import { limits } from '#wire/limits.ts';
import { count, figure } from '#wire/text/figures.ts';
import { kindOfReason } from './result-rows.ts';
import type { QueueReason, RunEvent } from './run-event.ts';

/** One line of the activity log. */
export interface ActivityEntry {
  /** The last time, if it happened several times in a row. */
  at: number;
  kind:
    | 'started'
    | 'stopped'
    | 'waiting'
    | 'answered'
    | 'checking'
    | 'trouble'
    | 'refused'
    | 'copies'
    | 'deleted'
    | 'token'
    | 'smaller'
    | 'finished';
  words: string;
}

/** Rows answered in each span of time since the run was started or resumed, without gaps. */
export interface Speed {
  from: number;
  /** The length of a span. */
  spanMs: number;
  rows: number[];
}

/** The activity log of a run for people: its events folded into a bounded list and a bounded speed curve. */
export class Activity {
  private readonly entries: Merged[] = [];
  /** Number of dropped entries after the first one. */
  earlier = 0;
  private readonly rowsOfCall = new Map<number, number>();
  private isAnswered = false;
  private isStarted = false;
  private curve: Speed | undefined;
  /** Rows of the last calls, newest last. */
  private readonly sent: number[] = [];

  static of(events: Iterable<RunEvent>): Activity {
    const activity = new Activity();
    for (const event of events) activity.add(event);
    return activity;
  }

  /** Newest first. */
  list(): ActivityEntry[] {
    return this.entries
      .map(({ at, kind, wordsFor, rows }) => ({ at, kind, words: wordsFor(rows) }))
      .toReversed();
  }

  /** Undefined before the first answer. */
  get speed(): Speed | undefined {
    return this.curve && { ...this.curve, rows: [...this.curve.rows] };
  }

  /** Rows that were sent last, newest first: some of each call. */
  latestRows(): number[] {
    return [...new Set(this.sent.toReversed())];
  }

  add(event: RunEvent): void {
    if (event.type === 'call-sent') return this.noteCall(event.call);
    if (event.type === 'staging-sent') return;
    this.measure(event);
    const entry = this.entryOf(event);
    if (entry) this.push({ at: event.at, ...entry });
    // An unconfirmed call may later prove to be processed or not.
    if ('call' in event && event.type !== 'call-unconfirmed') this.rowsOfCall.delete(event.call);
  }

  private noteCall({ id, rows }: { id: number; rows: number[] }): void {
    this.rowsOfCall.set(id, rows.length);
    this.sent.push(...rows.slice(0, rowsPerCall).toReversed());
    this.sent.splice(0, this.sent.length - limits.liveRows);
  }

  private push(entry: Merged): void {
    const last = this.entries.at(-1);
    if (last?.key === entry.key) {
      Object.assign(last, { at: entry.at, rows: last.rows + entry.rows, wordsFor: entry.wordsFor });
      return;
    }
    this.entries.push(entry);
    if (this.entries.length <= limits.listedActivity) return;
    // The first entry, the start of the run, stays.
    this.entries.splice(1, 1);
    this.earlier += 1;
  }

  private measure(event: Happened): void {
    if (event.type === 'started') this.curve = undefined;
    const rows =
      event.type === 'call-answered'
        ? (this.rowsOfCall.get(event.call) ?? 0)
        : event.type === 'refused'
          ? event.rows.length
          : 0;
    if (rows === 0) return;
    this.curve ??= { from: event.at, spanMs: firstSpanMs, rows: [] };
    const { curve } = this;
    for (; (event.at - curve.from) / curve.spanMs >= limits.speedSpans; curve.spanMs *= 2)
      curve.rows = inPairs(curve.rows);
    const span = Math.max(0, Math.floor((event.at - curve.from) / curve.spanMs));
    while (curve.rows.length <= span) curve.rows.push(0);
    curve.rows[span]! += rows;
  }

  private entryOf(event: Happened): Omit<Merged, 'at'> | undefined {
    const ofCall = 'call' in event ? (this.rowsOfCall.get(event.call) ?? 0) : 0;
    switch (event.type) {
      case 'started': {
        const words = this.isStarted ? 'Continued' : 'Started. The plan is saved in this browser';
        this.isStarted = true;
        return once('started', words);
      }
      case 'baseline':
        return many(
          'checking',
          'baseline',
          event.tasks.length,
          (tasks) => `Read ${count(tasks, 'task')} as they were before`,
        );
      case 'call-answered': {
        const isFirst = !this.isAnswered;
        this.isAnswered = true;
        return isFirst ? once('answered', `First ${count(ofCall, 'annotation')} created`) : undefined;
      }
      case 'call-refused':
        if (event.refusal.tooLarge && ofCall > 1) {
          const next = Math.ceil(ofCall / 2);
          return once('smaller', `Too large for the server: ${count(next, 'task')} at a time from here`);
        }
        if (ofCall <= 1) return undefined;
        return many(
          'trouble',
          `split ${kindOfReason(event.reason)}`,
          ofCall,
          (rows) => `The server refused ${count(rows, 'row')} at once; finding out which of them`,
        );
      case 'call-unconfirmed':
        return many(
          'trouble',
          `unconfirmed ${kindOfReason(event.reason)}`,
          ofCall,
          (rows) => `No usable answer for ${count(rows, 'row')}: ${event.reason}`,
        );
      case 'call-not-processed':
        return many(
          'waiting',
          'not-processed',
          ofCall,
          (rows) => `${count(rows, 'row')} didn’t reach the server: ${event.reason}`,
        );
      case 'read-back': {
        const copies = event.found.filter((found) => found.length > 1).length;
        if (copies > 0)
          return many(
            'copies',
            'copies',
            copies,
            (rows) => `${count(rows, 'task has', 'tasks have')} the annotation more than once`,
          );
        return many(
          'checking',
          'read-back',
          event.rows.length,
          (rows) => `Checked ${count(rows, 'row')} on the server`,
        );
      }
      case 'read-back-failed':
        return many(
          'trouble',
          `unread ${kindOfReason(event.reason)}`,
          event.rows.length,
          (rows) => `Couldn’t check ${count(rows, 'row')}: ${event.reason}`,
        );
      case 'suspects':
        return many(
          'copies',
          'suspects',
          event.rows.length,
          (rows) => `${count(rows, 'task has', 'tasks have')} a new annotation that may be a second copy`,
        );
      case 'not-found':
        return many(
          'trouble',
          'not-found',
          event.rows.length,
          (rows) => `${count(rows, 'row')} not found on the server`,
        );
      case 'refused': {
        const [first] = event.rows;
        return many('refused', `refused ${kindOfReason(event.reason)}`, event.rows.length, (rows) =>
          rows === 1
            ? `Row ${figure(first! + 1)} refused: ${event.reason}`
            : `${count(rows, 'row')} refused: ${event.reason}`,
        );
      }
      case 'queued': {
        const words = queueWords[event.why];
        if (words === undefined) return undefined;
        return many('waiting', event.why, event.rows.length, (rows) => `${count(rows, 'row')} ${words}`);
      }
      case 'left-unsent':
        return many(
          'stopped',
          `left ${kindOfReason(event.reason)}`,
          event.rows.length,
          (rows) => `${count(rows, 'row')} not sent: ${event.reason.replace(/^Not sent( yet)?: /, '')}`,
        );
      case 'undo-started':
        return once('deleted', event.copiesOnly ? 'Started to delete the extra copies' : 'Undo started');
      case 'deleted':
        return many(
          'deleted',
          'deleted',
          event.annotations.length,
          (rows) => `${count(rows, 'annotation')} deleted`,
        );
      case 'undo-finished': {
        const kept = event.kept.reduce((sum, { rows }) => sum + rows, 0);
        return once(
          'finished',
          kept === 0 ? 'Deleting finished' : `Deleting finished; ${count(kept, 'row')} kept`,
        );
      }
      case 'looked-again':
        return once('checking', 'Looked once more for late copies');
      case 'stopped':
        return once('stopped', event.by === 'this-tab' ? 'Stopped by you' : 'Stopped from another tab');
      case 'throttled': {
        const wait = count(Math.ceil(event.seconds), 'second');
        return once(
          'waiting',
          event.asked
            ? `Waiting ${wait}, as the server asked`
            : `Waiting ${wait}: the server had too many requests`,
        );
      }
      case 'token-renewed':
        return once('token', 'Access token renewed');
      case 'finished':
        return once('finished', 'Finished');
      case 'staging-failed':
        return event.refused
          ? many(
              'refused',
              `staging ${kindOfReason(event.reason)}`,
              event.refused.length,
              (rows) => `${count(rows, 'row')} refused: ${event.reason}`,
            )
          : many('trouble', `staging ${kindOfReason(event.reason)}`, 1, () => event.reason);
      case 'swept':
        return event.predictions === 0
          ? undefined
          : many(
              'checking',
              'swept',
              event.predictions,
              (predictions) => `Removed ${count(predictions, 'temporary prediction')}`,
            );
      case 'sweep-failed':
        return many(
          'trouble',
          'sweep-failed',
          1,
          () => `Temporary predictions couldn’t be removed: ${event.reason}`,
        );
      case 'summary-refreshed':
        return event.failed === undefined
          ? once('checking', 'The project’s summary was refreshed')
          : once('trouble', `The project’s summary couldn’t be refreshed: ${event.failed}`);
      case 'staging-counted':
      case 'delete-sent':
        return undefined;
    }
  }
}

type Happened = Exclude<RunEvent, { type: 'call-sent' | 'staging-sent' }>;

/** Consecutive entries with the same key become one. */
interface Merged extends Pick<ActivityEntry, 'at' | 'kind'> {
  key: string;
  rows: number;
  wordsFor: (rows: number) => string;
}

const once = (kind: ActivityEntry['kind'], words: string) => ({
  kind,
  key: words,
  rows: 1,
  wordsFor: () => words,
});

const many = (
  kind: ActivityEntry['kind'],
  key: string,
  rows: number,
  wordsFor: (rows: number) => string,
) => ({ kind, key, rows, wordsFor });

const queueWords: Record<QueueReason, string | undefined> = {
  split: undefined,
  'safe-to-repeat': 'are sent again: the server refuses a second copy',
  resumed: 'that were not sent wait again',
  'asked-for': 'are sent again, because you asked for it',
};

/** Number of rows per call among the latest ones. */
const rowsPerCall = 12;

const firstSpanMs = 1000;

/** Half as many spans of twice the length. */
const inPairs = (rows: number[]): number[] =>
  Array.from(
    { length: Math.ceil(rows.length / 2) },
    (_, pair) => rows[2 * pair]! + (rows[2 * pair + 1] ?? 0),
  );
