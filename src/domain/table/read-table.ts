import { BadCharacters } from './bad-characters.ts';
import {
  behindLineEnd,
  cellEnd,
  cellsOfRow,
  cellText,
  isLineEnd,
  LINE_FEED,
  QUOTE,
  RETURN,
  startOf,
} from './cells.ts';
import { CodeWriter, hashStart, hashStep, type CellWords } from './code-column.ts';
import type { Dialect } from './dialect.ts';
import { idAt, IdWriter, safeDigits, ZERO } from './id-column.ts';
import { longestEnding, RowMemory } from './row-memory.ts';
import { TableFaults, type TableFaultCode } from './table-faults.ts';
import { rowsPerMark, type Table } from './table.ts';

/** What is wanted of a column. */
export type ColumnUse = 'ids' | 'codes' | 'skip';

/**
 * Reads a table in one pass: splits it as RFC 4180 says, with any line end, and reads the columns that are wanted on the way.
 * Nothing is dropped or mended: whatever is odd is a fault with its place. Columns without a use are skipped.
 */
export function readTable(text: string, dialect: Dialect, uses: readonly ColumnUse[] = []): Table {
  return new TableReader(text, dialect, uses).read();
}

/**
 * The shape of it: `read` goes row by row. A row is either known by its ending (`recall`, see RowMemory), or read cell by
 * cell (`readRow`). What a cell turned out to be stands in `words`.
 */
class TableReader {
  private readonly text: string;
  private readonly dialect: Dialect;
  private readonly delimiter: number;
  private readonly faults = new TableFaults();
  private readonly writers: (IdWriter | CodeWriter | undefined)[];
  private readonly codeWriters: CodeWriter[];
  private readonly firstIds: IdWriter | undefined;
  private memory: RowMemory | undefined;
  private readonly words: CellWords = { cell: 0, from: 0, to: 0, hash: hashStart };
  private start = 0;
  private width = 0;
  private names: string[] = [];
  private row = 0;
  private reserved = 0;
  private marks = new Uint32Array(0);
  private readonly bad: BadCharacters;
  /** Where the next bad character stands. */
  private badAt: number;
  /** Whether the row that is read now has had a fault. */
  private isFaulty = false;
  /** The character that ends a line, and where the next one stands at or behind the row that is read now. */
  private lineEnd = '\n';
  private lineEndAt = -1;
  /** Where the ending of the row that is read now begins, and its slot in the memory, if it may be remembered. */
  private endingFrom = -1;
  private slot = 0;

  constructor(text: string, dialect: Dialect, uses: readonly ColumnUse[]) {
    this.text = text;
    this.dialect = dialect;
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.bad = new BadCharacters(text);
    this.badAt = this.bad.at;
    this.start = startOf(text);
    this.readHeader();
    this.writers = Array.from({ length: this.width }, (_, column) => {
      const use = uses[column];
      return use === 'ids'
        ? new IdWriter()
        : use === 'codes'
          ? new CodeWriter(text, this.delimiter)
          : undefined;
    });
    this.codeWriters = this.writers.filter((writer) => writer instanceof CodeWriter);
    const [first, ...others] = this.writers;
    this.firstIds = first instanceof IdWriter ? first : undefined;
    if (!others.some((writer) => writer instanceof IdWriter))
      this.memory = new RowMemory(text, this.codeWriters.length);
  }

  read(): Table {
    const { text } = this;
    let at = this.start;
    let rest = 0;
    while (at < text.length) {
      if (rest === 0 && this.memory !== undefined) {
        at = this.recall(at, this.memory);
        rest = this.memory?.rest() ?? 0;
        if (at >= text.length) break;
      } else rest -= 1;
      if (isLineEnd(text.charCodeAt(at))) at = this.skipEmptyLine(at);
      else {
        this.beginRow(at);
        at = this.readRow(at);
        this.row += 1;
      }
    }
    const { dialect, width, names, row: rows, faults } = this;
    return {
      dialect,
      width,
      names,
      rows,
      marks: this.marks.subarray(0, Math.ceil(rows / rowsPerMark)),
      columns: this.writers.map((writer) => writer?.finish(rows)),
      faults: faults.list.toSorted((one, other) => one.from - other.from),
      faultCounts: faults.counts,
      refusedRows: faults.refusedRows,
    };
  }

  private beginRow(at: number): void {
    if (this.row === this.reserved) this.reserve(at);
    if (this.row % rowsPerMark === 0) this.marks[this.row / rowsPerMark] = at;
  }

