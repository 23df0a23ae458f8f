import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { ExactNumber } from '#wire/json/json.ts';
import { canCarryMarker, carriesMarker, markRegions } from './marker.ts';

const marker = 'sheaf-1a2b3c4d-0';
const choice: JsonObject = {
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value: { choices: ['Positive'] },
};

/** Only what marking may change in each region. */
const idsOf = (result: Json[]) =>
  markRegions(result, marker).map((region) => {
    const { id, from_id, to_id, parentID } = region as JsonObject;
    return Object.fromEntries(
      Object.entries({ id, from_id, to_id, parentID }).filter(([, value]) => value !== undefined),
    );
  });

describe('markRegions', () => {
  it('gives a region without an ID a new one', () => {
    expect(idsOf([choice, choice])).toEqual([{ id: `${marker}-0` }, { id: `${marker}-1` }]);
  });

  it('changes nothing else, including numbers that no double can hold', () => {
    const region = {
      ...choice,
      id: 'a',
      score: new ExactNumber('0.12345678901234567890'),
      meta: { id: 'a' },
    };
    expect(markRegions([region], marker)).toEqual([{ ...region, id: `${marker}-0` }]);
  });

  it('doesn’t mutate its input', () => {
    const result = [{ ...choice, id: 'a' }];
    markRegions(result, marker);
    expect(result).toEqual([{ ...choice, id: 'a' }]);
  });

  it('keeps a shape and its labels together', () => {
    expect(idsOf([{ id: 'box' }, { id: 'other' }, { id: 'box' }])).toEqual([
      { id: `${marker}-0` },
      { id: `${marker}-1` },
      { id: `${marker}-0` },
    ]);
  });

  it('updates relations and nested regions in any order', () => {
    const relation = { type: 'relation', from_id: 'b', to_id: 'a', direction: 'right' };
    expect(idsOf([relation, { id: 'a' }, { id: 'b', parentID: 'a' }])).toEqual([
      { from_id: `${marker}-1`, to_id: `${marker}-0` },
      { id: `${marker}-0` },
      { id: `${marker}-1`, parentID: `${marker}-0` },
    ]);
  });

  it('removes the ID of a relation', () => {
    expect(idsOf([{ type: 'relation', id: 'r', from_id: 'x', to_id: 'y' }])).toEqual([
      { id: 'r', from_id: 'x', to_id: 'y' },
    ]);
  });

  it('keeps a reference to an unknown region', () => {
    expect(idsOf([{ id: 'a', parentID: 'gone' }])).toEqual([{ id: `${marker}-0`, parentID: 'gone' }]);
  });

  it('adds no references', () => {
    expect(idsOf([{ id: null }, { id: 'a' }])).toEqual([{ id: `${marker}-0` }, { id: `${marker}-1` }]);
  });

  it('skips items that aren’t regions', () => {
    const odd = [null, 5, 'text', [], new ExactNumber('9007199254740993')];
    expect(markRegions(odd, marker)).toEqual(odd);
  });
});

describe('carriesMarker', () => {
  it.each([
    [[`${marker}-0`], true],
    [['aS2dF4gH6j', `${marker}-12`], true],
    [[], false],
    [['aS2dF4gH6j'], false],
    [[marker], false],
    // IDs of the eleventh group start like those of the second, except for the dash.
    [['sheaf-1a2b3c4d-00-0'], false],
    [['sheaf-1a2b3c4e-0-0'], false],
  ])('%o: %s', (regionIds, found) => {
    expect(carriesMarker(regionIds, marker)).toBe(found);
  });

  it.each<[Json | undefined, boolean]>([
    [undefined, false],
    [null, false],
    [[], false],
    [{}, false],
    [[{ type: 'relation', from_id: 'a', to_id: 'b' }], false],
    [[null, 'text'], false],
    [[choice], true],
    [[{ type: 'relation' }, {}], true],
  ])('is possible in %j: %s', (result, can) => {
    expect(canCarryMarker(result)).toBe(can);
  });
});

/** Any result: regions with shared IDs, nested ones, and relations with known and unknown ends. */
const anyResult = fc.array(
  fc.record(
    {
      type: fc.constantFrom('choices', 'labels', 'relation'),
      id: fc.constantFrom('a', 'b', 'c'),
      parentID: fc.constantFrom('a', 'b', 'gone'),
      from_id: fc.constantFrom('b', 'c', 'gone'),
      to_id: fc.constantFrom('a', 'gone'),
    },
    { requiredKeys: ['type'] },
  ),
  { maxLength: 8 },
);

describe('any result', () => {
  it('is found by its marker if it can carry one, and by no other group’s', () => {
    fc.assert(
      fc.property(anyResult, fc.nat(2000), fc.nat(2000), (result, one, other) => {
        const markerOf = (group: number) => `sheaf-1a2b3c4d-${group.toString(36)}`;
        const ids = markRegions(result, markerOf(one)).flatMap((region) => {
          const { id, type } = region as JsonObject;
          return typeof id === 'string' && type !== 'relation' ? [id] : [];
        });
        expect(carriesMarker(ids, markerOf(one))).toBe(canCarryMarker(result));
        if (one !== other) expect(carriesMarker(ids, markerOf(other))).toBe(false);
        expect(ids.every((id) => /^[\w-]+$/.test(id))).toBe(true);
      }),
    );
  });

  it('keeps equal IDs equal and different ones different', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const marked = markRegions(result, marker) as typeof result;
        const ends = (regions: typeof result) =>
          regions.flatMap(({ type, id, parentID, from_id, to_id }, index) => [
            type === 'relation' ? undefined : (id ?? `none ${index}`),
            parentID,
            from_id,
            to_id,
          ]);
        const [before, after] = [ends(result), ends(marked)];
        for (const [index, one] of before.entries())
          for (const [other, two] of before.entries())
            expect(after[index] === after[other]).toBe(one === two);
      }),
    );
  });
});
