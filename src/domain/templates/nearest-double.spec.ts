import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxDecimals, nearestDouble } from './nearest-double.ts';

/** Called like in the trie, with a number’s digits and its number of decimals. */
function read(digits: string, decimals: number): number {
  const high = digits.slice(0, 15);
  const low = digits.slice(15);
  return nearestDouble(Number(high), Number(low), low.length, decimals);
}

const written = (digits: string, decimals: number) => Number(`${digits}e-${decimals}`);

it('reads numbers of 16 to 19 digits like Number', () => {
  const digits = fc.stringMatching(/^[1-9]\d{15,18}$/);
  fc.assert(
    fc.property(digits, fc.nat(maxDecimals), (one, decimals) => {
      const value = read(one, decimals);
      fc.pre(!Number.isNaN(value));
      expect(value).toBe(written(one, decimals));
    }),
    { numRuns: 20_000 },
  );
});

it('reads doubles as written by programs', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1000, noNaN: true }), (double) => {
      const [whole = '', part = ''] = String(double).split('.');
      const digits = (whole + part).replace(/^0+/, '');
      if (digits.length < 16 || part.length > maxDecimals || String(double).includes('e')) return;
      expect(read(digits, part.length)).toBe(double);
    }),
    { numRuns: 20_000 },
  );
});

it('gives NaN if it can’t tell which double is nearest', () => {
  // Halfway between two doubles.
  expect(read('9007199254740993', 0)).toBeNaN();
});
