import { beforeAll, expect, it } from 'vitest';
import { isObject, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { createSpecClient, exported } from '#sandbox/spec-client.ts';
import type { Engine } from './engine.ts';
import { checkText, createAll, engineConnectedTo } from './spec-driver.ts';

/* Sheaf accepts regions for all templates of Label Studio, and they are stored as sent. */

const base = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';
const real = createSpecClient(base, token, fetch);

let engine: Engine;
beforeAll(async () => {
  engine = await engineConnectedTo(base, token);
});

/** A control as in `parsed_label_config` of a project. */
interface Control {
  type: string;
  to_name: string[];
  inputs: { type: string }[];
  labels: string[];
}

const box = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };
const triangle = { points: [[1, 1], [50, 2], [25, 60]], closed: true }; // prettier-ignore
const mask = { format: 'rle', rle: [0, 0, 0, 8, 57, 27, 252, 224, 0] };
const chapter = { start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', startOffset: 0, endOffset: 4 };
const paragraph = { start: '0', end: '0', startOffset: 0, endOffset: 4, text: 'Sample'.slice(0, 4) };
const tracked = {
  framesCount: 50,
  duration: 2,
  sequence: [{ frame: 1, ...box, enabled: true, time: 0.04 }],
};

/** The position of a labelled span, by the type of its object. */
const spans: Record<string, JsonObject> = {
  Text: { start: 0, end: 6, text: 'Sample' },
  HyperText: chapter,
  Audio: { start: 0.5, end: 2.5, channel: 0 },
  Paragraphs: paragraph,
};

/** A valid value for each control tag; undefined if the tag creates no regions alone. */
function valueOf({ type, inputs, labels }: Control): JsonObject | undefined {
  const [label] = labels;
  const labelled = (key: string, place: JsonObject) =>
    label === undefined ? undefined : { ...place, [key]: [label] };
  switch (type) {
    case 'RectangleLabels':
      return labelled('rectanglelabels', box);
    case 'PolygonLabels':
      return labelled('polygonlabels', triangle);
    case 'KeyPointLabels':
      return labelled('keypointlabels', { x: 50, y: 40, width: 0.5 });
    case 'EllipseLabels':
      return labelled('ellipselabels', { x: 50, y: 40, radiusX: 10, radiusY: 5, rotation: 0 });
    case 'BrushLabels':
      return labelled('brushlabels', mask);
    case 'HyperTextLabels':
      return labelled('hypertextlabels', chapter);
    case 'ParagraphLabels':
      return labelled('paragraphlabels', paragraph);
    case 'TimeSeriesLabels':
      return labelled('timeserieslabels', { start: 10, end: 20, instant: false });
    case 'TimelineLabels':
      return labelled('timelinelabels', { ranges: [{ start: 3, end: 9 }] });
    case 'Labels':
      return labelled('labels', spans[inputs[0]?.type ?? ''] ?? {});
    case 'Rectangle':
      return box;
    case 'VideoRectangle':
      return tracked;
    case 'Choices':
      return labelled('choices', {});
    case 'Rating':
      return { rating: 1 };
    case 'Number':
      return { number: 1 };
    case 'TextArea':
      return { text: ['A short note'] };
    case 'Pairwise':
      return { selected: 'left' };
    default:
      return undefined;
  }
}

/** Controls that add to a region of another control: their results share its ID and position. */
function regionsOf(controls: Record<string, Control>, config: string): JsonObject[] {
  const drawn: JsonObject[] = [];
  const others: JsonObject[] = [];
  for (const [name, control] of Object.entries(controls)) {
    const value = valueOf(control);
    if (!value) continue;
    const type = control.type.toLowerCase();
    const to = control.type === 'Pairwise' ? name : control.to_name[0]!;
    const isForRegion =
      new RegExp(`<${control.type}[^>]* name="${name}"[^>]* perRegion="true"`).test(config) ||
      (control.type === 'Labels' && !(control.inputs[0]!.type in spans));
    const region = { id: `region-${name}`, from_name: name, to_name: to, type, value };
    (isForRegion ? others : drawn).push(region);
  }
  const ofRegions = others.flatMap((answer) => {
    const region = drawn.find(({ to_name: to, type }) => to === answer['to_name'] && type !== 'choices');
    if (!region) return [];
    const value = { ...(region['value'] as JsonObject), ...(answer['value'] as JsonObject) };
    return [{ ...answer, id: region['id']!, value }];
  });
  return [...drawn, ...ofRegions];
}

it('are stored as sent', { timeout: 600_000 }, async () => {
  const templates = (await real.ask('GET /api/templates/')).body['templates'] as JsonObject[];
  const cases = [];
  const rejected: string[] = [];
  for (const template of templates) {
    const title = template['title'] as string;
    const label_config = template['config'] as string;
    const made = await real.ask('POST /api/projects/', { title: title.slice(0, 50), label_config });
    expect(made.status, title).toBe(201);
    const project = made.body['id'] as number;
    const sample = await real.ask(`POST /api/projects/${project}/sample-task/`, { label_config });
    const task = sample.body['sample_task'] as JsonObject;
    const data = isObject(task['data'] ?? null) ? task['data']! : task;
    const imported = await real.ask(`POST /api/projects/${project}/import?return_task_ids=true`, [{ data }]);
    expect(imported.status, `${title} ${imported.text}`).toBe(201);
    const tasks = imported.body['task_ids'] as number[];
    const controls = made.body['parsed_label_config'] as unknown as Record<string, Control>;
    const result = regionsOf(controls, label_config);
    const request = { project, tasks, result };
    await engine.batch.setProject(undefined);
    const checked = await checkText(engine, writeJson([request]));
    if (checked.errors > 0)
      rejected.push(`${title}: ${JSON.stringify(checked.problems.map(({ message }) => message))}`);
    cases.push({ title, project, tasks, result, request });
  }
  expect(rejected).toEqual([]);

  const run = await createAll(engine, writeJson(cases.map(({ request }) => request as Json)));
  expect(run.totals.created).toBe(templates.length);
  const found = [];
  for (const { title, project, tasks } of cases) {
    const [stored, ...more] = await exported(real, project, tasks);
    expect(more).toEqual([]);
    found.push({ title, result: withoutIds(stored!['result'] as JsonObject[]) });
  }
  expect(found).toEqual(cases.map(({ title, result }) => ({ title, result: withoutIds(result) })));
});

/** Ignores region IDs, which Sheaf replaces. */
const withoutIds = (result: JsonObject[]) => result.map(({ id: _ours, ...region }) => region);
