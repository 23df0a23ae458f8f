import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { usesPostgres } from '../../scripts/label-studio.mjs';
import { createHttpClient } from '#api/http/http-client.ts';
import { createTokenSource } from '#api/http/token.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { emptyRows } from '#domain/plan/rows.ts';
import { groupOfRows } from '#domain/plan/planned-groups.ts';
import { annotationsOf, newAccount, stateOf } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import { planFromReads, readForPlan } from '#run/prepare.ts';
import { singleRoute } from '#run/routes/single.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import { submit } from '#run/submit.ts';
import type { JsonObject } from '#sandbox/http/json.ts';
import {
  accessTokenFor,
  createSpecClient,
  exported,
  newPersonalToken,
  newProject,
  region,
} from '#sandbox/spec-client.ts';
import type { ServerAddress } from '#engine/session/open-session.ts';
import { createAll, engineOver, impatientClock, planOf, table, wholeRun } from './spec-driver.ts';

/* The main workflow on a real Label Studio Community, which `npm test` starts. Skipped without one. */

const base = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const legacyToken = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';
const real = createSpecClient(base, legacyToken, fetch);
const good = [region()];

const address: ServerAddress = { base, linkBase: base, name: 'Label Studio', timeLimitSeconds: 30 };

/** A healthy server has finished a call when it answers, so waiting until it has settled is skipped. */
const engineOf = () => engineOver(fetch, base, memoryStore(), impatientClock());

async function connected(token = legacyToken) {
  const made = engineOf();
  expect(await made.engine.session.connect(address, token)).toMatchObject({ ok: true });
  return made;
}

/** IDs of a task’s annotations on the server. */
async function onServer(project: number, task: number): Promise<number[]> {
  return (await exported(real, project, [task])).map(({ id }) => id as number);
}

/** Turns types of tokens on or off for the organisation. Accepts any type that is on. */
const settingsBy = (authorization: string) => (settings: JsonObject) =>
  real.ask('POST /api/jwt/settings', settings, { authorization });

/** Set only during one test. */
async function withoutLegacyTokens(): Promise<{ allowAgain: () => Promise<unknown> }> {
  const set = settingsBy(`Bearer ${await accessTokenFor(real, await newPersonalToken(real))}`);
  const allowAgain = () => set({ legacy_api_tokens_enabled: true });
  onTestFinished(async () => void (await allowAgain()));
  expect(await set({ legacy_api_tokens_enabled: false })).toMatchObject({ status: 200 });
  return { allowAgain };
}

