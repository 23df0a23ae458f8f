import { readJson, type Json } from '#wire/json.ts';
import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import { marksIn, type MarkBefore } from '#domain/text/line-marks.ts';
import { Backoff } from '#domain/templates/backoff.ts';
import { resized } from '#domain/text/resized.ts';
import { endsLine, type SourceText } from '#domain/text/source-text.ts';
import { TaskIdWriter, type TaskIds } from '#domain/requests/task-ids.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import type { Problem } from '#wire/problem.ts';

/** How a text is divided into entries. */
export interface Division {
  /** The offset behind the entry that begins at an offset. */
  endOf: (start: number) => number;
  /** Whether an entry that ends there has nothing behind it that belongs to it. */
  mayEndAt: (offset: number) => boolean;
}

/** The line of every entry is kept whose number is a whole multiple of this. */
export const entriesPerMark = 64;

/** Of entries that had to be read, as many characters are kept as JSON; others are read again when they are asked for. */
const maxKept = 20_000_000;

/**
 * Reads entries that stand one behind the other in a text. Each is either known by its looks or read as JSON; what was read
 * and is like no other is a template of its own.
 */
export class PieceReader {
  /** What is wrong with the writing, each with its entry; spans are in the units of that entry's text. */
  readonly problems: Problem[] = [];
  /** How many there are so far. */
  count = 0;
  private readonly text: SourceText;
  private readonly endOf: (start: number) => number;
  private readonly mayEndAt: (offset: number) => boolean;
  private readonly looks: EntryMatcher;
  private readonly pauses = new Backoff();
  private starts: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Of what stands in slots; empty until there is one. */
  private hashes: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private readonly templates = new CodeWriter();
  private readonly tasks = new TaskIdWriter();
  private readonly firsts: number[] = [];
  private readonly isLearned: boolean[] = [];
  private readonly isOneTask: boolean[] = [];
  /** How many lines end inside of an entry of each template: what stands in a slot ends none. */
  private readonly linesInside: number[] = [];
  private markLines: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Up to which offset line ends are counted, and the line there. */
  private counted = 0;
  private line = 1;
  private readonly kept = new Map<number, Json>();
  private charactersKept = 0;

  constructor(text: SourceText, { endOf, mayEndAt }: Division, looks: EntryMatcher) {
    this.text = text;
    this.endOf = endOf;
    this.mayEndAt = mayEndAt;
    this.looks = looks;
  }

  /**
   * Takes the entry that begins at an offset. Gives the offset behind it, or -1 where it is no JSON; an entry that is not
   * `isAlone` is then left out, for nobody knows where it ends.
   */
  take(start: number, isAlone: boolean): number {
    const { text, looks } = this;
    const mayBeKnown = text.isWellFormed && this.pauses.shouldTry;
    const template = mayBeKnown ? looks.match(text.bytes, start) : -1;
    if (template >= 0 && this.mayEndAt(looks.end)) {
      this.pauses.hit();
      const hash = looks.slotHash(template);
      if (hash !== undefined) this.keepHash(hash);
      this.add(start, looks.end, template, looks.task);
      return looks.end;
    }
    const end = this.endOf(start);
    const piece = text.part(start, end);
    const { value, problems } = readJson(piece.toString());
    if (value === undefined && !isAlone) return -1;
    for (const problem of problems) this.problems.push({ ...problem, entry: this.count });
    this.addRead(start, piece, value ?? null, problems.length === 0 && mayBeKnown);
    if (mayBeKnown) this.pauses.miss();
    return end;
  }

  finish(): Pieces {
    const { text, endOf, count, hashes, firsts, isOneTask, isLearned, kept } = this;
    return new Pieces({
      text,
      endOf,
      templates: this.templates.finish(count),
      tasks: this.tasks.finish(count),
      starts: this.starts.subarray(0, count),
      markLines: this.markLines.subarray(0, Math.ceil(count / entriesPerMark)),
      hashes,
      firsts,
      isOneTask,
      isLearned,
      kept,
    });
  }

