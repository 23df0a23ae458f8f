import {
  BACKSLASH,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LINE_FEED,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  RETURN,
  SPACE,
  ZERO,
} from '#wire/text/char-codes.ts';
import { skipString, skipValid, viewOf } from '#wire/json/json-bytes.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { limits } from '#wire/limits.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { endsLine, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import type { CellSource, CellSpan } from '#domain/parse/columns/cell-source.ts';
import { taskIdIn } from '#domain/parse/columns/kept-column.ts';
import { PUT, SAMPLE, SKIP, type RowStore } from '#domain/parse/columns/row-store.ts';
import { readCell, readCellLoosely } from './json-cells.ts';

/**
 * Walks over the bytes of an object and stores its members. It gives up where `readJson` would report a problem, or might:
 * such an object is left to `readJson`.
 */
export class ObjectWalker {
  /** The task id of the last object; 0 if it is invalid or missing. */
  task = 0;
  /** Line ends inside the last object. */
  linesInside = 0;
  readonly names: string[] = [];
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly source: CellSource;
  private readonly store: RowStore;
  /** Whether an object ends with its line. */
  private readonly isLine: boolean;
  private readonly cell: CellSpan = { from: 0, to: 0, textFrom: 0, textTo: 0, hash: 0 };
  private readonly columns = new Map<string, number>();
  /** By column: its key in UTF-8 and quotation marks, the column that followed it last time, and the last object that had it. */
  private readonly keys: Bytes[] = [];
  private readonly nextOf: number[] = [];
  private readonly seenIn: number[] = [];
  /** By column: what came between the value before it and its value last time, from the comma on, and the line ends in it. */
  private readonly leadFrom: number[] = [];
  private readonly leadLength: number[] = [];
  private readonly leadLines: number[] = [];
  private objects = 0;
  private keyEnd = 0;

  constructor(
    text: SourceText,
    source: CellSource,
    store: RowStore,
    names: readonly string[],
    isLine: boolean,
  ) {
    this.text = text;
    this.bytes = text.bytes;
    this.source = source;
    this.store = store;
    this.isLine = isLine;
    for (const name of names) this.addName(name);
  }

  /** True if the objects can’t be read: further names are then unknown. */
  get hasTooManyColumns(): boolean {
    return this.names.length > limits.columns;
  }

  /** Stores the object at an offset. Gives the offset behind it, or -1 if it must be read in another way. */
  walk(start: number): number {
    const end = this.bytes[start] === OPEN_OBJECT ? this.walkMembers(start + 1) : -1;
    if (end < 0) this.store.dropRow();
    return end;
  }

  private walkMembers(start: number): number {
    const { bytes, nextOf, seenIn } = this;
    this.objects += 1;
    this.task = 0;
    this.linesInside = 0;
    let last = -1;
    let at = start;
    for (;;) {
      let column = last < 0 ? 0 : nextOf[last]!;
      let from = last < 0 ? -1 : this.leadEnd(at, column);
      if (from < 0) {
        const linesBefore = this.linesInside;
        let key = this.skipSpace(at);
        if (bytes[key] === CLOSE_OBJECT) return key + 1;
        if (last >= 0) {
          if (bytes[key] !== COMMA) return -1;
          key = this.skipSpace(key + 1);
        }
        column = this.columnAt(key, column);
        const colon = column < 0 ? -1 : this.skipSpace(this.keyEnd);
        if (bytes[colon] !== COLON) return -1;
        from = this.skipSpace(colon + 1);
        if (last >= 0) this.keepLead(column, at, from, this.linesInside - linesBefore);
      }
      if (seenIn[column] === this.objects) return -1;
      seenIn[column] = this.objects;
      if (last >= 0) nextOf[last] = column;
      last = column;
      at = this.readValue(from, column);
      if (at < 0) return -1;
      this.countLines(from, at);
    }
  }

  private keepLead(column: number, from: number, to: number, lines: number): void {
    this.leadFrom[column] = from;
    this.leadLength[column] = to - from;
    this.leadLines[column] = lines;
  }

  /** The offset of the value of a column whose lead is at an offset, written as last time; else -1. */
  private leadEnd(at: number, column: number): number {
    const { bytes } = this;
    const length = this.leadLength[column] ?? 0;
    const end = at + length;
    if (length === 0 || end >= bytes.length || bytes[end]! <= SPACE) return -1;
    const words = viewOf(bytes);
    const shift = this.leadFrom[column]! - at;
    // The last word is the last four bytes, some of which were compared before.
    const last = end - 4;
    for (let word = at; word < last; word += 4)
      if (words.getInt32(word) !== words.getInt32(word + shift)) return -1;
    if (words.getInt32(last) !== words.getInt32(last + shift)) return -1;
    this.linesInside += this.leadLines[column]!;
    return end;
  }

