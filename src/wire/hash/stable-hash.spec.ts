import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, stableHash } from './stable-hash.ts';

it('never changes, because it is stored with runs', () => {
  expect(stableHash([{ id: 'a', value: { choices: ['Positive'] } }])).toBe(4273985078072945);
  expect(stableHash(null)).toBe(6435377631303835);
});

it('doesn’t depend on the order of keys', () => {
  expect(stableHash({ a: 1, b: [{ d: 2, c: 3 }] })).toBe(stableHash({ b: [{ c: 3, d: 2 }], a: 1 }));
});

it('is a safe integer that differs for different values', () => {
  const seen = new Map<number, string>();
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = value as Parameters<typeof stableHash>[0];
      const hash = stableHash(json);
      expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
      const text = canonicalJson(json);
      expect(seen.get(hash) ?? text).toBe(text);
      seen.set(hash, text);
    }),
    { numRuns: 2000 },
  );
});
