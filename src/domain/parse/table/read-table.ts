import { keepCodeOf } from '#wire/keep-code.ts';
import { LINE_FEED, ZERO } from '#wire/text/char-codes.ts';
import { Backoff } from '#domain/templates/backoff.ts';
import { resized } from '#domain/text/resized.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { byteSet, taskIdIn, type ColumnRole } from '#domain/parse/columns/kept-column.ts';
import { KEEP, RowWriter, SKIP, TASK } from '#domain/parse/columns/columnar-rows.ts';
import { badCharactersIn } from './bad-characters.ts';
import { behindLineEnd, cellsOfRow, cellText, isLineEnd, startOf } from './cell-bytes.ts';
import { CellReader } from './cell-reader.ts';
import type { Dialect } from './dialect.ts';
import { maxRowBytes, RowCache } from './row-cache.ts';
import { TableProblems, type TableProblemCode } from './table-problems.ts';
import { TableCells, rowsPerMark, type Table } from './table.ts';

/**
 * Reads a table in one pass. Nothing is dropped or corrected: each irregularity becomes a problem with its span. Columns
 * without a role are only sampled.
 */
export function readTable(text: SourceText, dialect: Dialect, roles: readonly ColumnRole[] = []): Table {
  return new TableReader(text, dialect, roles).read();
}

/**
 * Reads row by row. Apart from the task, a million rows may hold only a few dozen distinct ones; if the task is the first
 * column, `RowCache` finds rows by the exact bytes after it. Other rows are read cell by cell (`readRow`).
 */
class TableReader {
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly dialect: Dialect;
  private readonly delimiter: number;
  private readonly problems = new TableProblems();
  private readonly cells: CellReader;
  private readonly writer: RowWriter;
  private readonly taskColumn: number;
  private readonly cache: RowCache | undefined;
  private readonly backoff = new Backoff();
  private start = 0;
  private width = 0;
  private names: string[] = [];
  private reserved = 0;
  private marks = new Uint32Array(0);
  private markLines = new Uint32Array(0);
  /** Lines before the rows that aren’t counted with them: of the header, and empty ones. */
  private otherLines = 1;
  /** Whether the current row has a problem. */
  private isFaulty = false;
  /** The task id of the current row, and the offset after its text. */
  private task = 0;
  private taskEnd = 0;

  constructor(text: SourceText, dialect: Dialect, roles: readonly ColumnRole[]) {
    this.text = text;
    this.bytes = text.bytes;
    this.dialect = dialect;
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.cells = new CellReader(text.bytes, this.delimiter);
    this.start = startOf(text);
    this.readHeader();
    const roleOf = (_: unknown, column: number): ColumnRole => roles[column] ?? { as: 'sample' };
    const all = Array.from({ length: this.width }, roleOf);
    this.writer = new RowWriter(new TableCells(text), all);
    this.taskColumn = this.writer.actions.indexOf(TASK);
    this.cache = this.taskColumn === 0 ? new RowCache(text.bytes) : undefined;
  }

  read(): Table {
    const { bytes, cache, backoff, writer } = this;
    let at = this.start;
    while (at < bytes.length) {
      const isTried = cache !== undefined && backoff.shouldTry;
      if (isTried) {
        at = this.readCachedRows(at, cache);
        if (at >= bytes.length) break;
      }
      if (isLineEnd(bytes[at])) at = this.skipEmptyLine(at);
      else at = this.readRow(at, isTried ? cache : undefined);
    }
    const { dialect, width, names, problems, taskColumn } = this;
    const rows = writer.finish();
    return {
      dialect,
      width,
      names,
      taskColumn: taskColumn < 0 ? undefined : taskColumn,
      rows,
      marks: this.marks.subarray(0, Math.ceil(rows.count / rowsPerMark)),
      markLines: this.markLines.subarray(0, Math.ceil(rows.count / rowsPerMark)),
      problems: problems.list.toSorted((one, other) => one.span!.from - other.span!.from),
      problemCounts: problems.counts,
      refusedRows: problems.refusedRows,
    };
  }

  private beginRow(at: number): void {
    const { count } = this.writer;
    if (count === this.reserved) this.reserve(at);
    if (count % rowsPerMark !== 0) return;
    this.marks[count / rowsPerMark] = at;
    this.markLines[count / rowsPerMark] = this.otherLines + count + this.cells.linesInside;
  }

  /** Reads rows while the cache matches. Returns the offset of the first uncached row. */
  private readCachedRows(start: number, cache: RowCache): number {
    const { bytes, writer } = this;
    const firstRow = writer.count;
    let at = start;
    while (at < bytes.length) {
      this.beginRow(at);
      const kind = cache.match(at);
      if (kind < 0) break;
      writer.addKnown(kind, cache.task);
      this.cells.linesInside += cache.linesInside;
      at = cache.end;
    }
    this.backoff.hit(writer.count - firstRow);
    if (at < bytes.length) this.backoff.miss();
    return at;
  }

