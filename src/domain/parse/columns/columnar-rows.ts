import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import { TaskIdWriter, type TaskIds } from '#domain/requests/task-ids.ts';
import { inParts } from '#wire/in-parts.ts';
import { resized } from '#domain/text/resized.ts';
import type { CellSource, CellSpan } from './cell-source.ts';
import { FREE, KeptColumn, MISSING, type ColumnRole } from './kept-column.ts';
import { RowDictionary } from './row-dictionary.ts';

/** Rows of a source in columns. */
export interface ColumnarRows {
  count: number;
  /** By column: its kept values, if any. */
  kept: readonly (KeptColumn | undefined)[];
  /** Their codes are `kinds.codeAt(kind, index)`; -1 for a column that feeds no request, or only its task. */
  indexOf: readonly number[];
  /** Task ids: 0 if invalid, inexact above 2^53. */
  tasks: TaskIds;
  /** Rows of one kind agree in everything that feeds their requests but the task and free cells. */
  kindOf: Codes;
  kinds: RowDictionary;
  /** By row: the sum of `freeHash` of its free cells. Shorter if later rows have none. */
  hashes: Int32Array;
  /** By row: the offset of its last free cell. As long as `hashes`. */
  freeFroms: Uint32Array;
}

/** What a free cell adds to the hash of its row. */
export function freeHash(hash: number, index: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + Math.imul(index + 1, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
}

/** What to do with the cells of a column. */
export const SKIP = 0;
export const SAMPLE = 1;
export const KEEP = 2;
export const TASK = 3;
const actionOf = {
  skip: SKIP,
  sample: SAMPLE,
  values: KEEP,
  choice: KEEP,
  text: KEEP,
  number: KEEP,
  task: TASK,
};

/** Rows that are looked up together, column by column, so that the processor waits for the memory of several at once. */
const rowsAtOnce = 512;

/** The numbers of a cell that waits: the fields of `CellSpan`. */
const cellFields = 4;

/** Writes rows cell by cell. */
export class RowWriter {
  /** Rows written so far. */
  count = 0;
  /** By column: `SKIP`, `SAMPLE`, `KEEP` or `TASK`. */
  readonly actions: number[];
  private readonly source: CellSource;
  private readonly kept: (KeptColumn | undefined)[];
  private readonly indexOf: number[];
  /** The columns of `KEEP`, in order. */
  private readonly keptColumns: KeptColumn[];
  private readonly tasks = new TaskIdWriter();
  private readonly kindOf = new CodeWriter();
  private readonly kinds: RowDictionary;
  private hashes: Int32Array<ArrayBuffer> = new Int32Array(0);
  private freeFroms: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private reserved = 0;
  /** The last rows, which aren’t looked up yet. */
  private waiting = 0;
  /** Their cells, column by column, field by field; `from` is -1 for a missing one. */
  private readonly cells: Int32Array;
  /** Their codes, row by row. */
  private readonly codes: Uint32Array;
  /** The sum of the hashes of their free cells, and the offset of the last one, or -1. */
  private readonly freeSums = new Int32Array(rowsAtOnce);
  private readonly lastFree = new Int32Array(rowsAtOnce).fill(-1);
  private readonly cell: CellSpan = { from: 0, to: 0, quotes: 0, hash: 0 };

  constructor(source: CellSource, roles: readonly ColumnRole[]) {
    let columns = 0;
    this.source = source;
    this.actions = roles.map(({ as }) => actionOf[as]);
    this.kept = roles.map((role) =>
      role.as === 'task' || role.as === 'skip' ? undefined : new KeptColumn(source, role),
    );
    this.indexOf = this.actions.map((action) => (action === KEEP ? columns++ : -1));
    this.keptColumns = this.actions.flatMap((action, column) =>
      action === KEEP ? [this.kept[column]!] : [],
    );
    this.kinds = new RowDictionary(columns);
    this.cells = new Int32Array(columns * rowsAtOnce * cellFields).fill(-1);
    this.codes = new Uint32Array(columns * rowsAtOnce);
  }

  /** Adds a column to sample. */
  addColumn(): void {
    this.actions.push(SAMPLE);
    this.kept.push(new KeptColumn(this.source, { as: 'sample' }));
    this.indexOf.push(-1);
  }

  /** Reserves space for this many rows. */
  reserve(rows: number): void {
    this.reserved = rows;
    this.tasks.reserve(rows);
    this.kindOf.reserve(rows);
  }

  /** Keeps a cell of the current row. */
  put(column: number, { from, to, quotes, hash }: CellSpan): void {
    const { cells } = this;
    const place = (this.indexOf[column]! * rowsAtOnce + this.waiting) * cellFields;
    cells[place] = from;
    cells[place + 1] = to;
    cells[place + 2] = quotes;
    cells[place + 3] = hash;
  }

  /** Samples a cell; its column is skipped once there are enough. */
  sample(column: number, cell: CellSpan): void {
    if (this.kept[column]!.sample(cell)) this.actions[column] = SKIP;
  }

  /** Forgets the cells of the current row. */
  dropRow(): void {
    const { cells } = this;
    const perColumn = rowsAtOnce * cellFields;
    for (let place = this.waiting * cellFields; place < cells.length; place += perColumn) cells[place] = -1;
  }

  /** Ends the current row. */
  endRow(task: number): void {
    this.tasks.write(this.count, task);
    this.count += 1;
    this.waiting += 1;
    if (this.waiting === rowsAtOnce) this.lookUp();
  }

  /** The kind of the last row, or -1 if it has free cells. */
  lastKind(): number {
    const row = this.count - 1;
    const kind = this.lookUp();
    return (this.freeFroms[row] ?? 0) > 0 ? -1 : kind;
  }

  /** Adds a row of a known kind. */
  addKnown(kind: number, task: number): void {
    if (this.waiting > 0) this.lookUp();
    this.kindOf.write(this.count, kind);
    this.tasks.write(this.count, task);
    this.count += 1;
  }

  finish(): ColumnarRows {
    this.lookUp();
    const { count, kept, indexOf, kinds } = this;
    const hashes = this.hashes.subarray(0, count);
    const freeFroms = this.freeFroms.subarray(0, count);
    return {
      count,
      kept,
      indexOf,
      tasks: this.tasks.finish(count),
      kindOf: this.kindOf.finish(count),
      kinds,
      hashes,
      freeFroms,
    };
  }

  /** Looks up the waiting rows. Returns the kind of the last one. */
  private lookUp(): number {
    const { keptColumns, waiting } = this;
    const first = this.count - waiting;
    for (let index = 0; index < keptColumns.length; index += 1) this.lookUpColumn(keptColumns[index]!, index);
    for (let at = 0; at < waiting; at += 1) if (this.lastFree[at]! >= 0) this.keepFree(first + at, at);
    const kind = this.findKinds(first);
    this.waiting = 0;
    return kind;
  }

  private lookUpColumn(kept: KeptColumn, index: number): void {
    const { cells, codes, cell, waiting, freeSums, lastFree } = this;
    const { width } = this.kinds;
    let place = index * rowsAtOnce * cellFields;
    for (let at = 0; at < waiting; at += 1, place += cellFields) {
      const from = cells[place]!;
      let code = MISSING;
      if (from >= 0) {
        cells[place] = -1;
        cell.from = from;
        cell.to = cells[place + 1]!;
        cell.quotes = cells[place + 2]!;
        cell.hash = cells[place + 3]!;
        code = kept.codeOf(cell);
        if (code === FREE) {
          freeSums[at]! += freeHash(cell.hash, index);
          lastFree[at] = from;
        }
      }
      codes[at * width + index] = code;
    }
  }

  private findKinds(first: number): number {
    const { kinds, kindOf, codes, waiting } = this;
    let kind = -1;
    for (let at = 0; at < waiting; at += 1) {
      kind = kinds.numberOf(codes, at * kinds.width, first + at);
      kindOf.write(first + at, kind);
    }
    return kind;
  }

  private keepFree(row: number, at: number): void {
    if (row >= this.hashes.length) {
      const length = Math.max(this.reserved, Math.ceil(row * 1.5) + rowsAtOnce);
      this.hashes = resized(this.hashes, length);
      this.freeFroms = resized(this.freeFroms, length);
    }
    this.hashes[row] = this.freeSums[at]!;
    this.freeFroms[row] = this.lastFree[at]!;
    this.freeSums[at] = 0;
    this.lastFree[at] = -1;
  }
}

/** The code of a cell: `FREE` for one that isn’t kept. */
export function codeAt({ kinds, kindOf, indexOf }: ColumnarRows, row: number, column: number): number {
  const index = indexOf[column]!;
  return index < 0 ? FREE : kinds.codeAt(kindOf[row]!, index);
}

/** The number of rows with each code of a column whose values are all kept. */
export function countRows({ kinds, kindOf, indexOf, kept }: ColumnarRows, column: number): Uint32Array {
  const index = indexOf[column]!;
  const rowsOfKind = new Uint32Array(kinds.size);
  inParts(kindOf.length, (from, to) => countCodes(kindOf, rowsOfKind, from, to));
  const rows = new Uint32Array(kept[column]!.codes);
  for (let kind = 0; kind < kinds.size; kind += 1) rows[kinds.codeAt(kind, index)]! += rowsOfKind[kind]!;
  return rows;
}

function countCodes(codes: Codes, counts: Uint32Array, from: number, to: number): void {
  for (let index = from; index < to; index += 1) counts[codes[index]!]! += 1;
}
