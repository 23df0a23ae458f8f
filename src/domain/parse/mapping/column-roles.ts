import type { Control, LabelConfig } from '#config/label-config.ts';
import { regionVariations } from '#config/check/region-variations.ts';
import { checkResult } from '#config/check/check-result.ts';
import { knowsLabels } from '#config/labels.ts';
import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import { byteSet, type ColumnRole } from '#domain/parse/columns/kept-column.ts';
import { dependsOnOthers } from '#domain/parse/cells/cell-classes.ts';
import { regionOfCell } from '#domain/parse/cells/cell-values.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import { chosenTargets, type Known } from './targets.ts';
import { controlOf, readingOf, type CellReading } from '#domain/parse/cells/value-mapping.ts';
import { hashOfText } from '#domain/templates/contents/text-hash.ts';

/** The role of each column, given its target. */
export function rolesOf(
  columns: readonly Column[],
  targets: readonly ColumnTarget[],
  known: Known,
  settings: ImportSettings,
): ColumnRole[] {
  const { config } = known;
  const chosen = chosenTargets(columns, known, settings);
  // A `result` column can repeat other columns, so all values are needed to compare rows.
  const keepsAll = dependsOnOthers(targets);
  return targets.map((target, column): ColumnRole => {
    if (target === 'task') return { as: targets.indexOf('task') === column ? 'task' : 'skip' };
    // Read again when tasks are matched: as a kept value it would give each row a separate kind.
    if (target === 'task-key') return { as: 'skip' };
    // Later values could change the target only if there are few so far.
    if (target === 'nothing') {
      const isSettled = chosen[column] !== undefined || columns[column]!.isFull;
      return { as: isSettled ? 'skip' : 'sample' };
    }
    if (keepsAll) return { as: 'values' };
    if (target === 'field:lead_time') return { as: 'number', fits: (number) => number >= 0 };
    const control = controlOf(target, config);
    if (control?.tag === 'TextArea') return { as: 'text' };
    if (control?.tag === 'Number') return { as: 'number', fits: numbersThatFit(control, config!) };
    const isFlat = control?.tag === 'Choices' && !control.isNested && knowsLabels(control);
    return isFlat ? choiceRole(control, config!, readingOf(settings, control)) : { as: 'values' };
  });
}

/** What may join choices; a text that begins with [ isn’t plain. */
const joining = byteSet('|,;/({[\t\n');
const pipe = byteSet('|');

function choiceRole(control: Control, config: LabelConfig, { matches, separator }: CellReading): ColumnRole {
  const known = control.options.flatMap(({ value, result }) => [value, result]);
  // The visibility of other controls depends on these.
  const asked = [...config.controls.values()].flatMap((one) =>
    one.conditions.flatMap(({ choices = [] }) => choices),
  );
  const texts = [...known, ...asked, ...Object.keys(matches ?? {})];
  return {
    as: 'choice',
    known: new Set(texts.map((text) => hashOfText(text))),
    // A text that may join several choices has another problem.
    joining: control.choice === 'multiple' || separator !== undefined ? joining : pipe,
  };
}

/** Keeps the value of the first valid number and checks other numbers in its place. */
function numbersThatFit(control: Control, config: LabelConfig): (number: number) => boolean {
  const alone: LabelConfig = { ...config, controls: new Map([[control.name, control]]) };
  let kept: { value: JsonObject; isStillValid: (value: JsonObject) => boolean } | undefined;
  return (number) => {
    if (kept !== undefined) {
      kept.value['number'] = number;
      return kept.isStillValid(kept.value);
    }
    const region = regionOfCell(control, number)!;
    const { value } = region;
    const problems = checkResult(alone, [region]);
    if (!isJsonObject(value) || problems.some(({ severity }) => severity !== 'info')) return false;
    const isStillValid = regionVariations(alone, [region], [])?.[0]?.isStillValid;
    if (isStillValid !== undefined) kept = { value, isStillValid };
    return true;
  };
}
