import { expect, test } from 'vitest';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { everyRun, filterChoices, filterRuns, stageOf } from './run-filter.ts';
import { totalsOf } from '#ui/state/runs/spec-totals.ts';

const run = (id: string, changes: Partial<ListedRun> = {}): ListedRun => ({
  id,
  fileName: `${id}.csv`,
  projects: [{ id: 1, title: 'Reviews' }],
  server: { name: 'ls.example', address: 'https://ls.example' },
  user: { id: 1, name: 'Maya' },
  rows: 3,
  totals: totalsOf({ created: 3 }),
  createdAt: 0,
  startedAt: 0,
  endedAt: 1,
  pinned: false,
  size: 1,
  isRunning: false,
  ...changes,
});

const runs = [
  run('done', { pinned: true }),
  run('skips', { totals: totalsOf({ created: 2, skipped: 1 }), user: { id: 2, name: 'Ada' } }),
  run('refused', { totals: totalsOf({ created: 2, refused: 1 }) }),
  run('running', { isRunning: true, endedAt: undefined }),
  run('interrupted', { endedAt: undefined, projects: [{ id: 2, title: 'Scenes' }] }),
  run('staging', { server: { name: 'staging', address: 'https://staging' } }),
];

const ids = (filter: Partial<typeof everyRun>) =>
  filterRuns(runs, { ...everyRun, ...filter }).map(({ id }) => id);

test('each run is in exactly one stage', () => {
  expect(runs.map(stageOf)).toEqual([
    'finished',
    'finished',
    'attention',
    'unfinished',
    'unfinished',
    'finished',
  ]);
});

test('filters can be combined', () => {
  expect(ids({})).toHaveLength(6);
  expect(ids({ state: 'unfinished' })).toEqual(['running', 'interrupted']);
  expect(ids({ isPinned: true })).toEqual(['done']);
  expect(ids({ server: 'https://staging' })).toEqual(['staging']);
  expect(ids({ project: 'https://ls.example 2' })).toEqual(['interrupted']);
  expect(ids({ user: 'https://ls.example 2', state: 'finished' })).toEqual(['skips']);
});

test('projects with the same ID on two servers are two choices', () => {
  const { projects, users, servers } = filterChoices(runs);
  expect(projects.map(({ name, runs: count }) => [name, count])).toEqual([
    ['Reviews · ls.example', 4],
    ['Reviews · staging', 1],
    ['Scenes · ls.example', 1],
  ]);
  expect(users.map(({ name }) => name)).toEqual(['Ada · ls.example', 'Maya · ls.example', 'Maya · staging']);
  expect(servers).toHaveLength(2);
  expect(filterChoices(runs.slice(0, 2)).users.map(({ name }) => name)).toEqual(['Ada', 'Maya']);
});
