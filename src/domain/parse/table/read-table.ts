import { LINE_FEED, QUOTE, RETURN, SPACE, ZERO } from '#wire/char-codes.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import { Backoff } from '#domain/templates/backoff.ts';
import { resized } from '#domain/text/resized.ts';
import { endsLine, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import { TaskIdWriter } from '#domain/requests/task-ids.ts';
import { badCharactersIn } from './bad-characters.ts';
import { behindLineEnd, cellEnd, cellsOfRow, cellText, isLineEnd, startOf } from './cell-bytes.ts';
import { TextDictionary, hashStart, hashStep, type CellWords } from './text-dictionary.ts';
import type { Dialect } from './dialect.ts';
import { RowDictionary } from './row-dictionary.ts';
import { maxRowBytes, RowCache } from './row-cache.ts';
import { TableProblems, type TableProblemCode } from './table-problems.ts';
import { rowsPerMark, type Table } from './table.ts';

/**
 * Reads a table in one pass, as RFC 4180 defines it but with any line end. Nothing is dropped or corrected: each irregularity
 * becomes a problem with its span. Task ids are read from `taskColumn` if given.
 */
export function readTable(text: SourceText, dialect: Dialect, taskColumn?: number): Table {
  return new TableReader(text, dialect, taskColumn).read();
}

/**
 * Reads row by row. Apart from the task, a million rows may hold only a few dozen distinct ones; if the task is the first
 * column, `RowCache` finds rows by the exact bytes after it. Other rows are read cell by cell into `words` (`readRow`).
 */
class TableReader {
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly dialect: Dialect;
  private readonly delimiter: number;
  private readonly problems = new TableProblems();
  private readonly taskColumn: number | undefined;
  private readonly tasks = new TaskIdWriter();
  private readonly texts: (TextDictionary | undefined)[];
  private readonly kindOf = new CodeWriter();
  private readonly kinds: RowDictionary;
  private readonly cache: RowCache | undefined;
  private readonly backoff = new Backoff();
  private readonly words: CellWords = { cell: 0, from: 0, to: 0, hash: hashStart };
  /** Codes of the current row’s cells. */
  private readonly codes: Uint32Array;
  /** Span of the current row’s task, if the row can be cached. */
  private readonly task = { from: 0, to: 0 };
  private start = 0;
  private width = 0;
  private names: string[] = [];
  private row = 0;
  /** The line where the current row begins. */
  private line = 1;
  /** Line ends inside its cells. */
  private linesInside = 0;
  private reserved = 0;
  private marks = new Uint32Array(0);
  private markLines = new Uint32Array(0);
  /** Whether the current row has a problem. */
  private isFaulty = false;

  constructor(text: SourceText, dialect: Dialect, taskColumn: number | undefined) {
    this.text = text;
    this.bytes = text.bytes;
    this.dialect = dialect;
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.start = startOf(text);
    this.readHeader();
    this.taskColumn = taskColumn;
    this.texts = Array.from({ length: this.width }, (_, column) =>
      column === taskColumn ? undefined : new TextDictionary(text, this.delimiter),
    );
    this.kinds = new RowDictionary(this.width);
    this.cache = taskColumn === 0 ? new RowCache(text.bytes) : undefined;
    this.codes = new Uint32Array(this.width);
  }

  read(): Table {
    const { bytes, cache, backoff } = this;
    let at = this.start;
    while (at < bytes.length) {
      if (cache !== undefined && backoff.shouldTry) {
        at = this.readCachedRows(at, cache);
        if (at >= bytes.length) break;
      }
      if (isLineEnd(bytes[at])) at = this.skipEmptyLine(at);
      else at = this.readRow(at);
    }
    const { dialect, width, names, row: rows, problems } = this;
    return {
      dialect,
      width,
      names,
      rows,
      marks: this.marks.subarray(0, Math.ceil(rows / rowsPerMark)),
      markLines: this.markLines.subarray(0, Math.ceil(rows / rowsPerMark)),
      taskColumn: this.taskColumn,
      tasks: this.tasks.finish(rows),
      kindOf: this.kindOf.finish(rows),
      kinds: this.kinds,
      texts: this.texts,
      problems: problems.list.toSorted((one, other) => one.span!.from - other.span!.from),
      problemCounts: problems.counts,
      refusedRows: problems.refusedRows,
    };
  }

  private beginRow(at: number): void {
    if (this.row === this.reserved) this.reserve(at);
    if (this.row % rowsPerMark !== 0) return;
    this.marks[this.row / rowsPerMark] = at;
    this.markLines[this.row / rowsPerMark] = this.line;
  }

  /** Reads rows while the cache matches. Returns the offset of the first uncached row. */
  private readCachedRows(start: number, cache: RowCache): number {
    const { bytes, tasks, kindOf } = this;
    const firstRow = this.row;
    const linesAhead = this.line - firstRow - cache.linesInside;
    let row = firstRow;
    let at = start;
    while (at < bytes.length) {
      if (row === this.reserved || row % rowsPerMark === 0) {
        this.row = row;
        this.line = linesAhead + row + cache.linesInside;
        this.beginRow(at);
      }
      const kind = cache.match(at);
      if (kind < 0) break;
      tasks.write(row, cache.task);
      kindOf.write(row, kind);
      row += 1;
      at = cache.end;
    }
    this.row = row;
    this.line = linesAhead + row + cache.linesInside;
    this.backoff.hit(row - firstRow);
    if (at < bytes.length) this.backoff.miss();
    return at;
  }

  /** Reads the row at `from` cell by cell. Returns the offset after its line end. */
  private readRow(from: number): number {
    const { bytes, delimiter, texts, codes, width, row } = this;
    this.beginRow(from);
    this.isFaulty = false;
    this.linesInside = 0;
    this.task.from = -1;
    let id = 0;
    let column = 0;
    let at = from;
    for (; ; column += 1) {
      at = this.readCell(at, column, row);
      if (column === this.taskColumn) id = this.readTask();
      else if (column < width) codes[column] = texts[column]!.codeOf(this.words);
      if (at >= bytes.length || bytes[at] !== delimiter) break;
      at += 1;
    }
    if (column + 1 !== width) this.addRagged(from, at, column + 1);
    this.addBadCharacters(from, at, row);
    const next = behindLineEnd(bytes, at);
    const kind = this.kinds.codeOf(codes, row);
    this.tasks.write(row, id);
    this.kindOf.write(row, kind);
    const isWhole = !this.isFaulty && bytes[next - 1] === LINE_FEED && next - from <= maxRowBytes;
    if (isWhole && this.task.from >= 0) this.cache?.learn(this.task.to, next, kind, this.linesInside);
    this.row += 1;
    this.line += 1 + this.linesInside;
    return next;
  }

  /** The task id in `words` without surrounding spaces: inexact above 2^53, 0 if invalid. */
  private readTask(): number {
    const { bytes, words, task } = this;
    let { from, to } = words;
    while (from < to && bytes[from] === SPACE) from += 1;
    while (from < to && bytes[to - 1] === SPACE) to -= 1;
    // The validator reports a leading zero.
    if (from === to || bytes[from] === ZERO) return 0;
    let id = 0;
    for (let at = from; at < to; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return 0;
      id = id * 10 + digit;
    }
    task.from = from;
    task.to = to;
    return id;
  }

  /** Reads one cell into `words`. Returns the offset of the delimiter or line end after it. */
  private readCell(from: number, column: number, row: number | undefined): number {
    const { bytes } = this;
    if (bytes[from] === QUOTE) return this.readQuoted(from, column, row);
    const { delimiter, words } = this;
    let hash = hashStart;
    let at = from;
    let quoteAt = -1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
      if (byte === QUOTE && quoteAt < 0) quoteAt = at;
      hash = Math.imul(hash ^ byte, hashStep);
    }
    words.cell = from;
    words.from = from;
    words.to = at;
    words.hash = hash;
    if (quoteAt >= 0) this.addProblem('quote-inside-cell', quoteAt, quoteAt + 1, column, row);
    return at;
  }

  private readQuoted(from: number, column: number, row: number | undefined): number {
    const { bytes, words } = this;
    let hash = hashStart;
    let at = from + 1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        at += 1;
      }
      this.linesInside += endsLine(bytes, at);
      hash = Math.imul(hash ^ byte, hashStep);
    }
    words.cell = from;
    words.from = from + 1;
    words.to = at;
    words.hash = hash;
    if (at >= bytes.length) {
      this.addProblem('quote-not-closed', from, from + 1, column, row);
      this.useRawCell(from, bytes.length);
      return bytes.length;
    }
    const next = bytes[at + 1];
    if (next === this.delimiter || isLineEnd(next) || at + 1 === bytes.length) return at + 1;
    const to = cellEnd(bytes, from, this.delimiter);
    this.addProblem('text-behind-quote', at + 1, to, column, row);
    this.useRawCell(from, to);
    return to;
  }

  /** Uses the raw text of a cell with broken quotes. */
  private useRawCell(from: number, to: number): void {
    const { bytes, words } = this;
    words.cell = from;
    words.from = from;
    words.to = to;
    words.hash = hashStart;
    for (let at = from; at < to; at += 1) words.hash = Math.imul(words.hash ^ bytes[at]!, hashStep);
  }

  /** Reports a row with too few or too many cells; missing ones count as empty. */
  private addRagged(from: number, to: number, cells: number): void {
    const { width, row, words, texts, codes } = this;
    const are = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
    const message = `This row has ${are(cells, 'cell')}, the table has ${are(width, 'column')}.`;
    this.isFaulty = true;
    this.problems.add(cells < width ? 'row-too-short' : 'row-too-long', { from, to, row }, message);
    words.cell = to;
    words.from = to;
    words.to = to;
    words.hash = hashStart;
    for (let column = cells; column < width; column += 1) codes[column] = texts[column]?.codeOf(words) ?? 0;
  }

  /** Reports the invalid characters of a row at their cells. */
  private addBadCharacters(from: number, to: number, row: number | undefined): void {
    const found = badCharactersIn(this.text, from, to);
    if (found.length === 0) return;
    const spans = cellsOfRow(this.bytes, from, this.delimiter);
    let column = 0;
    for (const { isNul, at, to: end } of found) {
      while (spans[2 * column + 1]! <= at) column += 1;
      this.addProblem(isNul ? 'nul-character' : 'lone-surrogate', at, end, column, row);
    }
  }

  private addProblem(
    code: TableProblemCode,
    from: number,
    to: number,
    column: number,
    row: number | undefined,
  ) {
    this.isFaulty = true;
    this.problems.add(code, row === undefined ? { from, to, column } : { from, to, column, row });
  }

  private skipEmptyLine(at: number): number {
    const next = behindLineEnd(this.bytes, at);
    this.problems.add('line-empty', { from: at, to: next });
    this.line += 1;
    return next;
  }

  /** Reads the width, the column names and the start of the rows. */
  private readHeader(): void {
    const { bytes } = this;
    let at = this.start;
    while (isLineEnd(bytes[at])) at = this.skipEmptyLine(at);
    this.start = at;
    if (at >= bytes.length) return;
    const spans = cellsOfRow(bytes, at, this.delimiter);
    const end = spans.at(-1)!;
    this.width = spans.length / 2;
    if (!this.dialect.hasHeader) return;
    for (let column = 0; column < this.width; column += 1) {
      this.readCell(spans[2 * column]!, column, undefined);
      this.addName(spans[2 * column]!, spans[2 * column + 1]!, column);
    }
    this.addBadCharacters(at, end, undefined);
    this.start = behindLineEnd(bytes, end);
    this.line += 1 + this.linesInside;
  }

  private addName(from: number, to: number, column: number): void {
    const name = cellText(this.text, from, to);
    const first = this.names.indexOf(name);
    if (name.trim() === '') this.addProblem('column-name-empty', from, to, column, undefined);
    else if (first >= 0) {
      const message = `Column ${first + 1} is already named “${name}”.`;
      this.problems.add('column-name-twice', { from, to, column }, message);
    }
    this.names.push(name);
  }

  /** Reserves space for the rows expected from the average length so far. */
  private reserve(at: number): void {
    const perRow = this.row === 0 ? 0 : (at - this.start) / this.row;
    const rest =
      perRow === 0 ? minReserve : Math.ceil(((this.bytes.length - at) / perRow) * 1.02) + minReserve;
    this.reserved = this.row + rest;
    this.tasks.reserve(this.reserved);
    this.kindOf.reserve(this.reserved);
    const marks = Math.ceil(this.reserved / rowsPerMark);
    this.marks = resized(this.marks, marks);
    this.markLines = resized(this.markLines, marks);
  }
}

const minReserve = 1024;
