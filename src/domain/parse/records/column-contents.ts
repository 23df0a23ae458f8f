import type { LabelConfig } from '#config/label-config.ts';
import { ExactNumber, type Json } from '#wire/json/json.ts';
import { canonicalJson } from '#wire/hash/stable-hash.ts';
import { hashOfText } from '#domain/templates/contents/text-hash.ts';
import type { CellSource } from '#domain/parse/columns/cell-source.ts';
import { byteSet, FREE, isPlainText, MISSING, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { answerOfCell, fieldIn, isEmpty, numberOfCell } from '#domain/parse/cells/cell-values.ts';
import { markIn } from '#domain/parse/cells/label-columns.ts';
import { controlOf, readingOf, type CellSettings } from '#domain/parse/cells/value-mapping.ts';

/** The content of one column: cells with the same ID have the same content, except free ones. */
export class ColumnContents {
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
