import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#wire/json/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import {
  differencesOf,
  groupsOfPlan,
  viewOfPlan,
  type PlanContext,
  type PlanView,
  type RouteFacts,
} from './plan-view.ts';
import { planOf as plan } from '#domain/results/spec-run.ts';
import type { PlanInput } from './plan.ts';
import { makeRows } from './rows.ts';

const positive = {
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value: { choices: ['Positive'] },
};
const author = 4;

const planOf = (requests: JsonObject[], input: Partial<PlanInput> = {}) =>
  plan(requests, {
    server: { address: '', user: author, organisation: undefined, boot: undefined, projects: new Map() },
    projects: Float64Array.from(requests, ({ project }) => (typeof project === 'number' ? project : 1)),
    ...input,
  });

const bulk: RouteFacts = {
  title: 'Bulk',
  reason: 'fast',
  sideEffects: [],
  maxTasksPerCall: 500,
  secondsPerCall: 0.3,
  secondsPerRow: 0,
  callsInFlight: 4,
};

function viewOf(
  entries: JsonObject[],
  input: Partial<PlanInput> = {},
  context: Partial<PlanContext> = {},
): PlanView {
  return viewOfPlan(planOf(entries, input), {
    server: 'ls.example.com',
    user: 'Maya',
    routeOf: () => bulk,
    passedOver: [],
    hasSelection: false,
    sentBefore: [],
    titles: new Map([[1, 'Reviews']]),
    unsupportedProjects: new Set(),
    latencySeconds: 0,
    readSecondsPerRow: 0,
    withErrors: { entries: 0, unit: 'request' },
    ...context,
  });
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('planView', () => {
  it('counts what will be sent, and names the target', () => {
    const entries = [
      { tasks: upTo(250), result: [positive] },
      { tasks: [1, 900], project: 2, result: [] },
    ];
    const view = viewOf(entries);
    expect(view).toMatchObject({
      server: 'ls.example.com',
      user: 'Maya',
      routes: [{ title: 'Bulk', reason: 'fast', rows: 252, calls: 4, sideEffects: [], passedOver: [] }],
      rows: 252,
      skipped: 0,
      calls: 4,
      tasks: 251,
      projects: [
        { id: 1, title: 'Reviews', rows: 250 },
        { id: 2, title: 'Project 2', rows: 2 },
      ],
      groupCount: 2,
      largestGroup: 250,
      estimateSeconds: 1,
    });
    expect(groupsOfPlan(planOf(entries), 0, 2, () => bulk)).toEqual([
      {
        entry: 0,
        project: 1,
        rows: 250,
        calls: 3,
        tasks: '1–250 (250 tasks)',
        summary: 'sentiment: Positive',
      },
      { entry: 1, project: 2, rows: 2, calls: 1, tasks: '1, 900 (2 tasks)', summary: 'empty result' },
    ]);
  });

  it('stays small for a plan of any size', () => {
    const entries = Array.from({ length: 3000 }, (_, index) => ({
      tasks: [index + 1],
      lead_time: index,
    }));
    const view = viewOf(entries, { skip: (row) => (row < 1000 ? 'no' : undefined) });
    expect(view).toMatchObject({ groupCount: 2000, skipped: 1000, calls: 2000, tasks: 2000 });
    expect(JSON.stringify(view).length).toBeLessThan(1000);
    const some = groupsOfPlan(planOf(entries), 1500, 1502, () => bulk);
    expect(some.map(({ entry, calls }) => [entry, calls])).toEqual([
      [1500, 1],
      [1501, 1],
    ]);
  });

  it('estimates the time from the cost of a call and the number in flight', () => {
    const single = { ...bulk, maxTasksPerCall: 1, secondsPerCall: 0.5, callsInFlight: 2 };
    const view = viewOf([{ tasks: upTo(101) }], {}, { routeOf: () => single });
    expect(view.estimateSeconds).toBe(26);
  });

  it('estimates from how fast the server has answered so far, and from calls as large as they become', () => {
    const fast = { ...bulk, secondsPerCall: 0, secondsPerRow: 0.001 };
    const of = (latencySeconds: number) =>
      viewOf(
        [{ tasks: upTo(20_000) }],
        {},
        { routeOf: () => fast, latencySeconds, readSecondsPerRow: 0.0001 },
      ).estimateSeconds;
    // 20 s of work, four calls at a time; 40 calls of 500; 2 s for reading back.
    expect(of(0)).toBe(5 + 2);
    expect(of(1)).toBe(5 + 2 + 10);
  });
});

describe('surprises', () => {
  it.each<[string, JsonObject[], Partial<PlanView>]>([
    ['nothing', [{ tasks: [1, 2], result: [positive] }], {}],
    [
      'ground truths',
      [
        { tasks: [1, 2], ground_truth: true },
        { tasks: [3], ground_truth: false },
      ],
      { groundTruths: 2 },
    ],
    ['a task twice in a list', [{ tasks: [1, 2, 1] }], { repeatedTasks: 1 }],
    ['tasks in two requests', [{ tasks: [1, 2, 3] }, { tasks: [2, 3] }], { repeatedTasks: 2 }],
    [
      'another author',
      [{ tasks: [1, 2], completed_by: 9 }],
      { effects: ['2 annotations will be attributed to another user.'] },
    ],
    ['oneself as the author', [{ tasks: [1, 2], completed_by: author }], {}],
  ])('%s', (_, entries, surprises) => {
    const none = { repeatedTasks: 0, groundTruths: 0, effects: [] };
    expect(viewOf(entries)).toMatchObject({ ...none, ...surprises });
  });

  it('ignore rows that aren’t sent', () => {
    const view = viewOf([{ tasks: [1, 1], ground_truth: true, completed_by: 9 }], { skip: () => 'no' });
    expect(view).toMatchObject({ repeatedTasks: 0, groundTruths: 0, effects: [] });
  });

  it('include a config that the bulk endpoint isn’t documented for', () => {
    const { effects } = viewOf([{ tasks: [1] }], {}, { unsupportedProjects: new Set([1]) });
    expect(effects).toEqual([
      'Reviews has controls that aren’t documented for bulk labelling. The server may refuse them.',
    ]);
  });
});

describe('differencesOf', () => {
  it('lists the fields with different values, the most varied first', () => {
    const plan = planOf([
      { task: 1, lead_time: 1, result: [positive] },
      { task: 2, lead_time: 2, result: [positive] },
      { task: 3, lead_time: 3, result: [], ground_truth: true },
    ]);
    expect(differencesOf(plan)).toEqual([
      { field: 'lead_time', values: 3 },
      { field: 'result', values: 2 },
      { field: 'ground_truth', values: 2 },
    ]);
  });

  it('is empty if rows share one call', () => {
    expect(differencesOf(planOf([{ tasks: [1, 2], result: [positive] }]))).toEqual([]);
  });
});

describe('a selection', () => {
  const everything = { selected_items: { all: true } };
  const some = { selected_items: { all: false, included: [1, 2] } };
  const asIs = (entry: JsonObject): Partial<PlanInput> => ({ selectionAsIs: () => entry['selected_items']! });
  const resolved = { rows: makeRows(entriesOf([{ tasks: [1, 2] }]), () => false).rows };

  it.each([
    ['all tasks, as they stand', everything, { ...resolved, ...asIs(everything) }, true],
    ['all tasks, resolved', everything, resolved, false],
    ['some tasks, as they stand', some, asIs(some), false],
  ])('needs a typed confirmation only for the whole project: %s', (_, entry, input, whole) => {
    expect(viewOf([entry], input)).toMatchObject({ wholeProject: whole });
  });
});