describe('the main workflow', () => {
  let engine: Awaited<ReturnType<typeof connected>>['engine'];
  let posted: string[];
  beforeAll(async () => {
    ({ engine, posted } = await connected());
  });

  it('finds the project by its title, with its number of tasks', async () => {
    const { project } = await newProject(real, 2);
    const page = await engine.tasks.projects('mood', 1);
    if (!page.ok) throw new Error(page.failure.message);
    expect(page.value.projects[0]).toEqual({ id: project, title: 'Moods', tasks: 2, annotations: 0 });
    expect(await engine.tasks.project(project)).toEqual({ ok: true, value: page.value.projects[0] });
  });

  it('offers an example that the server accepts', async () => {
    const { project, tasks } = await newProject(real, 3);
    await engine.batch.setProject(project);
    const example = await engine.batch.example();
    if (!example.ok) throw new Error(example.failure.message);
    const run = await createAll(engine, example.value, project);
    expect(run.totals.created).toBe(tasks.length);
  });

  it('creates 40 annotations, each on its task', async () => {
    const { project, tasks } = await newProject(real, 40);
    const run = await createAll(engine, [{ tasks, result: good }], project);
    expect(run.totals.created).toBe(40);

    const there = new Map((await exported(real, project, tasks)).map(({ id, task }) => [id, task]));
    expect(there.size).toBe(40);
    const rows = await table(engine, run);
    expect(rows.map(({ task }) => task)).toEqual(tasks);
    for (const { task, annotations, link } of rows) {
      expect(annotations.map((id) => there.get(id))).toEqual([task]);
      expect(link).toBe(`${base}/projects/${project}/data?task=${task}&annotation=${annotations[0]}`);
    }
  });

  it('accounts for every kind of row in one batch', async () => {
    const { project, tasks } = await newProject(real, 9);
    const [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth] = tasks as [
      number,
      ...number[],
    ];
    const before = await real.ask(`POST /api/tasks/${seventh}/annotations/`, { result: good });
    const parent = before.body['id'] as number;
    const batch = `[
      {"tasks": [${first}, ${second}], "result": ${JSON.stringify(good)}, "import_id": 9007199254740993},
      {"tasks": [${third}, ${third}], "result": ${JSON.stringify(good)}},
      {"tasks": [${fourth}], "result": ${JSON.stringify(good)}, "completed_by": 999999},
      {"tasks": [${fifth}, ${sixth}, ${fifth}], "result": [], "was_cancelled": true},
      {"tasks": [${seventh}, 999999999], "result": ${JSON.stringify(good)}, "parent_annotation": ${parent}},
      {"tasks": [${eighth}], "result": ${JSON.stringify(good)}, "ground_truth": true, "lead_time": 12.5,
       "last_action": "imported", "bulk_created": true, "draft_created_at": "2026-03-04T05:06:07Z"},
      {"tasks": [${ninth}], "result": [
        {"id": "a", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["Good"]}},
        {"type": "relation", "from_id": "a", "to_id": "a", "direction": "right"}]}
    ]`;
    const run = await createAll(engine, batch, project);
    expect(run.totals).toMatchObject({ created: 10, refused: 1, skipped: 1 });
    expect(run.reasons).toContainEqual({
      entry: 4,
      state: 'skipped',
      reason: 'Task 999999999 isn’t in Moods.',
      rows: 1,
    });
    expect(run.reasons).toContainEqual({
      entry: 2,
      state: 'refused',
      reason: expect.stringContaining('completed_by: Invalid pk "999999" - object does not exist.') as string,
      rows: 1,
    });

    const there = await exported(real, project, tasks);
    expect(there).toHaveLength(11);
    const rows = await table(engine, run);
    const mine = rows.flatMap(({ annotations }) => annotations);
    expect(new Set(mine).size).toBe(10);
    for (const { task, annotations } of rows)
      for (const id of annotations) expect(there).toContainEqual(expect.objectContaining({ id, task }));
    const annotationOf = (task: number) => there.find((one) => one['task'] === task && one['id'] !== parent);
    expect(annotationOf(first)).toMatchObject({ import_id: 9007199254740993n });
    expect(annotationOf(fifth!)).toMatchObject({ was_cancelled: true, result: [] });
    expect(annotationOf(seventh!)).toMatchObject({ parent_annotation: parent });
    expect(annotationOf(eighth!)).toMatchObject({
      ground_truth: true,
      lead_time: 12.5,
      last_action: 'imported',
      bulk_created: true,
      draft_created_at: '2026-03-04T05:06:07Z',
    });
    const [choice, relation] = annotationOf(ninth!)!['result'] as [JsonObject, JsonObject];
    expect(relation).toMatchObject({ from_id: choice['id']!, to_id: choice['id']!, direction: 'right' });
  });

  it('runs the same batch again, with new annotations', async () => {
    const { project, tasks } = await newProject(real, 3);
    const batch = [{ tasks, result: good }];
    const runs = [await createAll(engine, batch, project), await createAll(engine, batch, project)];
    const mine = (await Promise.all(runs.map((run) => table(engine, run)))).flat();
    expect(runs.map(({ totals }) => [totals.created, totals.duplicated])).toEqual([
      [3, 0],
      [3, 0],
    ]);
    const there = await exported(real, project, tasks);
    expect(mine.flatMap(({ annotations }) => annotations).toSorted()).toEqual(
      there.map(({ id }) => id).toSorted(),
    );
    expect(there).toHaveLength(6);
  });

  it('reports a unique_id that is taken', async () => {
    const { project, tasks } = await newProject(real, 2);
    const request = { unique_id: crypto.randomUUID(), result: good };
    const run = await createAll(
      engine,
      tasks.map((task) => ({ ...request, task })),
      project,
    );
    expect(run.totals).toMatchObject({ created: 1, refused: 1 });
    expect(run.reasons.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('Annotation with this unique id already exists'),
    ]);
    expect(await exported(real, project, tasks)).toHaveLength(1);
  });

  it('stops, reports what was sent, and resumes later', async () => {
    const { project, tasks } = await newProject(real, 24);
    const planId = await planOf(engine, [{ tasks, result: good }], project);
    const before = posted.length;
    const run = wholeRun(
      await engine.runs.start(planId, (view) => {
        if (view.totals.unconfirmed > 0) void engine.runs.stop(view.id);
      }),
    );
    const sent = posted.length - before;
    expect(sent).toBeLessThan(24);
    expect(run.totals).toMatchObject({ created: sent, 'never-sent': 24 - sent });
    expect(await exported(real, project, tasks)).toHaveLength(sent);

    const all = wholeRun(await engine.runs.start(run.id, () => {}));
    expect(all.totals.created).toBe(24);
    expect(posted.length - before).toBe(24);
    expect(await exported(real, project, tasks)).toHaveLength(24);
  });

  it('doesn’t resume with a label that the project no longer has', async () => {
    const { project, tasks } = await newProject(real, 3);
    const path = `/api/projects/${project}/`;
    const { label_config: labels } = (await real.ask(`GET ${path}`)).body as { label_config: string };
    const batch = [
      { tasks: tasks.slice(0, 1), result: good },
      { tasks: tasks.slice(1), result: [region('Bad')] },
    ];
    const id = await planOf(engine, batch, project);
    await engine.runs.startFirst(id, 1, () => {});
    const without = { label_config: labels.replace('<Choice value="Bad"/>', '') };
    expect(await real.ask(`PATCH ${path}`, without)).toMatchObject({ status: 200 });
    await expect(engine.runs.start(id, () => {})).rejects.toThrow(
      'The labels of Moods were changed since this batch was checked. “Bad” isn’t a choice in “mood”',
    );
    expect(await exported(real, project, tasks)).toHaveLength(1);
    expect(await real.ask(`PATCH ${path}`, { label_config: labels })).toMatchObject({ status: 200 });
    expect((await engine.runs.start(id, () => {})).totals).toMatchObject({ created: 3 });
  });

  // PostgreSQL refuses the lone surrogate that breaks the export.
  it.skipIf(usesPostgres())(
    'confirms the other tasks if one breaks the server, and sends nothing twice',
    async () => {
      const { project, tasks } = await newProject(real, 6);
      const poisoned = tasks[2]!;
      const surrogate = '{"result": [{"id": "p", "type": "choices", "value": {"choices": ["\\ud800"]}}]}';
      expect(await real.ask(`POST /api/tasks/${poisoned}/annotations/`, surrogate)).toMatchObject({
        status: 500,
      });

      const run = await createAll(engine, [{ tasks, result: good }], project);
      expect(run.totals).toMatchObject({ created: 5, unknown: 1 });
      const unknown = (await table(engine, run)).find(({ state }) => state === 'unknown');
      expect(unknown).toMatchObject({
        task: poisoned,
        reason: expect.stringContaining('surrogates') as string,
      });

      // Deleted by ID, because it can’t be read.
      const { list } = await tasksWithIds(project);
      const ids = list.find(({ id }) => id === poisoned)!['annotations_ids'] as string;
      const broken = Math.min(...ids.split(',').map(Number));
      expect(await real.ask(`DELETE /api/annotations/${broken}/`)).toMatchObject({ status: 204 });
      const known = wholeRun(await engine.runs.checkUnknown(run.id, () => {}));
      expect(known.totals).toMatchObject({ created: 6 });
      expect(await exported(real, project, tasks)).toHaveLength(6);
    },
  );

  const tasksWithIds = async (project: number) => {
    const { body } = await real.ask(
      `GET /api/tasks/?project=${project}&fields=all&include=id,annotations_ids&page_size=100`,
    );
    return { list: body['tasks'] as JsonObject[] };
  };
});

