import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { isLabel, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import { fieldNames } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/words.ts';
import type { ColumnTarget, ImportSettings, ResolvedImport } from '#domain/parse/import-settings.ts';
import { picksOfCell, regionOfCell } from './cell-values.ts';
import { writtenOf } from './value-mapping.ts';
import { checkResult } from '#config/check/check-result.ts';

/** A column before mapping: its name and first distinct values that aren’t blank. */
export interface Column {
  name: string;
  samples: readonly Json[];
  /** True if it may have more values than the samples. */
  isFull: boolean;
}

/** Request fields that a column can hold; tasks and results have separate targets. */
const ownFields = fieldNames.filter((name) => !['tasks', 'task', 'selected_items', 'result'].includes(name));

/** Common names of a column of task ids, normalized. */
const taskNames = new Set(['task', 'taskid', 'tasks', 'id', 'labelstudioid', 'lsid']);

/** True if a column of this name holds task ids. */
export const isTaskName = (name: string): boolean => taskNames.has(normalizedName(name));

/** Columns in which Sheaf writes problems of a row; they never hold answers. */
export const problemColumns = ['problem', 'sheaf problem'] as const;
const isProblemColumn = (name: string) =>
  problemColumns.some((one) => normalizedName(one) === normalizedName(name));

/** Controls that a column can be mapped to. */
function controlsFor(config: LabelConfig | undefined): Control[] {
  return [...(config?.controls.values() ?? [])].filter(
    (control) => bulkUnsupportedReason(control) === undefined,
  );
}

/** A column’s name on screen and in import settings. A table that isn’t one may have a name of many megabytes. */
export const columnName = ({ name }: Column): string => excerpt(name, limits.shownUnits);

/**
 * Maps each column to a target: the user’s choice, else by name, else by content if exactly one control fits, else `nothing`.
 * No target is detected twice.
 */
export function mapColumns(
  columns: readonly Column[],
  config: LabelConfig | undefined,
  { columns: chosen = {}, ignoresOtherColumns = false }: ImportSettings = {},
): ColumnTarget[] {
  const controls = controlsFor(config);
  const targets = columns.map((column): ColumnTarget | undefined => {
    const name = columnName(column);
    return Object.hasOwn(chosen, name) ? chosen[name] : ignoresOtherColumns ? 'nothing' : undefined;
  });
  const taken = new Set(targets);
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
  take(({ name }) => (isTaskName(name) ? 'task' : undefined));
  const byContent = targetsByContent(controls, isTaken);
  take(({ name, samples }, index) =>
    index >= limits.columnsByContent || isProblemColumn(name) ? undefined : byContent(samples),
  );
  take(({ samples }) => (looksLikeIds(samples) ? 'task' : undefined));
  return targets.map((target) => target ?? 'nothing');
}

/** Whether columns could be mapped otherwise than by fewer samples. */
export const haveMoreSamples = (columns: readonly Column[], than: readonly Column[]): boolean =>
  columns.length > than.length ||
  columns.some(({ samples }, column) => samples.length > than[column]!.samples.length);

/** Every target a column can be mapped to, with its label on screen. */
export function targetsFor(config: LabelConfig | undefined): ResolvedImport['targets'] {
  return [
    { target: 'nothing', words: 'Ignore' },
    { target: 'task', words: 'Task id' },
    ...controlsFor(config).map(({ name, tag }) => ({
      target: `control:${name}` as const,
      words: `${name} (${tag})`,
    })),
    { target: 'result', words: 'result, as JSON' },
    ...ownFields.map((name) => ({ target: `field:${name}` as const, words: name })),
  ];
}

/** Finds the target that a column’s name means. */
function targetsByName(controls: readonly Control[]): (name: string) => ColumnTarget | undefined {
  const exact = new Set(controls.map(({ name }) => name));
  const alike = new Map(controls.toReversed().map(({ name }) => [normalizedName(name), name]));
  return (name) => {
    const control = exact.has(name) ? name : alike.get(normalizedName(name));
    if (control !== undefined) return `control:${control}`;
    const plain = name.trim().toLowerCase();
    if (plain === 'task' || plain === 'task_id') return 'task';
    if (plain === 'result') return 'result';
    return ownFields.includes(plain) ? `field:${plain}` : undefined;
  };
}

/** Finds the only Choices or Taxonomy control that fits at least half of the samples. Text controls would fit anything. */
function targetsByContent(
  controls: readonly Control[],
  isTaken: (target: ColumnTarget) => boolean,
): (samples: readonly Json[]) => ColumnTarget | undefined {
  const choices = controls
    .filter(({ tag }) => tag === 'Choices' || tag === 'Taxonomy')
    .map((control) => ({ control, target: `control:${control.name}` as const, fits: fitsControl(control) }));
  return (samples) => {
    const filled = samples.filter((sample) => sample !== '' && sample !== null);
    if (filled.length === 0) return undefined;
    const fitting = choices.filter(({ target, fits }) => {
      if (isTaken(target)) return false;
      // Most columns hold something else, so counting the others ends early.
      let others = 0;
      return filled.every((sample) => {
        if (!fits(sample)) others += 1;
        return others * 2 <= filled.length;
      });
    });
    return fitting.length === 1 ? fitting[0]!.target : undefined;
  };
}

/** True if a cell is an answer, or if each of its picks is close to a label. */
function fitsControl(control: Control): (sample: Json) => boolean {
  const alone: LabelConfig = {
    controls: new Map([[control.name, { ...control, conditions: [], required: false }]]),
    objects: new Map(),
    relations: undefined,
    keys: new Map(),
    problems: [],
  };
  const isAnswer = (sample: Json): boolean => {
    const region = regionOfCell(control, sample);
    if (region === undefined || !isJsonObject(region['value'])) return false;
    return checkResult(alone, [region]).every(({ severity }) => severity !== 'error');
  };
  // A pick of a flat list is a label, or no answer.
  if (knowsLabels(control) && !control.isNested) return (sample) => isMeant(control, sample);
  return (sample) => isMeant(control, sample) || isAnswer(sample);
}

/** True if each pick is a label or close to one, for example its displayed name. */
function isMeant(control: Control, sample: Json): boolean {
  const picks = knowsLabels(control) ? picksOfCell(control, sample) : [];
  return (
    picks.length > 0 &&
    picks.every((pick) => {
      if (writtenOf(control, pick) === undefined) return false;
      return isLabel(control, pick as Label) || closestLabel(control, pick as Label) !== undefined;
    })
  );
}

function looksLikeIds(samples: readonly Json[]): boolean {
  return (
    samples.length > 0 &&
    samples.every((sample) => /^[1-9]\d*$/.test(typeof sample === 'string' ? sample : writeJson(sample)))
  );
}

/** A name in lower case without spaces, dashes and other punctuation. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
