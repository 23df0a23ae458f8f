import type { TextOnScreen } from '#engine/engine.ts';
import { differenceOf } from '#ui/import/editor/difference-of.ts';
import type { TextChange } from './steps.ts';

/** What has become of a text: of two small ones the part that differs, so that no more of them is kept. */
export function changeBetween(before: TextOnScreen, after: TextOnScreen): TextChange {
  if (before.size === 'large' || after.size === 'large') return { before, after };
  const { from, to, insert } = differenceOf(before.text, after.text) ?? { from: 0, to: 0, insert: '' };
  // A part of a string keeps all of it in memory, a copy does not.
  const [removed, put] = structuredClone([before.text.slice(from, to), insert]) as [string, string];
  return { from, removed, put };
}
