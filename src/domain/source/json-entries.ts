import { ExactNumber, readJson, type Json, type JsonFault } from '#wire/json.ts';
import { CodeWriter, type Codes } from '../codes.ts';
import type { ConfigOf } from '../config-of.ts';
import { contentKey, type Contents } from '../contents.ts';
import { namesOneTask, type Entries } from '../entries.ts';
import { RequestFrames, saysSame } from '../frames/request-frames.ts';
import { marksIn, type MarkBefore } from '../line-marks.ts';
import { Pauses } from '../pauses.ts';
import { resized } from '../resized.ts';
import { endsLine, type SourceText } from '../source-text.ts';
import { TaskIdWriter, type TaskIds } from '../task-ids.ts';
import { skipValue } from './skip-bytes.ts';

/** What was read of one entry, and what is wrong with its writing: offsets in it, in units. */
export interface EntryFault {
  entry: number;
  fault: JsonFault;
}

/** How a text is divided into entries. */
export interface Division {
  /** The offset behind the entry that begins at an offset. */
  endOf: (start: number) => number;
  /** Whether an entry that ends there has nothing behind it that belongs to it. */
  mayEndAt: (offset: number) => boolean;
}

/** The line of every entry is kept whose number is a whole multiple of this. */
export const entriesPerMark = 64;

/** Of requests that had to be read, as many characters are kept as JSON; others are read again when they are asked for. */
const mostKept = 20_000_000;

/**
 * Requests that stand one behind the other in a text. Each is either known by its looks (see RequestFrames) or read; what was
 * read and is like no other is a frame of its own.
 */
export class JsonEntriesWriter {
  readonly faults: EntryFault[] = [];
  /** How many there are so far. */
  count = 0;
  private readonly text: SourceText;
  private readonly endOf: (start: number) => number;
  private readonly mayEndAt: (offset: number) => boolean;
  private readonly known: RequestFrames;
  private readonly pauses = new Pauses();
  private starts: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Of what stands in holes; empty until there is one. */
  private hashes: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private readonly frames = new CodeWriter();
  private readonly tasks = new TaskIdWriter();
  private readonly firsts: number[] = [];
  private readonly isLearned: boolean[] = [];
  private readonly isOneTask: boolean[] = [];
  /** How many lines end inside of an entry of each frame: what stands in a hole ends none. */
  private readonly linesInside: number[] = [];
  private markLines: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Up to which offset line ends are counted, and the line there. */
  private counted = 0;
  private line = 1;
  private readonly kept = new Map<number, Json>();
  private charactersKept = 0;

  constructor(text: SourceText, { endOf, mayEndAt }: Division, configOf: ConfigOf | undefined) {
    this.text = text;
    this.endOf = endOf;
    this.mayEndAt = mayEndAt;
    this.known = new RequestFrames(configOf);
  }

  /**
   * Takes the entry that begins at an offset. Gives the offset behind it, or -1 where it is no JSON; an entry that is not
   * `isAlone` is then left out, for nobody knows where it ends.
   */
  take(start: number, isAlone: boolean): number {
    const { text, known } = this;
    const mayBeKnown = text.isWellFormed && this.pauses.isOver;
    const frame = mayBeKnown ? known.match(text.bytes, start) : -1;
    if (frame >= 0 && this.mayEndAt(known.end)) {
      this.pauses.hit();
      if (known.hasHoles(frame)) this.keepHash(known.hashOfSaid(frame));
      this.add(start, known.end, frame, known.task);
      return known.end;
    }
    const end = this.endOf(start);
    const piece = text.part(start, end);
    const { value, faults } = readJson(piece.toString());
    if (value === undefined && !isAlone) return -1;
    for (const fault of faults) this.faults.push({ entry: this.count, fault });
    this.addRead(start, piece, value ?? null, faults.length === 0 && mayBeKnown);
    if (mayBeKnown) this.pauses.missed();
    return end;
  }

