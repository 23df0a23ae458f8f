import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control } from '#config/label-config.ts';
import { fieldNames } from '#wire/bulk-request.ts';
import { labelFinder, markedControlOf, takesMarks } from '#domain/parse/cells/label-columns.ts';
import { controlsOfRegions, drawsRegions, regionValuesIn } from '#domain/parse/cells/region-cells.ts';
import { controlOf } from '#domain/parse/cells/value-mapping.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import type { ColumnTarget, ImportSettings, ResolvedImport } from '#domain/parse/import-settings.ts';
import type { KnownConfig } from '#domain/requests/known-config.ts';
import { columnNames } from './column-names.ts';

/** Request fields that a column can hold; tasks and results have separate targets. */
export const ownFields = fieldNames.filter(
  (name) => !['tasks', 'task', 'selected_items', 'result'].includes(name),
);

/** A project’s config, and whether requests use the bulk endpoint, which not all controls support. */
export type Known = Partial<KnownConfig>;

/** Controls that a column can be mapped to. */
export function controlsFor({ config, isForBulk = true }: Known): Control[] {
  return [...(config?.controls.values() ?? [])].filter((control) => canBeFed(control, isForBulk));
}

/** True if a cell can answer this control, and the endpoint supports it. */
export function canBeFed(control: Control, isForBulk: boolean): boolean {
  return bulkUnsupportedReason(isForBulk ? control : { ...control, optionsFromTask: false }) === undefined;
}

/**
 * The user’s choice for each column; undefined for columns whose targets are detected. A target that the project doesn’t
 * have isn’t used, but stays in the settings for projects that have it.
 */
export function chosenTargets(
  columns: readonly Column[],
  known: Known,
  settings: ImportSettings,
): (ColumnTarget | undefined)[] {
  const { columns: chosen = {}, ignoresOtherColumns = false } = settings;
  return columnNames(columns).map((name, column) => {
    if (!Object.hasOwn(chosen, name)) return ignoresOtherColumns ? 'nothing' : undefined;
    const target = chosen[name]!;
    return isAvailable(target, columns[column]!, known, settings) ? target : undefined;
  });
}

function isAvailable(
  target: ColumnTarget,
  { samples }: Column,
  { config, isForBulk = true }: Known,
  { matching }: ImportSettings,
): boolean {
  if (target === 'task-key') return matching !== undefined;
  if (target.startsWith('field:')) return ownFields.includes(target.slice('field:'.length));
  if (!isAnswer(target)) return true;
  const control = controlOf(target, config);
  if (control !== undefined && drawsRegions(control))
    return samples.length === 0 || samples.some((sample) => regionValuesIn(sample) !== undefined);
  if (control !== undefined) return canBeFed(control, isForBulk);
  const marked = markedControlOf(target, config);
  return marked !== undefined && takesMarks(marked) && canBeFed(marked, isForBulk);
}

/** True for targets that exist only in the labelling config of a project. */
export const isAnswer = (target: ColumnTarget): boolean => /^(?:control|label):/.test(target);

/** All targets for a column, with their labels on screen. Includes those of the columns. */
export function targetsFor(
  known: Known,
  columns: readonly Column[],
  targets: readonly ColumnTarget[],
  { matching }: ImportSettings = {},
): ResolvedImport['targets'] {
  const { config } = known;
  const fitting = new Set(config && columns.flatMap(({ samples }) => controlsOfRegions(config, samples)));
  const regions = [...(config?.controls.values() ?? [])].filter(
    (control) =>
      fitting.has(control) || (drawsRegions(control) && targets.includes(`control:${control.name}`)),
  );
  return [
    { target: 'nothing', words: 'Ignore column' },
    { target: 'task', words: 'Task ID' },
    ...(matching === undefined ? [] : [{ target: 'task-key', words: `Task, by ${matching.field}` } as const]),
    ...[...controlsFor(known), ...regions].map(({ name, tag }) => ({
      target: `control:${name}` as const,
      words: `${name} (${tag})`,
    })),
    ...controlsFor(known)
      .filter((control) => takesMarks(control) && columns.some(hasNameOf(control)))
      .map(({ name }) => ({ target: `label:${name}` as const, words: `${name}: a choice` })),
    { target: 'result', words: 'result, as JSON' },
    ...ownFields.map((name) => ({ target: `field:${name}` as const, words: name })),
  ];
}

/** Finds columns named like a label of a control. */
export function hasNameOf(control: Control): (column: Column) => boolean {
  const labelOf = labelFinder(control);
  return ({ name }) => labelOf(name) !== undefined;
}
