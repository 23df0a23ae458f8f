import { CLOSE_LIST, COMMA, LINE_FEED, RETURN, SPACE } from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import { isJsonObject, readJson, type Json } from '#wire/json/json.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { keyText, membersAt, skipSpace as skipSpaceIn } from '#wire/json/json-scan.ts';
import type { Problem } from '#wire/problem.ts';
import { resized } from '#domain/text/resized.ts';
import { marksIn, type MarkBefore } from '#domain/text/line-marks.ts';
import { endsLine, SourceText } from '#domain/text/source-text.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import { byteSet, type ColumnRole } from '#domain/parse/columns/kept-column.ts';
import { RowWriter, type ColumnarRows } from '#domain/parse/columns/columnar-rows.ts';
import { JsonCells } from './json-cells.ts';
import { FastObjectReader } from './fast-object-reader.ts';

/** The place of objects: in the list at an offset, or one per line. */
export type ObjectPlaces = { as: 'list'; start: number } | { as: 'lines' };

/** Objects with their members in columns. */
export interface ReadObjects {
  /** The member names, in the order of first use. */
  names: readonly string[];
  rows: ColumnarRows;
  startOf: (object: number) => number;
  /** Offsets with a known line. */
  markBefore: MarkBefore;
  /** The offset and the text of an object. */
  partOf: (object: number) => JsonPart;
  /** Finds the members of an object. */
  reader: FastObjectReader;
  /** Objects in an unusual notation, whose members are found by `readJson`. */
  unusual: ReadonlySet<number>;
  /** Problems with their entries; spans are in the units of the entry’s text. */
  problems: Problem[];
  /** True if a list can’t be read to its end. */
  isBroken: boolean;
}

/** Reads objects, at most `most`. Columns without a role are only sampled. */
export function readObjects(
  text: SourceText,
  places: ObjectPlaces,
  roles: ReadonlyMap<string, ColumnRole> = new Map(),
  most = Infinity,
): ReadObjects {
  return new ObjectReader(text, places, roles, most).read();
}

class ObjectReader {
  private readonly text: SourceText;
  private readonly places: ObjectPlaces;
  private readonly most: number;
  private readonly writer: RowWriter;
  private readonly reader: FastObjectReader;
  private readonly problems: Problem[] = [];
  private readonly unusual = new Set<number>();
  private markLines = new Uint32Array(0);
  /** Line ends are counted up to this offset, which is on this line. */
  private counted = 0;
  private line = 1;
  private starts = new Uint32Array(0);

  constructor(text: SourceText, places: ObjectPlaces, roles: ReadonlyMap<string, ColumnRole>, most: number) {
    this.text = text;
    this.places = places;
    this.most = most;
    const source = new JsonCells(text);
    this.writer = new RowWriter(source, [...roles.values()]);
    this.reader = new FastObjectReader(text, source, this.writer, [...roles.keys()], places.as === 'lines');
  }

  read(): ReadObjects {
    const { text, reader, problems, unusual, places } = this;
    const isBroken = places.as === 'list' ? !this.readList(places.start) : !this.readLines();
    const rows = this.writer.finish();
    const starts = this.starts.subarray(0, rows.count);
    const partOf = (object: number): JsonPart => {
      const from = starts[object]!;
      return { from, text: text.part(from, this.endOf(from)) };
    };
    const startOf = (object: number) => starts[object]!;
    const markLines = this.markLines.subarray(0, Math.ceil(rows.count / objectsPerMark));
    const markBefore = marksIn(markLines, (mark) => starts[mark * objectsPerMark]!);
    const { names } = reader.members;
    return { names, rows, startOf, markBefore, partOf, reader, unusual, problems, isBroken };
  }

  private get isDone(): boolean {
    return this.writer.count >= this.most || this.reader.members.isFull;
  }

  /** False if the list can’t be read to its end. */
  private readList(start: number): boolean {
    const { bytes } = this.text;
    let at = skipSpace(bytes, start + 1);
    let isClosed = bytes[at] === CLOSE_LIST;
    while (!isClosed) {
      at = this.take(at);
      if (at < 0) return false;
      at = skipSpace(bytes, at);
      isClosed = bytes[at] === CLOSE_LIST;
      if (this.isDone) return true;
      if (!isClosed && bytes[at] !== COMMA) return false;
      if (!isClosed) at = skipSpace(bytes, at + 1);
    }
    return skipSpace(bytes, at + 1) >= bytes.length;
  }

