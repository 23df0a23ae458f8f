import { asSeen } from './words.ts';

/** How a number is written with marks: 4,5 or 1.234,5 or 1 234.5. */
const withMarks = /^([-+]?)(\d{1,3}(?:([.,'’ ])\d{3})(?:\3\d{3})*|\d*)(?:([.,])(\d+))?$/;

const maxUnits = 100;

/**
 * What a text means as a number in another spelling than that of JSON: with a decimal comma, divided thousands, a real minus,
 * digits of another width. Two numbers if its only mark may divide thousands as well as decimals; none for any other text, such as
 * one with a unit.
 */
export function spelledNumber(text: string): number[] {
  if (text.length > maxUnits) return [];
  const match = withMarks.exec(asSeen(text).replace(/^[−–]/, '-'));
  if (match === null) return [];
  const [, sign = '', whole = '', mark, point, decimals] = match;
  // Nothing, or one mark for two things: 1.234.5.
  if ((decimals === undefined && whole === '') || (point !== undefined && point === mark)) return [];
  const digits = whole.replaceAll(/\D/g, '');
  const meant = Number(`${sign}${digits}.${decimals ?? 0}`);
  const [first, second, third] = whole.split(/[.,]/);
  const isEither = decimals === undefined && second !== undefined && third === undefined;
  return isEither ? [meant, Number(`${sign}${first!}.${second}`)] : [meant];
}
