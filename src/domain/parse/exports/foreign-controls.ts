import { findControl } from '#config/find-control.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { isJsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';

/** A control of an export that the project doesn’t have, or has for another object. */
export interface ForeignControl {
  name: string;
  /** The type of its regions. */
  type: string;
  /** The project’s controls with regions of this type, in config order. */
  fitting: string[];
  /** The intended one, if only one is possible. */
  proposed?: string;
}

/** Controls in annotations of another project, in export order. Cut at `limits.listed`. */
export function foreignControls(entries: Entries, config: LabelConfig): ForeignControl[] {
  const types = new Map<string, string>();
  const own = new Set<string>();
  // Entries of one template name the same controls.
  for (
    let template = 0;
    template < Math.min(entries.firsts.length, limits.exportControlSearch);
    template += 1
  ) {
    const request = entries.at(entries.firsts[template]!);
    const result = isJsonObject(request) ? request['result'] : undefined;
    if (!Array.isArray(result)) continue;
    for (const region of result) {
      if (!isJsonObject(region)) continue;
      const { from_name: name, to_name: object, type } = region;
      if (typeof name !== 'string' || typeof type !== 'string' || name.length > limits.shownUnits) continue;
      const control = findControl(config, name);
      if (control !== undefined && isAbout(control, object)) own.add(name);
      else if (types.size < limits.listed) types.set(name, types.get(name) ?? type);
    }
  }
  const controls = [...config.controls.values()];
  const fittingOf = (type: string) =>
    controls
      .filter((control) => control.type === type && control.indexFlag === undefined && !own.has(control.name))
      .map(({ name }) => name);
  return Array.from(types, ([name, type]) => {
    const fitting = fittingOf(type);
    const rivals = [...types].filter(([, other]) => other === type).length;
    const proposed = fitting.includes(name)
      ? name
      : fitting.length === 1 && rivals === 1
        ? fitting[0]
        : undefined;
    return { name, type, fitting, ...(proposed !== undefined && { proposed }) };
  });
}

const isAbout = ({ toName }: Control, object: unknown): boolean =>
  toName.length === 0 || typeof object !== 'string' || toName.includes(object);
