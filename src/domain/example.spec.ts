import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { exampleRegion, exampleRegions, exampleRequest, type Controls } from './example.ts';

function control(type: string, labels?: string[]): Controls {
  return { it: { type, to_name: ['object'], labels } };
}

describe('exampleRegions', () => {
  it.each([
    ['Choices', ['Yes', 'No'], { choices: ['Yes'] }],
    ['Taxonomy', ['Animal'], { taxonomy: [['Animal']] }],
    ['Rating', undefined, { rating: 4 }],
    ['Number', undefined, { number: 5 }],
    ['TextArea', undefined, { text: ['A short note'] }],
    ['Labels', ['Person'], { start: 0, end: 5, labels: ['Person'] }],
    [
      'RectangleLabels',
      ['Car'],
      { x: 10, y: 20, width: 30, height: 15, rotation: 0, rectanglelabels: ['Car'] },
    ],
    ['Choices', undefined, { choices: ['Label'] }],
  ])('%s %j', (type, labels, value) => {
    expect(exampleRegions(control(type, labels))).toMatchObject([
      { from_name: 'it', to_name: 'object', type: type.toLowerCase(), value },
    ]);
  });

  it('knows every control that can be written by hand', () => {
    const types = [
      'Choices',
      'DateTime',
      'Ellipse',
      'EllipseLabels',
      'HyperTextLabels',
      'KeyPoint',
      'KeyPointLabels',
      'Labels',
      'Number',
      'Pairwise',
      'ParagraphLabels',
      'Polygon',
      'PolygonLabels',
      'Rating',
      'Rectangle',
      'RectangleLabels',
      'Taxonomy',
      'TextArea',
      'TimeSeriesLabels',
      'TimelineLabels',
      'Vector',
      'VectorLabels',
      'VideoRectangle',
    ];
    expect(types.filter((type) => exampleRegions(control(type)).length !== 1)).toEqual([]);
  });

  it('leaves out what it has no example for, and names a Pairwise as its own object', () => {
    const controls = { ...control('Pairwise'), other: { type: 'Ranker', to_name: ['list'] } };
    expect(exampleRegions(controls)).toMatchObject([{ from_name: 'it', to_name: 'it', type: 'pairwise' }]);
  });
});

describe('exampleRequest', () => {
  it('is laid out to be read', () => {
    expect(exampleRequest(control('Choices', ['Yes']), [7, 8], 3)).toBe(`{
  "tasks": [7, 8],
  "project": 3,
  "result": [
    {
      "from_name": "it",
      "to_name": "object",
      "type": "choices",
      "value": {
        "choices": ["Yes"]
      }
    }
  ]
}`);
  });

  it.each<[string, Controls | undefined]>([
    ['without a project', undefined],
    ['of a config without controls that it knows', control('Ranker')],
    ['of many controls', { ...control('Choices'), stars: { type: 'Rating', to_name: ['object'] } }],
  ])('%s passes the check', (_, controls) => {
    const { checked } = check(exampleRequest(controls, []));
    expect(checked).toMatchObject({ shape: 'one', rows: 3, errors: 0, warnings: 0 });
  });
});

it('there is always a region to begin with', () => {
  expect(exampleRegion()).toMatchObject({ from_name: 'sentiment', value: { choices: ['Positive'] } });
  expect(exampleRegion(control('Ranker'))).toEqual(exampleRegion());
  expect(exampleRegion(control('Rating'))).toMatchObject({ from_name: 'it', type: 'rating' });
});
