import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { findControl } from './find-control.ts';
import type { Condition, Control, LabelConfig, Option } from './label-config.ts';

/** The choices of each control, by result value and displayed name. */
export type ChosenValues = ReadonlyMap<string, ReadonlySet<string>>;

/** Collects the choices of a result. Per-region answers don’t affect what is visible for the whole task. */
export function chosenValues(regions: readonly JsonObject[], config: LabelConfig): ChosenValues {
  const chosen = new Map<string, Set<string>>();
  for (const { from_name: name, value } of regions) {
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    if (control === undefined || control.perRegion || !isJsonObject(value)) continue;
    if (control.tag !== 'Choices' && control.tag !== 'Taxonomy') continue;
    const choices = value[control.type];
    if (!Array.isArray(choices) || choices.length === 0) continue;
    const names = chosen.get(control.name) ?? new Set<string>();
    for (const choice of choices) {
      const leaf = leafOf(choice);
      if (leaf === undefined) continue;
      names.add(leaf);
      for (const name of namesByResult(control.options).get(leaf) ?? []) names.add(name);
    }
    chosen.set(control.name, names);
  }
  return chosen;
}

function leafOf(choice: Json): string | undefined {
  const leaf = Array.isArray(choice) ? choice.at(-1) : choice;
  return typeof leaf === 'string' ? leaf : undefined;
}

const cache = new WeakMap<readonly Option[], ReadonlyMap<string, readonly string[]>>();

/** Displayed names by result value, for all levels. */
function namesByResult(options: readonly Option[]): ReadonlyMap<string, readonly string[]> {
  let names = cache.get(options);
  if (names === undefined) {
    const found = new Map<string, string[]>();
    const walk = (some: readonly Option[]): void => {
      for (const { result, value, children } of some) {
        found.set(result, [...(found.get(result) ?? []), value]);
        walk(children);
      }
    };
    walk(options);
    names = found;
    cache.set(options, names);
  }
  return names;
}

/** Whether a control is visible for the whole task. `depends`: on the selected region or on unknown values. */
export function visibilityOf(
  control: Control,
  chosen: ChosenValues,
  config: LabelConfig,
): 'yes' | 'no' | 'depends' {
  let visibility: 'yes' | 'depends' = 'yes';
  for (const condition of control.conditions) {
    const holds = isMet(condition, chosen, config);
    if (holds === 'no') return 'no';
    if (holds === 'depends') visibility = 'depends';
  }
  return visibility;
}

/** Same rule as the editor's `isVisible`, `mixins/Visibility.js`. */
function isMet(condition: Condition, chosen: ChosenValues, config: LabelConfig): 'yes' | 'no' | 'depends' {
  const { when, tag, choices } = condition;
  if (when === 'region-selected' || when === 'no-region-selected') return 'depends';
  if (tag !== undefined) {
    const other = findControl(config, tag);
    if (other === undefined || other.perRegion || (other.tag !== 'Choices' && other.tag !== 'Taxonomy'))
      return 'depends';
  }
  const sets = tag === undefined ? [...chosen.values()] : [chosen.get(tag) ?? new Set<string>()];
  const isSelected = sets.some((names) =>
    choices === undefined ? names.size > 0 : choices.some((one) => names.has(one)),
  );
  return isSelected === (when === 'choice-selected') ? 'yes' : 'no';
}