describe('a region without value, which the check would refuse', () => {
  it('is stored once despite the 500, and ends as created', async () => {
    const { project, tasks } = await newProject(real, 3);
    const token = createTokenSource(legacyToken, () => Promise.reject(new Error('no exchange')), Date.now);
    if (!token.ok) throw new Error(token.failure.message);
    const client = createHttpClient({ base, timeLimitSeconds: 5, fetch, token: token.value });
    const rows = emptyRows(3);
    rows.task.set(tasks);
    const id = crypto.randomUUID();
    const input = {
      client,
      routes: [singleRoute],
      entries: entriesOf([{ tasks, result: [{ from_name: 'mood', to_name: 'text', type: 'choices' }] }]),
      rows,
      selections: [],
      chosenProject: project,
    };
    const reads = await readForPlan(input);
    if (!reads.ok) throw new Error(reads.failure.message);
    const plan = planFromReads(input, reads.value, {
      selectionsAsIs: false,
      skip: () => undefined,
      server: { address: base, user: 1, organisation: undefined, boot: undefined },
      createdAt: 0,
      id,
      tag: `sheaf-${id.slice(0, 8)}`,
    });
    const account = newAccount(plan);
    let calls = 0;
    await submit({
      client,
      plan,
      routeOf: () => singleRoute,
      groupOf: groupOfRows(plan),
      nextCallId: () => (calls += 1),
      account,
      append: async (event) => void fold(account, event),
      askAboutCall: undefined,
      onPhase: () => {},
      ...impatientClock(),
      stop: new AbortController().signal,
    });
    for (const [row, task] of tasks.entries()) {
      expect(stateOf(account, row)).toBe('created');
      expect(annotationsOf(account, row)).toEqual(await onServer(project, task));
    }
    expect(await exported(real, project, tasks)).toHaveLength(3);
  });
});

