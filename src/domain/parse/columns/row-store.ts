import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import { TaskIdWriter, type TaskIds } from '#domain/requests/task-ids.ts';
import { resized } from '#domain/text/resized.ts';
import type { CellSource, CellSpan } from './cell-source.ts';
import { FREE, KeptColumn, maxSampled, MISSING, type ColumnRole } from './kept-column.ts';
import { RowDictionary } from './row-dictionary.ts';

/** Rows of a source in columns. */
export interface StoredRows {
  count: number;
  /** Those columns whose values are kept, by column. */
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
export const PUT = 2;
export const TASK = 3;
const wayOf = { skip: SKIP, sample: SAMPLE, values: PUT, text: PUT, number: PUT, task: TASK };

/** From so many distinct values or kinds on, space is reserved for all that are expected. */
const manyFrom = 8192;

/** Stores rows cell by cell. */
export class RowStore {
  /** Rows stored so far. */
  count = 0;
  /** By column: `SKIP`, `SAMPLE`, `PUT` or `TASK`. */
  readonly ways: number[];
  private readonly source: CellSource;
  private readonly kept: (KeptColumn | undefined)[];
  private readonly indexOf: number[];
  private readonly tasks = new TaskIdWriter();
  private readonly kindOf = new CodeWriter();
  private readonly kinds: RowDictionary;
  private hashes: Int32Array<ArrayBuffer> = new Int32Array(0);
  private freeFroms: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private reserved = 0;
  /** The codes of the current row, and the sum of the hashes of its free cells. */
  private readonly codes: Uint32Array;
  private hash = 0;
  private freeFrom = -1;

  constructor(source: CellSource, roles: readonly ColumnRole[]) {
    let columns = 0;
    this.source = source;
    this.ways = roles.map(({ as }) => wayOf[as]);
    this.kept = roles.map((role) =>
      role.as === 'task' || role.as === 'skip' ? undefined : new KeptColumn(source, role),
    );
    this.indexOf = this.ways.map((way) => (way === PUT ? columns++ : -1));
    this.kinds = new RowDictionary(columns);
    this.codes = new Uint32Array(columns).fill(MISSING);
  }

  /** Adds a column to sample. */
  addColumn(): void {
    this.ways.push(SAMPLE);
    this.kept.push(new KeptColumn(this.source, { as: 'sample' }));
    this.indexOf.push(-1);
  }

  /** Reserves space for so many rows. */
  reserve(rows: number): void {
    this.reserved = rows;
    this.tasks.reserve(rows);
    this.kindOf.reserve(rows);
  }

  /** Keeps a cell of the current row. */
  put(column: number, cell: CellSpan): void {
    const index = this.indexOf[column]!;
    const kept = this.kept[column]!;
    const code = kept.codeOf(cell);
    this.codes[index] = code;
    if (code === FREE) {
      this.hash = (this.hash + freeHash(cell.hash, index)) | 0;
      this.freeFrom = cell.from;
    } else if (code === manyFrom) kept.texts.reserve(this.expected(code));
  }

  /** Samples a cell; its column is skipped once it has enough of them. */
  sample(column: number, cell: CellSpan): void {
    const { texts } = this.kept[column]!;
    if (texts.find(cell) < 0) texts.add(cell);
    if (texts.size >= maxSampled) this.ways[column] = SKIP;
  }

  /** Forgets the cells of the current row. */
  dropRow(): void {
    const { codes } = this;
    for (let index = 0; index < codes.length; index += 1) codes[index] = MISSING;
    this.hash = 0;
    this.freeFrom = -1;
  }

  /** Ends the current row. Gives its kind, or -1 if it has free cells. */
  endRow(task: number): number {
    const { count, freeFrom } = this;
    const kind = this.kinds.numberOf(this.codes, count);
    if (kind === manyFrom) this.kinds.reserve(this.expected(kind));
    if (freeFrom >= 0) {
      if (count >= this.hashes.length) {
        const length = Math.max(this.reserved, Math.ceil(count * 1.5) + 16);
        this.hashes = resized(this.hashes, length);
        this.freeFroms = resized(this.freeFroms, length);
      }
      this.hashes[count] = this.hash;
      this.freeFroms[count] = freeFrom;
    }
    this.dropRow();
    this.addKnown(kind, task);
    return freeFrom >= 0 ? -1 : kind;
  }

  /** Adds a row of a known kind. */
  addKnown(kind: number, task: number): void {
    this.kindOf.write(this.count, kind);
    this.tasks.write(this.count, task);
    this.count += 1;
  }

  finish(): StoredRows {
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

  /** How many there will be of something of which there are `most` so far. */
  private expected(most: number): number {
    return Math.ceil((most * this.reserved) / (this.count + 1));
  }
}

/** The code of a cell: `FREE` for one that isn’t kept. */
export function codeAt({ kinds, kindOf, indexOf }: StoredRows, row: number, column: number): number {
  const index = indexOf[column]!;
  return index < 0 ? FREE : kinds.codeAt(kindOf[row]!, index);
}

/** The number of rows with each code of a column whose values are all kept. */
export function countRows({ kinds, kindOf, indexOf, kept }: StoredRows, column: number): Uint32Array {
  const index = indexOf[column]!;
  const rowsOfKind = new Uint32Array(kinds.size);
  for (let row = 0; row < kindOf.length; row += 1) rowsOfKind[kindOf[row]!]! += 1;
  const rows = new Uint32Array(kept[column]!.codes);
  for (let kind = 0; kind < kinds.size; kind += 1) rows[kinds.codeAt(kind, index)]! += rowsOfKind[kind]!;
  return rows;
}
