import type { LabelConfig } from '#config/label-config.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { ExactNumber, type Json } from '#wire/json/json.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import { contentCodesByTemplate, type ContentCodes } from '#domain/requests/content-codes.ts';
import { canonicalJson } from '#wire/hash/stable-hash.ts';
import { hashOfText } from '#domain/templates/contents/text-hash.ts';
import { resized } from '#domain/text/resized.ts';
import { haveSameBytes, type CellSource } from '#domain/parse/columns/cell-source.ts';
import { byteSet, FREE, isPlainText, MISSING, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import { codeAt, freeHash, RowWriter } from '#domain/parse/columns/columnar-rows.ts';
import { slotsFor } from '#domain/parse/columns/slots.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { answerOfCell, fieldIn, isEmpty, numberOfCell } from '#domain/parse/cells/cell-values.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { jsonCells } from '#domain/parse/objects/json-cells.ts';
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
  const codes = new CodeWriter();
  codes.reserve(length);
  for (let record = 0; record < length; record += 1) codes.write(record, finder.codeOf(record));
  return { codes: codes.finish(length), firsts: finder.firsts.subarray(0, finder.size) };
}

type CellsOfRecords = Pick<Records, 'rows' | 'cell' | 'spanOf'>;

/** The content of one column: cells with the same ID have the same content, except free ones. */
class ColumnContents {
  readonly column: number;
  /** By code; `FREE` for content that is compared cell by cell. */
  readonly ids: Uint32Array;
  /** The hash of free content by code, for cells that are kept because of an unusual notation. */
  readonly hashes = new Map<number, number>();
  /** The ID of cells without content. */
  blank = MISSING;
  /** True if kept cells with different codes have different content; a blank one equals a missing one. */
  readonly isDistinct: boolean;
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
    this.ids[MISSING] = MISSING;
    let blanks = 0;
    let shared = 0;
    for (let code = kept.first; code < kept.codes; code += 1) {
      const id = isOwn(code) ? code : this.idOf(code, others);
      this.ids[code] = id;
      if (id === MISSING) blanks += 1;
      else if (id !== code) shared += 1;
    }
    this.isDistinct = shared === 0 && blanks <= 1;
  }

  get source(): CellSource {
    return this.kept.source;
  }

  /** The key of a cell’s free content for comparison. */
  keyOf(cell: Json): string {
    const meaning = this.meaning(cell);
    return freeKey(meaning, true) ?? canonicalJson(meaning);
  }

  /** A member without content equals a missing one; a table has no missing cells. */
  private blankId(code: number): number {
    if (this.blank === MISSING && !this.source.hasNumbers) this.blank = code;
    return this.blank;
  }

  /** The first code with the same content. */
  private idOf(code: number, others: Map<string, number>): number {
    const { kept } = this;
    const cell = kept.valueOf(code)!;
    if (isEmpty(cell) || (this.isMark && markIn(cell) !== true)) return this.blankId(code);
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

const unknown = -1;
const free = -2;
const alone = -3;

/** Finds the content code of each record from the content of its kind, and the hashes and texts of its free cells. */
class ContentFinder {
  size = 0;
  firsts = new Uint32Array(1024);
  private readonly records: CellsOfRecords;
  private readonly columns: readonly ColumnContents[];
  /** By kind: the number of its IDs, and the hashes of free cells that are equal in all its records. */
  private readonly numbers: Uint32Array;
  private readonly hashes: Int32Array;
  private readonly ids: RowDictionary;
  /** By number: its code, `unknown`, `free` if it depends on free cells, or `alone` if its records are never grouped. */
  private readonly codes: Int32Array;
  /** Open addressing: code + 1 at the number and the hash of free cells. */
  private readonly slots: Uint32Array;

  constructor(records: CellsOfRecords, columns: readonly ColumnContents[]) {
    this.records = records;
    this.columns = columns;
    const { kinds, count } = records.rows;
    this.numbers = new Uint32Array(kinds.size);
    this.hashes = new Int32Array(kinds.size);
    this.ids = this.areKindsDistinct() ? kinds : this.numberKinds();
    this.codes = new Int32Array(this.ids.size).fill(unknown);
    for (const [index, { isAlone, ids, blank }] of columns.entries())
      for (let number = 0; number < this.ids.size; number += 1) {
        const id = this.ids.codeAt(number, index);
        if (isAlone && ids[id] !== blank && id !== MISSING) this.codes[number] = alone;
        else if (id === FREE && this.codes[number] === unknown) this.codes[number] = free;
      }
    this.slots = new Uint32Array(slotsFor(this.codes.includes(free) ? count : 1));
  }

  codeOf(record: number): number {
    const number = this.numberOf(record);
    const known = this.codes[number]!;
    if (known >= 0) return known;
    if (known === free) return this.codeOfFree(record, number);
    const code = this.add(record);
    if (known === unknown) this.codes[number] = code;
    return code;
  }

  /** True if records have the same content exactly if they are of one kind. */
  get areKindsContents(): boolean {
    return this.ids === this.records.rows.kinds && this.codes.every((code) => code === unknown);
  }

  /** True if records of different kinds differ in content. */
  private areKindsDistinct(): boolean {
    const { kinds } = this.records.rows;
    return this.columns.every(
      ({ isDistinct, ids, kept }, index) =>
        isDistinct && !(ids.includes(MISSING, kept.first) && kinds.hasCode(index, MISSING)),
    );
  }

  /** Gives kinds with equal IDs the same number. */
  private numberKinds(): RowDictionary {
    const { columns, numbers, hashes } = this;
    const { kinds } = this.records.rows;
    const found = new RowDictionary(columns.length, kinds.size);
    const ids = new Uint32Array(columns.length);
    for (let kind = 0; kind < kinds.size; kind += 1) {
      for (let index = 0; index < columns.length; index += 1) {
        const code = kinds.codeAt(kind, index);
        const id = columns[index]!.ids[code]!;
        ids[index] = id;
        if (id === FREE && code !== FREE) hashes[kind]! += freeHash(columns[index]!.hashes.get(code)!, index);
      }
      numbers[kind] = found.numberOf(ids, 0, kind);
    }
    return found;
  }

  private codeOfFree(record: number, number: number): number {
    const { slots, firsts } = this;
    const hash = this.hashOf(record);
    const mask = slots.length - 1;
    const mixed = Math.imul(hash ^ number, 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0) break;
      const first = firsts[code]!;
      if (this.hashOf(first) === hash && this.numberOf(first) === number && this.haveSame(record, first))
        return code;
    }
    slots[slot] = this.size + 1;
    return this.add(record);
  }

  private numberOf(record: number): number {
    const kind = this.records.rows.kindOf[record]!;
    return this.ids === this.records.rows.kinds ? kind : this.numbers[kind]!;
  }

  private hashOf(record: number): number {
    const { hashes, kindOf } = this.records.rows;
    return ((hashes[record] ?? 0) + this.hashes[kindOf[record]!]!) | 0;
  }

  /** True if two records have the same content in their free cells. */
  private haveSame(record: number, other: number): boolean {
    const number = this.numberOf(record);
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
    if (code === this.firsts.length) this.firsts = resized(this.firsts, code * 2);
    this.firsts[code] = record;
    this.size += 1;
    return code;
  }
}

const haveSame = (bytes: Bytes, one: Span, other: Span): boolean =>
  one.to - one.from === other.to - other.from &&
  haveSameBytes(bytes, one.from, other.from, one.to - one.from);

function tinyFinder(): ContentFinder {
  const rows = new RowWriter(jsonCells(SourceText.of('')), [{ as: 'text' }]).finish();
  const column = new ColumnContents(0, rows.kept[0]!, 'field:unique_id', undefined, {});
  return new ContentFinder({ rows, cell: () => undefined, spanOf: () => undefined }, [column]);
}

keepCodeOf(tinyFinder());