describe('picking tasks', () => {
  const found = async (project: number, search: string) => {
    const { engine } = await connected();
    const page = await engine.tasks.page(project, { search, page: 1 });
    if (!page.ok) throw new Error(page.failure.message);
    return { ids: page.value.tasks.map(({ id }) => id), notSearched: page.value.notSearched };
  };

  it('finds them by ID and by text in any column', async () => {
    const { project, tasks } = await newProject(real, 5);
    const [first, second, third] = tasks as [number, number, number];
    const more = [
      { text: `like no. ${second}`, 'with space': 'hidden', my__key: 'hidden', 'dash-key': 'found here' },
      { text: '100%20 "sure"', 'a.b': 'Found there', number: 4711, nested: { deep: ['treasure'] } },
    ];
    const imported = await real.ask(`POST /api/projects/${project}/import?return_task_ids=true`, more);
    const [sixth, seventh] = imported.body['task_ids'] as [number, number];

    expect((await found(project, String(second))).ids).toEqual([second, sixth]);
    expect((await found(project, 'TASK 3')).ids).toEqual([third]);
    expect((await found(project, 'found')).ids).toEqual([sixth, seventh]);
    expect((await found(project, '100%20 "s')).ids).toEqual([seventh]);
    expect((await found(project, '4711')).ids).toEqual([seventh]);
    expect((await found(project, 'treasure')).ids).toEqual([seventh]);
    expect((await found(project, '99999999999999999999')).ids).toEqual([]);
    const hidden = await found(project, 'hidden');
    expect(hidden.ids).toEqual([]);
    expect(hidden.notSearched.toSorted()).toEqual(['my__key', 'with space']);
    expect((await found(project, '')).ids).toEqual([...tasks, sixth, seventh]);
    expect((await found(project, `#${first}`)).ids).toEqual([first]);
  });

  it('reads all pages, and all IDs of a search', async () => {
    const { project, tasks } = await newProject(real, 60);
    const { engine } = await connected();
    expect(await engine.tasks.page(project, { search: '', page: 2 })).toMatchObject({
      ok: true,
      value: {
        total: 60,
        tasks: tasks.slice(50).map((id, at) => ({ id, text: `task ${51 + at}`, details: '' })),
      },
    });
    expect(await engine.tasks.idsBySearch(project, 'task 1')).toEqual({
      ok: true,
      value: [tasks[0], ...tasks.slice(9, 19)],
    });
  });

  it('reads the tasks of a view', async () => {
    const { project, tasks } = await newProject(real, 12);
    const filter = {
      filter: 'filter:tasks:data.text',
      operator: 'contains',
      type: 'String',
      value: 'task 1',
    };
    const data = { title: 'Ones', filters: { conjunction: 'and', items: [filter] }, ordering: ['-tasks:id'] };
    await real.ask('POST /api/dm/views/', { project, data });
    await real.ask('POST /api/dm/views/', { project, data: {} });
    const { engine } = await connected();
    const views = await engine.tasks.views(project);
    if (!views.ok) throw new Error(views.failure.message);
    const [ones, other] = views.value.views;
    expect([ones!.title, other!.title]).toEqual(['Ones', `View ${other!.id}`]);
    expect(await engine.tasks.idsByView(ones!.id)).toEqual({
      ok: true,
      value: [tasks[11], tasks[10], tasks[9], tasks[0]],
    });
  });

  it('reads an uploaded image with the token, but not an SVG', async () => {
    const label_config =
      '<View><Image name="photo" value="$photo"/><Choices name="mood" toName="photo"><Choice value="Good"/><Choice value="Bad"/></Choices></View>';
    const made = await real.ask('POST /api/projects/', { title: 'Photos', label_config });
    const project = made.body['id'] as number;
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await upload(project, 'dot.png', Buffer.from(pixel, 'base64'), 'image/png');
    await upload(project, 'dot.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml');

    const { engine } = await connected();
    const page = await engine.tasks.page(project, { search: '', page: 1 });
    if (!page.ok) throw new Error(page.failure.message);
    const [png, svg] = page.value.tasks.map(({ image }) => image!);
    expect([png!.from, svg!.from]).toEqual(['server', 'server']);
    const image = await engine.tasks.image(png!.url);
    if (!image.ok) throw new Error(image.failure.message);
    expect(Buffer.from(await image.value.arrayBuffer()).toString('base64')).toBe(pixel);
    expect(await engine.tasks.image(svg!.url)).toMatchObject({ failure: { kind: 'unreadable' } });
    expect(await engine.tasks.image('/data/upload/0/none.png')).toMatchObject({ ok: false });
  });

  async function upload(project: number, name: string, content: BlobPart, type: string) {
    const body = new FormData();
    body.set(name, new Blob([content], { type }), name);
    const headers = { authorization: `Token ${legacyToken}` };
    const answer = await fetch(`${base}/api/projects/${project}/import`, { method: 'POST', headers, body });
    expect(answer.status).toBe(201);
  }
});

