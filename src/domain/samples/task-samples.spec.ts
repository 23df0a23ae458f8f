import { describe, expect, it } from 'vitest';
import { configOf } from '#config/spec-config.ts';
import { check } from '#domain/check.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import type { TaskMatching } from '#domain/match/comparison.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { sampleKinds, taskSample, type SampleTask } from './task-samples.ts';

const photos = configOf(
  '<Image name="photo" value="$image"/>',
  '<Choices name="contents" toName="photo"><Choice value="People"/><Choice value="Goods"/></Choices>',
);
const streets = configOf(
  '<Image name="street" value="$image"/>',
  '<RectangleLabels name="box" toName="street"><Label value="Sign"/><Label value="Car" alias="vehicle"/></RectangleLabels>',
);
const news = configOf(
  '<Text name="sentence" value="$text"/>',
  '<Labels name="entity" toName="sentence"><Label value="Person"/><Label value="Place"/></Labels>',
);
const pictures: SampleTask[] = [
  { id: 7, data: { image: '/data/upload/2/9c3686ca-counter.png' } },
  { id: 8, data: { image: '/data/upload/2/2c61bb48-lamp.png' } },
];
const texts: SampleTask[] = [
  { id: 7, data: { text: '😀 Ida Kjær lives here.' } },
  { id: 8, data: { text: 'Rui Antunes left.' } },
];

describe('samples to try', () => {
  it('are of the kinds that the labels allow', () => {
    expect(sampleKinds(photos)).toEqual(['table', 'export']);
    expect(sampleKinds(streets)).toEqual(['export', 'boxes']);
    expect(sampleKinds(news)).toEqual(['export', 'spans']);
    expect(taskSample('table', photos, [])).toBeUndefined();
  });

  it('name pictures by the uploaded file', () => {
    expect(taskSample('table', photos, pictures)).toBe(
      'image,contents\r\ncounter.png,People\r\nlamp.png,Goods\r\n',
    );
  });

  it.each([
    ['two tasks have the same value', [...texts, { id: 9, data: { text: 'Rui Antunes left.' } }]],
    ['a value is too long to read', [{ id: 7, data: { text: 'x'.repeat(301) } }]],
    ['a task has no value', [{ id: 7, data: {} }]],
    ['a spreadsheet would take a value for a formula', [{ id: 7, data: { text: '=1+1' } }]],
  ])('have task IDs if %s', (_, tasks) => {
    const sentiment = configOf(
      '<Text name="t" value="$text"/>',
      '<Choices name="sentiment" toName="t"><Choice value="Good"/></Choices>',
    );
    expect(taskSample('table', sentiment, tasks)).toBe('task,sentiment\r\n7,Good\r\n');
  });

  it.each([
    ['table', photos, pictures, 2, { field: 'image', compare: 'file-name', ignoresCase: false }],
    ['export', streets, pictures, 1, undefined],
    ['boxes', streets, pictures, 2, { field: 'image', compare: 'file-name', ignoresCase: false }],
    ['export', news, texts, 1, undefined],
    ['spans', news, texts, 2, { field: 'text', compare: 'value', ignoresCase: false }],
  ] as const)('are read without a problem: %s', (kind, config, tasks, rows, matching?: TaskMatching) => {
    const table = new TaskTable();
    table.add(tasks);
    const { checked } = check(
      SourceText.of(taskSample(kind, config, tasks)!),
      () => ({ config, isForBulk: false }),
      matching === undefined ? {} : { matching, columns: { image: 'task-key' } },
      () => ({ tasks: table, title: 'Sample' }),
    );
    expect(checked).toMatchObject({ rows, errors: 0 });
  });
});
