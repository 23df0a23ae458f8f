/*
 * Four digits at once: of a word of four bytes, read little-endian, `digitsIn` makes what they stand for, one in each byte.
 */
export const digitsIn = (word: number): number => word ^ 0x3030_3030;

/** Whether all four were digits: a byte above 9 has its highest bit, or reaches it by adding this. */
export const areDigits = (digits: number): boolean => (((digits + 0x7676_7676) | digits) & 0x8080_8080) === 0;

/** The number that they write. */
export function numberOf(digits: number): number {
  // Each byte times ten, and the one behind it: so the first and the third hold two digits now.
  const pairs = Math.imul(digits, 10) + (digits >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}