  /**
   * Takes rows from memory for as long as each one's first cell is a plain id (where one is wanted) and the rest of it is
   * known. Gives the offset of the first that has to be read.
   */
  private recall(start: number, memory: RowMemory): number {
    const { text, delimiter, codeWriters, firstIds, lineEnd } = this;
    let at = start;
    let lineEndAt = this.lineEndAt;
    const isReturn = lineEnd === '\r';
    this.endingFrom = -1;
    for (; at < text.length; this.row += 1) {
      let from = at;
      let id = 0;
      if (firstIds !== undefined) {
        const isQuoted = text.charCodeAt(at) === QUOTE;
        if (isQuoted) from += 1;
        const most = Math.min(text.length, from + safeDigits);
        if (from >= most || text.charCodeAt(from) === ZERO) return at;
        for (; from < most; from += 1) {
          const digit = text.charCodeAt(from) - ZERO;
          if (digit < 0 || digit > 9) break;
          id = id * 10 + digit;
        }
        if (id === 0 || from >= text.length) return at;
        if (isQuoted && text.charCodeAt(from) !== QUOTE) return at;
        if (isQuoted) from += 1;
        const next = text.charCodeAt(from);
        if (next !== delimiter && next !== LINE_FEED && next !== RETURN) return at;
      }
      if (lineEndAt < from) {
        lineEndAt = text.indexOf(lineEnd, from);
        this.lineEndAt = lineEndAt;
        if (lineEndAt < 0) {
          this.memory = undefined;
          return at;
        }
      }
      if (lineEndAt - from > longestEnding) return at;
      // Among lines that end with \r alone, this one ends with two characters.
      if (isReturn && text.charCodeAt(lineEndAt + 1) === LINE_FEED) return at;
      const slot = memory.slotOf(from, lineEndAt);
      const found = memory.find(slot, text.substring(from, lineEndAt + 1));
      if (found < 0) {
        this.endingFrom = from;
        this.slot = slot;
        return at;
      }
      const { row } = this;
      if (row === this.reserved || row % rowsPerMark === 0) this.beginRow(at);
      if (firstIds !== undefined) firstIds.write(row, id);
      for (let index = 0; index < codeWriters.length; index += 1)
        codeWriters[index]!.codes[row] = memory.codeAt(found, index);
      at = lineEndAt + 1;
    }
    return at;
  }

  /** Reads the row that begins at `from`, cell by cell. Gives the offset behind its line end. */
  private readRow(from: number): number {
    const { text, delimiter, writers, width, row } = this;
    this.isFaulty = false;
    let column = 0;
    let at = from;
    for (; ; column += 1) {
      const writer = writers[column];
      const cellFrom = at;
      at = this.readCell(cellFrom, column, row);
      if (writer instanceof CodeWriter) writer.write(row, this.words);
      else if (writer !== undefined) this.writeId(writer);
      if (at >= text.length || text.charCodeAt(at) !== delimiter) break;
      at += 1;
    }
    if (column + 1 !== width) this.addRagged(from, at, column + 1);
    if (this.badAt < at) this.addBad(from, at, row);
    const next = behindLineEnd(text, at);
    // What ends where the line does has no line end inside.
    if (this.endingFrom >= 0 && !this.isFaulty && next === this.lineEndAt + 1) this.remember(next);
    this.endingFrom = -1;
    return next;
  }

  private remember(to: number): void {
    const codes = this.codeWriters.map((writer) => writer.codes[this.row]!);
    this.memory?.keep(this.slot, this.text.substring(this.endingFrom, to), codes);
  }

  private writeId(writer: IdWriter): void {
    const { text, words, row } = this;
    const id = idAt(text, words.from, words.to);
    if (typeof id === 'number') writer.write(row, id);
    else writer.writeNone(row);
  }

