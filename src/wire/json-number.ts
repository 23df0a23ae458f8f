/** Whether two notations have the same absolute value: `0.10` and `0.1`, `1e2` and `100`. */
export function sameDecimal(one: string, other: string): boolean {
  return normalDecimal(one) === normalDecimal(other);
}

/** Digits without leading and trailing zeros, and their power of ten; the sign is ignored. */
function normalDecimal(notation: string): string {
  const [, whole = '', part = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(notation) ?? [];
  const all = (whole + part).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return digits === '' ? '0' : `${digits}e${Number(power) - part.length + all.length - digits.length}`;
}