  finish(): JsonEntries {
    const { text, endOf, known, firsts, isOneTask, isLearned, kept } = this;
    const frames = this.frames.finish(this.count);
    const tasks = this.tasks.finish(this.count);
    const starts = this.starts.subarray(0, this.count);
    const markLines = this.markLines.subarray(0, Math.ceil(this.count / entriesPerMark));
    const { hashes } = this;
    return new JsonEntries({
      text,
      endOf,
      known,
      frames,
      tasks,
      starts,
      markLines,
      hashes,
      firsts,
      isOneTask,
      isLearned,
      kept,
    });
  }

  private addRead(start: number, piece: SourceText, value: Json, mayBeLearned: boolean): void {
    const frame = this.firsts.length;
    const isOne = namesOneTask(value);
    // What is learned is changed by every look at others, so it is not kept.
    const isLearned = mayBeLearned && this.known.learn(piece, value, frame);
    if (!isLearned && this.charactersKept + piece.bytes.length <= mostKept) {
      this.charactersKept += piece.bytes.length;
      this.kept.set(this.count, value);
    }
    this.firsts.push(this.count);
    this.isOneTask.push(isOne);
    this.isLearned.push(isLearned);
    const end = start + piece.bytes.length;
    this.linesInside.push(this.text.lineEndsBetween(start, end));
    this.add(start, end, frame, isOne ? taskNumber((value as { task: Json }).task) : 0);
  }

  private add(start: number, end: number, frame: number, task: number): void {
    const { count } = this;
    if (count === this.starts.length) this.reserve(start);
    this.starts[count] = start;
    for (let at = this.counted; at < start; at += 1) this.line += endsLine(this.text.bytes, at);
    if (count % entriesPerMark === 0) this.markLines[count / entriesPerMark] = this.line;
    this.line += this.linesInside[frame]!;
    this.counted = end;
    this.frames.write(count, frame);
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
    this.frames.reserve(length);
    this.tasks.reserve(length);
  }
}

const few = 1024;

/** A whole number; 0 for anything else, and about right beyond 2^53. */
function taskNumber(task: Json): number {
  const number = task instanceof ExactNumber ? Number(task.text) : task;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : 0;
}

interface Parts {
  text: SourceText;
  endOf: (start: number) => number;
  known: RequestFrames;
  frames: Codes;
  tasks: TaskIds;
  starts: Uint32Array;
  markLines: Uint32Array;
  /** Of what stands in the holes of each entry that was known by its looks. */
  hashes: Uint32Array;
  firsts: number[];
  isOneTask: boolean[];
  isLearned: boolean[];
  kept: ReadonlyMap<number, Json>;
}

export class JsonEntries implements Entries {
  readonly length: number;
  readonly frames: Codes;
  readonly tasks: TaskIds;
  readonly firsts: readonly number[];
  /** Places whose line is known from the reading. */
  readonly markBefore: MarkBefore;
  private readonly parts: Parts;
  private found: Contents | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
    this.length = parts.starts.length;
    this.frames = parts.frames;
    this.tasks = parts.tasks;
    this.firsts = parts.firsts;
    this.markBefore = marksIn(parts.markLines, (mark) => parts.starts[mark * entriesPerMark]!);
  }

  at(entry: number): Json {
    if (!(entry >= 0 && entry < this.length)) return null;
    const kept = this.parts.kept.get(entry);
    return kept === undefined ? (readJson(this.pieceOf(entry).text.toString()).value ?? null) : kept;
  }

  /** Where an entry begins, and its text. */
  pieceOf(entry: number): { from: number; text: SourceText } {
    const { text, starts, endOf } = this.parts;
    const from = starts[entry]!;
    return { from, text: text.part(from, endOf(from)) };
  }

  namesOneTask(frame: number): boolean {
    return this.parts.isOneTask[frame]!;
  }

  taskAt(entry: number): Json {
    const { known, text, starts, isLearned } = this.parts;
    const frame = this.frames[entry]!;
    if (!isLearned[frame] || known.match(text.bytes, starts[entry]!) !== frame)
      return (this.at(entry) as { task: Json }).task;
    const { taskFrom } = known;
    return readJson(text.slice(taskFrom, skipValue(text.bytes, taskFrom))).value ?? null;
  }

  contents(): Contents {
    this.found ??= this.findContents();
    return this.found;
  }

  private findContents(): Contents {
    const { frames, length } = this;
    const finder = new ContentFinder(this, this.parts);
    const codes = new CodeWriter();
    codes.reserve(length);
    for (let entry = 0; entry < length; entry += 1) codes.write(entry, finder.codeOf(entry, frames[entry]!));
    return { codes: codes.finish(length), firsts: finder.firsts };
  }
}

