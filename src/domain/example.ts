import { writeJson, type Json, type JsonObject } from '#wire/json.ts';
import { formatJson } from './format.ts';

/** A control of a project's labelling config, as `parsed_label_config` tells it by its name. */
export interface ControlOutline {
  /** The tag: `Choices`, `RectangleLabels`. */
  type: string;
  to_name: string[];
  /** The labels or choices; an alias where there is one. */
  labels?: string[] | undefined;
}

export type Controls = Record<string, ControlOutline>;

/** Stands in where no project is chosen: the commonest config there is. */
const generalControls: Controls = {
  sentiment: { type: 'Choices', to_name: ['text'], labels: ['Positive', 'Negative', 'Neutral'] },
};

/** A region that fits the first control that Sheaf knows an example for. */
export function exampleRegion(controls: Controls = generalControls): JsonObject {
  return exampleRegions(controls)[0] ?? exampleRegions(generalControls)[0]!;
}

/** One region for each control that Sheaf knows an example for: what the editor itself would save. */
export function exampleRegions(controls: Controls): JsonObject[] {
  return Object.entries(controls).flatMap(([name, control]) => {
    const example = examples.get(control.type.toLowerCase());
    if (example === undefined) return [];
    const label = control.labels?.[0] ?? 'Label';
    const { value, ...around } = example(label);
    const type = control.type.toLowerCase();
    // A Pairwise names itself as its object.
    const object = type === 'pairwise' ? name : (control.to_name[0] ?? 'text');
    return [{ from_name: name, to_name: object, type, ...around, value }];
  });
}

/** A request that says something about these tasks, laid out to be read and changed. */
export function exampleRequest(
  controls: Controls | undefined,
  tasks: readonly number[],
  project?: number,
): string {
  const known = controls === undefined ? [] : exampleRegions(controls);
  const result = known.length === 0 ? exampleRegions(generalControls) : known;
  const request: JsonObject = { tasks: tasks.length === 0 ? [1, 2, 3] : [...tasks] };
  if (project !== undefined) request['project'] = project;
  request['result'] = result;
  return formatJson(writeJson(request));
}

type Example = (label: string) => { value: JsonObject; [key: string]: Json };

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
const examples = new Map<string, Example>([
  ['choices', (label) => ({ value: { choices: [label] } })],
  ['taxonomy', (label) => ({ value: { taxonomy: [[label]] } })],
  ['rating', () => ({ value: { rating: 4 } })],
  ['number', () => ({ value: { number: 5 } })],
  ['datetime', () => ({ value: { datetime: '2026-08-01T09:30' } })],
  ['textarea', () => ({ value: { text: ['A short note'] } })],
  ['pairwise', () => ({ value: { selected: 'left' } })],
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