  /** Reads the row at `from` cell by cell, and caches it. Returns the offset after its line end. */
  private readRow(from: number, cache: RowCache | undefined): number {
    const { bytes, delimiter, cells, width, writer } = this;
    const { actions } = writer;
    this.beginRow(from);
    const linesBefore = cells.linesInside;
    this.isFaulty = false;
    let column = 0;
    let at = from;
    this.task = 0;
    for (; ; column += 1) {
      const action = column < width ? actions[column] : SKIP;
      if (action === TASK) at = this.readTask(at);
      else if (action === SKIP) at = cells.skip(at);
      else {
        at = cells.read(at);
        if (action === KEEP) writer.put(column, cells.cell);
        else writer.sample(column, cells.cell);
      }
      if (cells.fault !== undefined) this.addFault(column, writer.count);
      if (at >= bytes.length || bytes[at] !== delimiter) break;
      at += 1;
    }
    if (column + 1 !== width) this.addRagged(from, at, column + 1);
    this.addBadCharacters(from, at, writer.count);
    const next = behindLineEnd(bytes, at);
    writer.endRow(this.task);
    const isWhole = !this.isFaulty && bytes[next - 1] === LINE_FEED && next - from <= maxRowBytes;
    if (cache !== undefined && isWhole && this.task > 0) {
      const kind = writer.lastKind();
      if (kind >= 0) cache.learn(this.taskEnd, next, kind, cells.linesInside - linesBefore);
    }
    return next;
  }

  /** Reads the task id at an offset: inexact above 2^53, 0 if invalid. Returns the offset after its cell. */
  private readTask(from: number): number {
    const { bytes, cells, delimiter } = this;
    let id = 0;
    let at = from;
    for (; ; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    const isPlain = at > from && bytes[from] !== ZERO;
    if (isPlain && (at >= bytes.length || bytes[at] === delimiter || isLineEnd(bytes[at]))) {
      this.task = id;
      this.taskEnd = at;
      return at;
    }
    const to = cells.read(from);
    this.task = taskIdIn(cellText(this.text, from, to));
    this.taskEnd = to - cells.cell.quotes;
    return to;
  }

  /** Reports a row with too few or too many cells; missing ones count as empty. */
  private addRagged(from: number, to: number, count: number): void {
    const { width, cells, writer } = this;
    const are = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
    const message = `This row has ${are(count, 'cell')}, the table has ${are(width, 'column')}.`;
    this.isFaulty = true;
    const code = count < width ? 'row-too-short' : 'row-too-long';
    this.problems.add(code, { from, to, row: writer.count }, message);
    cells.readNone(to);
    for (let column = count; column < width; column += 1)
      if (writer.actions[column] === KEEP) writer.put(column, cells.cell);
  }

  /** Reports the invalid characters of a row at their cells. */
  private addBadCharacters(from: number, to: number, row: number | undefined): void {
    if (this.text.isWellFormed && !this.cells.hasNul) return;
    this.cells.hasNul = false;
    const found = badCharactersIn(this.text, from, to);
    if (found.length === 0) return;
    const spans = cellsOfRow(this.bytes, from, this.delimiter);
    let column = 0;
    for (const { isNul, at, to: end } of found) {
      while (spans[2 * column + 1]! <= at) column += 1;
      this.addProblem(isNul ? 'nul-character' : 'lone-surrogate', at, end, column, row);
    }
  }

  /** Reports the problem of the last cell. */
  private addFault(column: number, row: number | undefined): void {
    const { code, from, to } = this.cells.fault!;
    this.addProblem(code, from, to, column, row);
    this.cells.fault = undefined;
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
    this.otherLines += 1;
    return next;
  }

  private skipRowAbove(from: number): number {
    const { cells, bytes, delimiter } = this;
    let at = cells.skip(from);
    while (bytes[at] === delimiter) at = cells.skip(at + 1);
    cells.fault = undefined;
    this.problems.add('row-above-table', { from, to: at });
    this.otherLines += 1;
    return behindLineEnd(bytes, at);
  }

  /** Reads the width, the column names and the start of the rows. */
  private readHeader(): void {
    const { bytes, cells } = this;
    let at = this.start;
    for (let above = this.dialect.rowsAbove ?? 0; ; above -= 1) {
      while (isLineEnd(bytes[at])) at = this.skipEmptyLine(at);
      if (above <= 0 || at >= bytes.length) break;
      at = this.skipRowAbove(at);
    }
    this.start = at;
    if (at >= bytes.length) return;
    const spans = cellsOfRow(bytes, at, this.delimiter);
    const end = spans.at(-1)!;
    this.width = spans.length / 2;
    if (!this.dialect.hasHeader) return;
    for (let column = 0; column < this.width; column += 1) {
      cells.skip(spans[2 * column]!);
      if (cells.fault !== undefined) this.addFault(column, undefined);
      this.addName(spans[2 * column]!, spans[2 * column + 1]!, column);
    }
    this.addBadCharacters(at, end, undefined);
    this.start = behindLineEnd(bytes, end);
    this.otherLines += 1;
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
    const { count } = this.writer;
    const perRow = count === 0 ? 0 : (at - this.start) / count;
    const rest =
      perRow === 0 ? minReserve : Math.ceil(((this.bytes.length - at) / perRow) * 1.02) + minReserve;
    this.reserved = count + rest;
    this.writer.reserve(this.reserved);
    this.marks = resized(this.marks, Math.ceil(this.reserved / rowsPerMark));
    this.markLines = resized(this.markLines, this.marks.length);
  }
}

const minReserve = 1024;

function tinyTable(): TableReader {
  const text = SourceText.of('1,a,b,5,c,d\n2,"a",b,5,c,d\n');
  const number: ColumnRole = { as: 'number', fits: () => true };
  const choice: ColumnRole = { as: 'choice', known: new Set(), joining: byteSet('|') };
  const roles: ColumnRole[] = [
    { as: 'task' },
    { as: 'values' },
    { as: 'text' },
    number,
    choice,
    { as: 'sample' },
  ];
  const reader = new TableReader(text, { delimiter: ',', hasHeader: false }, roles);
  reader.read();
  return reader;
}

keepCodeOf(tinyTable());