/** Tells entries apart by what they say: by their frame, by what stands in its holes, and where that does not tell, by reading. */
class ContentFinder {
  readonly firsts: number[] = [];
  private readonly entries: JsonEntries;
  private readonly parts: Parts;
  private readonly byContent = new Map<number, number>();
  /** By a hash of what stands in the holes: the codes that have it. */
  private readonly byHash = new Map<number, number | number[]>();
  private readonly byKey = new Map<string, number>();
  private readonly keys = new Map<number, string>();

  constructor(entries: JsonEntries, parts: Parts) {
    this.entries = entries;
    this.parts = parts;
  }

  codeOf(entry: number, frame: number): number {
    const { known, isLearned } = this.parts;
    if (!isLearned[frame]) return this.codeOfRead(entry);
    const content = known.contentOf(frame);
    if (content === undefined) return this.add(entry);
    if (known.hasHoles(frame)) return this.codeOfHoles(entry, frame);
    let code = this.byContent.get(content);
    if (code === undefined) {
      code = this.codeOfRead(this.entries.firsts[frame]!, entry);
      this.byContent.set(content, code);
    }
    return code;
  }

  /** Of a request that was read, or is like one to the letter. */
  private codeOfRead(read: number, first = read): number {
    const request = this.entries.at(read);
    const key = contentKey(request);
    if (key === undefined) return this.add(first);
    let code = this.byKey.get(key);
    if (code === undefined) {
      const hash = this.parts.known.hashOfRead(request);
      code = this.codesWith(hash).find((one) => this.keyOf(one) === key) ?? this.add(first, hash);
      this.byKey.set(key, code);
    }
    return code;
  }

  private codeOfHoles(entry: number, frame: number): number {
    const { known, hashes, text, isLearned } = this.parts;
    const { frames, firsts } = this.entries;
    const isFirst = firsts[frame] === entry;
    // The first of a frame was read, before there was a frame to hash it by.
    if (isFirst && !this.look(entry)) return this.codeOfRead(entry);
    const hash = isFirst ? known.hashOfSaid(frame) : hashes[entry]!;
    const alike = this.codesWith(hash);
    if (alike.length === 0) return this.add(entry, hash);
    if (!this.look(entry)) return this.codeOfRead(entry);
    const said = known.said(text.bytes, frame);
    const isSame = (code: number) => {
      const first = this.firsts[code]!;
      const other = frames[first]!;
      const hasHoles = isLearned[other]! && known.hasHoles(other) && this.look(first);
      const isSure = hasHoles ? saysSame(said, known.said(text.bytes, other)) : undefined;
      return isSure ?? this.keyOf(code) === contentKey(this.entries.at(entry));
    };
    return alike.find(isSame) ?? this.add(entry, hash);
  }

  private codesWith(hash: number | undefined): readonly number[] {
    const codes = hash === undefined ? undefined : this.byHash.get(hash);
    return typeof codes === 'number' ? [codes] : (codes ?? []);
  }

  /** Fills the holes with what stands in this entry; false where it looks like another frame by now. */
  private look(entry: number): boolean {
    const { known, text, starts } = this.parts;
    return known.match(text.bytes, starts[entry]!) === this.entries.frames[entry];
  }

  private keyOf(code: number): string {
    const key = this.keys.get(code) ?? contentKey(this.entries.at(this.firsts[code]!))!;
    this.keys.set(code, key);
    return key;
  }

  private add(entry: number, hash?: number): number {
    const code = this.firsts.length;
    this.firsts.push(entry);
    const alike = this.codesWith(hash);
    if (hash !== undefined) this.byHash.set(hash, alike.length === 0 ? code : [...alike, code]);
    return code;
  }
}
