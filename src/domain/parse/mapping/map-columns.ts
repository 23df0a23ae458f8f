import type { Control, LabelConfig } from '#config/label-config.ts';
import { isLabel, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { normalizedName } from '#wire/text/words.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import { chosenTargets, controlsFor, hasNameOf, ownFields, type Known } from './targets.ts';
import { findTaskColumn } from './task-column.ts';
import { picksOfCell, regionOfCell } from '#domain/parse/cells/cell-values.ts';
import { takesMarks } from '#domain/parse/cells/label-columns.ts';
import { controlOfRegions } from '#domain/parse/cells/region-cells.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import {
  readingOf,
  writtenOf,
  type CellReading,
  type CellSettings,
} from '#domain/parse/cells/value-mapping.ts';
import { checkResult } from '#config/check/check-result.ts';

/** Columns in which Sheaf writes problems of a row; they never contain answers. */
export const problemColumns = ['problem', 'sheaf problem'] as const;
export const isProblemColumn = (name: string) =>
  problemColumns.some((one) => normalizedName(one) === normalizedName(name));

/**
 * Maps each column to a target: the user’s choice, else by name, else by content if exactly one control fits, else
 * `nothing`. No target is detected twice. Task IDs are never guessed from content, only from names.
 */
export function mapColumns(
  columns: readonly Column[],
  known: Known,
  settings: ImportSettings = {},
): ColumnTarget[] {
  const controls = controlsFor(known);
  const targets = chosenTargets(columns, known, settings);
  const taken = new Set(targets);
  // A row has one task: by its ID or by another value.
  if (taken.has('task-key')) taken.add('task');
  const isTaken = (target: ColumnTarget) => target !== 'nothing' && taken.has(target);
  const take = (find: (column: Column, index: number) => ColumnTarget | undefined) => {
    columns.forEach((column, index) => {
      if (targets[index] !== undefined) return;
      const target = find(column, index);
      if (target === undefined || isTaken(target)) return;
      targets[index] = target;
      taken.add(target);
    });
  };
  const byName = targetsByName(controls);
  take(({ name }) => byName(name));
  take((column) => {
    const control = controlOfRegions(known.config, column);
    return control && `control:${control.name}`;
  });
  const taskColumn = isTaken('task')
    ? undefined
    : findTaskColumn(columns, (index) => targets[index] === undefined);
  take((_, index) => (index === taskColumn ? 'task' : undefined));
  for (const control of controls) {
    if (!takesMarks(control) || settings.labelColumns?.includes(control.name) !== true) continue;
    const isNamed = hasNameOf(control);
    columns.forEach((column, index) => {
      if (targets[index] === undefined && isNamed(column)) targets[index] = `label:${control.name}`;
    });
  }
  const fitting = controlsFitting(controls, settings);
  take((column, index) => {
    if (index >= limits.columnsByContent || isProblemColumn(column.name)) return undefined;
    const [only, ...others] = fitting(column.samples, ({ name }) => !isTaken(`control:${name}`));
    return only === undefined || others.length > 0 ? undefined : `control:${only.name}`;
  });
  return targets.map((target) => target ?? 'nothing');
}

/** True if columns may be mapped differently with these additional samples. */
export const haveMoreSamples = (columns: readonly Column[], than: readonly Column[]): boolean =>
  columns.length > than.length ||
  columns.some(({ samples }, column) => samples.length > than[column]!.samples.length);

/** Finds the target with a column’s name. */
function targetsByName(controls: readonly Control[]): (name: string) => ColumnTarget | undefined {
  const exact = new Set(controls.map(({ name }) => name));
  const alike = new Map(controls.toReversed().map(({ name }) => [normalizedName(name), name]));
  return (name) => {
    const control = exact.has(name) ? name : alike.get(normalizedName(name));
    if (control !== undefined) return `control:${control}`;
    const plain = name.trim().toLowerCase();
    if (plain === 'result') return 'result';
    return ownFields.includes(plain) ? `field:${plain}` : undefined;
  };
}

/** Finds the Choices and Taxonomy controls that fit at least half of the samples. Text controls would fit anything. */
export function controlsFitting(
  controls: readonly Control[],
  settings: CellSettings = {},
): (samples: readonly Json[], isWanted?: (control: Control) => boolean) => Control[] {
  const choices = controls.filter(knowsLabels).map((control) => ({
    control,
    fits: fitsControl(control, readingOf(settings, control)),
  }));
  return (samples, isWanted = () => true) => {
    const filled = samples.filter((sample) => sample !== '' && sample !== null);
    if (filled.length === 0) return [];
    let known = fittingOf.get(samples);
    if (known === undefined) fittingOf.set(samples, (known = new Map()));
    const fitting = choices.filter(({ control, fits }) => {
      if (!isWanted(control)) return false;
      const found = known.get(control) ?? fitsMost(filled, fits);
      known.set(control, found);
      return found;
    });
    return fitting.map(({ control }) => control);
  };
}

/** Cached, because each column is checked for its mapping and again for its problems. */
const fittingOf = new WeakMap<readonly Json[], Map<Control, boolean>>();

/** Most columns contain something else, so counting can end early. */
function fitsMost(filled: readonly Json[], fits: (sample: Json) => boolean): boolean {
  let others = 0;
  return filled.every((sample) => {
    if (!fits(sample)) others += 1;
    return others * 2 <= filled.length;
  });
}

/** True if a cell is an answer, or if each of its choices is close to a label. */
export function fitsControl(control: Control, reading: CellReading = {}): (sample: Json) => boolean {
  const { separator } = reading;
  const alone: LabelConfig = {
    controls: new Map([[control.name, { ...control, conditions: [], required: false }]]),
    objects: new Map(),
    relations: undefined,
    keys: new Map(),
    problems: [],
  };
  const isAnswer = (sample: Json): boolean => {
    const region = regionOfCell(control, sample, { separator });
    const { value } = region ?? {};
    // An empty list isn’t an answer.
    if (region === undefined || !isJsonObject(value)) return false;
    if (Object.values(value).some((answer) => Array.isArray(answer) && answer.length === 0)) return false;
    return checkResult(alone, [region]).every(({ severity }) => severity !== 'error');
  };
  // A value of a flat list is a label, or not an answer.
  if (knowsLabels(control) && !control.isNested) return (sample) => isMeant(control, sample, { separator });
  return (sample) => isMeant(control, sample, { separator }) || isAnswer(sample);
}

/** True if each choice is a label or close to one, for example its displayed name. */
function isMeant(control: Control, sample: Json, reading: CellReading): boolean {
  const picks = knowsLabels(control) ? picksOfCell(control, sample, reading) : [];
  return (
    picks.length > 0 &&
    picks.every((pick) => {
      if (writtenOf(control, pick) === undefined) return false;
      return isLabel(control, pick as Label) || closestLabel(control, pick as Label) !== undefined;
    })
  );
}
