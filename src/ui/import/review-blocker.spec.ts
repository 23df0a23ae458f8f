import { expect, test } from 'vitest';
import type { CheckSummary } from '#domain/check.ts';
import { wholeText } from '#ui/state/text-on-screen.ts';
import { countValidRows, findReviewBlocker } from './review-blocker.ts';

const checked: CheckSummary = {
  shape: 'one',
  entries: 1,
  rows: 3,
  errors: 0,
  warnings: 0,
  refused: 0,
  sourceErrors: 0,
  problems: [],
  kinds: [],
  truncated: false,
  notChecked: [],
  reading: undefined,
};
const good = {
  text: wholeText('{"tasks": [1, 2, 3]}'),
  checked,
  connected: true,
  projectId: 7,
  unwritten: 0,
};

test.each([
  ['nothing in the way', good, undefined],
  ['warnings are no hindrance', { ...good, checked: { ...checked, warnings: 2 } }, undefined],
  ['no text', { ...good, text: wholeText(' \n') }, 'Nothing to review yet'],
  ['an empty list', { ...good, checked: { ...checked, entries: 0 } }, 'Nothing to review yet'],
  [
    'no JSON',
    { ...good, checked: { ...checked, shape: 'unreadable' as const, entries: 0 } },
    'The text has an error',
  ],
  ['a draft in the form', { ...good, unwritten: 1 }, 'The form has an error'],
  ['errors', { ...good, checked: { ...checked, errors: 2 } }, '2 errors to fix'],
  ['not connected', { ...good, connected: false }, 'Connect to a server first'],
  ['no project', { ...good, projectId: undefined }, 'Choose a project first'],
  [
    'a project named in the request',
    { ...good, projectId: undefined, text: wholeText('{"project": 7}') },
    undefined,
  ],
])('%s', (_, batch, words) => {
  expect(findReviewBlocker(batch)?.words).toBe(words);
});

const mixed = { ...good, checked: { ...checked, entries: 9, errors: 4, refused: 2 } };
test.each([
  ['some have mistakes', mixed, 7],
  ['none has', good, 0],
  ['all have', { ...mixed, checked: { ...mixed.checked, refused: 9 } }, 0],
  ['the source itself has one', { ...mixed, checked: { ...mixed.checked, sourceErrors: 1 } }, 0],
  ['the text cannot be read', { ...mixed, checked: { ...mixed.checked, shape: 'unreadable' as const } }, 0],
  ['a draft stands in the form', { ...mixed, unwritten: 1 }, 0],
  ['nobody is connected', { ...mixed, connected: false }, 0],
  ['no project is chosen', { ...mixed, projectId: undefined }, 0],
])('how many could be reviewed without the others where %s', (_, batch, many) => {
  expect(countValidRows(batch)).toBe(many);
});
