import { asSeen } from './words.ts';

/** A number with separators: 4,5 or 1.234,5 or 1 234.5. */
const withMarks = /^([-+]?)(\d{1,3}(?:([.,'’ ])\d{3})(?:\3\d{3})*|\d*)(?:([.,])(\d+))?$/;

const maxUnits = 100;

/**
 * Reads a number in a spelling other than JSON’s: with a decimal comma, thousands separators, a Unicode minus,
 * full-width digits. Gives two numbers if its only separator may be either; none for other text, such as one with a
 * unit.
 */
export function spelledNumber(text: string): number[] {
  if (text.length > maxUnits) return [];
  const match = withMarks.exec(asSeen(text).replace(/^[−–]/, '-'));
  if (match === null) return [];
  const [, sign = '', whole = '', mark, point, decimals] = match;
  // Empty, or one separator for both purposes: 1.234.5.
  if ((decimals === undefined && whole === '') || (point !== undefined && point === mark)) return [];
  const digits = whole.replaceAll(/\D/g, '');
  const meant = Number(`${sign}${digits}.${decimals ?? 0}`);
  const [first, second, third] = whole.split(/[.,]/);
  const isEither = decimals === undefined && second !== undefined && third === undefined;
  return isEither ? [meant, Number(`${sign}${first!}.${second}`)] : [meant];
}
