import type { JsonObject } from '#wire/json/json.ts';

/** A marked part of a text, in UTF-16 units. */
export interface TextSpan {
  from: number;
  to: number;
}

/**
 * The span of a region in a text; undefined if the text is unknown or too short. Offsets in results count code points.
 */
export function spanOf({ start, end }: JsonObject, text: string | undefined): TextSpan | undefined {
  const [first, last] = [Number(start), Number(end)];
  if (text === undefined || !Number.isInteger(first) || !Number.isInteger(last)) return undefined;
  if (first < 0 || last < first) return undefined;
  const [from, to] = [unitsAt(text, first), unitsAt(text, last)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The offset of a code point in UTF-16 units; undefined after the end. */
function unitsAt(text: string, codePoints: number): number | undefined {
  let units = 0;
  for (let count = 0; count < codePoints; count += 1) {
    if (units >= text.length) return undefined;
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}
