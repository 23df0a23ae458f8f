import { isId } from '#wire/bulk-request.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import { marksIn, type MarkBefore } from '#domain/text/line-marks.ts';
import { Backoff } from '#domain/templates/backoff.ts';
import { resized } from '#domain/text/resized.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { TaskIdWriter, type TaskIds } from '#domain/requests/task-ids.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import type { Problem } from '#wire/problem.ts';

/** Where entries start and end in a text. */
export interface EntryBounds {
  /** The offset after the entry that starts at an offset. */
  endOf: (start: number) => number;
  /** True if an entry may end at an offset. */
  mayEndAt: (offset: number) => boolean;
}

/** The line of every 64th entry is stored. */
export const entriesPerMark = 64;

/** Parsed values are kept for up to this many bytes of text; others are parsed again on demand. */
const maxKept = 20_000_000;

/** Reads consecutive entries of a text. Each either matches a template, or is parsed and becomes a new template. */
export class EntryReader {
  /** Syntax errors with their entries; spans are in the units of the entry’s text. */
  readonly problems: Problem[] = [];
  /** Entries read so far. */
  count = 0;
  private readonly text: SourceText;
  private readonly endOf: (start: number) => number;
  private readonly mayEndAt: (offset: number) => boolean;
  private readonly matcher: EntryMatcher;
  private readonly backoff = new Backoff();
  private starts: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Content hashes by entry; empty before the first one. */
  private hashes: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private regionHashes: Int32Array<ArrayBuffer> = new Int32Array(0);
  private readonly templates = new CodeWriter();
  private readonly tasks = new TaskIdWriter();
  private readonly firsts: number[] = [];
  private readonly isOneTask: boolean[] = [];
  private markLines: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Line ends are counted up to this offset, which is on this line. */
  private counted = 0;
  private line = 1;
  private readonly kept = new Map<number, Json>();
  private charactersKept = 0;

  constructor(text: SourceText, { endOf, mayEndAt }: EntryBounds, matcher: EntryMatcher) {
    this.text = text;
    this.endOf = endOf;
    this.mayEndAt = mayEndAt;
    this.matcher = matcher;
  }

  /**
   * Reads the entry at an offset. Returns the offset after it, or -1 if it isn’t JSON. Then it is dropped unless it
   * `isAlone` on its line, because its end is unknown.
   */
  take(start: number, isAlone: boolean): number {
    const { text, matcher } = this;
    const mayBeKnown = text.isWellFormed && this.backoff.shouldTry;
    const template = mayBeKnown ? matcher.match(text.bytes, start) : -1;
    if (template >= 0 && this.mayEndAt(matcher.end)) {
      this.backoff.hit();
      this.addMatched(start, matcher.end, template, matcher.task);
      return matcher.end;
    }
    const end = this.endOf(start);
    const piece = text.part(start, end);
    const { value, problems } = readJson(piece.toString());
    if (value === undefined && !isAlone) return -1;
    for (const problem of problems) this.problems.push({ ...problem, entry: this.count });
    this.addRead(start, piece, value ?? null, problems.length === 0 && mayBeKnown);
    if (mayBeKnown) this.backoff.miss();
    return end;
  }

  /** Steps over a value between entries, of which it is known how many line ends it has. */
  pass(from: number, to: number, lineEnds: number): void {
    this.line += this.text.lineEndsBetween(this.counted, from) + lineEnds;
    this.counted = to;
  }

  finish(): ReadEntries {
    const { text, endOf, count, hashes, regionHashes, firsts, isOneTask, kept } = this;
    return new ReadEntries({
      reader: this,
      text,
      endOf,
      templates: this.templates.finish(count),
      tasks: this.tasks.finish(count),
      starts: this.starts.subarray(0, count),
      markLines: this.markLines.subarray(0, Math.ceil(count / entriesPerMark)),
      hashes,
      regionHashes,
      firsts,
      isOneTask,
      kept,
    });
  }

  private addRead(start: number, piece: SourceText, value: Json, mayBeLearnt: boolean): void {
    const { matcher } = this;
    const next = this.firsts.length;
    const task = matcher.read(value);
    const template = mayBeLearnt ? matcher.learn(piece, value, next) : next;
    if (template === next) {
      if (this.charactersKept + piece.bytes.length <= maxKept) {
        this.charactersKept += piece.bytes.length;
        this.kept.set(this.count, value);
      }
      this.firsts.push(this.count);
      this.isOneTask.push(task !== undefined);
    }
    const end = start + piece.bytes.length;
    if (mayBeLearnt && matcher.isMatched) this.addMatched(start, end, template, task ?? 0);
    else this.add(start, end, template, task ?? 0, this.text.lineEndsBetween(start, end));
  }

