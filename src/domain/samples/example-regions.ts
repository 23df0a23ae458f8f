import type { Control, LabelConfig } from '#config/label-config.ts';
import { checkResult } from '#config/check/check-result.ts';
import { findControl } from '#config/find-control.ts';
import { findTag } from '#config/control-tags.ts';
import type { Json, JsonObject } from '#wire/json.ts';
import { exampleAnswers } from './example-answers.ts';

/** The controls of a config as results name them: of those that a `<Repeater>` repeats, the first of each. */
export function controlsOf(config: LabelConfig): Control[] {
  return [...config.controls.values()].map(
    (control) =>
      (control.indexFlag === undefined
        ? undefined
        : findControl(config, control.name.replaceAll(control.indexFlag, '0'))) ?? control,
  );
}

/** A region of this control for each answer that it takes, or one for each label that it draws with. */
export function regionsFor(control: Control, most = 20): JsonObject[] {
  const tag = findTag(control.tag);
  if (tag === undefined) return [];
  const { name, type, toName } = control;
  const region = { from_name: name, to_name: toName[0] ?? name, type };
  if (tag.makes === 'answer') {
    return exampleAnswers(control, most).map((answer) => ({ ...region, value: { [tag.keys[0]!]: answer } }));
  }
  const draw = drawn.get(type);
  if (draw === undefined) return [];
  const labels = control.options.slice(0, most).map(({ result }) => result);
  return (labels.length === 0 ? ['Label'] : labels).map((label) => ({ ...region, ...draw(label) }));
}

/**
 * One region that this control draws and, with the same id, what must be answered about it; undefined where the check
 * has something against each that is known.
 */
export function drawnRegion(control: Control, config: LabelConfig, id: string): JsonObject[] | undefined {
  const about = controlsOf(config).filter(
    ({ perRegion, required, toName }) =>
      perRegion && required && toName.some((name) => control.toName.includes(name)),
  );
  const alternatives = regionsFor(control).flatMap((region) => [
    [region],
    [{ id, ...region }, ...about.flatMap((one) => aboutRegion(one, control, { id, ...region }))],
  ]);
  return alternatives.find((regions) => regions.every((_, index) => isFineAt(index, regions, config)));
}

/** The answer to a question about a region repeats where that is. */
function aboutRegion(control: Control, drawing: Control, region: JsonObject): JsonObject[] {
  const labels = findTag(drawing.tag)?.labels;
  const place = Object.entries(region['value'] as JsonObject).filter(([key]) => key !== labels);
  return regionsFor(control, 1).map(({ value, ...names }) => ({
    ...region,
    ...names,
    value: { ...Object.fromEntries(place), ...(value as JsonObject) },
  }));
}

function isFineAt(index: number, regions: readonly JsonObject[], config: LabelConfig): boolean {
  const problems = checkResult(config, [...regions]);
  return !problems.some(({ path, severity }) => path[0] === index && severity !== 'info');
}

type Drawn = (label: string) => { value: JsonObject; [key: string]: Json };

const onImage = { original_width: 1920, original_height: 1080, image_rotation: 0 };
const box = { x: 10, y: 20, width: 30, height: 15, rotation: 0 };
const ellipse = { x: 50, y: 50, radiusX: 10, radiusY: 5, rotation: 0 };
const point = { x: 50, y: 50, width: 0.5 };
const triangle = {
  points: [
    [10, 10],
    [30, 10],
    [20, 30],
  ],
  closed: true,
};
const line = {
  vertices: [
    { id: 'start', x: 10, y: 10, prevPointId: null, isBezier: false },
    { id: 'end', x: 40, y: 30, prevPointId: 'start', isBezier: false },
  ],
  closed: false,
};

/** By the type of a region, the shapes of "What a result looks like" in Label Studio's documentation. */
const drawn = new Map<string, Drawn>([
  ['labels', (label) => ({ value: { start: 0, end: 5, labels: [label] } })],
  [
    'hypertextlabels',
    (label) => ({
      value: {
        start: '/p[1]/text()[1]',
        end: '/p[1]/text()[1]',
        startOffset: 0,
        endOffset: 5,
        hypertextlabels: [label],
      },
    }),
  ],
  [
    'paragraphlabels',
    (label) => ({ value: { start: '0', end: '0', startOffset: 0, endOffset: 5, paragraphlabels: [label] } }),
  ],
  [
    'timeserieslabels',
    (label) => ({ value: { start: 0, end: 10, instant: false, timeserieslabels: [label] } }),
  ],
  ['timelinelabels', (label) => ({ value: { ranges: [{ start: 1, end: 30 }], timelinelabels: [label] } })],
  ['rectangle', () => ({ ...onImage, value: box })],
  ['rectanglelabels', (label) => ({ ...onImage, value: { ...box, rectanglelabels: [label] } })],
  ['ellipse', () => ({ ...onImage, value: ellipse })],
  ['ellipselabels', (label) => ({ ...onImage, value: { ...ellipse, ellipselabels: [label] } })],
  ['polygon', () => ({ ...onImage, value: triangle })],
  ['polygonlabels', (label) => ({ ...onImage, value: { ...triangle, polygonlabels: [label] } })],
  ['keypoint', () => ({ ...onImage, value: point })],
  ['keypointlabels', (label) => ({ ...onImage, value: { ...point, keypointlabels: [label] } })],
  ['vector', () => ({ ...onImage, value: line })],
  ['vectorlabels', (label) => ({ ...onImage, value: { ...line, vectorlabels: [label] } })],
  [
    'videorectangle',
    () => ({
      value: {
        framesCount: 100,
        duration: 4,
        sequence: [{ frame: 1, time: 0.04, enabled: true, ...box }],
      },
    }),
  ],
]);
