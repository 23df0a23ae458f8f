import { knowsLabels } from '#config/labels.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { excerpt, normalizedName } from '#wire/text/words.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';

/* One-hot tables: each label of a Choices control has a column with a mark in its cells. */

const yes = new Set(['1', '1.0', 'true', 'yes', 'y', 'x', '✓', '✔']);
const no = new Set(['', '0', '0.0', 'false', 'no', 'n', 'null']);

/** True for a cell with a mark, false for one without; undefined if it holds anything else. */
export function markIn(cell: Json | undefined): boolean | undefined {
  if (cell === undefined) return false;
  const word = (typeof cell === 'string' ? cell : writeJson(cell)).trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** True if the control’s labels can have a column each. */
export const takesMarks = (control: Control): boolean =>
  control.tag === 'Choices' && !control.isNested && knowsLabels(control);

/** Finds the label that a column is named like: by its value, its displayed name, or both with the control’s name as pandas writes it. */
export function labelFinder({ name: control, options }: Control): (column: string) => string | undefined {
  const exact = new Map(
    options.flatMap(({ value, result }) => [[value, result] as const, [result, result] as const]),
  );
  const alike = new Map<string, string | undefined>();
  for (const [name, label] of exact)
    for (const spelled of [normalizedName(name), normalizedName(control + name)]) {
      // Undefined if two labels differ only in punctuation.
      const isUnique = !alike.has(spelled) || alike.get(spelled) === label;
      alike.set(spelled, isUnique ? label : undefined);
    }
  return (column) => exact.get(column) ?? alike.get(normalizedName(column));
}

/** The control of which a column marks a label. */
export function markedControlOf(target: ColumnTarget, config: LabelConfig | undefined): Control | undefined {
  return target.startsWith('label:') ? config?.controls.get(target.slice('label:'.length)) : undefined;
}

/** The choice that a column marks. A name whose label was removed is an unknown choice. */
export const markedLabel = (control: Control, column: string): string =>
  labelFinder(control)(column) ?? column;

/** The problem of a cell that is neither a mark nor without one. */
export function unclearMark(control: Control, column: string, cell: Json): Problem {
  const words = excerpt(typeof cell === 'string' ? cell : writeJson(cell), 40);
  const label = markedLabel(control, column);
  return {
    code: 'mark-unclear',
    severity: 'error',
    message: `“${words}” doesn’t say whether “${excerpt(label, 40)}” is chosen in “${control.name}”. Use TRUE or FALSE, 1 or 0, yes or no, x or nothing.`,
    path: ['result', column],
  };
}
