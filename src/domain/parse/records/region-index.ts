import type { LabelConfig } from '#config/label-config.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import { isEmpty, regionsOfCell } from '#domain/parse/cells/cell-values.ts';
import { controlOf } from '#domain/parse/cells/value-mapping.ts';
import { FREE } from '#domain/parse/columns/kept-column.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import { codeAt } from '#domain/parse/columns/columnar-rows.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { answersOf, areMarks, LabelMarks, type AnswerColumns } from './label-marks.ts';

/** The columns of an answer, the first of them, and the number of regions by the code of its cell. */
interface CountedAnswer extends AnswerColumns {
  column: number;
  regions: Map<number, number>;
}

/** True for a cell with one plain answer. Rarely false for another one. */
export function isPlainAnswer({ rows }: Records, record: number, column: number): boolean {
  const code = codeAt(rows, record, column);
  const kept = rows.kept[column]!;
  return code === FREE || (kept.role.as !== 'values' && code >= kept.first && kept.isPlain(code));
}

/** Finds the column of each region of an entry, and the other way round. */
export class RegionIndex {
  private readonly records: Records;
  private readonly targets: readonly ColumnTarget[];
  private readonly config: LabelConfig | undefined;
  private readonly marks: LabelMarks;
  private readonly answers: CountedAnswer[];

  constructor(records: Records, targets: readonly ColumnTarget[], config: LabelConfig | undefined) {
    this.records = records;
    this.targets = targets;
    this.config = config;
    this.marks = new LabelMarks(records, config);
    this.answers = answersOf(targets).map((answer) => ({
      ...answer,
      column: answer.columns[0]!,
      regions: new Map(),
    }));
  }

  /** The column of a region, and the region’s index among those of the cell; of marked labels, all columns with a mark. */
  find(
    entry: number,
    region: number,
  ): { column: number; index: number; marked?: readonly number[] } | undefined {
    let index = region;
    for (const answer of this.answers) {
      const count = this.count(entry, answer);
      const { column } = answer;
      if (index < count)
        return areMarks(answer)
          ? { column, index, marked: this.marks.markedIn(entry, answer) }
          : { column, index };
      index -= count;
    }
    return undefined;
  }

  /** The index of a column’s first region. */
  first(entry: number, column: number): number {
    let index = 0;
    for (const answer of this.answers) {
      if (answer.column === column) break;
      index += this.count(entry, answer);
    }
    return index;
  }

  private count(entry: number, answer: CountedAnswer): number {
    const { records } = this;
    const { column, regions: known } = answer;
    // All marks are one region.
    if (areMarks(answer)) return Math.min(this.marks.markedIn(entry, answer).length, 1);
    if (isPlainAnswer(records, entry, column)) return 1;
    const code = codeAt(records.rows, entry, column);
    let count = known.get(code);
    if (count === undefined) {
      const cell = records.cell(entry, column);
      count = cell === undefined || isEmpty(cell) ? 0 : this.regionsIn(cell, column);
      known.set(code, count);
    }
    return count;
  }

  private regionsIn(cell: Json, column: number): number {
    const target = this.targets[column]!;
    if (target === 'result') {
      const value = typeof cell === 'string' ? readJson(cell).value : cell;
      return Array.isArray(value) ? value.length : 0;
    }
    const control = controlOf(target, this.config);
    return control ? regionsOfCell(control, cell).length : 0;
  }
}
