import { isLabel, type Label } from '#config/labels.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';

/** A control in a batch’s results, with labels in use. */
export interface UsedControl {
  name: string;
  /** The type of its regions. */
  type: string;
  labels: Label[];
}

/** Entries whose labels are read, in addition to one of each template. */
const maxEntries = 200;

/** Controls and labels in results; in a large batch, those of some entries. */
export function usedLabels(entries: Entries): UsedControl[] {
  const used = new Map<string, UsedControl & { seen: Set<string> }>();
  const templates = Array.from(
    { length: Math.min(entries.firsts.length, limits.exportControlSearch) },
    (_, template) => entries.firsts[template]!,
  );
  const looked = Array.from({ length: Math.min(entries.length, maxEntries) }, (_, entry) => entry);
  for (const entry of new Set([...templates, ...looked])) {
    const request = entries.at(entry);
    const result = isJsonObject(request) ? request['result'] : undefined;
    for (const region of Array.isArray(result) ? result : []) {
      if (!isJsonObject(region)) continue;
      const { from_name: name, type, value = null } = region;
      if (typeof name !== 'string' || typeof type !== 'string') continue;
      const known = used.get(name);
      if (known === undefined && used.size >= limits.listed) continue;
      const control = known ?? { name, type, labels: [], seen: new Set() };
      used.set(name, control);
      for (const label of labelsIn(value, type)) {
        const key = [label].flat().join('\n');
        if (control.seen.has(key) || control.labels.length >= limits.listed) continue;
        control.seen.add(key);
        control.labels.push(label);
      }
    }
  }
  return Array.from(used.values(), ({ name, type, labels }) => ({ name, type, labels }));
}

function labelsIn(value: Json, type: string): Label[] {
  const labels = isJsonObject(value) ? value[type] : undefined;
  const isPath = (label: Json): label is string[] =>
    Array.isArray(label) && label.every((step) => typeof step === 'string');
  return Array.isArray(labels)
    ? labels.filter((label): label is Label => typeof label === 'string' || isPath(label))
    : [];
}

/**
 * How a project’s config fits: controls with the same names have all labels, or others of the same types do; undefined
 * if none do.
 */
export function fitOf(
  used: readonly UsedControl[],
  { controls }: Pick<LabelConfig, 'controls'>,
): 'names' | 'labels' | undefined {
  const has = ({ type, labels }: UsedControl, control: Control | undefined): boolean =>
    control?.type === type &&
    (control.optionsFromTask ||
      control.options.length === 0 ||
      labels.every((label) => isLabel(control, label)));
  if (used.length === 0) return undefined;
  if (used.every((one) => has(one, controls.get(one.name)))) return 'names';
  const all = [...controls.values()];
  // Types alone don’t identify a project.
  const isTelling = used.some(({ labels }) => labels.length > 0);
  return isTelling && used.every((one) => all.some((control) => has(one, control))) ? 'labels' : undefined;
}
