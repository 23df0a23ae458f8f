import { describe, expect, it } from 'vitest';
import type { Json } from '#wire/json/json.ts';
import { summariseResult, summariseEntries } from './entry-summary.ts';
import { checkText } from '#domain/spec-texts.ts';

const choice = { from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } };
const box = {
  from_name: 'box',
  to_name: 'image',
  type: 'rectanglelabels',
  value: { x: 1, rectanglelabels: ['Car'] },
};

describe('saysOf', () => {
  it.each<[string, Json]>([
    ['sentiment: Positive', { result: [choice] }],
    ['topics: a, b', { result: [{ from_name: 'topics', type: 'choices', value: { choices: ['a', 'b'] } }] }],
    ['stars: 4', { result: [{ from_name: 'stars', type: 'rating', value: { rating: 4 } }] }],
    ['n: 12.5', { result: [{ from_name: 'n', type: 'number', value: { number: 12.5 } }] }],
    [
      'when: 2026-08-01',
      { result: [{ from_name: 'when', type: 'datetime', value: { datetime: '2026-08-01' } }] },
    ],
    ['note: a b', { result: [{ from_name: 'note', type: 'textarea', value: { text: ['a\nb'] } }] }],
    ['note: a', { result: [{ from_name: 'note', type: 'textarea', value: { text: 'a' } }] }],
    [
      'kind: Animal › Cat, Plant',
      {
        result: [
          { from_name: 'kind', type: 'taxonomy', value: { taxonomy: [['Animal', 'Cat'], ['Plant']] } },
        ],
      },
    ],
    ['better: left', { result: [{ from_name: 'better', type: 'pairwise', value: { selected: 'left' } }] }],
    ['Positive', { result: [{ type: 'choices', value: { choices: ['Positive'] } }] }],
    ['1 region', { result: [box] }],
    ['3 regions', { result: [box, box, { type: 'relation' }] }],
    ['sentiment: Positive, 2 more', { result: [box, choice, box] }],
    [
      'sentiment: Positive, sentiment: Positive, sentiment: Positive, 1 more',
      { result: [choice, choice, choice, choice] },
    ],
    ['2 regions', { result: [5, { type: 'choices', value: {} }] }],
    ['skip', { was_cancelled: true, result: [choice] }],
    ['no result', { tasks: [1] }],
    ['empty result', { result: [] }],
    ['no list of regions', { result: {} }],
    ['no request', 5],
  ])('%s', (words, request) => {
    expect(summariseResult(request)).toBe(words);
  });

  it('stays short', () => {
    const long = { from_name: 'note'.repeat(20), type: 'textarea', value: { text: ['word '.repeat(50)] } };
    expect(summariseResult({ result: [long] }).length).toBeLessThanOrEqual(72);
  });
});

describe('summariseEntries', () => {
  const { parsed, findings } = checkText(`[
    {"tasks": [1, 2, 3, 7], "result": []},
    {"selected_items": {"all": true}, "result": []},
    {"selected_items": {"all": true, "excluded": [5, 6, 7]}, "result": []},
    {"tasks": ["x", 2]},
    {"tasks": [1], "selected_items": {"all": true}, "result": []},
    {"result": []},
    12
  ]`);

  it('has tasks, rows and problems of each', () => {
    const lines = summariseEntries(parsed.entries, findings, 0, 10).map(
      ({ entry, title, targets, tasks, rows, errors, warnings }) =>
        [entry, title, targets, tasks, rows, errors, warnings].join(' | '),
    );
    expect(lines).toEqual([
      '0 | No labels yet | 1–3, 7 (4 tasks) | 4 | 4 | 0 | 0',
      '1 | No labels yet | all tasks | 0 | 0 | 0 | 0',
      '2 | No labels yet | all tasks except 5–7 (3 tasks) | 0 | 0 | 0 | 0',
      '3 | No labels yet | 2 (1 task) | 1 | 0 | 1 | 2',
      '4 | No labels yet | tasks given in two ways | 0 | 0 | 1 | 0',
      '5 | No labels yet | no tasks | 0 | 0 | 1 | 0',
      '6 | Not a set of labels | 12 | 0 | 0 | 1 | 0',
    ]);
  });

  it('names a set by its first answer, and lists the others', () => {
    const answers = [
      choice,
      { from_name: 'topics', type: 'choices', value: { choices: ['Quality', 'Safety'] } },
      { from_name: 'rating', type: 'rating', value: { rating: 2 } },
      box,
    ];
    const entries = JSON.stringify([
      { tasks: [1], result: answers },
      { tasks: [2], result: [box, box] },
      { tasks: [3], result: [choice], was_cancelled: true },
    ]);
    const { parsed: sets, findings: none } = checkText(entries);
    expect(
      summariseEntries(sets.entries, none, 0, 3).map(({ title, details }) => ({ title, details })),
    ).toEqual([
      { title: 'Positive', details: 'topics: Quality, Safety · rating: 2 · 1 more' },
      { title: '2 regions', details: '2' },
      { title: 'Skipped', details: '3' },
    ]);
  });

  it('returns a window of them', () => {
    expect(summariseEntries(parsed.entries, findings, 2, 4).map(({ entry }) => entry)).toEqual([2, 3]);
  });
});
