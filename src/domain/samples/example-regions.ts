import type { Control, LabelConfig } from '#config/label-config.ts';
import { checkResult } from '#config/check/check-result.ts';
import { findControl } from '#config/find-control.ts';
import { findTag } from '#config/control-tags.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { exampleAnswers } from './example-answers.ts';

/** The controls of a config by their names in results; of a `<Repeater>`, the first copy of each. */
export function controlsOf(config: LabelConfig): Control[] {
  return [...config.controls.values()].map(
    (control) =>
      (control.indexFlag === undefined
        ? undefined
        : findControl(config, control.name.replaceAll(control.indexFlag, '0'))) ?? control,
  );
}

/** One region per example answer or, for drawing controls, per label. */
export function regionsFor(control: Control, max = 20): JsonObject[] {
  const tag = findTag(control.tag);
  if (tag === undefined) return [];
  const { name, type, toName } = control;
  const region = { from_name: name, to_name: toName[0] ?? name, type };
  if (tag.makes === 'answer') {
    return exampleAnswers(control, max).map((answer) => ({ ...region, value: { [tag.keys[0]!]: answer } }));
  }
  const draw = shapes.get(type);
  if (draw === undefined) return [];
  const labels = control.options.slice(0, max).map(({ result }) => result);
  return (labels.length === 0 ? ['Label'] : labels).map((label) => ({ ...region, ...draw(label) }));
}

/** A region of this control and its required per-region answers with the same ID; undefined if no example is valid. */
export function regionExample(control: Control, config: LabelConfig, id: string): JsonObject[] | undefined {
  const about = controlsOf(config).filter(
    ({ perRegion, required, toName }) =>
      perRegion && required && toName.some((name) => control.toName.includes(name)),
  );
  const alternatives = regionsFor(control).flatMap((region) => [
    [region],
    [{ id, ...region }, ...about.flatMap((one) => perRegionAnswer(one, control, { id, ...region }))],
  ]);
  return alternatives.find((regions) => regions.every((_, index) => isValidAt(index, regions, config)));
}

/** A per-region answer repeats the coordinates of its region. */
function perRegionAnswer(control: Control, drawing: Control, region: JsonObject): JsonObject[] {
  const labels = findTag(drawing.tag)?.labels;
  const place = Object.entries(region['value'] as JsonObject).filter(([key]) => key !== labels);
  return regionsFor(control, 1).map(({ value, ...names }) => ({
    ...region,
    ...names,
    value: { ...Object.fromEntries(place), ...(value as JsonObject) },
  }));
}

function isValidAt(index: number, regions: readonly JsonObject[], config: LabelConfig): boolean {
  const problems = checkResult(config, [...regions]);
  return !problems.some(({ path, severity }) => path[0] === index && severity !== 'info');
}

type MakeRegion = (label: string) => { value: JsonObject; [key: string]: Json };

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

/** Example shapes by region type, from "What a result looks like" in Label Studio's documentation. */
const shapes = new Map<string, MakeRegion>([
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
