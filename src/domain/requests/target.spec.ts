import { expect, it } from 'vitest';
import type { JsonObject } from '#wire/json/json.ts';
import { targetOf, type Target } from './target.ts';

it.each<[JsonObject, Target]>([
  [{}, { kind: 'none' }],
  [{ task: null, selected_items: null }, { kind: 'none' }],
  [{ tasks: [1, 2] }, { kind: 'tasks', ids: [1, 2], path: ['tasks'] }],
  [{ tasks: [] }, { kind: 'tasks', ids: [], path: ['tasks'] }],
  [{ tasks: 'all' }, { kind: 'tasks', ids: [], path: ['tasks'] }],
  [
    { tasks: [1], task: null, selected_items: null },
    { kind: 'tasks', ids: [1], path: ['tasks'] },
  ],
  [{ task: 5 }, { kind: 'tasks', ids: [5], path: ['task'] }],
  [
    { task: 5, tasks: [5] },
    { kind: 'tasks', ids: [5], path: ['tasks'] },
  ],
  [
    { task: 5, tasks: [5, 6] },
    { kind: 'several', fields: ['tasks', 'task'] },
  ],
  [
    { task: 5, tasks: [6] },
    { kind: 'several', fields: ['tasks', 'task'] },
  ],
  [
    { tasks: [1], selected_items: { all: true } },
    { kind: 'several', fields: ['tasks', 'selected_items'] },
  ],
  [
    { tasks: [], selected_items: { all: true } },
    { kind: 'several', fields: ['tasks', 'selected_items'] },
  ],
  [
    { task: 1, selected_items: { all: true } },
    { kind: 'several', fields: ['task', 'selected_items'] },
  ],
  [
    { selected_items: { all: false, included: [3] } },
    { kind: 'tasks', ids: [3], path: ['selected_items', 'included'] },
  ],
  [{ selected_items: { all: true } }, { kind: 'all-except', excluded: [], path: ['selected_items'] }],
  [
    { selected_items: { all: true, excluded: [4] } },
    { kind: 'all-except', excluded: [4], path: ['selected_items'] },
  ],
])('%j', (request, target) => {
  expect(targetOf(request)).toEqual(target);
});
