import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { check } from '#domain/check.ts';
import { SourceText } from '#domain/text/source-text.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';

const config = configWith(
  '<Image name="image" value="$image"/>',
  '<RectangleLabels name="box" toName="image"><Label value="Bird"/></RectangleLabels>',
  '<Polygon name="shape" toName="image"/>',
);

const box = (x: number, y: number, width: number, height: number, size?: [number, number]): JsonObject => ({
  from_name: 'box',
  to_name: 'image',
  type: 'rectanglelabels',
  value: { x, y, width, height, rectanglelabels: ['Bird'] },
  ...(size && { original_width: size[0], original_height: size[1] }),
});

const shape = (points: Json, size: [number, number]): JsonObject => ({
  from_name: 'shape',
  to_name: 'image',
  type: 'polygon',
  value: { points },
  original_width: size[0],
  original_height: size[1],
});

/** Problems of annotations on tasks 1, 2, … */
function problemsOf(...results: JsonObject[][]) {
  const text = JSON.stringify(results.map((result, index) => ({ task: index + 1, result })));
  const { checked } = check(SourceText.of(text), () => ({ config, isForBulk: false }));
  return checked.problems.filter(({ severity }) => severity !== 'info');
}

const codesOf = (...results: JsonObject[][]) => problemsOf(...results).map(({ code }) => code);

describe('pixels', () => {
  it('converts all regions of the result, including small ones and outlines', () => {
    const size: [number, number] = [400, 200];
    const found = problemsOf([
      box(200, 150, 100, 40, size),
      box(4, 2, 20, 10, size),
      shape(
        [
          [40, 20],
          [80, 20],
          [80, 100],
        ],
        size,
      ),
    ]);
    expect(found.map(({ code, fix }) => [code, fix?.value])).toEqual([
      ['numbers-are-pixels', { x: 50, y: 75, width: 25, height: 20, rectanglelabels: ['Bird'] }],
      ['numbers-are-pixels', { x: 1, y: 1, width: 5, height: 5, rectanglelabels: ['Bird'] }],
      [
        'numbers-are-pixels',
        {
          points: [
            [10, 10],
            [20, 10],
            [20, 50],
          ],
        },
      ],
    ]);
    expect(found.map(({ path, alike }) => [path, alike])).toEqual(
      [0, 1, 2].map((index) => [['result', index, 'value'], 3]),
    );
  });

  it('doesn’t assume pixels for numbers outside the image, or without its size', () => {
    const twice = ['value-too-large', 'value-too-large'];
    expect(codesOf([box(500, 120, 10, 40, [400, 200])])).toEqual(twice);
    expect(codesOf([box(380, 120, 50, 40, [400, 200])])).toEqual(twice);
    expect(codesOf([box(200, 120, 10, 40)])).toEqual(twice);
  });

  it('treats a single number above 100 as a typo', () => {
    expect(codesOf([box(150, 20, 10, 40, [400, 200])])).toEqual(['value-too-large']);
  });

  it('keeps percentages', () => {
    expect(codesOf([box(50, 20, 50, 80, [4000, 2000]), box(0, 0, 100, 100, [4000, 2000])])).toEqual([]);
  });
});

describe('fractions', () => {
  it('requires all regions of the batch to be from 0 to 1', () => {
    const tiny = box(0.5, 0.5, 0.25, 0.2);
    expect(codesOf([tiny], [box(0.1, 0.2, 0.3, 0.4)])).toEqual([
      'numbers-are-fractions',
      'numbers-are-fractions',
    ]);
    expect(codesOf([tiny], [box(0.1, 0.2, 0.3, 0.4)], [box(1, 0, 1.5, 1)])).toEqual([]);
    // A single region may really be tiny.
    expect(codesOf([tiny])).toEqual([]);
  });
});
