import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { isLabel, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import { fieldNames } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import type { ColumnTarget, ResolvedImport } from '#domain/parse/import-settings.ts';
import { picksOfCell, regionOfCell } from './cell-values.ts';
import { writtenOf } from './value-mapping.ts';
import { checkResult } from '#config/check/check-result.ts';

/** Distinct values sampled to detect what a column holds. */
export const maxSampled = 50;

/** A column before mapping: its name and first distinct values. */
export interface Column {
  name: string;
  samples: readonly Json[];
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

/**
 * Maps each column to a target: the user’s choice, else by name, else by content if exactly one control fits, else `nothing`.
 * No target is detected twice.
 */
export function mapColumns(
  columns: readonly Column[],
  config: LabelConfig | undefined,
  chosen: Readonly<Record<string, ColumnTarget>> = {},
): ColumnTarget[] {
  const controls = controlsFor(config);
  const targets: (ColumnTarget | undefined)[] = columns.map(({ name }) =>
    Object.hasOwn(chosen, name) ? chosen[name] : undefined,
  );
  const isTaken = (target: ColumnTarget) => target !== 'nothing' && targets.includes(target);
  const take = (find: (column: Column) => ColumnTarget | undefined) => {
    columns.forEach((column, index) => {
      if (targets[index] !== undefined) return;
      const target = find(column);
      if (target !== undefined && !isTaken(target)) targets[index] = target;
    });
  };
  take(({ name }) => byName(name, controls));
  take(({ name }) => (isTaskName(name) ? 'task' : undefined));
  take(({ name, samples }) => (isProblemColumn(name) ? undefined : byContent(samples, controls, isTaken)));
  take(({ samples }) => (looksLikeIds(samples) ? 'task' : undefined));
  return targets.map((target) => target ?? 'nothing');
}

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

function byName(name: string, controls: readonly Control[]): ColumnTarget | undefined {
  const control =
    controls.find((one) => one.name === name) ??
    controls.find((one) => normalizedName(one.name) === normalizedName(name));
  if (control !== undefined) return `control:${control.name}`;
  const exact = name.trim().toLowerCase();
  if (exact === 'task' || exact === 'task_id') return 'task';
  if (exact === 'result') return 'result';
  const field = ownFields.find((one) => one === exact);
  return field === undefined ? undefined : `field:${field}`;
}

/** The only Choices or Taxonomy control that fits at least half of the samples. Text controls would fit anything. */
function byContent(
  samples: readonly Json[],
  controls: readonly Control[],
  isTaken: (target: ColumnTarget) => boolean,
): ColumnTarget | undefined {
  const filled = samples.filter((sample) => sample !== '' && sample !== null);
  if (filled.length === 0) return undefined;
  const fitting = controls.filter((control) => {
    if (!['Choices', 'Taxonomy'].includes(control.tag) || isTaken(`control:${control.name}`)) return false;
    const fits = filled.filter((sample) => isMeant(control, sample) || isAnswer(control, sample)).length;
    return fits * 2 >= filled.length;
  });
  return fitting.length === 1 ? `control:${fitting[0]!.name}` : undefined;
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

function isAnswer(control: Control, sample: Json): boolean {
  const region = regionOfCell(control, sample);
  if (region === undefined || !isJsonObject(region['value'])) return false;
  const alone: LabelConfig = {
    controls: new Map([[control.name, { ...control, conditions: [], required: false }]]),
    objects: new Map(),
    relations: undefined,
    keys: new Map(),
    problems: [],
  };
  return checkResult(alone, [region]).every(({ severity }) => severity !== 'error');
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
