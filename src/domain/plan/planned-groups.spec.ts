import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson, type JsonObject } from '#wire/json/json.ts';
import { carriesMarker } from '#domain/requests/marker.ts';
import { planOf } from '#domain/results/spec-run.ts';
import { BodyWriter } from './bodies.ts';
import { bodyOf, groupOfRows, markerOf, proofOfGroup, routeOfGroup, rowsOfGroup } from './planned-groups.ts';

/** These bodies as returned by a writer. */
function throughWriter(bodies: JsonObject[]): JsonObject[] {
  const writer = new BodyWriter();
  const starts = [0, ...bodies.map((body) => writer.write(body))];
  const groups = { ...planOf([]).groups, bodies: writer.finish(), bodyStarts: Float64Array.from(starts) };
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
      fc.property(fc.array(anyBody, { maxLength: 30 }), (bodies) => {
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

  it('is read from several pieces, however they are cut', () => {
    const bytes = new TextEncoder().encode('{"a":1}{"b":"é"}{"c":3}');
    const starts = [0, 7, 17, 24];
    for (let cut = 0; cut <= bytes.length; cut += 1)
      for (let next = cut; next <= bytes.length; next += 1) {
        const bodies = [bytes.slice(0, cut), bytes.slice(cut, next), bytes.slice(next)];
        const groups = { ...planOf([]).groups, count: 3, bodies, bodyStarts: Float64Array.from(starts) };
        expect([0, 1, 2].map((group) => bodyOf(groups, group))).toEqual([{ a: 1 }, { b: 'é' }, { c: 3 }]);
      }
  });

  it('uses exactly its bytes, because they are stored', () => {
    const writer = new BodyWriter();
    const end = writer.write({ text: 'é' });
    expect(writer.finish().map(({ length }) => length)).toEqual([end]);
    expect(end).toBe('{"text":""}'.length + 2);
  });
});

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
