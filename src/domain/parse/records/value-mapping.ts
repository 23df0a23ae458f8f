import { isLabel, type Label } from '#config/labels.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Json } from '#wire/json.ts';
import type { ColumnTarget, ImportSettings, ValueMapping } from '#domain/parse/import-settings.ts';

/** The control whose answers a column holds. */
export function controlOf(target: ColumnTarget, config: LabelConfig | undefined): Control | undefined {
  return target.startsWith('control:') ? config?.controls.get(target.slice('control:'.length)) : undefined;
}

export function matchesOf(values: ImportSettings['values'], { name }: Control): ValueMapping | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A pick by which a match knows it: of a path, ` > ` between its levels. Undefined where it is no text. */
export function writtenOf({ isNested }: Control, pick: Json): string | undefined {
  if (!isNested) return typeof pick === 'string' ? pick : undefined;
  return isPath(pick) ? pick.join(' > ') : undefined;
}

/** The picks with accepted labels in the place of what is none. What is a label already stays, whatever was accepted. */
export function withMatches(control: Control, picks: Json[], matches: ValueMapping): Json[] {
  return picks.map((pick) => matchOf(control, pick, matches) ?? pick);
}

/** The label that a pick is read as, though it is none; undefined where nothing was accepted that still is a label. */
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
