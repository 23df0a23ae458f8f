import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readJson, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { createSpecClient, exported, newProject, region } from '#sandbox/spec-client.ts';
import type { Engine } from './engine.ts';
import { createAll, engineConnectedTo } from './spec-driver.ts';

/* A real Label Studio stores what Sheaf sends unchanged: all fields, all kinds of regions, exact numbers. */

const base = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';
const real = createSpecClient(base, token, fetch);

let engine: Engine;
beforeAll(async () => {
  engine = await engineConnectedTo(base, token);
});

/** A user of the organisation who never signed in. */
async function newUser(): Promise<number> {
  const name = `annotator-${crypto.randomUUID().slice(0, 8)}`;
  const body = { email: `${name}@example.com`, username: name, password: 'only-for-tests' };
  return (await real.ask('POST /api/users/', body)).body['id'] as number;
}

/** A project with this config, and tasks with matching sample data. */
async function projectOf(title: string, label_config: string, tasks: number) {
  const made = await real.ask('POST /api/projects/', { title, label_config });
  expect(made).toMatchObject({ status: 201 });
  const project = made.body['id'] as number;
  const { body } = await real.ask(`POST /api/projects/${project}/sample-task/`, { label_config });
  const content = Array.from({ length: tasks }, () => ({ data: body['sample_task']! }));
  const imported = await real.ask(`POST /api/projects/${project}/import?return_task_ids=true`, content);
  return { project, tasks: imported.body['task_ids'] as number[] };
}

/** Keys that contain a region’s ID. */
const idKeys = ['id', 'from_id', 'to_id', 'parentID'];

/**
 * Replaces region IDs by numbers, because Sheaf assigns its own to recognise what it created. Regions with the same ID
 * keep sharing one.
 */
function withPlainIds(result: Json | undefined): JsonObject[] {
  const numbers = new Map<Json, string>();
  const numberOf = (id: Json) => {
    if (!numbers.has(id)) numbers.set(id, `region ${numbers.size}`);
    return numbers.get(id)!;
  };
  const regions = result as JsonObject[];
  return regions.map((region, at) => {
    const isRelation = region['type'] === 'relation';
    const own = isRelation ? region : { ...region, id: region['id'] ?? `without ${at}` };
    return Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, idKeys.includes(key) ? numberOf(value) : value]),
    );
  });
}

/** The only annotation of each task, from the export. */
async function storedOn(project: number, tasks: number[]): Promise<JsonObject[]> {
  const there = await exported(real, project, tasks);
  expect(there.map(({ task }) => task)).toEqual(tasks);
  return there;
}

describe('every field is stored as sent', () => {
  it('alone, and read through the annotation’s API', async () => {
    const author = await newUser();
    const { project, tasks } = await newProject(real, 6);
    const parent = await real.ask(`POST /api/tasks/${tasks[5]}/annotations/`, { result: [region('Bad')] });
    const sent: JsonObject[] = [
      {
        result: [region('Good', 'all-0')],
        unique_id: crypto.randomUUID(),
        completed_by: author,
        ground_truth: true,
        was_cancelled: false,
        lead_time: 12.75,
        draft_created_at: '2026-03-04T05:06:07.000008Z',
        import_id: 9_223_372_036_854_775_807n,
        last_action: 'imported',
        bulk_created: true,
        last_created_by: author,
      },
      { result: [region('Bad')], import_id: -9_223_372_036_854_775_808n, lead_time: 0 },
      { result: [region('Good')], import_id: 9_007_199_254_740_993n, completed_by: author },
      { result: [], was_cancelled: true, completed_by: author },
      { result: [region('Good')], ground_truth: true },
      {
        result: [region('Good')],
        parent_annotation: parent.body['id']!,
        last_action: 'propagated_annotation',
      },
    ];
    const batch = sent.map((request, at) => ({ ...request, task: tasks[at]! }));
    const run = await createAll(engine, writeJson(batch), project);
    expect(run.totals.created).toBe(6);

    const there = await exported(real, project, tasks);
    for (const [at, request] of sent.entries()) {
      const stored = there.find(({ id, task }) => task === tasks[at] && id !== parent.body['id']);
      const { result, ...fields } = request;
      expect(stored).toMatchObject(fields);
      expect(withPlainIds(stored!['result'])).toEqual(withPlainIds(result));
      const { unique_id: _writeOnly, ...readable } = fields;
      const { body } = await real.ask(`GET /api/annotations/${stored!['id'] as number}/`);
      expect(body).toMatchObject(readable);
    }
  });
});

describe('a text span', () => {
  const CONFIG =
    '<View><Labels name="who" toName="text"><Label value="Person"/></Labels><Text name="text" value="$text"/></View>';

  it('keeps its offsets and words after emoji', async () => {
    const made = await real.ask('POST /api/projects/', { title: 'Spans', label_config: CONFIG });
    const project = made.body['id'] as number;
    const text = '🌾 Ann é met 👩‍👩‍👧 and Zoë e\u0301 in 日本 🇫🇷 Bob';
    const names = ['Ann', '👩‍👩‍👧', 'Zoë', '日本', 'Bob'];
    const imported = await real.ask(`POST /api/projects/${project}/import?return_task_ids=true`, [{ text }]);
    const [task] = imported.body['task_ids'] as [number];
    const result = names.map((name, at) => {
      const start = text.indexOf(name);
      const value = { start, end: start + name.length, text: name, labels: ['Person'] };
      return { id: `n${at}`, from_name: 'who', to_name: 'text', type: 'labels', value };
    });
    expect((await createAll(engine, [{ task, result }], project)).totals.created).toBe(1);

    const [stored] = await storedOn(project, [task]);
    expect(withPlainIds(stored!['result'])).toEqual(withPlainIds(result));
    const { body } = await real.ask(`GET /api/tasks/${task}/`);
    const data = body['data'] as { text: string };
    for (const { value } of stored!['result'] as unknown as typeof result)
      expect(data.text.slice(value.start, value.end)).toBe(value.text);
  });
});

describe('regions of every kind', () => {
  const folder = new URL('../../seeds/configs/', import.meta.url);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    // Label Studio refuses this config: a choice needs a `value`, though its editor also reads the text.
    .filter((name) => name !== 'photo-quality');

  it('is stored as sent, from one batch for many projects', async () => {
    const cases = [];
    for (const name of names) {
      // An XML declaration that names the encoding causes a 500.
      const config = readFileSync(new URL(`${name}/config.xml`, folder), 'utf8').replace(/^<\?xml.*?\?>/, '');
      const [request] = readJson(readFileSync(new URL(`${name}/passes.json`, folder), 'utf8')) as [
        JsonObject,
      ];
      const { project, tasks } = await projectOf(name, config, 1);
      const result = withPlainIds(request['result']);
      cases.push({ name, project, tasks, result, request: { ...request, project, tasks } });
    }
    const run = await createAll(engine, writeJson(cases.map(({ request }) => request)));
    expect(run.totals.created).toBe(names.length);

    const found = [];
    for (const { name, project, tasks } of cases) {
      const [stored] = await storedOn(project, tasks);
      found.push({ name, result: withPlainIds(stored!['result']) });
    }
    expect(found).toEqual(cases.map(({ name, result }) => ({ name, result })));
  });
});
