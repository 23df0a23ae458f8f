import type { Json } from '#wire/json/json.ts';
import type { Control, LabelConfig, ObjectTag, Option } from './label-config.ts';

/**
 * The control with this name. Inside a `<Repeater>`, `label_{{idx}}` is also found as `label_0`, `label_1` and so on.
 */
export function findControl({ controls }: LabelConfig, name: string): Control | undefined {
  const exact = controls.get(name);
  if (exact !== undefined) return exact;
  for (const control of controls.values()) {
    const { indexFlag } = control;
    const index = indexFlag === undefined ? undefined : indexIn(name, control.name, indexFlag);
    if (index !== undefined) return numbered(control, name, indexFlag!, index);
  }
  return undefined;
}

/** The lower-case tag of the object that a region of this control refers to; empty if there’s none. */
export function objectTagOf(control: Control, target: Json | undefined, { objects }: LabelConfig): string {
  const { toName, indexFlag } = control;
  const name = typeof target === 'string' && toName.includes(target) ? target : (toName[0] ?? '');
  const isRepeated = (object: ObjectTag) =>
    indexFlag !== undefined && indexIn(name, object.name, indexFlag) !== undefined;
  return (objects.get(name) ?? [...objects.values()].find(isRepeated))?.tag.toLowerCase() ?? '';
}

/** The index in a name such as `label_0`; undefined if it isn’t made from `label_{{idx}}`. */
function indexIn(name: string, template: string, indexFlag: string): string | undefined {
  if (!template.includes(indexFlag)) return undefined;
  const [before = '', after = ''] = template.split(indexFlag);
  const index = name.slice(before.length, name.length - after.length);
  return /^\d+$/.test(index) && name === before + index + after ? index : undefined;
}

function numbered(control: Control, name: string, flag: string, index: string): Control {
  const put = (text: string) => text.replaceAll(flag, index);
  const putInto = (options: readonly Option[]): Option[] =>
    options.map((option) => ({
      ...option,
      value: put(option.value),
      result: put(option.result),
      children: putInto(option.children),
    }));
  return { ...control, name, toName: control.toName.map(put), options: putInto(control.options) };
}
