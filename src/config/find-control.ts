import type { Control, LabelConfig, Option } from './label-config.ts';

/**
 * The control with this name. Inside a `<Repeater>`, `label_{{idx}}` is also found as `label_0`, `label_1` and so on.
 */
export function findControl({ controls }: LabelConfig, name: string): Control | undefined {
  const exact = controls.get(name);
  if (exact !== undefined) return exact;
  for (const control of controls.values()) {
    const { indexFlag } = control;
    if (indexFlag === undefined || !control.name.includes(indexFlag)) continue;
    const [before = '', after = ''] = control.name.split(indexFlag);
    const index = name.slice(before.length, name.length - after.length);
    if (/^\d+$/.test(index) && name === before + index + after)
      return numbered(control, name, indexFlag, index);
  }
  return undefined;
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
