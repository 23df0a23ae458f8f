import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EntryCounts } from './entry-counts.ts';

it('counts how often each entry was added, alone or in a range', () => {
  const entry = fc.nat(5000);
  const span = fc.tuple(entry, fc.oneof(fc.constant(1), fc.nat(4000)));
  const spans = fc.array(fc.tuple(span, fc.constantFrom(1, 2, 300)), { maxLength: 6 });
  fc.assert(
    fc.property(spans, (added) => {
      const counts = new EntryCounts();
      const expected = Array.from({ length: 10_000 }, () => 0);
      for (const [[from, length], times] of added) {
        for (let time = 0; time < times; time += 1)
          if (length === 1) counts.add(from);
          else counts.addAll(from, from + length);
        for (let at = from; at < from + length; at += 1) expected[at]! += times;
      }
      expect(expected.map((_, at) => counts.at(at))).toEqual(expected);
      const having = [...expected.keys()].filter((at) => expected[at]! > 0);
      expect([...counts]).toEqual(having);
      expect(counts.entries).toBe(having.length);
    }),
    { seed: 20261128, numRuns: 100 },
  );
});
