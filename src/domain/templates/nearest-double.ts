/*
 * Numbers of 16 and 17 digits, as programs write most decimals. Two doubles together hold them exactly: T. J. Dekker, A
 * floating-point technique for extending the available precision, 1971.
 */

/** Maximum number of digits and decimals: powers of ten up to 10^22 are exact doubles. */
export const maxDigits = 19;
export const maxDecimals = 22;

/** Powers of ten, all exact. */
export const tens = Array.from({ length: maxDecimals + 1 }, (_, power) => Number(`1e${power}`));

/**
 * The double nearest to (`high` · 10^`lowDigits` + `low`) / 10^`decimals`, as `Number` reads it; NaN in the rare case that it
 * can’t be distinguished from its neighbour. `high` has at most 15 digits, `low` as many as it says, at most four.
 */
export function nearestDouble(high: number, low: number, lowDigits: number, decimals: number): number {
  // The number’s digits as an unevaluated sum: `whole` + `part`.
  const factor = tens[lowDigits]!;
  const scaled = high * factor;
  const whole = scaled + low;
  const part = low - (whole - scaled) + roundingError(high, factor, scaled);
  const divisor = tens[decimals]!;
  const quotient = (whole + part) / divisor;
  // The remainder of `quotient` · `divisor`, exact except for its last bits.
  const back = quotient * divisor;
  const remainder = whole - back - roundingError(quotient, divisor, back) + part;
  const correction = remainder / divisor;
  const nearest = quotient + correction;
  // The sum rounds to a neighbour if the correction is about half of the distance to it.
  const lost = correction - (nearest - quotient);
  const unit = Math.abs(nearest) * 2 ** -52;
  return Math.abs(Math.abs(lost) - unit / 2) < unit * 1e-9 ||
    Math.abs(Math.abs(lost) - unit / 4) < unit * 1e-9
    ? Number.NaN
    : nearest;
}

/** What the product of two doubles lacks of the exact one. */
function roundingError(one: number, other: number, product: number): number {
  const oneHigh = upperHalf(one);
  const otherHigh = upperHalf(other);
  const oneLow = one - oneHigh;
  const otherLow = other - otherHigh;
  return oneHigh * otherHigh - product + oneHigh * otherLow + oneLow * otherHigh + oneLow * otherLow;
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const scaled = value * 134_217_729;
  return scaled - (scaled - value);
}
