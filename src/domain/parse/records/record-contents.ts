import type { LabelConfig } from '#config/label-config.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Json } from '#wire/json/json.ts';
import { inParts } from '#wire/in-parts.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { codesUpTo, type Codes } from '#domain/requests/dictionary.ts';
import { contentCodesByTemplate, type ContentCodes } from '#domain/requests/content-codes.ts';
import { haveSameBytes } from '#domain/parse/columns/cell-source.ts';
import { FREE, MISSING } from '#domain/parse/columns/kept-column.ts';
import type { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import { codeAt, freeHash, RowWriter } from '#domain/parse/columns/columnar-rows.ts';
import { slotsFor } from '#domain/parse/columns/slots.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { JsonCells } from '#domain/parse/objects/json-cells.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import type { CellSettings } from '#domain/parse/cells/value-mapping.ts';
import { ColumnContents } from './column-contents.ts';

/** The targets of the columns, and how to read cells. */
interface Understanding {
  targets: readonly ColumnTarget[];
  config: LabelConfig | undefined;
  settings: CellSettings;
}

/** Codes that are equal for records with equal content. Compares cells without creating requests. */
export function contentsOfRecords(
  records: Records,
  { targets, config, settings }: Understanding,
  at: (record: number) => Json,
): ContentCodes {
  const { kindOf: templates, kinds, count: length, kept, indexOf } = records.rows;
  const firsts = kinds.firsts.subarray(0, kinds.size);
  // A `result` column may repeat other columns, so whole requests are compared.
  if (targets.includes('result')) return contentCodesByTemplate({ templates, firsts, length, at });
  const columns: ColumnContents[] = [];
  for (const [column, index] of indexOf.entries())
    if (index >= 0)
      columns[index] = new ColumnContents(column, kept[column]!, targets[column]!, config, settings);
  const finder = new ContentFinder(records, columns);
  // Kinds are numbered in the order of their first record, as codes are.
  if (finder.areKindsContents) return { codes: templates, firsts };
  const codes = finder.codesOf(length);
  return { codes, firsts: finder.firsts.slice(0, finder.size) };
}

type CellsOfRecords = Pick<Records, 'rows' | 'cell' | 'spanOf'>;

/** Instead of a code: it is unknown, depends on free cells, or each record has another one. */
const unknown = -1;
const free = -2;
const alone = -3;

/** Finds the content code of each record from the content of its kind, and the hashes and texts of its free cells. */
class ContentFinder {
  size = 0;
  firsts = new Uint32Array(0);
  private readonly records: CellsOfRecords;
  private readonly columns: readonly ColumnContents[];
  /** Rows of IDs: the kinds, and others for kinds whose codes aren’t IDs. */
  private readonly ids: RowDictionary;
  /** By kind: the number of its IDs; undefined if all kinds differ in content. */
  private readonly numbers: Uint32Array | undefined;
  /** By kind: the hashes of free cells that are equal in all its records. */
  private readonly hashes: Int32Array;
  /** By number: its code, or what else is known. */
  private readonly codes: Int32Array;
  /** Open addressing: code + 1 at the number and the hash of free cells. */
  private slots = new Uint32Array(1);

  constructor(records: CellsOfRecords, columns: readonly ColumnContents[]) {
    this.records = records;
    this.columns = columns;
    const { kinds } = records.rows;
    this.hashes = new Int32Array(kinds.size);
    this.numbers = this.areKindsDistinct() ? undefined : new Uint32Array(kinds.size);
    this.ids = this.numbers === undefined ? kinds : this.numberKinds(this.numbers);
    this.codes = new Int32Array(this.ids.size).fill(unknown);
    for (const [index, column] of columns.entries()) this.markFree(index, column);
    for (const [index, column] of columns.entries()) if (column.isAlone) this.markAlone(index, column);
  }

  /** True if records have the same content exactly if they are of one kind. */
  get areKindsContents(): boolean {
    return this.numbers === undefined && this.codes.every((code) => code === unknown);
  }

  /** The codes of all records. */
  codesOf(length: number): Codes {
    const hasFree = this.codes.includes(free);
    const largest = hasFree || this.codes.includes(alone) ? length : this.codes.length;
    const codes = codesUpTo(largest, length);
    this.firsts = new Uint32Array(Math.min(largest, length));
    this.slots = new Uint32Array(slotsFor(hasFree ? length : 1));
    inParts(length, (from, to) => this.findCodes(from, to, codes));
    return codes;
  }

  private findCodes(from: number, to: number, found: Codes): void {
    const { numbers, codes, slots, firsts } = this;
    const { kindOf } = this.records.rows;
    const mask = slots.length - 1;
    for (let record = from; record < to; record += 1) {
      const kind = kindOf[record]!;
      const number = numbers === undefined ? kind : numbers[kind]!;
      let code = codes[number]!;
      if (code === free) {
        const hash = this.hashOf(record);
        const mixed = Math.imul(hash ^ number, 0x9e3779b1);
        let slot = (mixed ^ (mixed >>> 15)) & mask;
        while ((code = slots[slot]! - 1) >= 0) {
          const first = firsts[code]!;
          if (this.hashOf(first) === hash && this.haveSame(record, first)) break;
          slot = (slot + 1) & mask;
        }
        if (code < 0) slots[slot] = this.size + 1;
      }
      if (code < 0) {
        code = this.add(record);
        if (codes[number] === unknown) codes[number] = code;
      }
      found[record] = code;
    }
  }

  /** Marks the numbers of rows with free cells in a column. */
  private markFree(index: number, { hasFree }: ColumnContents): void {
    if (!hasFree) return;
    const { ids, codes } = this;
    for (let number = 0; number < codes.length; number += 1)
      if (ids.codeAt(number, index) === FREE) codes[number] = free;
  }

  /** Marks the numbers of rows that are never grouped because of their content in a column. */
  private markAlone(index: number, { ids: idsOfCodes, blank }: ColumnContents): void {
    const { ids, codes } = this;
    for (let number = 0; number < codes.length; number += 1) {
      if (idsOfCodes[ids.codeAt(number, index)] !== blank) codes[number] = alone;
    }
  }

  /** True if records of different kinds differ in content. */
  private areKindsDistinct(): boolean {
    const { kinds } = this.records.rows;
    return this.columns.every(
      ({ isDistinct, blank }, index) => isDistinct && (blank === MISSING || !kinds.hasCode(index, MISSING)),
    );
  }

  /** Gives kinds with equal IDs the same number. */
  private numberKinds(numbers: Uint32Array): RowDictionary {
    const { columns, hashes } = this;
    const { kinds } = this.records.rows;
    const found = kinds.copy();
    const isChanged = new Uint8Array(kinds.size);
    for (const [index, column] of columns.entries()) this.markChanged(index, column, isChanged);
    const ids = new Uint32Array(columns.length);
    for (let kind = 0; kind < kinds.size; kind += 1) {
      if (isChanged[kind] === 0) {
        numbers[kind] = kind;
        continue;
      }
      for (const [index, column] of columns.entries()) {
        const code = kinds.codeAt(kind, index);
        ids[index] = column.ids[code]!;
        const hash = column.hashes.get(code);
        if (hash !== undefined) hashes[kind]! += freeHash(hash, index);
      }
      numbers[kind] = found.numberOf(ids, 0, kind);
    }
    return found;
  }

  /** Marks kinds whose ID in a column differs from their code. */
  private markChanged(
    index: number,
    { ids, isDistinct, blank }: ColumnContents,
    isChanged: Uint8Array,
  ): void {
    if (isDistinct && blank === MISSING) return;
    const { kinds } = this.records.rows;
    for (let kind = 0; kind < kinds.size; kind += 1) {
      const code = kinds.codeAt(kind, index);
      if (ids[code] !== code) isChanged[kind] = 1;
    }
  }

  private numberOf(record: number): number {
    const kind = this.records.rows.kindOf[record]!;
    return this.numbers === undefined ? kind : this.numbers[kind]!;
  }

  private hashOf(record: number): number {
    const { hashes, kindOf } = this.records.rows;
    const ofRecord = record < hashes.length ? hashes[record]! : 0;
    return (ofRecord + this.hashes[kindOf[record]!]!) | 0;
  }

  /** True if two records with free cells of the same hash have the same content. */
  private haveSame(record: number, other: number): boolean {
    const number = this.numberOf(record);
    if (this.numberOf(other) !== number) return false;
    const isFree = (_: unknown, index: number) => this.ids.codeAt(number, index) === FREE;
    const columns = this.columns.filter(isFree);
    const isOnly = columns.length === 1;
    return columns.every((one) => {
      const span = this.spanOf(record, one, isOnly);
      const otherSpan = this.spanOf(other, one, isOnly);
      if (span && otherSpan && haveSame(one.source.bytes, span, otherSpan)) return true;
      const keyOf = (row: number) => one.keyOf(this.records.cell(row, one.column)!);
      return keyOf(record) === keyOf(other);
    });
  }

  /** The span of a cell, which is known if it is the only free cell of its row. */
  private spanOf(record: number, { column }: ColumnContents, isOnly: boolean): Span | undefined {
    const { rows } = this.records;
    if (codeAt(rows, record, column) !== FREE) return undefined;
    return this.records.spanOf(record, column, isOnly ? rows.freeFroms[record] : undefined);
  }

  private add(record: number): number {
    const code = this.size;
    this.firsts[code] = record;
    this.size += 1;
    return code;
  }
}

const haveSame = (bytes: Bytes, one: Span, other: Span): boolean =>
  one.to - one.from === other.to - other.from &&
  haveSameBytes(bytes, one.from, other.from, one.to - one.from);

function tinyFinder(): ContentFinder {
  const rows = new RowWriter(new JsonCells(SourceText.of('')), [{ as: 'text' }]).finish();
  const column = new ColumnContents(0, rows.kept[0]!, 'field:unique_id', undefined, {});
  return new ContentFinder({ rows, cell: () => undefined, spanOf: () => undefined }, [column]);
}

keepCodeOf(tinyFinder());
