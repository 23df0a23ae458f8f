import { isJsonObject, type Json } from '#wire/json.ts';
import { limits } from '#wire/limits.ts';
import { locate } from '#domain/text/locate.ts';
import { TemplateTrie, maxEntryBytes } from '#domain/templates/template-trie.ts';
import { Slots } from '#domain/templates/slots.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { maxSampled, type Column } from './map-columns.ts';

/** Matches records that equal an earlier one byte for byte except for their task. */
export class RecordMatcher implements EntryMatcher {
  isMatched = false;
  /** Of the last match. */
  lineEnds = 0;
  readonly taskName: string | undefined;
  private readonly trie = new TemplateTrie(new Slots());
  /** Line ends inside the records of a template. */
  private readonly lineEndsIn: number[] = [];
  private readonly samples = new Map<string, Set<Json>>();

  /** `taskName` is the member with the task id; without it, no record matches. */
  constructor(taskName: string | undefined) {
    this.taskName = taskName;
  }

  /** The member names with their first distinct values. Matched records aren’t sampled. */
  columns(): Column[] {
    return [...this.samples].map(([name, samples]) => ({ name, samples: [...samples] }));
  }

  /** True if the records can’t be read: further names are then unknown. */
  get hasTooManyColumns(): boolean {
    return this.samples.size > limits.columns;
  }

  match(bytes: Bytes, at: number): number {
    const template = this.trie.match(bytes, at);
    if (template >= 0) this.lineEnds = this.lineEndsIn[template]!;
    return template;
  }

  /** Offset after the last matched record; `task` is its task id. */
  get end(): number {
    return this.trie.end;
  }

  get task(): number {
    return this.trie.task;
  }

  contentHash(): undefined {
    return undefined;
  }

  countLabels(): void {}

  read(record: Json): number {
    if (!isJsonObject(record)) return 0;
    for (const [name, value] of Object.entries(record)) {
      let seen = this.samples.get(name);
      if (seen === undefined) {
        if (this.hasTooManyColumns) break;
        this.samples.set(name, (seen = new Set()));
      }
      if (seen.size < maxSampled) seen.add(value);
    }
    const task = this.taskName === undefined ? undefined : record[this.taskName];
    return taskNumber(typeof task === 'string' && isDigits(task) ? Number(task) : (task ?? null));
  }

  learn(text: SourceText, record: Json, template: number): number {
    if (text.bytes.length > maxEntryBytes || this.trie.isFull) return template;
    const task = isJsonObject(record) && this.taskName !== undefined ? record[this.taskName] : undefined;
    if (task === undefined) return template;
    const [span] = locate(text.toString(), [{ path: [this.taskName!] }]);
    const inQuotes = typeof task === 'string' ? 1 : 0;
    const from = text.offsetOf(span!.from + inQuotes);
    const to = text.offsetOf(span!.to - inQuotes);
    const before = { kind: 'literal', bytes: text.bytes.subarray(0, from) } as const;
    const after = { kind: 'literal', bytes: text.bytes.subarray(to) } as const;
    this.trie.learn([before, { kind: 'task' }, after], template);
    this.lineEndsIn[template] = text.lineEndsBetween(0, text.bytes.length);
    return template;
  }
}

const isDigits = (words: string): boolean => /^[1-9]\d*$/.test(words);
