import { isJsonObject, type Json } from '#wire/json.ts';
import { locate } from '#domain/text/locate.ts';
import { TemplateTrie, maxEntryBytes } from '#domain/templates/template-trie.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { maxSampled, type Column } from './map-columns.ts';

/** Knows records by those that were read before: what looks the same but for its task is of one kind. */
export class RecordMatcher implements EntryMatcher {
  readonly keepsValue = true;
  readonly taskName: string | undefined;
  private readonly trie = new TemplateTrie();
  private readonly samples = new Map<string, Set<Json>>();

  /** `taskName` is the name under which records name their task; without one, no record is known by another. */
  constructor(taskName: string | undefined) {
    this.taskName = taskName;
  }

  /** The names that records have, each with what they first say under it; what looks like another one is not looked at. */
  columns(): Column[] {
    return [...this.samples].map(([name, samples]) => ({ name, samples: [...samples] }));
  }

  match(bytes: Bytes, at: number): number {
    return this.trie.match(bytes, at);
  }

  /** Of the record that was matched last: the offset behind it, and its task. */
  get end(): number {
    return this.trie.end;
  }

  get task(): number {
    return this.trie.task;
  }

  slotHash(): undefined {
    return undefined;
  }

  read(record: Json): number {
    if (!isJsonObject(record)) return 0;
    for (const [name, value] of Object.entries(record)) {
      const seen = this.samples.get(name) ?? new Set();
      if (seen.size < maxSampled) seen.add(value);
      this.samples.set(name, seen);
    }
    const task = this.taskName === undefined ? undefined : record[this.taskName];
    return taskNumber(typeof task === 'string' && isDigits(task) ? Number(task) : (task ?? null));
  }

  learn(text: SourceText, record: Json, template: number): boolean {
    if (text.bytes.length > maxEntryBytes || this.trie.isFull) return false;
    const task = isJsonObject(record) && this.taskName !== undefined ? record[this.taskName] : undefined;
    if (task === undefined) return false;
    const [span] = locate(text.toString(), [{ path: [this.taskName!] }]);
    const inQuotes = typeof task === 'string' ? 1 : 0;
    const from = text.offsetOf(span!.from + inQuotes);
    const to = text.offsetOf(span!.to - inQuotes);
    const before = { kind: 'literal', bytes: text.bytes.subarray(0, from) } as const;
    const behind = { kind: 'literal', bytes: text.bytes.subarray(to) } as const;
    this.trie.learn([before, { kind: 'task' }, behind], template);
    return true;
  }
}

const isDigits = (words: string): boolean => /^[1-9]\d*$/.test(words);
