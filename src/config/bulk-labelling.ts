import type { Control } from './label-config.ts';

/** The controls named in https://labelstud.io/guide/labeling_bulk. */
const documented: ReadonlySet<string> = new Set([
  'Choices',
  'DateTime',
  'Number',
  'Rating',
  'Taxonomy',
  'TextArea',
]);

/**
 * Why a control is outside the documented scope of bulk labelling; undefined if it is inside. Only a warning, because
 * the endpoint’s rules aren’t public. Same rule as the editor’s `isIndependent`, `tags/control/ClassificationBase.js`.
 */
export function bulkUnsupportedReason(control: Control): string | undefined {
  if (!documented.has(control.tag)) return `is a <${control.tag}>`;
  if (control.perRegion) return 'is answered for each region (perRegion)';
  if (control.perItem) return 'is answered for each item (perItem)';
  if (control.optionsFromTask) return 'takes its options from each task';
  return undefined;
}
