import { QUOTE } from '#wire/text/char-codes.ts';
import { skipValid } from '#wire/json/json-bytes.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import { hashOfBytes, hashOfText, TextReader } from '#domain/templates/contents/text-hash.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import type { CellSource, CellSpan } from '#domain/parse/columns/cell-source.ts';

/** The cells of JSON objects. */
export class JsonCells implements CellSource {
  readonly bytes: Bytes;
  readonly hasNumbers = true;
  private readonly text: SourceText;

  constructor(text: SourceText) {
    this.text = text;
    this.bytes = text.bytes;
  }

  isText(from: number): boolean {
    return this.bytes[from] === QUOTE;
  }

  cellAt(from: number, to: number): Json {
    return readJson(this.text.slice(from, to)).value ?? null;
  }

  keyOf(from: number, to: number): string {
    return this.isText(from) ? this.keyOfText(this.cellAt(from, to) as string) : this.text.slice(from, to);
  }

  keyOfText(words: string): string {
    return `"${words}`;
  }
}

/** Reads the value at an offset into `cell`. Returns the offset after it, or -1 if it isn’t certainly valid. */
export function readCell(bytes: Bytes, from: number, cell: CellSpan): number {
  if (bytes[from] === QUOTE) return readText(bytes, from, cell);
  const to = skipValid(bytes, from);
  if (to < 0) return -1;
  cell.from = from;
  cell.to = to;
  cell.quotes = 0;
  cell.hash = hashOfBytes(bytes, from, to);
  return to;
}

function readText(bytes: Bytes, from: number, cell: CellSpan): number {
  const to = texts.read(bytes, from);
  if (to < 0) return -1;
  cell.from = from;
  cell.to = to;
  cell.quotes = 1;
  cell.hash = texts.hash;
  return to;
}

const texts = new TextReader();

/** Reads a value for which `readJson` may have reported a problem. */
export function readCellLoosely(source: CellSource, from: number, to: number, cell: CellSpan): void {
  if (readCell(source.bytes, from, cell) === to) return;
  const value = source.cellAt(from, to);
  cell.from = from;
  cell.to = to;
  cell.quotes = to - from;
  cell.hash = hashOfText(typeof value === 'string' ? value : source.keyOf(from, to));
}