describe('signing in', () => {
  it('by a legacy token', async () => {
    expect(await engineOf().engine.session.connect(address, ` ${legacyToken}\n`)).toMatchObject({
      ok: true,
      value: {
        edition: 'Community',
        version: '1.23.2',
        organisation: 'Label Studio',
        user: { id: 1, name: 'manager@example.com', email: 'manager@example.com' },
        token: { kind: 'legacy' },
      },
    });
  });

  it('by a personal access token, exchanged once', async () => {
    const { project, tasks } = await newProject(real, 2);
    const { engine, posted } = await connected(await newPersonalToken(real));
    const run = await createAll(engine, [{ tasks, result: good }], project);
    expect(run.totals.created).toBe(2);
    expect(posted.filter((path) => path === '/api/token/refresh/')).toHaveLength(1);
  });

  it('by an access token, with its expiry', async () => {
    const { project, tasks } = await newProject(real, 1);
    const { engine } = engineOf();
    const connection = await engine.session.connect(
      address,
      await accessTokenFor(real, await newPersonalToken(real)),
    );
    if (!connection.ok) throw new Error(connection.failure.message);
    const { kind, expiresAt } = connection.value.token;
    expect(kind).toBe('access');
    expect(expiresAt! - Date.now()).toBeGreaterThan(200_000);
    expect(expiresAt! - Date.now()).toBeLessThan(301_000);
    expect((await createAll(engine, [{ tasks, result: good }], project)).totals.created).toBe(1);
  });

  const failureWith = async (token: string, server: Partial<ServerAddress> = {}) => {
    const { engine } = engineOf();
    const connection = await engine.session.connect({ ...address, ...server }, token);
    return connection.ok ? undefined : connection.failure;
  };

  it('reports an unknown token', async () => {
    expect(await failureWith('f'.repeat(40))).toMatchObject({
      reason: 'token-unknown',
      serverSays: 'Invalid token.',
    });
  });

  it('reports an access token that is not accepted', async () => {
    const access = await accessTokenFor(real, await newPersonalToken(real));
    expect(await failureWith(tampered(access))).toMatchObject({
      reason: 'token-not-accepted',
      serverSays: 'Authentication credentials were not provided.',
    });
  });

  it('reports a truncated and a revoked personal access token', async () => {
    const personal = await newPersonalToken(real);
    expect(await failureWith(tampered(personal))).toMatchObject({
      reason: 'token-unknown',
      serverSays: 'Token is invalid',
    });
    await real.ask('POST /api/token/blacklist/', { refresh: personal });
    expect(await failureWith(personal)).toMatchObject({
      reason: 'token-revoked',
      serverSays: 'Token is blacklisted',
    });
  });

  it('reports disabled legacy tokens, and works once they are enabled', async () => {
    const { allowAgain } = await withoutLegacyTokens();
    expect(await failureWith(legacyToken)).toMatchObject({ reason: 'legacy-tokens-off' });
    expect(await failureWith('f'.repeat(40))).toMatchObject({ reason: 'token-unknown' });
    await allowAgain();
    expect(await failureWith(legacyToken)).toBeUndefined();
  });

  it('reports a personal access token that the organisation doesn’t allow', async () => {
    const personal = await newPersonalToken(real);
    const set = settingsBy(`Token ${legacyToken}`);
    onTestFinished(async () => void (await set({ api_tokens_enabled: true })));
    await set({ api_tokens_enabled: false });
    expect(await failureWith(personal)).toMatchObject({ reason: 'token-not-accepted' });
  });

  it('reports a server that isn’t Label Studio, or none at all', async () => {
    expect(await failureWith(legacyToken, { base: `${base}/elsewhere` })).toMatchObject({
      reason: 'not-label-studio',
    });
    // No server listens on the port of this old Unix service.
    expect(await failureWith(legacyToken, { base: 'http://127.0.0.1:1' })).toMatchObject({
      reason: 'unreachable',
    });
  });
});

