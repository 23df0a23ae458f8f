import { expect, test } from 'vitest';
import { checkOf, textOf } from '#ui/state/spec-batch.ts';
import { countValidRows, findReviewBlocker } from './review-blocker.ts';

const checked = checkOf({ rows: 3 });
const valid = {
  text: textOf('{"tasks": [1, 2, 3]}'),
  checked,
  connected: true,
  projectId: 7,
  unsaved: 0,
};

test.each([
  ['nothing in the way', valid, undefined],
  ['warnings block nothing', { ...valid, checked: { ...checked, warnings: 2 } }, undefined],
  ['no text', { ...valid, text: textOf(' \n') }, 'Nothing to review yet'],
  ['an empty list', { ...valid, checked: { ...checked, entries: 0 } }, 'Nothing to review yet'],
  [
    'a table whose columns say nothing',
    { ...valid, checked: { ...checked, entries: 0, errors: 1, sourceErrors: 1 } },
    '1 error to fix',
  ],
  [
    'no JSON',
    { ...valid, checked: { ...checked, format: 'unreadable' as const, entries: 0 } },
    'The text has an error',
  ],
  ['a draft in the form', { ...valid, unsaved: 1 }, 'The form has an error'],
  ['errors', { ...valid, checked: { ...checked, errors: 2 } }, '2 errors to fix'],
  ['not connected', { ...valid, connected: false }, 'Connect to a server first'],
  ['no project', { ...valid, projectId: undefined }, 'Choose a project first'],
  [
    'a project named in the request',
    { ...valid, projectId: undefined, text: textOf('{"project": 7}') },
    undefined,
  ],
])('%s', (_, batch, words) => {
  expect(findReviewBlocker(batch)?.words).toBe(words);
});

const mixed = { ...valid, checked: { ...checked, entries: 9, errors: 4, refused: 2 } };
test.each([
  ['some have mistakes', mixed, 7],
  ['none has', valid, 0],
  ['all have', { ...mixed, checked: { ...mixed.checked, refused: 9 } }, 0],
  ['the source itself has one', { ...mixed, checked: { ...mixed.checked, sourceErrors: 1 } }, 0],
  ['the text cannot be read', { ...mixed, checked: { ...mixed.checked, format: 'unreadable' as const } }, 0],
  ['the form has an unsaved draft', { ...mixed, unsaved: 1 }, 0],
  ['there is no connection', { ...mixed, connected: false }, 0],
  ['no project is chosen', { ...mixed, projectId: undefined }, 0],
])('counts the valid rows if %s', (_, batch, many) => {
  expect(countValidRows(batch)).toBe(many);
});