  private addRead(start: number, piece: SourceText, value: Json, mayBeLearned: boolean): void {
    const { looks } = this;
    const template = this.firsts.length;
    const task = looks.read(value);
    const isLearned = mayBeLearned && looks.learn(piece, value, template);
    const mayBeKept = looks.keepsValue || !isLearned;
    if (mayBeKept && this.charactersKept + piece.bytes.length <= maxKept) {
      this.charactersKept += piece.bytes.length;
      this.kept.set(this.count, value);
    }
    this.firsts.push(this.count);
    this.isOneTask.push(task !== undefined);
    this.isLearned.push(isLearned);
    const end = start + piece.bytes.length;
    this.linesInside.push(this.text.lineEndsBetween(start, end));
    this.add(start, end, template, task ?? 0);
  }

  private add(start: number, end: number, template: number, task: number): void {
    const { count } = this;
    if (count === this.starts.length) this.reserve(start);
    this.starts[count] = start;
    for (let at = this.counted; at < start; at += 1) this.line += endsLine(this.text.bytes, at);
    if (count % entriesPerMark === 0) this.markLines[count / entriesPerMark] = this.line;
    this.line += this.linesInside[template]!;
    this.counted = end;
    this.templates.write(count, template);
    this.tasks.write(count, task);
    this.count += 1;
  }

  private keepHash(hash: number): void {
    if (this.count >= this.hashes.length) this.hashes = resized(this.hashes, this.starts.length + few);
    this.hashes[this.count] = hash;
  }

  /** Makes room for as many as there will be, if they go on as long as they were so far. */
  private reserve(at: number): void {
    const rest = this.count === 0 ? few : Math.ceil((this.text.bytes.length - at) / (at / this.count)) + few;
    const length = this.count + Math.ceil(rest * 1.02);
    this.starts = resized(this.starts, length);
    this.markLines = resized(this.markLines, Math.ceil(length / entriesPerMark));
    this.templates.reserve(length);
    this.tasks.reserve(length);
  }
}

const few = 1024;

interface Parts {
  text: SourceText;
  endOf: (start: number) => number;
  templates: Codes;
  tasks: TaskIds;
  starts: Uint32Array;
  markLines: Uint32Array;
  hashes: Uint32Array;
  firsts: number[];
  isOneTask: boolean[];
  isLearned: boolean[];
  kept: ReadonlyMap<number, Json>;
}

/** JSON values that stand one behind the other in a text, as far as they were read. */
export class Pieces {
  readonly length: number;
  readonly text: SourceText;
  readonly templates: Codes;
  /** The first entry of each template. */
  readonly firsts: readonly number[];
  /** Whether others were known by the first of a template. */
  readonly isLearned: readonly boolean[];
  /** Whether a template's entries name one task; then its id is in `tasks`, 0 where it is no id. */
  readonly isOneTask: readonly boolean[];
  readonly tasks: TaskIds;
  /** Where each begins. */
  readonly starts: Uint32Array;
  /** By `Looks.hashOfSaid`, of each entry that was known by its looks and says something beside its template. */
  readonly hashes: Uint32Array;
  /** Places whose line is known from the reading. */
  readonly markBefore: MarkBefore;
  private readonly endOf: (start: number) => number;
  private readonly kept: ReadonlyMap<number, Json>;

  constructor({
    text,
    endOf,
    templates,
    tasks,
    starts,
    markLines,
    hashes,
    firsts,
    isOneTask,
    isLearned,
    kept,
  }: Parts) {
    this.length = starts.length;
    this.text = text;
    this.templates = templates;
    this.firsts = firsts;
    this.isLearned = isLearned;
    this.isOneTask = isOneTask;
    this.tasks = tasks;
    this.starts = starts;
    this.hashes = hashes;
    this.markBefore = marksIn(markLines, (mark) => starts[mark * entriesPerMark]!);
    this.endOf = endOf;
    this.kept = kept;
  }

  /** What stands there; null where it is no JSON. */
  at(entry: number): Json {
    if (!(entry >= 0 && entry < this.length)) return null;
    const kept = this.kept.get(entry);
    return kept === undefined ? (readJson(this.pieceOf(entry).text.toString()).value ?? null) : kept;
  }

  /** Where an entry begins, and its text. */
  pieceOf(entry: number): JsonPart {
    const from = this.starts[entry]!;
    return { from, text: this.text.part(from, this.endOf(from)) };
  }
}
