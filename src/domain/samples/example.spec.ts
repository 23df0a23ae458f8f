import { describe, expect, it } from 'vitest';
import { checkResult } from '#config/check/check-result.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { configOf } from '#config/spec-config.ts';
import { exampleRegion, exampleRegions, exampleRequest } from './example.ts';
import { checkText } from '#domain/spec-texts.ts';

/** A config with one control and these labels or choices. */
function control(type: string, labels: string[] = [], attributes = ''): LabelConfig {
  const option = type.endsWith('Labels') ? 'Label' : 'Choice';
  const options = labels.map((label) => `<${option} value="${label}"/>`).join('');
  return configOf(
    `<${objects[type] ?? 'Text'} name="object" value="$object"/>`,
    `<${type} name="it" toName="object" ${attributes}>${options}</${type}>`,
  );
}

const objects: Record<string, string> = {
  HyperTextLabels: 'HyperText',
  ParagraphLabels: 'Paragraphs',
  TimeSeriesLabels: 'TimeSeries',
  TimelineLabels: 'Video',
  VideoRectangle: 'Video',
};

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
    ['DateTime', undefined, { datetime: '2026-08-01T09:30' }],
  ])('%s %j', (type, labels, value) => {
    expect(exampleRegions(control(type, labels))).toMatchObject([
      { from_name: 'it', to_name: 'object', type: type.toLowerCase(), value },
    ]);
  });

  it.each([
    ['Rating', 'maxRating="3"', { rating: 3 }],
    ['Number', 'min="10" max="20"', { number: 10 }],
    ['Number', 'max="-2"', { number: -2 }],
    ['Number', 'min="0.5" step="2"', { number: 4.5 }],
    ['DateTime', 'only="date" format="%d.%m.%Y"', { datetime: '01.08.2026' }],
    ['DateTime', 'format="%A, %e %B %y, %I:%M %p"', { datetime: 'Saturday,  1 August 26, 09:30 AM' }],
    ['DateTime', 'only="time"', { datetime: '09:30' }],
    ['DateTime', 'only="date" max="2020"', { datetime: '2019-01-01' }],
    ['DateTime', 'only="date" min="2027-03-05"', { datetime: '2027-03-05' }],
    ['Choices', 'value="$options"', { choices: ['An option of the task'] }],
    ['Taxonomy', 'apiUrl="https://a.example/"', { taxonomy: [['An option of the task']] }],
  ])('%s %s is within the control’s bounds', (type, attributes, value) => {
    const config = control(type, [], attributes);
    expect(exampleRegions(config)).toMatchObject([{ value }]);
    const problems = checkResult(config, exampleRegions(config));
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('uses aliases and whole paths, as results do', () => {
    const config = configOf(
      '<Text name="t" value="$t"/>',
      '<Choices name="a" toName="t"><Choice value="Long" alias="x"/></Choices>',
      '<Taxonomy name="b" toName="t"><Choice value="A"><Choice value="A1" alias="1"/></Choice></Taxonomy>',
    );
    expect(exampleRegions(config).map(({ value }) => value)).toEqual([
      { choices: ['x'] },
      { taxonomy: [['A', '1']] },
    ]);
  });

  it('has an example for every control that can be written by hand', () => {
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
    expect(types.filter((type) => exampleRegions(control(type, ['A'])).length !== 1)).toEqual([]);
  });

  it('skips controls without an example, and names a Pairwise as its own object', () => {
    const config = configOf(
      '<Text name="a" value="$a"/><Text name="b" value="$b"/><List name="list" value="$list"/>',
      '<Pairwise name="it" toName="a,b"/>',
      '<Ranker name="other" toName="list"/>',
    );
    expect(exampleRegions(config)).toMatchObject([{ from_name: 'it', to_name: 'it', type: 'pairwise' }]);
  });

  it('adds required per-region answers with the region’s ID', () => {
    const config = configOf(
      '<Image name="i" value="$i"/>',
      '<Rectangle name="box" toName="i"/>',
      '<TextArea name="plate" toName="i" perRegion="true" required="true"/>',
      '<Rating name="rest" toName="i" perRegion="true"/>',
    );
    const [box, plate, ...others] = exampleRegions(config);
    expect(plate).toMatchObject({
      id: box!['id'],
      from_name: 'plate',
      value: { x: 10, text: ['A short note'] },
    });
    expect(others).toEqual([]);
    expect(checkResult(config, [box!, plate!])).toEqual([]);
  });
});

describe('exampleRequest', () => {
  it('is formatted', () => {
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

  it.each<[string, LabelConfig | undefined]>([
    ['without a project', undefined],
    ['of a config without controls that it knows', control('Ranker')],
    ['of an open choice', control('Choices', [], 'value="$options"')],
  ])('%s passes the check', (_, config) => {
    const { checked } = checkText(exampleRequest(config, []));
    expect(checked).toMatchObject({ format: 'request', rows: 3, errors: 0, warnings: 0 });
  });
});

it('always has a region to start with', () => {
  expect(exampleRegion()).toMatchObject({ from_name: 'sentiment', value: { choices: ['Positive'] } });
  expect(exampleRegion(control('Ranker'))).toEqual(exampleRegion());
  expect(exampleRegion(control('Rating'))).toMatchObject({ from_name: 'it', type: 'rating' });
});
