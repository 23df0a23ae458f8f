import type { LabelConfig } from '#config/label-config.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { ExactNumber, type Json } from '#wire/json/json.ts';
import { inParts } from '#wire/in-parts.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { codesUpTo, type Codes } from '#domain/requests/dictionary.ts';
import { contentCodesByTemplate, type ContentCodes } from '#domain/requests/content-codes.ts';
import { canonicalJson } from '#wire/hash/stable-hash.ts';
import { hashOfText } from '#domain/templates/contents/text-hash.ts';
import { haveSameBytes, type CellSource } from '#domain/parse/columns/cell-source.ts';
import { byteSet, FREE, isPlainText, MISSING, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import { codeAt, freeHash, RowWriter } from '#domain/parse/columns/columnar-rows.ts';
import { slotsFor } from '#domain/parse/columns/slots.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { answerOfCell, fieldIn, isEmpty, numberOfCell } from '#domain/parse/cells/cell-values.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { JsonCells } from '#domain/parse/objects/json-cells.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import { markIn } from '#domain/parse/cells/label-columns.ts';
import { controlOf, readingOf, type CellSettings } from '#domain/parse/cells/value-mapping.ts';

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

/** The content of one column: cells with the same ID have the same content, except free ones. */
class ColumnContents {
  readonly column: number;
  /** By code; `FREE` for content that is compared cell by cell. */
  readonly ids: Uint32Array;
  /** The hash of free content by code, for cells that are kept because of an unusual notation. */
  readonly hashes = new Map<number, number>();
  /** The ID of cells without content, which are equal to a missing one: the code of the first. */
  blank = MISSING;
  /** True if kept cells with different codes have different content. */
  readonly isDistinct: boolean;
  /** False if all content has an ID. */
  readonly hasFree: boolean;
  /** True if requests with content here are never grouped. */
  readonly isAlone: boolean;
  readonly kept: KeptColumn;
  private readonly isMark: boolean;
  private readonly meaning: (cell: Json) => Json;

  constructor(
    column: number,
    kept: KeptColumn,
    target: ColumnTarget,
    config: LabelConfig | undefined,
    settings: CellSettings,
  ) {
    this.column = column;
    this.kept = kept;
    this.isAlone = target === 'field:unique_id';
    this.isMark = target.startsWith('label:');
    const control = controlOf(target, config);
    const reading = control === undefined ? {} : readingOf(settings, control);
    const isNumber = kept.role.as === 'number';
    this.meaning = (cell) => {
      if (this.isMark) return true;
      if (isNumber) return numberOfCell(control, cell);
      if (control === undefined) return fieldIn(cell);
      return answerOfCell(control, cell, reading);
    };
    const isRead = reading.matches !== undefined || reading.separator !== undefined;
    const isPicked = control?.tag === 'Choices' && !control.isNested && !isRead;
    // A plain number or text, or a single choice, is its own content.
    const isOwn = (code: number) => {
      if (isNumber) return kept.plainNumber(code) !== undefined;
      return kept.role.as === 'text' ? kept.isPlain(code) : isPicked && kept.isPlain(code, pipe);
    };
    const others = new Map<string, number>();
    this.ids = new Uint32Array(kept.codes);
    let isDistinct = true;
    for (let code = kept.first; code < kept.codes; code += 1) {
      const id = isOwn(code) ? code : this.idOf(code, others);
      this.ids[code] = id;
      if (id !== code) isDistinct = false;
    }
    this.ids[MISSING] = this.blank;
    this.isDistinct = isDistinct;
    this.hasFree = kept.hasFree || this.ids.includes(FREE, kept.first);
  }

  get source(): CellSource {
    return this.kept.source;
  }

  /** The key of a cell’s free content for comparison. */
  keyOf(cell: Json): string {
    const meaning = this.meaning(cell);
    return freeKey(meaning, true) ?? canonicalJson(meaning);
  }

  /** The first code with the same content. */
  private idOf(code: number, others: Map<string, number>): number {
    const { kept } = this;
    const cell = kept.valueOf(code)!;
    if (isEmpty(cell) || (this.isMark && markIn(cell) !== true)) {
      if (this.blank === MISSING) this.blank = code;
      return this.blank;
    }
    const meaning = this.meaning(cell);
    const free = freeKey(meaning, kept.role.as === 'text');
    if (free !== undefined) {
      const hash = hashOfText(free);
      const known = kept.find(Array.isArray(meaning) ? kept.source.keyOfText(free) : free, hash);
      if (known >= 0) return known;
      if (kept.mayBeFree(hash)) {
        this.hashes.set(code, hash);
        return FREE;
      }
    }
    const key = canonicalJson(meaning);
    const first = others.get(key) ?? code;
    if (first === code) others.set(key, code);
    return first;
  }
}

const pipe = byteSet('|');

/** The usual notation of this content in a cell, if it is a number or a single text without a special meaning. */
function freeKey(meaning: Json, isText: boolean): string | undefined {
  if (typeof meaning === 'number' || meaning instanceof ExactNumber) return canonicalJson(meaning);
  const only = Array.isArray(meaning) && meaning.length === 1 ? meaning[0] : undefined;
  if (typeof only !== 'string' || !isPlainText(only)) return undefined;
  return isText || !only.includes('|') ? only : undefined;
}

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
