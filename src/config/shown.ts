import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import { findControl } from './find-control.ts';
import type { Condition, Control, LabelConfig, Option } from './label-config.ts';

/** What was chosen, control by control: each choice by its result and by what annotators see. */
export type Chosen = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the answers off a result. Answers about single regions say nothing about what is shown for the whole. */
export function chosenIn(regions: readonly JsonObject[], config: LabelConfig): Chosen {
  const chosen = new Map<string, Set<string>>();
  for (const { from_name: name, value } of regions) {
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    if (control === undefined || control.perRegion || !isJsonObject(value)) continue;
    if (control.tag !== 'Choices' && control.tag !== 'Taxonomy') continue;
    const picks = value[control.type];
    if (!Array.isArray(picks) || picks.length === 0) continue;
    const names = chosen.get(control.name) ?? new Set<string>();
    for (const pick of picks) {
      const leaf = leafOf(pick);
      if (leaf === undefined) continue;
      names.add(leaf);
      for (const shown of namesByResult(control.options).get(leaf) ?? []) names.add(shown);
    }
    chosen.set(control.name, names);
  }
  return chosen;
}

function leafOf(pick: Json): string | undefined {
  const leaf = Array.isArray(pick) ? pick.at(-1) : pick;
  return typeof leaf === 'string' ? leaf : undefined;
}

const cache = new WeakMap<readonly Option[], ReadonlyMap<string, readonly string[]>>();

/** What annotators see of each option, of a tree all of them, by what results hold. */
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

/** Whether a control is shown for the whole task. `depends`: on which region is selected, or on what is not known here. */
export function isShown(control: Control, chosen: Chosen, config: LabelConfig): 'yes' | 'no' | 'depends' {
  let shown: 'yes' | 'depends' = 'yes';
  for (const condition of control.conditions) {
    const holds = isMet(condition, chosen, config);
    if (holds === 'no') return 'no';
    if (holds === 'depends') shown = 'depends';
  }
  return shown;
}

/** As `isVisible` of `web/libs/editor/src/mixins/Visibility.js`. */
function isMet(condition: Condition, chosen: Chosen, config: LabelConfig): 'yes' | 'no' | 'depends' {
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
