import type { Control, LabelConfig } from '#config/label-config.ts';
import type { JsonObject } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { markedControlOf, markedLabel, markIn, unclearMark } from '#domain/parse/cells/label-columns.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';

/** The columns that become one answer: a single one, or all that mark labels of one control. */
export interface AnswerColumns {
  target: ColumnTarget;
  columns: readonly number[];
}

export const areMarks = ({ target }: AnswerColumns): boolean => target.startsWith('label:');

export function answersOf(targets: readonly ColumnTarget[]): AnswerColumns[] {
  return targets.flatMap((target, column): AnswerColumns[] => {
    if (target === 'result' || target.startsWith('control:')) return [{ target, columns: [column] }];
    if (!target.startsWith('label:') || targets.indexOf(target) !== column) return [];
    return [{ target, columns: [...targets.keys()].filter((one) => targets[one] === target) }];
  });
}

/** Reads the columns that mark labels. */
export class LabelMarks {
  private readonly records: Records;
  private readonly config: LabelConfig | undefined;
  /** By column. */
  private readonly labels = new Map<number, string>();

  constructor(records: Records, config: LabelConfig | undefined) {
    this.records = records;
    this.config = config;
  }

  /** Those columns with a mark. */
  markedIn(record: number, { columns }: AnswerColumns): number[] {
    return columns.filter((column) => markIn(this.records.cell(record, column)) === true);
  }

  /** The region with all marked labels; none without a mark. */
  regionsOf(record: number, answer: AnswerColumns): JsonObject[] {
    const control = markedControlOf(answer.target, this.config);
    if (control === undefined) return [];
    const picks = this.markedIn(record, answer).map((column) => this.labelOf(control, column));
    if (picks.length === 0) return [];
    const { name, toName, type } = control;
    return [{ from_name: name, to_name: toName[0] ?? '', type, value: { choices: picks } }];
  }

  /** The errors of cells that are neither marks nor without one. */
  problemsOf(record: number, { target, columns }: AnswerColumns): Problem[] {
    const control = markedControlOf(target, this.config);
    if (control === undefined) return [];
    return columns.flatMap((column) => {
      const cell = this.records.cell(record, column) ?? null;
      return markIn(cell) === undefined
        ? [unclearMark(control, this.records.columns[column]!.name, cell)]
        : [];
    });
  }

  private labelOf(control: Control, column: number): string {
    let label = this.labels.get(column);
    if (label === undefined) {
      label = markedLabel(control, this.records.columns[column]!.name);
      this.labels.set(column, label);
    }
    return label;
  }
}
