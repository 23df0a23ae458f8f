import type { Control, LabelConfig } from './label-config.ts';

/** The controls that https://labelstud.io/guide/labeling_bulk names. */
const documented: ReadonlySet<string> = new Set([
  'Choices',
  'DateTime',
  'Number',
  'Rating',
  'Taxonomy',
  'TextArea',
]);

/**
 * Why a control is not one of those that bulk labelling is documented for; undefined where it is. Only a warning: what
 * the endpoint itself refuses is not public. The editor leaves out the same (`isIndependent` of its
 * `tags/control/ClassificationBase.js`).
 */
export function whyNotForBulk(control: Control): string | undefined {
  if (!documented.has(control.tag)) return `is a <${control.tag}>`;
  if (control.perRegion) return 'is answered for each region (perRegion)';
  if (control.perItem) return 'is answered for each item (perItem)';
  if (control.optionsFromTask) return 'takes its options from each task';
  return undefined;
}

/** All controls of a config that the bulk route is not documented for. */
export function notForBulk({ controls }: LabelConfig): { control: string; why: string }[] {
  return [...controls.values()].flatMap((control) => {
    const why = whyNotForBulk(control);
    return why === undefined ? [] : [{ control: control.name, why }];
  });
}
