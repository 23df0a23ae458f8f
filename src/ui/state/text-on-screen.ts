import type { TextOnScreen } from '#engine/batch/batch-text.ts';

// Helpers for the current text that work for small and large texts.

export const wholeText = (text: string): TextOnScreen => ({ size: 'small', text });

export function isSameText(one: TextOnScreen, other: TextOnScreen): boolean {
  if (one.size === 'small') return other.size === 'small' && one.text === other.text;
  return other.size === 'large' && one.edition === other.edition && one.typed === other.typed;
}

export const lengthOf = (text: TextOnScreen): number =>
  text.size === 'small' ? text.text.length : text.length;

/** True if the text is only whitespace. A large text is never blank here; the check decides. */
export const isBlank = (text: TextOnScreen): boolean => text.size === 'small' && text.text.trim() === '';

/** Cut after a thousand characters. */
export const firstLineOf = (text: TextOnScreen): string =>
  text.size === 'small' ? (/^.{0,1000}/.exec(text.text)?.[0] ?? '') : text.firstLine;

/** True if the text contains a request's `project` field name. */
export const namesProject = (text: TextOnScreen): boolean =>
  text.size === 'small' ? text.text.includes('"project"') : text.namesProject;
