import { expect, it } from 'vitest';
import { asRequests } from './write-requests.ts';
import { entriesOf } from '#domain/requests/entries.ts';

it('joins all rows with the same content to one request, and keeps all others unchanged', () => {
  const result = [{ from_name: 'm', to_name: 't', type: 'choices', value: { choices: ['A'] } }];
  const text = asRequests(
    entriesOf([
      { task: 3, result },
      { task: 1, result: [], lead_time: 0.5 },
      { task: 2, result: [...result] },
      { tasks: [7, 3], result },
      { selected_items: { all: true }, result },
    ]),
  );
  expect(JSON.parse(text)).toEqual([
    { tasks: [3, 2, 7, 3], result },
    { tasks: [1], result: [], lead_time: 0.5 },
    { selected_items: { all: true }, result },
  ]);
});