  /** Stores a member that `readJson` has read. */
  put(name: string, { from, to }: Span): void {
    const column = this.columns.get(name) ?? this.addName(name);
    const way = this.store.ways[column];
    if (way === SKIP) return;
    readCellLoosely(this.source, from, to, this.cell);
    this.keep(column, way!);
  }

  /** The span of a member of a valid object; undefined if it doesn’t have it, or has unusual keys. */
  memberSpan(start: number, column: number): Span | undefined {
    const { bytes } = this;
    let at = this.skipSpace(start + 1);
    while (bytes[at] === QUOTE) {
      const isSought = this.isKey(at, column);
      const keyEnd = isSought ? this.keyEnd : skipString(bytes, at);
      const from = keyEnd < 0 ? -1 : this.skipSpace(this.skipSpace(keyEnd) + 1);
      const to = from < 0 ? -1 : skipValid(bytes, from);
      if (to < 0) return undefined;
      if (isSought) return { from, to };
      at = this.skipSpace(this.skipSpace(to) + 1);
    }
    return undefined;
  }

  /** Reads the value at an offset for its column. Gives the offset behind it, or -1. */
  private readValue(at: number, column: number): number {
    const way = this.store.ways[column]!;
    const { bytes } = this;
    if (way === SKIP) return skipValid(bytes, at);
    const end = readCell(bytes, at, this.cell);
    if (end >= 0) this.keep(column, way);
    return end;
  }

  /** Counts line ends in a list or an object; other values have none. */
  private countLines(from: number, to: number): void {
    const isNested = this.bytes[from] === OPEN_LIST || this.bytes[from] === OPEN_OBJECT;
    if (isNested && to > from) this.linesInside += this.text.lineEndsBetween(from, to);
  }

  private keep(column: number, way: number): void {
    if (way === PUT) this.store.put(column, this.cell);
    else if (way === SAMPLE) this.store.sample(column, this.cell);
    else this.task = this.readTask();
  }

  private readTask(): number {
    const { bytes } = this;
    const { from, to, textFrom, textTo } = this.cell;
    let id = 0;
    for (let at = textFrom; at < textTo; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9) || (digit === 0 && at === textFrom)) {
        const task = this.source.cellAt(from, to);
        return typeof task === 'string' ? taskIdIn(task) : taskNumber(task);
      }
      id = id * 10 + digit;
    }
    return id;
  }

  /** The column of the key at an offset, most likely `expected`; -1 if it must be read in another way. */
  private columnAt(at: number, expected: number): number {
    const { bytes } = this;
    if (bytes[at] !== QUOTE) return -1;
    if (this.isKey(at, expected)) return expected;
    let end = at + 1;
    while (bytes[end] !== QUOTE) {
      if (!(bytes[end]! >= 0x20) || bytes[end] === BACKSLASH) return -1;
      end += 1;
    }
    this.keyEnd = end + 1;
    const name = this.text.slice(at + 1, end);
    const known = this.columns.get(name);
    if (known !== undefined) return known;
    return this.hasTooManyColumns ? -1 : this.addName(name);
  }

  /** Whether the key at an offset is that of the column. */
  private isKey(at: number, column: number): boolean {
    const { bytes } = this;
    const key = this.keys[column];
    if (key === undefined) return false;
    for (let index = 1; index < key.length; index += 1) if (bytes[at + index] !== key[index]) return false;
    this.keyEnd = at + key.length;
    return true;
  }

  private addName(name: string): number {
    const column = this.names.length;
    this.columns.set(name, column);
    this.names.push(name);
    this.keys.push(encoder.encode(`"${name}"`));
    this.nextOf.push(column + 1);
    this.seenIn.push(0);
    this.keepLead(column, 0, 0, 0);
    if (this.store.ways.length < this.names.length) this.store.addColumn();
    return column;
  }

  private skipSpace(from: number): number {
    const { bytes, isLine } = this;
    for (let at = from; ; at += 1) {
      const byte = bytes[at]!;
      if (!(byte <= SPACE)) return at;
      if (byte === SPACE || byte === 0x09) continue;
      if (isLine || (byte !== LINE_FEED && byte !== RETURN)) return at;
      this.linesInside += endsLine(bytes, at);
    }
  }
}

const encoder = new TextEncoder();
