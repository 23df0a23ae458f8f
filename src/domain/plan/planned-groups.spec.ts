import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson, type JsonObject } from '#wire/json/json.ts';
import { carriesMarker } from '#domain/requests/marker.ts';
import { planOf } from '#domain/results/spec-run.ts';
import { BodyWriter } from './bodies.ts';
import {
  bodyOf,
  groupOfRows,
  groupsWithText,
  markerOf,
  proofOfGroup,
  routeOfGroup,
  rowsOfGroup,
  type PlannedGroups,
} from './planned-groups.ts';

function written(bodies: readonly JsonObject[]): PlannedGroups {
  const writer = new BodyWriter();
  for (const body of bodies) writer.write(body);
  return { ...planOf([]).groups, count: bodies.length, ...writer.finish() };
}

/** These bodies as returned by a writer. */
function throughWriter(bodies: readonly JsonObject[]): JsonObject[] {
  const groups = written(bodies);
  return bodies.map((_, group) => bodyOf(groups, group));
}

describe('a body', () => {
  it('keeps numbers that no double can hold, and a byte order mark', () => {
    const body = readJson('{"time": 9007199254740993.10, "text": "\ufeffé😀"}').value as JsonObject;
    const [read] = throughWriter([body]);
    expect(writeJson(read!)).toBe('{"time":9007199254740993.10,"text":"\ufeffé😀"}');
  });

  it('is the same after writing and reading, for any number of bodies', () => {
    const anyBody = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()));
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 200, size: 'max' }), (bodies) => {
        expect(throughWriter(bodies as JsonObject[]).map(writeJson)).toEqual(
          (bodies as JsonObject[]).map(writeJson),
        );
      }),
    );
  });

  it('can be larger than all previous ones', () => {
    const bodies = [{ text: 'é' }, { text: '漢'.repeat(100_000) }, { text: 'a' }];
    expect(throughWriter(bodies)).toEqual(bodies);
  });

  it('is found by its text, for any number of bodies', () => {
    const anyText = fc.oneof(
      fc.constantFrom('a', 'b', 'ab'),
      fc.string({ minLength: 70_000, maxLength: 70_010 }),
    );
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 200 }), (texts) => {
        const groups = written(texts.map((text) => ({ text })));
        const found = texts.flatMap((text, group) => (text === 'ab' ? [group] : []));
        expect([...groupsWithText(groups, /"text":"ab"/)]).toEqual(found);
      }),
      { numRuns: 20 },
    );
  });

  it('takes little space if others are like it', () => {
    const region = { from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } };
    const bodies = Array.from({ length: 1000 }, (_, row) => ({
      result: [{ ...region, id: `run-${row}-0` }],
      lead_time: row / 10,
    }));
    const groups = written(bodies);
    expect(groups.bodyStarts.at(-1)! / JSON.stringify(bodies).length).toBeLessThan(0.2);
    expect(bodies.map((_, group) => bodyOf(groups, group))).toEqual(bodies);
  });

  it('is refused if its bytes were changed', () => {
    const groups = written([{ text: 'one of some words' }, { text: 'two of some words' }]);
    const [piece] = groups.bodies;
    for (let at = 0; at < piece!.length; at += 1) {
      const changed = piece!.slice();
      changed[at] = 0xff;
      const read = () => [0, 1].map((group) => bodyOf({ ...groups, bodies: [changed] }, group));
      // A byte of a text may be any other one.
      expect(attempt(read)).not.toEqual(
        throughWriter([{ text: 'one of some words' }, { text: 'two of some words' }]),
      );
    }
  });
});

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

describe('a group', () => {
  const region = { from_name: 's', to_name: 't', type: 'choices', value: { choices: ['x'] } };
  const plan = planOf([{ tasks: [5, 3], result: [region] }, { tasks: [3, 9] }], {
    skip: (row) => (row === 3 ? 'It is not there.' : undefined),
  });

  it('has its rows, proof and route', () => {
    const { groups } = plan;
    expect([0, 1].map((group) => [...rowsOfGroup(groups, group)])).toEqual([[0, 1], [2]]);
    expect([0, 1].map((group) => proofOfGroup(groups, group))).toEqual(['marker', 'answer']);
    expect([0, 1].map((group) => routeOfGroup(groups, group))).toEqual(['bulk', 'bulk']);
    expect([...groupOfRows(plan)]).toEqual([0, 0, 1, -1]);
  });

  it('has a marker that is never mistaken for another one, for any number', () => {
    const numbers = fc.nat(2_000_000);
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const ids = [`${markerOf(plan.tag, one)}-0`];
        expect(carriesMarker(ids, markerOf(plan.tag, other))).toBe(one === other);
      }),
    );
  });
});
