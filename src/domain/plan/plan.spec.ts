import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { planOf } from '#domain/results/spec-run.ts';
import {
  bodyOf,
  groupOfRows,
  markerOf,
  proofOfGroup,
  rowsOfGroup,
  selectionOfGroup,
} from './planned-groups.ts';
import { PlanMemory } from './plan-memory.ts';
import { tasksOf, type Plan } from './plan.ts';

const region = { from_name: 's', to_name: 't', type: 'choices', value: { choices: ['x'] } };

/** Each group as `entry: tasks`. */
const groupsOf = (plan: Plan) =>
  Array.from(
    { length: plan.groups.count },
    (_, group) => `${plan.groups.entry[group]}: ${tasksOf(plan, rowsOfGroup(plan.groups, group)).join(' ')}`,
  );

describe('the groups of a plan', () => {
  it('have the tasks of one request in source order', () => {
    const plan = planOf([
      { tasks: [5, 3, 9, 1], result: [region] },
      { tasks: [3], result: [{ ...region, value: { choices: ['y'] } }] },
    ]);
    expect(groupsOf(plan)).toEqual(['0: 5 3 9 1', '1: 3']);
  });

  it('join requests with the same content in any notation', () => {
    const { from_name, ...rest } = region;
    const plan = planOf([
      { tasks: [1], result: [{ id: 'a', ...region }] },
      { task: 2, result: [{ ...rest, from_name, id: 'b' }] },
      { tasks: [3], result: [{ ...region, value: { choices: ['y'] } }] },
      { tasks: [1, 4], result: [region] },
      { task: 5, result: [region], unique_id: '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10' },
    ]);
    expect(groupsOf(plan)).toEqual(['0: 1 2 4', '2: 3', '3: 1', '4: 5']);
    // The same content is recognised in another run, too.
    const { contents } = plan.groups;
    expect(contents[0]).toBe(contents[2]);
    expect(new Set(contents).size).toBe(3);
  });

  it('never name a task twice: a second annotation has a separate group and marker', () => {
    const plan = planOf([{ tasks: [1, 2, 1, 1], result: [region] }]);
    expect(groupsOf(plan)).toEqual(['0: 1 2', '0: 1', '0: 1']);
    expect(new Set([0, 1, 2].map((group) => JSON.stringify(bodyOf(plan.groups, group)))).size).toBe(3);
  });

  it('omit skipped rows, and requests without other rows', () => {
    const plan = planOf([{ tasks: [1, 2, 3, 4] }, { tasks: [2], lead_time: 1 }], {
      skip: (row) => (row === 1 || row === 4 ? 'It is not there.' : undefined),
    });
    expect(groupsOf(plan)).toEqual(['0: 1 3 4']);
    expect([...plan.skips]).toEqual([
      [1, 'It is not there.'],
      [4, 'It is not there.'],
    ]);
    expect([...groupOfRows(plan)]).toEqual([0, -1, 0, 0, -1]);
  });

  it('are empty without rows', () => {
    expect(groupsOf(planOf([]))).toEqual([]);
  });

  it('have finished bodies: exact numbers, no target, marked regions', () => {
    const plan = planOf([{ task: 7, lead_time: 1.5, result: [{ ...region, id: 'é' }] }]);
    expect(bodyOf(plan.groups, 0)).toEqual({
      lead_time: 1.5,
      result: [{ ...region, id: `${markerOf(plan.tag, 0)}-0` }],
    });
  });

  it.each<[string, Json[] | undefined, string]>([
    ['a region', [region], 'marker'],
    ['an empty result', [], 'answer'],
    ['no result', undefined, 'answer'],
    ['relations only', [{ type: 'relation', from_id: 'a', to_id: 'b' }], 'answer'],
  ])('have markers if a region can carry one: %s', (_, result, proof) => {
    const entry: JsonObject = result === undefined ? { tasks: [1] } : { tasks: [1], result };
    expect(proofOfGroup(planOf([entry]).groups, 0)).toBe(proof);
  });

  it('list a selection by IDs if one of its tasks is skipped, because the server would annotate it, too', () => {
    const selection = { all: false, included: [1, 2, 3] };
    const plan = planOf([{ selected_items: selection }], {
      selectionAsIs: () => selection,
      skip: (row) => (row === 1 ? 'no' : undefined),
    });
    expect(plan.groups.selections.size).toBe(0);
    expect(tasksOf(plan, rowsOfGroup(plan.groups, 0))).toEqual([1, 3]);
  });

  it('send a selection unchanged once; second annotations of a task are requested by ID', () => {
    const selection = { all: false, included: [1, 2, 3, 4, 2] };
    const plan = planOf([{ selected_items: selection }], { selectionAsIs: () => selection });
    expect(groupsOf(plan)).toEqual(['0: 1 2 3 4', '0: 2']);
    expect(selectionOfGroup(plan.groups, 0)).toEqual(selection);
    expect(selectionOfGroup(plan.groups, 1)).toBeUndefined();
  });
});

