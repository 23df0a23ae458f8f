import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { isLabel, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import { fieldNames } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import type { ColumnTarget, ResolvedImport } from '#domain/parse/import-settings.ts';
import { picksOfCell, regionOfCell } from './cell-values.ts';
import { writtenOf } from './value-mapping.ts';
import { checkResult } from '#config/check/check-result.ts';

/** As many different things that stand in a column are looked at to tell what it holds. */
export const maxSampled = 50;

/** A column before it is understood: its name, and what stands in it first. */
export interface Column {
  name: string;
  samples: readonly Json[];
}

/** Fields of a request that a column may hold; the targets and the regions have names of their own. */
const ownFields = fieldNames.filter((name) => !['tasks', 'task', 'selected_items', 'result'].includes(name));

/** As people call a column of task ids. */
const taskNames = new Set(['task', 'taskid', 'tasks', 'id', 'labelstudioid', 'lsid']);

/** Whether a column of this name, or a member of a record, holds the ids of tasks. */
export const isTaskName = (name: string): boolean => taskNames.has(normalizedName(name));

/** Under these names Sheaf itself writes what is wrong with a row, so what stands there is nobody's answer. */
export const problemColumns = ['problem', 'sheaf problem'] as const;
const isProblemColumn = (name: string) =>
  problemColumns.some((one) => normalizedName(one) === normalizedName(name));

/** The controls that one column each can feed. */
function controlsFor(config: LabelConfig | undefined): Control[] {
  return [...(config?.controls.values() ?? [])].filter(
    (control) => bulkUnsupportedReason(control) === undefined,
  );
}

/**
 * What each column is taken for: what was chosen; else by its name; else by what stands in it, where that fits just one
 * control. No two columns are taken for the same. What nothing speaks for is taken for nothing, which the screen shows.
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

/** Everything that a column may be taken for, with the words for it. */
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

/** The one control that takes half of what stands there or more, and that a wrong guess could not hide: picks, not texts. */
function byContent(
  samples: readonly Json[],
  controls: readonly Control[],
  isTaken: (target: ColumnTarget) => boolean,
): ColumnTarget | undefined {
  const said = samples.filter((sample) => sample !== '' && sample !== null);
  if (said.length === 0) return undefined;
  const fitting = controls.filter((control) => {
    if (!['Choices', 'Taxonomy'].includes(control.tag) || isTaken(`control:${control.name}`)) return false;
    const fits = said.filter((sample) => isMeant(control, sample) || isAnswer(control, sample)).length;
    return fits * 2 >= said.length;
  });
  return fitting.length === 1 ? `control:${fitting[0]!.name}` : undefined;
}

/** Whether each pick is a label or near one, as what annotators see of it is: then it is meant, if not yet said. */
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

/** A name without what people write differently: capitals, spaces, dashes. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