  /** Adds the last matched entry. */
  private addMatched(start: number, end: number, template: number, task: number): void {
    const { matcher } = this;
    const hash = matcher.contentHash(template);
    if (hash !== undefined) this.keepHash(hash, matcher.regionsHash);
    if (isId(task)) matcher.countLabels(template, this.count);
    this.add(start, end, template, task, matcher.lineEnds);
  }

  private add(start: number, end: number, template: number, task: number, lineEnds: number): void {
    const { count } = this;
    if (count === this.starts.length) this.reserve(start);
    this.starts[count] = start;
    this.line += this.text.lineEndsBetween(this.counted, start);
    if (count % entriesPerMark === 0) this.markLines[count / entriesPerMark] = this.line;
    this.line += lineEnds;
    this.counted = end;
    this.templates.write(count, template);
    this.tasks.write(count, task);
    this.count += 1;
  }

  private keepHash(hash: number, ofRegions: number): void {
    if (this.count >= this.hashes.length) {
      this.hashes = resized(this.hashes, this.starts.length + minReserve);
      this.regionHashes = resized(this.regionHashes, this.hashes.length);
    }
    this.hashes[this.count] = hash;
    this.regionHashes[this.count] = ofRegions;
  }

  /** Reserves space for the entries expected from the average length so far. */
  private reserve(at: number): void {
    const rest =
      this.count === 0
        ? minReserve
        : Math.ceil((this.text.bytes.length - at) / (at / this.count)) + minReserve;
    const length = this.count + Math.ceil(rest * 1.02);
    this.starts = resized(this.starts, length);
    this.markLines = resized(this.markLines, Math.ceil(length / entriesPerMark));
    this.templates.reserve(length);
    this.tasks.reserve(length);
  }
}

const minReserve = 1024;

interface Parts {
  reader: EntryReader;
  text: SourceText;
  endOf: (start: number) => number;
  templates: Codes;
  tasks: TaskIds;
  starts: Uint32Array;
  markLines: Uint32Array;
  hashes: Uint32Array;
  regionHashes: Int32Array;
  firsts: number[];
  isOneTask: boolean[];
  kept: ReadonlyMap<number, Json>;
}

/** Consecutive JSON values of a text. */
export class ReadEntries {
  readonly length: number;
  readonly text: SourceText;
  readonly templates: Codes;
  /** The first entry of each template. */
  readonly firsts: readonly number[];
  /** By template: true if its entries name one task; its ID is then in `tasks`, 0 if invalid. */
  readonly isOneTask: readonly boolean[];
  readonly tasks: TaskIds;
  /** The offset of each entry. */
  readonly starts: Uint32Array;
  /** `EntryMatcher.contentHash` of each matched entry whose template doesn’t decide its content. */
  readonly hashes: Uint32Array;
  readonly regionHashes: Int32Array;
  /** Offsets with a known line. */
  readonly markBefore: MarkBefore;
  /** Prevents V8 from dropping the class’s optimised code, as in `read-table.ts`. */
  readonly reader: EntryReader;
  private readonly endOf: (start: number) => number;
  private readonly kept: ReadonlyMap<number, Json>;

  constructor(parts: Parts) {
    this.reader = parts.reader;
    const { text, endOf, templates, tasks, starts, markLines, firsts, isOneTask, kept } = parts;
    this.length = starts.length;
    this.text = text;
    this.templates = templates;
    this.firsts = firsts;
    this.isOneTask = isOneTask;
    this.tasks = tasks;
    this.starts = starts;
    this.hashes = parts.hashes;
    this.regionHashes = parts.regionHashes;
    this.markBefore = marksIn(markLines, (mark) => starts[mark * entriesPerMark]!);
    this.endOf = endOf;
    this.kept = kept;
  }

  /** The entry as JSON; null if it isn’t valid. */
  at(entry: number): Json {
    if (!(entry >= 0 && entry < this.length)) return null;
    const kept = this.kept.get(entry);
    return kept === undefined ? (readJson(this.partOf(entry).text.toString()).value ?? null) : kept;
  }

  /** The offset and text of an entry. */
  partOf(entry: number): JsonPart {
    const from = this.starts[entry]!;
    return { from, text: this.text.part(from, this.endOf(from)) };
  }
}
