import { limits } from '#wire/limits.ts';
import { allowedValuesOf, closestValue } from '#config/check/values/labels/allowed-values.ts';
import { isTrue, type Control, type Option } from './label-config.ts';
import { closestPath } from '#config/check/values/labels/paths.ts';

/** A label or choice as in results; for nested choices, its path. */
export type Label = string | string[];

/** A label and its displayed name; levels of a path are joined by ` > `. */
export interface NamedLabel {
  label: Label;
  displayed: string;
}

/** True if a label can be shown in full. Longer ones aren’t offered on screen. */
export const isShort = (label: Label): boolean =>
  [label].flat().reduce((length, step) => length + step.length, 0) <= limits.shownUnits;

/** Whether the config lists every choice, so that any other value is wrong. */
export function knowsLabels({ tag, options, optionsFromTask }: Control): boolean {
  return ['Choices', 'Taxonomy'].includes(tag) && options.length > 0 && !optionsFromTask;
}

/** All labels that can be chosen, in document order. */
export function labelsOf(control: Control): NamedLabel[] {
  if (!control.isNested)
    return control.options.map(({ result, value }) => ({ label: result, displayed: value }));
  const labels: NamedLabel[] = [];
  const walk = (options: readonly Option[], above: string[], shownAbove: string): void => {
    for (const { result, value, children } of options) {
      const label = [...above, result];
      const displayed = shownAbove + value;
      if (isLabel(control, label)) labels.push({ label, displayed });
      walk(children, label, `${displayed} > `);
    }
  };
  walk(control.options, [], '');
  return labels;
}

export function isLabel(control: Control, label: Label): boolean {
  if (!control.isNested) return typeof label === 'string' && allowedValuesOf(control).results.has(label);
  if (typeof label === 'string') return false;
  const option = optionAt(label, control.options, ({ result }, step) => result === step);
  if (option === undefined) return false;
  return option.children.length === 0 || !isTrue(control.attributes, 'leafsonly');
}

/** The probably meant label. `isDisplayedName`: the text is that label’s displayed name. */
export function closestLabel(
  control: Control,
  written: Label,
): { label: Label; isDisplayedName: boolean } | undefined {
  if (!control.isNested) {
    if (typeof written !== 'string') return undefined;
    const accepted = allowedValuesOf(control);
    const label = closestValue(written, accepted);
    return label === undefined
      ? undefined
      : { label, isDisplayedName: accepted.aliases.get(written) === label };
  }
  const steps = [written].flat();
  const label = closestPath(steps, control.options);
  if (label === undefined || !isLabel(control, label)) return undefined;
  const displayed = optionAt(steps, control.options, ({ value, result }, step) =>
    [value, result].includes(step),
  );
  const meant = optionAt(label, control.options, ({ result }, step) => result === step);
  return { label, isDisplayedName: displayed === meant };
}

function optionAt(
  steps: readonly string[],
  tree: readonly Option[],
  isStep: (option: Option, step: string) => boolean,
): Option | undefined {
  let options = tree;
  let found: Option | undefined;
  for (const step of steps) {
    found = options.find((option) => isStep(option, step));
    if (found === undefined) return undefined;
    options = found.children;
  }
  return found;
}