  /** Reads one cell into `words`. Gives the offset of the delimiter or line end behind it. */
  private readCell(from: number, column: number, row: number | undefined): number {
    const { text } = this;
    if (text.charCodeAt(from) === QUOTE) return this.readQuoted(from, column, row);
    const { delimiter, words } = this;
    let hash = hashStart;
    let at = from;
    let quoteAt = -1;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === LINE_FEED || code === RETURN) break;
      if (code === QUOTE && quoteAt < 0) quoteAt = at;
      hash = Math.imul(hash ^ code, hashStep);
    }
    words.cell = from;
    words.from = from;
    words.to = at;
    words.hash = hash;
    if (quoteAt >= 0) this.addFault('quote-inside-cell', quoteAt, quoteAt + 1, column, row);
    return at;
  }

  private readQuoted(from: number, column: number, row: number | undefined): number {
    const { text, words } = this;
    let hash = hashStart;
    let at = from + 1;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        if (text.charCodeAt(at + 1) !== QUOTE) break;
        at += 1;
      }
      hash = Math.imul(hash ^ code, hashStep);
    }
    words.cell = from;
    words.from = from + 1;
    words.to = at;
    words.hash = hash;
    if (at >= text.length) {
      this.addFault('quote-not-closed', from, from + 1, column, row);
      this.takeAsItStands(from, text.length);
      return text.length;
    }
    const next = text.charCodeAt(at + 1);
    if (next === this.delimiter || isLineEnd(next) || at + 1 === text.length) return at + 1;
    const to = cellEnd(text, from, this.delimiter);
    this.addFault('text-behind-quote', at + 1, to, column, row);
    this.takeAsItStands(from, to);
    return to;
  }

  /** For a cell whose quotes are wrong: its words are all that stands there. */
  private takeAsItStands(from: number, to: number): void {
    const { text, words } = this;
    words.cell = from;
    words.from = from;
    words.to = to;
    words.hash = hashStart;
    for (let at = from; at < to; at += 1) words.hash = Math.imul(words.hash ^ text.charCodeAt(at), hashStep);
  }

  /** Says that a row has another number of cells than the table. Where it has too few, the others are taken for empty. */
  private addRagged(from: number, to: number, cells: number): void {
    const { width, row, words } = this;
    const are = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
    const message = `This row has ${are(cells, 'cell')}, the table has ${are(width, 'column')}.`;
    this.isFaulty = true;
    this.faults.add(cells < width ? 'row-too-short' : 'row-too-long', { from, to, row }, message);
    words.cell = to;
    words.from = to;
    words.to = to;
    words.hash = hashStart;
    for (let column = cells; column < width; column += 1) {
      const writer = this.writers[column];
      if (writer instanceof CodeWriter) writer.write(row, words);
      else writer?.writeNone(row);
    }
  }

  /** Says of each bad character of the row in which cell it stands. */
  private addBad(from: number, to: number, row: number | undefined): void {
    const spans = cellsOfRow(this.text, from, this.delimiter);
    let column = 0;
    for (; this.badAt < to; this.badAt = this.bad.at) {
      while (spans[2 * column + 1]! <= this.badAt) column += 1;
      const code = this.bad.isNul ? 'nul-character' : 'lone-surrogate';
      this.addFault(code, this.badAt, this.badAt + 1, column, row);
      this.bad.goOn();
    }
  }

  private addFault(code: TableFaultCode, from: number, to: number, column: number, row: number | undefined) {
    this.isFaulty = true;
    this.faults.add(code, row === undefined ? { from, to, column } : { from, to, column, row });
  }

  private skipEmptyLine(at: number): number {
    const next = behindLineEnd(this.text, at);
    this.faults.add('line-empty', { from: at, to: next });
    return next;
  }

  /** Finds the width, the names and where the rows begin. */
  private readHeader(): void {
    const { text } = this;
    let at = this.start;
    while (isLineEnd(text.charCodeAt(at))) at = this.skipEmptyLine(at);
    this.start = at;
    if (at >= text.length) return;
    const spans = cellsOfRow(text, at, this.delimiter);
    const end = spans.at(-1)!;
    this.width = spans.length / 2;
    if (text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) !== LINE_FEED) this.lineEnd = '\r';
    if (!this.dialect.hasHeader) return;
    for (let column = 0; column < this.width; column += 1) {
      this.readCell(spans[2 * column]!, column, undefined);
      this.addName(spans[2 * column]!, spans[2 * column + 1]!, column);
    }
    if (this.badAt < end) this.addBad(at, end, undefined);
    this.start = behindLineEnd(text, end);
  }

  private addName(from: number, to: number, column: number): void {
    const name = cellText(this.text, from, to);
    const first = this.names.indexOf(name);
    if (name.trim() === '') this.addFault('column-name-empty', from, to, column, undefined);
    else if (first >= 0) {
      const message = `Column ${first + 1} has the name “${name}” already.`;
      this.faults.add('column-name-twice', { from, to, column }, message);
    }
    this.names.push(name);
  }

  /** Makes room for as many rows as there will be, if they go on as long as they were so far. */
  private reserve(at: number): void {
    const perRow = this.row === 0 ? 0 : (at - this.start) / this.row;
    const rest = perRow === 0 ? fewRows : Math.ceil(((this.text.length - at) / perRow) * 1.02) + fewRows;
    this.reserved = this.row + rest;
    for (const writer of this.writers) writer?.reserve(this.reserved);
    const marks = new Uint32Array(Math.ceil(this.reserved / rowsPerMark));
    marks.set(this.marks);
    this.marks = marks;
  }
}

const fewRows = 1024;
