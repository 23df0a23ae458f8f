import { expect, it } from 'vitest';
import { ExactNumber, type JsonObject } from '#wire/json/json.ts';
import { bulkBody, selectionBody, singleBody, groupBody } from './request-bodies.ts';

const marker = 'sheaf-1a2b3c4d-0';
const region = { id: 'a', from_name: 's', to_name: 't', type: 'choices', value: { choices: ['x'] } };
const marked = { ...region, id: `${marker}-0` };

it.each<[string, JsonObject, JsonObject]>([
  ['a list of tasks', { tasks: [1, 2], result: [region] }, { result: [marked] }],
  ['one task', { task: 1, tasks: [1], lead_time: 2 }, { lead_time: 2 }],
  ['a selection', { selected_items: { all: true }, was_cancelled: true }, { was_cancelled: true }],
  ['a null that the manager wrote', { task: 1, import_id: null }, { import_id: null }],
  [
    'a number that no double holds',
    { import_id: new ExactNumber('9007199254740993') },
    { import_id: new ExactNumber('9007199254740993') },
  ],
  ['an empty result', { tasks: [1], result: [] }, { result: [] }],
  ['no result', { tasks: [1] }, {}],
])('groupBody drops only the target: %s', (_, entry, template) => {
  expect(groupBody(entry, marker)).toEqual(template);
});

it('a bulk body lists its tasks', () => {
  expect(bulkBody({ result: [marked] }, [3, 1])).toEqual({ tasks: [3, 1], result: [marked] });
});

it('a selection is sent unchanged, with the project that defines “all”', () => {
  const selection = { all: true, excluded: [4] };
  expect(selectionBody({ lead_time: 1 }, selection, 7)).toEqual({
    selected_items: selection,
    lead_time: 1,
    project: 7,
  });
  // A null in the source means the chosen project.
  expect(selectionBody({ project: null }, selection, 7)).toMatchObject({ project: 7 });
});

it('a body for one task has our unique_id, unless the source has one', () => {
  expect(singleBody({ result: [] }, 'ours')).toEqual({ unique_id: 'ours', result: [] });
  expect(singleBody({ unique_id: 'theirs' }, 'ours')).toEqual({ unique_id: 'theirs' });
});
