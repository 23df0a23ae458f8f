import { describe, expect, it } from 'vitest';
import { areDigits, digitsIn, numberOf } from './digits.ts';

const wordOf = (text: string) => new DataView(new TextEncoder().encode(text).buffer).getInt32(0, true);

describe('four digits at once', () => {
  it('are the number that they write', () => {
    for (let number = 0; number < 10_000; number += 1) {
      const digits = digitsIn(wordOf(String(number).padStart(4, '0')));
      expect([areDigits(digits), numberOf(digits)]).toEqual([true, number]);
    }
  });

  it('are none where any byte is none', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const isDigit = byte >= 0x30 && byte <= 0x39;
      for (const at of [0, 1, 2, 3])
        for (const others of [0x30, 0x39]) {
          const bytes = new Uint8Array(4).fill(others);
          bytes[at] = byte;
          expect(areDigits(digitsIn(new DataView(bytes.buffer).getInt32(0, true)))).toBe(isDigit);
        }
    }
  });
});
