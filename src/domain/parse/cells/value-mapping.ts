import { isLabel, type Label } from '#config/labels.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Json } from '#wire/json/json.ts';
import type {
  ColumnTarget,
  ImportSettings,
  PickSeparator,
  ValueMapping,
} from '#domain/parse/import-settings.ts';

/** The settings with which cells are read. */
export interface CellSettings {
  values?: ImportSettings['values'] | undefined;
  separators?: ImportSettings['separators'] | undefined;
}

/** How cells of one control’s columns are read. */
export interface CellReading {
  /** Labels by value in the cell. */
  matches?: ValueMapping | undefined;
  separator?: PickSeparator | undefined;
}

/** The control that a column is mapped to. */
export function controlOf(target: ColumnTarget, config: LabelConfig | undefined): Control | undefined {
  return target.startsWith('control:') ? config?.controls.get(target.slice('control:'.length)) : undefined;
}

export const readingOf = (
  { values = {}, separators = {} }: CellSettings,
  { name }: Control,
): CellReading => ({
  matches: Object.hasOwn(values, name) ? values[name] : undefined,
  separator: Object.hasOwn(separators, name) ? separators[name] : undefined,
});

/** True for controls of which a cell may hold several picks. */
export const takesPicks = ({ tag, choice, isNested }: Control): boolean =>
  tag === 'Taxonomy' || (tag === 'Choices' && (choice === 'multiple' || isNested));

/** The key of a choice in a value mapping: path levels are joined by ` > `. Undefined if it isn’t text. */
export function writtenOf({ isNested }: Control, pick: Json): string | undefined {
  if (!isNested) return typeof pick === 'string' ? pick : undefined;
  return isPath(pick) ? pick.join(' > ') : undefined;
}

/** Applies a value mapping to choices. Labels stay unchanged. */
export function withMatches(control: Control, picks: Json[], matches: ValueMapping): Json[] {
  return picks.map((pick) => matchOf(control, pick, matches) ?? pick);
}

/** The label to which a choice is mapped; undefined if it is a label, or its mapped label no longer exists. */
export function matchOf(control: Control, pick: Json, matches: ValueMapping): Label | undefined {
  const written = writtenOf(control, pick);
  if (written === undefined || !Object.hasOwn(matches, written) || isLabel(control, pick as Label))
    return undefined;
  const label = matches[written]!;
  return isLabel(control, label) ? label : undefined;
}

function isPath(pick: Json): pick is string[] {
  return Array.isArray(pick) && pick.length > 0 && pick.every((step) => typeof step === 'string');
}