describe('a token that expires during a run', () => {
  it('ends the run with every row accounted for, and resumes with a valid token', async () => {
    // Many rows, so that a fast server isn’t done before tokens are disabled.
    const { project, tasks } = await newProject(real, 80);
    const { engine } = await connected();
    // With a lead_time, each task gets a separate call.
    const planId = await planOf(engine, [{ tasks, result: good, lead_time: 1 }], project);
    let dead: Promise<{ allowAgain: () => Promise<unknown> }> | undefined;
    const run = wholeRun(
      await engine.runs.start(planId, (view) => {
        if (view.totals.unconfirmed > 0) dead ??= withoutLegacyTokens();
      }),
    );
    const { allowAgain } = await dead!;
    await allowAgain();

    const there = await exported(real, project, tasks);
    expect(run.totals.created + run.totals.unknown).toBeGreaterThan(0);
    expect(run.totals['never-sent']).toBeGreaterThan(0);
    expect(run.reasons.map(({ reason }) => reason).join()).toContain('Legacy tokens are turned off');
    for (const { task, state, annotations } of await table(engine, run)) {
      const ids = there.filter((one) => one['task'] === task).map(({ id }) => id);
      if (state === 'created') expect(annotations).toEqual(ids);
      if (state === 'never-sent') expect(ids).toEqual([]);
    }

    await engine.runs.checkUnknown(run.id, () => {});
    const all = wholeRun(await engine.runs.start(run.id, () => {}));
    expect(all.totals.created).toBe(tasks.length);
    const whole = await exported(real, project, tasks);
    expect(whole.map((one) => one['task']).toSorted()).toEqual(tasks.toSorted());
  });
});

/** The same token with a different signature. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  return [
    header,
    payload,
    signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`,
  ].join('.');
}
