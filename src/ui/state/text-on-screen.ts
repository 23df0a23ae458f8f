import type { TextOnScreen } from '#engine/batch/batch-text.ts';

/*
 * What a screen may want to know of the workbench's text, whether all of it is here or only a part.
 */

export const wholeText = (text: string): TextOnScreen => ({ size: 'small', text });

export function isSameText(one: TextOnScreen, other: TextOnScreen): boolean {
  if (one.size === 'small') return other.size === 'small' && one.text === other.text;
  return other.size === 'large' && one.edition === other.edition && one.typed === other.typed;
}

export const lengthOf = (text: TextOnScreen): number =>
  text.size === 'small' ? text.text.length : text.length;

/** Whether nothing can be read there. Of a large text the check tells. */
export const isBlank = (text: TextOnScreen): boolean => text.size === 'small' && text.text.trim() === '';

/** As far as a thousand characters. */
export const firstLineOf = (text: TextOnScreen): string =>
  text.size === 'small' ? (/^.{0,1000}/.exec(text.text)?.[0] ?? '') : text.firstLine;

/** Whether it has the word by which a request says its project. */
export const namesProject = (text: TextOnScreen): boolean =>
  text.size === 'small' ? text.text.includes('"project"') : text.namesProject;
