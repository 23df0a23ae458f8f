import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#wire/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { planRun, selectionOf, tasksOf, type Plan, type PlanInput } from './plan.ts';
import { makeRows } from './rows.ts';

const region = { from_name: 's', to_name: 't', type: 'choices', value: { choices: ['x'] } };

function planOf(requests: JsonObject[], input: Partial<PlanInput> = {}): Plan {
  const entries = entriesOf(requests);
  return planRun({
    id: 'run',
    author: 1,
    tag: 'sheaf-1a2b3c4d',
    entries,
    rows: makeRows(entries, () => false).rows,
    projects: new Float64Array(entries.length).fill(7),
    tasksPerCall: 3,
    skip: () => undefined,
    selectionAsIs: () => undefined,
    ...input,
  });
}

/** Each call as `entry: tasks`. */
const callsOf = (plan: Plan) =>
  plan.calls.map((call) => `${plan.groups[call.group]!.entry}: ${tasksOf(plan, call).join(' ')}`);

describe('the calls of a plan', () => {
  it('take the tasks of one request in the order of the source, so many at a time', () => {
    const plan = planOf([
      { tasks: [5, 3, 9, 1], result: [region] },
      { tasks: [3], result: [region] },
    ]);
    expect(callsOf(plan)).toEqual(['0: 5 3 9', '0: 1', '1: 3']);
  });

  it('carry requests that say the same together, however they are written', () => {
    const { from_name, ...rest } = region;
    const plan = planOf([
      { tasks: [1], result: [{ id: 'a', ...region }] },
      { task: 2, result: [{ ...rest, from_name, id: 'b' }] },
      { tasks: [3], result: [{ ...region, value: { choices: ['y'] } }] },
      { tasks: [1, 4], result: [region] },
      { task: 5, result: [region], unique_id: '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10' },
    ]);
    expect(callsOf(plan)).toEqual(['0: 1 2 4', '2: 3', '3: 1', '4: 5']);
  });

  it('never name a task twice: a second annotation has a call of its own', () => {
    const plan = planOf([{ tasks: [1, 2, 1, 1], result: [region] }]);
    expect(callsOf(plan)).toEqual(['0: 1 2', '0: 1', '0: 1']);
    expect(new Set(plan.groups.map(({ marker }) => marker)).size).toBe(3);
  });

  it('leave out what is skipped, and a request of which nothing is left', () => {
    const plan = planOf([{ tasks: [1, 2, 3, 4] }, { tasks: [2] }], {
      skip: (row) => (row === 1 || row === 4 ? 'It is not there.' : undefined),
    });
    expect(callsOf(plan)).toEqual(['0: 1 3 4']);
    expect([...plan.skips]).toEqual([
      [1, 'It is not there.'],
      [4, 'It is not there.'],
    ]);
    expect(plan.groups).toHaveLength(1);
  });

  it('of nothing are none', () => {
    expect(planOf([])).toMatchObject({ calls: [], groups: [] });
  });

  it.each<[string, Json[] | undefined, boolean]>([
    ['a region', [region], true],
    ['an empty result', [], false],
    ['no result', undefined, false],
    ['relations only', [{ type: 'relation', from_id: 'a', to_id: 'b' }], false],
  ])('are marked where something can carry the marker: %s', (_, result, marked) => {
    const entry: JsonObject = result === undefined ? { tasks: [1] } : { tasks: [1], result };
    expect(planOf([entry]).groups[0]).toMatchObject({ marked, marker: 'sheaf-1a2b3c4d-0' });
  });
});

describe('a selection that is sent as it stands', () => {
  const selection = { all: false, included: [1, 2, 3, 4, 2] };
  const plan = planOf([{ selected_items: selection }], { selectionAsIs: () => selection });
  const [whole, second] = plan.calls;

  it('is not divided, however many tasks a call takes', () => {
    expect(tasksOf(plan, whole!)).toEqual([1, 2, 3, 4]);
    expect(selectionOf(plan, whole!)).toBe(selection);
  });

  it('is sent once: the second annotation of a task is asked for by its id', () => {
    expect(tasksOf(plan, second!)).toEqual([2]);
    expect(selectionOf(plan, second!)).toBeUndefined();
  });

  it('is not sent again for a part of it', () => {
    expect(selectionOf(plan, { group: 0, rows: whole!.rows.subarray(1) })).toBeUndefined();
  });
});

it('any plan has each row in exactly one call, or skipped', () => {
  const anyEntry = fc.record({
    tasks: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
    lead_time: fc.nat(2),
  });
  fc.assert(
    fc.property(
      fc.array(anyEntry, { maxLength: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(3),
      (entries, size, odd) => {
        const plan = planOf(entries, {
          tasksPerCall: size,
          skip: (row) => (odd > 0 && row % (odd + 1) === 0 ? 'left out' : undefined),
        });
        const sent = plan.calls.flatMap(({ rows }) => [...rows]);
        const all = [...plan.rows.task.keys()];
        expect([...sent, ...plan.skips.keys()].toSorted((a, b) => a - b)).toEqual(all);

        for (const call of plan.calls) {
          expect(call.rows.length).toBeGreaterThan(0);
          expect(call.rows.length).toBeLessThanOrEqual(size);
          const tasks = tasksOf(plan, call);
          expect(new Set(tasks).size).toBe(tasks.length);
          const { entry } = plan.groups[call.group]!;
          for (const row of call.rows)
            expect(entries[plan.rows.entry[row]!]!.lead_time).toBe(entries[entry]!.lead_time);
        }
        // A marker names one annotation on a task, over all calls of the run.
        const named = plan.calls.flatMap((call) =>
          tasksOf(plan, call).map((task) => `${plan.groups[call.group]!.marker} ${task}`),
        );
        expect(new Set(named).size).toBe(named.length);
      },
    ),
  );
});