  /** A broken line doesn’t affect the others. */
  private readLines(): true {
    const { text } = this;
    const { bytes } = text;
    let at = skipBlanks(bytes, 0);
    while (at < bytes.length && !this.isDone) {
      if (isLineEnd(bytes, at)) at += 1;
      // A line with only other white space or a byte order mark isn’t an entry.
      else if (bytes[at]! >= 0x80 && text.slice(at, this.endOf(at)).trim() === '') at = this.endOf(at);
      else at = this.take(at);
      at = skipBlanks(bytes, at);
    }
    return true;
  }

  /** Stores the object at an offset. Returns the offset after it; -1 if a list is broken there. */
  private take(start: number): number {
    const { text, writer, reader } = this;
    if (writer.count === this.starts.length) this.reserve(start);
    this.starts[writer.count] = start;
    for (let at = this.counted; at < start; at += 1) this.line += endsLine(text.bytes, at);
    if (writer.count % objectsPerMark === 0) this.markLines[writer.count / objectsPerMark] = this.line;
    const end = text.isWellFormed ? reader.read(start) : -1;
    const isWhole =
      end >= 0 && (this.places.as === 'list' || isLineEnd(text.bytes, skipBlanks(text.bytes, end)));
    if (!isWhole) return this.takeUnusual(start);
    writer.endRow(reader.task);
    this.line += reader.linesInside;
    this.counted = end;
    return end;
  }

  /** Reads an object with something unusual. */
  private takeUnusual(start: number): number {
    const { text, writer, reader } = this;
    writer.dropRow();
    this.unusual.add(writer.count);
    const end = this.endOf(start);
    const part = text.part(start, end);
    const json = part.toString();
    const { value, problems } = readJson(json);
    if (value === undefined && this.places.as === 'list') return -1;
    for (const problem of problems) this.problems.push({ ...problem, entry: writer.count });
    reader.task = 0;
    if (isJsonObject(value)) {
      // The last of members with the same name counts.
      const spans = new Map(
        Array.from(membersAt(json, skipSpaceIn(json, 0)), ({ key, value: at }) => [keyText(json, key), at]),
      );
      for (const [name, { from, to }] of spans)
        reader.put(name, { from: start + part.offsetOf(from), to: start + part.offsetOf(to) });
    }
    writer.endRow(reader.task);
    this.line += text.lineEndsBetween(start, end);
    this.counted = end;
    return end;
  }

  private endOf(start: number): number {
    const { bytes } = this.text;
    if (this.places.as === 'list') return skipValue(bytes, start);
    let at = start;
    while (!isLineEnd(bytes, at)) at += 1;
    return at;
  }

  /** Reserves space for the objects expected from the average length so far. */
  private reserve(at: number): void {
    const { count } = this.writer;
    const rest =
      count === 0 ? minReserve : Math.ceil((this.text.bytes.length - at) / (at / count)) + minReserve;
    const length = count + Math.ceil(rest * 1.02);
    this.starts = resized(this.starts, length);
    this.markLines = resized(this.markLines, Math.ceil(length / objectsPerMark));
    this.writer.reserve(length);
  }
}

const minReserve = 1024;
/** The line of every 64th object is stored. */
const objectsPerMark = 64;

const isLineEnd = (bytes: Uint8Array, at: number): boolean =>
  at >= bytes.length || bytes[at] === LINE_FEED || bytes[at] === RETURN;

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === 0x09) at += 1;
  return at;
}

/** The value of an object; null if it isn’t valid. */
export const objectAt = ({ partOf }: ReadObjects, object: number): Json =>
  readJson(partOf(object).text.toString()).value ?? null;

function tinyList(): ObjectReader {
  const text = SourceText.of('[{"task": 1, "a": "a", "b": "b", "c": 5, "d": "d", "e": ["e"]}]');
  const roles = new Map<string, ColumnRole>([
    ['task', { as: 'task' }],
    ['a', { as: 'values' }],
    ['b', { as: 'text' }],
    ['c', { as: 'number', fits: () => true }],
    ['d', { as: 'choice', known: new Set(), joining: byteSet('|') }],
  ]);
  const reader = new ObjectReader(text, { as: 'list', start: 0 }, roles, Infinity);
  reader.read();
  return reader;
}

keepCodeOf(tinyList());
