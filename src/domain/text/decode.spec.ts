import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingOf, findInvalidUtf8, isGzip, withPlainLineEnds } from './decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('encodingOf', () => {
  it.each([
    ['utf-8', bytes()],
    ['utf-8', bytes(0x61)],
    ['utf-8', bytes(0xef, 0xbb, 0xbf, 0x61)],
    ['utf-8', bytes(0x61, 0x62, 0x63, 0x00)],
    ['utf-8', bytes(0x00, 0x00, 0x00, 0x00)],
    ['utf-16le', bytes(0xff, 0xfe, 0x61, 0x00)],
    ['utf-16be', bytes(0xfe, 0xff, 0x00, 0x61)],
    ['utf-16le', bytes(0x61, 0x00, 0x2c, 0x00, 0x62, 0x00, 0x0a, 0x00)],
    ['utf-16be', bytes(0x00, 0x61, 0x00, 0x2c, 0x00, 0x62, 0x00, 0x0a)],
    ['utf-16le', bytes(0x61, 0x00, 0x2c, 0x00, 0x0a, 0x00, 0xac, 0x20)],
  ])('%s: %j', (encoding, head) => {
    expect(encodingOf(head)).toBe(encoding);
  });
});

it('isGzip checks the first two bytes', () => {
  expect([isGzip(bytes(0x1f, 0x8b, 8)), isGzip(bytes(0x1f)), isGzip(bytes(0x61, 0x8b))]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('findInvalidUtf8', () => {
  it.each([
    [bytes(0x61, 0x0a, 0x62, 0xe4, 0x63), { offset: 3, byte: 0xe4, line: 2 }],
    [bytes(0x61, 0x0d, 0x0a, 0x0d, 0xff), { offset: 4, byte: 0xff, line: 3 }],
    [bytes(0xc3), { offset: 0, byte: 0xc3, line: 1 }],
    [bytes(0xc3, 0xa4, 0xc0, 0x80), { offset: 2, byte: 0xc0, line: 1 }],
    [bytes(0xed, 0xa0, 0x80), { offset: 0, byte: 0xed, line: 1 }],
    [bytes(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80), undefined],
  ])('%j: %j', (file, place) => {
    expect(findInvalidUtf8(file)).toEqual(place);
  });

  it('finds a byte exactly if TextDecoder refuses the text', () => {
    const likely = fc.constantFrom(
      0x61,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc2,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    );
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 6 }), (values) => {
        const file = Uint8Array.from(values);
        const place = findInvalidUtf8(file);
        const decode = (part: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(part);
        if (place === undefined) expect(() => decode(file)).not.toThrow();
        else {
          expect(() => decode(file)).toThrow(TypeError);
          expect(() => decode(file.subarray(0, place.offset))).not.toThrow();
        }
      }),
      { seed: 20261124, numRuns: 3000 },
    );
  });
});

it('finds an invalid byte at any position and alignment', () => {
  for (let start = 0; start < 4; start += 1)
    for (let at = 0; at < 12; at += 1) {
      const file = new Uint8Array(start + 12).fill(0x61).subarray(start);
      file[at] = 0xe4;
      expect(findInvalidUtf8(file)?.offset).toBe(at);
    }
});

it('normalizes all line ends', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'é', '\r', '\n', '\r\n')), (parts) => {
      const text = parts.join('');
      const written = withPlainLineEnds(new TextEncoder().encode(text));
      expect(new TextDecoder().decode(written)).toBe(text.replaceAll(/\r\n?/g, '\n'));
    }),
  );
});
