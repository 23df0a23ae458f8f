import { CLOSE_LIST, COMMA, OPEN_LIST, OPEN_OBJECT } from '#wire/char-codes.ts';
import { skipSpace, skipValid, visitMembers } from '#wire/json-bytes.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** The annotations of an export, written as one list of requests. */
export interface ExportRequests {
  /** The list, in UTF-8. */
  bytes: Bytes;
  count: number;
  /** By annotation: the index of its task, and its own among those of the task. */
  taskOf: Uint32Array;
  nthOf: Uint32Array;
  /** By task: the offset of its object in the export. */
  taskStarts: Uint32Array;
}

/** Of an annotation, what is about the task. Who made it, when, and under which id is another installation’s business. */
export const taken = ['result', 'was_cancelled', 'ground_truth', 'lead_time'] as const;

/**
 * Writes a request for each annotation of the list of tasks at `start`, and steps over everything else. Undefined if something
 * in the export is invalid or unusual, so that it must be parsed.
 */
export function requestsOfExport(text: SourceText, start: number): ExportRequests | undefined {
  return text.isWellFormed ? new ExportReader(text.bytes).read(start) : undefined;
}

const idKey = bytesOf('"id"');
const annotationsKey = bytesOf('"annotations"');
const takenKeys = taken.map((name) => bytesOf(`"${name}"`));
const nullWord = bytesOf('null');

class ExportReader {
  private readonly bytes: Bytes;
  private readonly written: ByteWriter;
  private readonly taskOf: number[] = [];
  private readonly nthOf: number[] = [];
  private readonly taskStarts: number[] = [];
  /** The id of the current task. */
  private readonly id = { from: 0, to: 0 };
  /** The spans of what is taken from the current annotation. */
  private readonly spans = new Uint32Array(2 * taken.length);

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.written = new ByteWriter(bytes.length >> 2);
  }

  read(start: number): ExportRequests | undefined {
    const { bytes, written } = this;
    written.add(bytesOf('['));
    const end = this.list(start, (at) => this.readTask(at));
    if (end < 0 || skipSpace(bytes, end) < bytes.length) return undefined;
    written.add(bytesOf(']'));
    return {
      bytes: written.finish(),
      count: this.taskOf.length,
      taskOf: Uint32Array.from(this.taskOf),
      nthOf: Uint32Array.from(this.nthOf),
      taskStarts: Uint32Array.from(this.taskStarts),
    };
  }

  /** Reads the items of a list; gives the offset behind it, or -1. */
  private list(start: number, readItem: (at: number) => number): number {
    const { bytes } = this;
    if (bytes[start] !== OPEN_LIST) return -1;
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      at = readItem(at);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpace(bytes, at + 1);
    }
  }

  private readTask(start: number): number {
    const { bytes, id } = this;
    this.taskStarts.push(start);
    id.from = id.to = 0;
    /** The annotations, as long as the id that comes behind them is unknown. */
    let waiting = -1;
    const end = visitMembers(bytes, start, 2, (keyFrom, keyTo, at) => {
      const isList = bytes[at] === OPEN_LIST && this.isKey(keyFrom, keyTo, annotationsKey);
      if (isList && id.to > 0) return this.readAnnotations(at);
      const after = skipValid(bytes, at, 2);
      if (isList) waiting = at;
      else if (this.isKey(keyFrom, keyTo, idKey)) {
        id.from = at;
        id.to = after;
      }
      return after;
    });
    return end >= 0 && waiting >= 0 && this.readAnnotations(waiting) < 0 ? -1 : end;
  }

  private readAnnotations(start: number): number {
    let nth = 0;
    return this.list(start, (at) => {
      this.taskOf.push(this.taskStarts.length - 1);
      this.nthOf.push(nth);
      nth += 1;
      return this.readAnnotation(at);
    });
  }

  private readAnnotation(start: number): number {
    const { bytes, id, spans, written } = this;
    if (this.taskOf.length > 1) written.add(separator);
    if (bytes[start] !== OPEN_OBJECT) {
      const end = skipValid(bytes, start, 4);
      if (end >= 0) written.copy(bytes, start, end);
      return end;
    }
    spans.fill(0);
    const end = visitMembers(bytes, start, 4, (keyFrom, keyTo, at) => {
      const after = skipValid(bytes, at, 4);
      const field = this.fieldOf(keyFrom, keyTo);
      if (field >= 0) {
        spans[2 * field] = at;
        spans[2 * field + 1] = after;
      }
      return after;
    });
    if (end < 0) return -1;
    written.add(beforeTask);
    if (id.to > 0) written.copy(bytes, id.from, id.to);
    else written.add(nullWord);
    for (let field = 0; field < taken.length; field += 1) {
      const [from, to] = [spans[2 * field]!, spans[2 * field + 1]!];
      // The server’s null is the same as no value.
      if (to === 0 || bytes[from] === SMALL_N) continue;
      written.add(beforeField[field]!);
      written.copy(bytes, from, to);
    }
    written.add(closing);
    return end;
  }

  /** Which of `taken` a key is, or -1. */
  private fieldOf(from: number, to: number): number {
    for (let field = 0; field < takenKeys.length; field += 1)
      if (this.isKey(from, to, takenKeys[field]!)) return field;
    return -1;
  }

  private isKey(from: number, to: number, key: Bytes): boolean {
    if (to - from !== key.length) return false;
    for (let at = 1; at < key.length; at += 1) if (this.bytes[from + at] !== key[at]) return false;
    return true;
  }
}

const SMALL_N = 0x6e;
const separator = bytesOf(',\n');
const closing = bytesOf('}');
const beforeTask = bytesOf('{"task":');
const beforeField = taken.map((name) => bytesOf(`,"${name}":`));

class ByteWriter {
  private bytes: Bytes;
  private length = 0;

  constructor(expected: number) {
    this.bytes = new Uint8Array(Math.max(expected, 1024));
  }

  add(part: Bytes): void {
    this.copy(part, 0, part.length);
  }

  /** A loop, because a subarray for each of a million short values costs more. */
  copy(source: Bytes, from: number, to: number): void {
    while (this.length + to - from > this.bytes.length)
      this.bytes = resized(this.bytes, this.bytes.length * 2);
    const { bytes, length } = this;
    for (let at = from; at < to; at += 1) bytes[length + at - from] = source[at]!;
    this.length += to - from;
  }

  finish(): Bytes {
    return this.bytes.slice(0, this.length);
  }
}

function bytesOf(ascii: string): Bytes {
  return Uint8Array.from(ascii, (character) => character.charCodeAt(0));
}
