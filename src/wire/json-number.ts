/** Whether two spellings of a number have the same value: `0.10` and `0.1`, `1e2` and `100`. */
export function sameDecimal(one: string, other: string): boolean {
  return normalDecimal(one) === normalDecimal(other);
}

/** Digits without zeros at either end, and the power of ten of the last of them. The sign is left out. */
function normalDecimal(spelling: string): string {
  const [, whole = '', part = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(spelling) ?? [];
  const all = (whole + part).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return digits === '' ? '0' : `${digits}e${Number(power) - part.length + all.length - digits.length}`;
}
