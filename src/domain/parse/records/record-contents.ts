import type { LabelConfig } from '#config/label-config.ts';
import { isJsonObject, type Json } from '#wire/json.ts';
import { CodeWriter, Dictionary } from '#domain/requests/dictionary.ts';
import { contentCodesByTemplate, canonicalJson, type ContentCodes } from '#domain/requests/content-codes.ts';
import { resized } from '#domain/text/resized.ts';
import { hashOfText } from '#domain/parse/columns/cell-source.ts';
import { FREE, isPlainText, MISSING, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import { freeHash } from '#domain/parse/columns/row-store.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import { fieldIn, isEmpty, numberOfCell, regionOfCell } from './cell-values.ts';
import type { Records } from './records.ts';
import { controlOf, matchesOf } from './value-mapping.ts';

/** The column targets, and how cells are read. */
interface Understanding {
  targets: readonly ColumnTarget[];
  config: LabelConfig | undefined;
  values: ImportSettings['values'];
}

/** Codes that are equal for records with equal content. Compares cell by cell, without building requests. */
export function contentsOfRecords(
  records: Records,
  { targets, config, values }: Understanding,
  at: (record: number) => Json,
): ContentCodes {
  const { kindOf: templates, kinds, count: length, kept, indexOf } = records.rows;
  const firsts = kinds.firsts.subarray(0, kinds.size);
  // A `result` column can repeat other columns, so whole requests are compared.
  if (targets.includes('result')) return contentCodesByTemplate({ templates, firsts, length, at });
  const columns: ColumnContents[] = [];
  for (const [column, index] of indexOf.entries())
    if (index >= 0)
      columns[index] = new ColumnContents(column, kept[column]!, targets[column]!, config, values);
  const finder = new ContentFinder(records, columns);
  const codes = new CodeWriter();
  codes.reserve(length);
  for (let record = 0; record < length; record += 1) codes.write(record, finder.codeOf(record));
  return { codes: codes.finish(length), firsts: finder.firsts.subarray(0, finder.size) };
}

/** The contents of one column: cells with the same id have the same content, apart from free ones. */
class ColumnContents {
  readonly column: number;
  /** By code; `FREE` for content that is compared cell by cell. */
  readonly ids: Uint32Array;
  /** The hash of free content, by code, for cells that are kept because they are written in an unusual way. */
  readonly hashes = new Map<number, number>();
  /** True if requests with content here are never grouped. */
  readonly isAlone: boolean;
  private readonly kept: KeptColumn;
  private readonly meaning: (cell: Json) => Json;

  constructor(
    column: number,
    kept: KeptColumn,
    target: ColumnTarget,
    config: LabelConfig | undefined,
    values: ImportSettings['values'],
  ) {
    this.column = column;
    this.kept = kept;
    this.isAlone = target === 'field:unique_id';
    const control = controlOf(target, config);
    const matches = control && matchesOf(values, control);
    const isNumber = kept.role.as === 'number';
    this.meaning = (cell) => {
      if (isNumber) return numberOfCell(control, cell);
      if (control === undefined) return fieldIn(cell);
      return answerIn(regionOfCell(control, cell, matches));
    };
    const isPicked = control?.tag === 'Choices' && !control.isNested && matches === undefined;
    // A cell that is a plain text, or a single choice, is its own content.
    const isOwn = (code: number) =>
      kept.role.as === 'text' ? kept.isPlain(code) : isPicked && kept.isPlain(code, 0x7c);
    const others = new Dictionary();
    this.ids = new Uint32Array(kept.codes);
    this.ids[MISSING] = MISSING;
    for (let code = kept.first; code < kept.codes; code += 1)
      this.ids[code] = isOwn(code) ? code : this.idOf(code, others);
  }

  /** What the free content of a cell is compared by. */
  keyOf(cell: Json): string {
    const meaning = this.meaning(cell);
    return freeKey(meaning, true) ?? canonicalJson(meaning);
  }

  private idOf(code: number, others: Dictionary): number {
    const { kept } = this;
    const cell = kept.valueOf(code)!;
    if (isEmpty(cell)) return MISSING;
    const meaning = this.meaning(cell);
    const free = freeKey(meaning, kept.role.as === 'text');
    if (free !== undefined) {
      const hash = hashOfText(free);
      const known = kept.find(typeof meaning === 'number' ? free : kept.source.keyOfText(free), hash);
      if (known >= 0) return known;
      if (kept.role.as !== 'values') {
        this.hashes.set(code, hash);
        return FREE;
      }
    }
    return kept.codes + others.codeOf(canonicalJson(meaning));
  }
}

/** The answer in a region that was made of a cell. */
function answerIn(region: Json | undefined): Json {
  const value = isJsonObject(region) ? region['value'] : undefined;
  return (isJsonObject(value) ? Object.values(value)[0] : undefined) ?? null;
}

/** How this content is written in a cell, if it is a number or a single text without a special meaning. */
function freeKey(meaning: Json, isText: boolean): string | undefined {
  if (typeof meaning === 'number') return JSON.stringify(meaning);
  const only = Array.isArray(meaning) && meaning.length === 1 ? meaning[0] : undefined;
  if (typeof only !== 'string' || !isPlainText(only)) return undefined;
  return isText || !only.includes('|') ? only : undefined;
}

/** Finds the content code of each record: by the contents of its kind, and by the hashes and texts of its free cells. */
class ContentFinder {
  size = 0;
  firsts = new Uint32Array(16);
  private readonly records: Records;
  private readonly columns: readonly ColumnContents[];
  /** By kind: the number of its ids, and the hashes of free cells that are the same in all its records. */
  private readonly numbers: Uint32Array;
  private readonly hashes: Int32Array;
  private readonly ids: RowDictionary;
  /** By number: its code, if known; -1 if it depends on free cells, -2 if each record is alone. */
  private readonly codes: Int32Array;
  /** Open addressing: code + 1 by the number and the hash of free cells. */
  private slots = new Uint32Array(64);

  constructor(records: Records, columns: readonly ColumnContents[]) {
    this.records = records;
    this.columns = columns;
    const { kinds } = records.rows;
    this.ids = new RowDictionary(columns.length);
    this.numbers = new Uint32Array(kinds.size);
    this.hashes = new Int32Array(kinds.size);
    const codes: number[] = [];
    const ids = new Uint32Array(columns.length);
    for (let kind = 0; kind < kinds.size; kind += 1) {
      let hash = 0;
      for (const [index, { ids: idOf, hashes }] of columns.entries()) {
        const code = kinds.codeAt(kind, index);
        ids[index] = idOf[code]!;
        if (ids[index] === FREE && code !== FREE) hash += freeHash(hashes.get(code)!, index);
      }
      this.hashes[kind] = hash;
      const number = this.ids.numberOf(ids, kind);
      this.numbers[kind] = number;
      if (number < codes.length) continue;
      const isAlone = columns.some((one, index) => one.isAlone && ids[index] !== MISSING);
      codes.push(isAlone ? alone : ids.includes(FREE) ? free : unknown);
    }
    this.codes = Int32Array.from(codes);
  }

  codeOf(record: number): number {
    const number = this.numbers[this.records.rows.kindOf[record]!]!;
    const known = this.codes[number]!;
    if (known >= 0) return known;
    if (known === free) return this.codeOfFree(record, number);
    const code = this.add(record);
    if (known === unknown) this.codes[number] = code;
    return code;
  }

  private codeOfFree(record: number, number: number): number {
    const { slots, firsts } = this;
    const hash = this.hashOf(record);
    const mask = slots.length - 1;
    let slot = slotOf(hash, number) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0) break;
      const first = firsts[code]!;
      if (this.hashOf(first) === hash && this.numberOf(first) === number && this.haveSame(record, first))
        return code;
    }
    const code = this.add(record);
    slots[slot] = code + 1;
    if (this.size * 2 > slots.length) this.growSlots();
    return code;
  }

  private numberOf(record: number): number {
    return this.numbers[this.records.rows.kindOf[record]!]!;
  }

  private hashOf(record: number): number {
    const { hashes, kindOf } = this.records.rows;
    return ((hashes[record] ?? 0) + this.hashes[kindOf[record]!]!) | 0;
  }

  /** Whether two records have the same free cells. */
  private haveSame(record: number, other: number): boolean {
    const { records, columns } = this;
    const { kinds, kindOf } = records.rows;
    const number = this.numberOf(record);
    return columns.every(({ column }, index) => {
      if (this.ids.codeAt(number, index) !== FREE) return true;
      const areBothFree =
        kinds.codeAt(kindOf[record]!, index) === FREE && kinds.codeAt(kindOf[other]!, index) === FREE;
      if (areBothFree) return records.haveSame(record, other, column);
      const keyOf = (one: number) => columns[index]!.keyOf(records.cell(one, column)!);
      return keyOf(record) === keyOf(other);
    });
  }

  private add(record: number): number {
    const code = this.size;
    this.size += 1;
    if (code === this.firsts.length) this.firsts = resized(this.firsts, code * 2);
    this.firsts[code] = record;
    return code;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code += 1) {
      const first = this.firsts[code]!;
      const number = this.numberOf(first);
      if (this.codes[number] !== free) continue;
      let slot = slotOf(this.hashOf(first), number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}

const unknown = -1;
const free = -2;
const alone = -3;

function slotOf(hash: number, number: number): number {
  const mixed = Math.imul(hash ^ number, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