describe('a plan made after another one of the same rows', () => {
  const requests = [
    {
      tasks: [1, 2, 1],
      result: [
        { ...region, id: 'a' },
        { type: 'relation', from_id: 'a', to_id: 'a' },
      ],
    },
    { tasks: [3], result: [{ ...region, meta: { text: ['"sheaf-1a2b3c4d', 'é 😀'] } }, region] },
    ...Array.from({ length: 40 }, (_, n) => ({ tasks: [n + 4], result: [region], lead_time: n })),
    { tasks: [50], was_cancelled: true },
    { selected_items: { all: false, included: [60, 61] }, result: [] },
  ];
  const selectionAsIs = (entry: number) => (requests[entry] as JsonObject)['selected_items'];

  it('has the same calls as a new one, without reading the source again', () => {
    const entries = entriesOf(requests);
    let reads = 0;
    const counted = { ...entries, at: (entry: number) => ((reads += 1), entries.at(entry)) };
    const memory = new PlanMemory();
    planOf(requests, { entries: counted, selectionAsIs, memory });
    reads = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.stringMatching(/^[0-9a-f]{1,12}$/), (odd, digits) => {
        const choices = {
          tag: `sheaf-${digits}`,
          skip: (row: number) => (row % odd === 1 ? 'no' : undefined),
          selectionAsIs,
        };
        expect(planOf(requests, { ...choices, entries: counted, memory })).toEqual(planOf(requests, choices));
      }),
    );
    expect(reads).toBe(0);
  });
});

it('is the same after storing and reading it', () => {
  const plan = planOf([{ tasks: [1, 2], result: [region] }, { tasks: [3] }]);
  expect(structuredClone(plan)).toEqual(plan);
});

it('any plan has each row in exactly one group, or skipped', () => {
  const anyEntry = fc.record({
    tasks: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
    lead_time: fc.nat(2),
  });
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 6 }), fc.nat(3), (entries, odd) => {
      const plan = planOf(entries, {
        skip: (row) => (odd > 0 && row % (odd + 1) === 0 ? 'left out' : undefined),
      });
      const sent = [...plan.groups.order];
      const all = [...plan.rows.task.keys()];
      expect([...sent, ...plan.skips.keys()].toSorted((a, b) => a - b)).toEqual(all);

      for (let group = 0; group < plan.groups.count; group += 1) {
        const rows = rowsOfGroup(plan.groups, group);
        expect(rows.length).toBeGreaterThan(0);
        // A marker names one annotation on a task.
        const tasks = tasksOf(plan, rows);
        expect(new Set(tasks).size).toBe(tasks.length);
        const { lead_time: time } = bodyOf(plan.groups, group);
        for (const row of rows) expect(entries[plan.rows.entry[row]!]!.lead_time).toBe(time);
      }
    }),
  );
});
