import type { RunEvent } from '#domain/results/run-event.ts';
import type { RunStore } from '#run/store/run-store.ts';

/** Records read at a time, so that the journal of a large run is never in memory as a whole. */
const recordsAtATime = 1000;

/** Which records of a journal concern a row or a call. */
interface JournalIndex {
  runId: string;
  /** The number of the first record that isn’t indexed yet. */
  next: number;
  rows: Pairs;
  calls: Pairs;
}

/** Reads the events of single rows. The index of the latest run is kept. */
export class RowJournal {
  private readonly store: RunStore;
  private index: JournalIndex | undefined;
  private reading: Promise<JournalIndex> | undefined;

  constructor(store: RunStore) {
    this.store = store;
  }

  /** Events that may concern a row, oldest first: those of its calls and those that name it. */
  async eventsOf(runId: string, row: number): Promise<RunEvent[]> {
    const { rows, calls } = await this.indexOf(runId);
    const named = rows.recordsOf(row);
    const sent = (await this.store.recordsAt(runId, named)).flat();
    const records = new Set(named);
    for (const event of sent)
      if (event.type === 'call-sent' && event.call.rows.includes(row))
        for (const record of calls.recordsOf(event.call.id)) records.add(record);
    const numbers = [...records].toSorted((one, other) => one - other);
    return (await this.store.recordsAt(runId, numbers)).flat();
  }

  /** One reading at a time, because each continues after the previous one. */
  private async indexOf(runId: string): Promise<JournalIndex> {
    const before = this.reading?.catch(() => {});
    const reading = (async () => {
      await before;
      return this.read(runId);
    })();
    this.reading = reading;
    return reading;
  }

  private async read(runId: string): Promise<JournalIndex> {
    const last = (await this.store.lastRecord(runId)) ?? -1;
    // A run that was deleted and opened from its file has other records.
    const isKnown = this.index?.runId === runId && this.index.next <= last + 1;
    const index = isKnown ? this.index! : { runId, next: 0, rows: new Pairs(), calls: new Pairs() };
    this.index = undefined;
    while (index.next <= last) {
      const to = Math.min(index.next + recordsAtATime - 1, last);
      const numbers = Array.from({ length: to - index.next + 1 }, (_, at) => index.next + at);
      const records = await this.store.recordsAt(runId, numbers);
      records.forEach((events, at) => {
        for (const event of events) note(index, event, numbers[at]!);
      });
      index.next = to + 1;
    }
    this.index = index;
    return index;
  }
}

function note({ rows, calls }: JournalIndex, event: RunEvent, record: number): void {
  if (event.type === 'call-sent') for (const row of event.call.rows) rows.add(row, record);
  else if ('call' in event) calls.add(event.call, record);
  else if ('rows' in event) for (const row of event.rows) rows.add(row, record);
}

/** Pairs of a row or call and a record, in columns: a run of a million rows has millions of pairs. */
class Pairs {
  private keys = new Uint32Array(1 << 10);
  private records = new Uint32Array(1 << 10);
  private length = 0;

  add(key: number, record: number): void {
    if (this.length === this.keys.length) {
      this.keys = grown(this.keys);
      this.records = grown(this.records);
    }
    this.keys[this.length] = key;
    this.records[this.length] = record;
    this.length += 1;
  }

  /** Distinct records in order. Scanning a million pairs takes a millisecond. */
  recordsOf(key: number): number[] {
    const found: number[] = [];
    for (let at = this.keys.indexOf(key); at !== -1 && at < this.length; at = this.keys.indexOf(key, at + 1))
      if (found.at(-1) !== this.records[at]) found.push(this.records[at]!);
    return found;
  }
}

function grown(column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * column.length);
  larger.set(column);
  return larger;
}
