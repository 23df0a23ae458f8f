import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, sandboxServer, signedInEngine } from '#engine/spec-driver.ts';
import { valueOf } from '#wire/spec-outcome.ts';

const { base } = sandboxServer;
const reviews = 1;
const photos = 2;
const settings = {
  columns: { file: 'task-key' as const },
  matching: { field: 'image', compare: 'file-name' as const, ignoresCase: true },
};
const table = 'file,quality\nCounter.png,4\nnot-there.png,3\n';
const ignored = () => undefined;

/** An engine connected to a sandbox, and the addresses of its task requests. */
async function connected(
  change: (answer: Response, url: URL) => Response | Promise<Response> = (answer) => answer,
) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const asked: URL[] = [];
  const engine = await signedInEngine(async (request) => {
    const url = new URL(request.url);
    if (url.pathname === '/api/tasks/') asked.push(url);
    return change(await handle(request), url);
  }, sandboxUsers[0]!.legacyToken);
  const send = (method: string, path: string, body?: unknown) =>
    handle(
      new Request(base + path, {
        method,
        headers: {
          authorization: `Token ${sandboxUsers[0]!.legacyToken}`,
          'content-type': 'application/json',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  return { engine, asked, send };
}

describe('the tasks of a project', () => {
  it('are read once, later only new ones', async () => {
    const { engine, asked, send } = await connected();
    const progress: [number, number][] = [];
    const read = valueOf(await engine.tasks.readAll(reviews, (...now) => progress.push(now)));
    expect(read).toMatchObject({ tasks: 5000, title: 'Product reviews' });
    expect(progress).toHaveLength(10);
    expect(progress.at(-1)).toEqual([5000, 5000]);
    expect(asked).toHaveLength(10);
    expect(await engine.tasks.dataOf(reviews, 100)).toMatchObject({ sku: 'SHR-4D' });

    const imported = await send('POST', `/api/projects/${reviews}/import?return_task_ids=true`, [
      { text: 'Good', sku: 'NEW-1' },
    ]);
    const [id] = ((await imported.json()) as { task_ids: number[] }).task_ids;
    asked.length = 0;
    expect(valueOf(await engine.tasks.readAll(reviews, ignored)).tasks).toBe(5001);
    expect(asked).toHaveLength(1);
    expect(await engine.tasks.dataOf(reviews, id!)).toEqual({ text: 'Good', sku: 'NEW-1' });
  });

  it('are read again in full after some were deleted', async () => {
    let isShorter = false;
    const { engine } = await connected(async (answer, url) => {
      if (!isShorter || url.pathname !== '/api/tasks/') return answer;
      const page = (await answer.json()) as { tasks: { id: number }[]; total: number };
      return Response.json({
        ...page,
        tasks: page.tasks.filter(({ id }) => id !== 6004),
        total: page.total - 1,
      });
    });
    expect(valueOf(await engine.tasks.readAll(photos, ignored)).tasks).toBe(12);
    isShorter = true;
    expect(valueOf(await engine.tasks.readAll(photos, ignored)).tasks).toBe(11);
    expect(await engine.tasks.dataOf(photos, 6004)).toBeUndefined();
  });

  it('are read in smaller pages if a page is too large for the server', async () => {
    const { engine, asked } = await connected((answer, url) =>
      Number(url.searchParams.get('page_size')) > 125 ? new Response('', { status: 504 }) : answer,
    );
    expect(valueOf(await engine.tasks.readAll(reviews, ignored)).tasks).toBe(5000);
    expect(asked.filter((url) => url.searchParams.get('page_size') === '125')).toHaveLength(40);
  });

  it('are read again if an import changes them while reading, which is reported', async () => {
    const { engine } = await connected(async (answer, url) => {
      if (url.pathname !== '/api/tasks/' || !answer.ok) return answer;
      const page = (await answer.json()) as { total: number };
      return Response.json({ ...page, total: page.total + 1 });
    });
    expect(await engine.tasks.readAll(photos, ignored)).toMatchObject({
      ok: false,
      failure: { message: 'The project’s tasks changed while they were read.' },
    });
    expect(await engine.tasks.known(photos)).toBeUndefined();
  });

  it('are unknown with the server’s reason if they can’t be read', async () => {
    const { engine } = await connected((answer, url) =>
      url.pathname === '/api/tasks/' ? Response.json({ detail: 'No.' }, { status: 403 }) : answer,
    );
    expect(await engine.tasks.readAll(photos, ignored)).toMatchObject({
      ok: false,
      failure: { status: 403 },
    });
    expect(await engine.tasks.known(photos)).toBeUndefined();
  });

  it('stay unknown when reading is cancelled', async () => {
    const { engine } = await connected();
    const reading = engine.tasks.readAll(reviews, () => void engine.tasks.cancelReadAll());
    expect(await reading).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
    expect(await engine.tasks.known(reviews)).toBeUndefined();
  });
});

describe('a batch that names its tasks by file name', () => {
  it('is matched once the tasks are read', async () => {
    const { engine } = await connected();
    await engine.batch.setProject(photos);
    await engine.batch.setImportSettings(settings);
    const before = await checkText(engine, table);
    expect(before.problems.map(({ code }) => code)).toEqual(['tasks-not-read']);
    await engine.tasks.readAll(photos, ignored);
    const after = await checkText(engine, table);
    expect(after).toMatchObject({ rows: 1, errors: 1 });
    expect(after.problems).toMatchObject([{ code: 'task-not-found', line: 3, column: 1 }]);
    // Choosing a column of IDs replaces this one, so both are listed.
    expect(await engine.batch.columnsMappedTo('task')).toEqual(['file']);
  });

  it('gets a proposal of the best pair, and the matches of each comparison', async () => {
    const { engine } = await connected();
    await engine.batch.setProject(photos);
    await checkText(engine, table);
    expect(await engine.batch.matchOptions()).toBeUndefined();
    await engine.tasks.readAll(photos, ignored);
    const options = await engine.batch.matchOptions();
    expect(options).toMatchObject({
      columns: [
        { name: 'file', sample: 'Counter.png' },
        { name: 'quality', sample: '4' },
      ],
      fields: [
        { name: 'image' },
        { name: 'place', sample: 'Storefront in the morning' },
        { name: 'sku', sample: 'STR-01' },
      ],
      proposal: { column: 0, matching: { field: 'image', compare: 'file-name' } },
    });
    const { column, matching } = options!.proposal!;
    expect(await engine.batch.tryMatching(column, matching)).toMatchObject({
      trial: { rows: 2, matched: 1, notFound: 1, examples: [{ key: 'Counter.png', tasks: [6004] }] },
      comparisons: [
        { compare: 'value', matched: 0, example: 'Counter.png' },
        { compare: 'file-name', matched: 1, example: 'Counter.png' },
        { compare: 'file-stem', matched: 1, example: 'Counter' },
      ],
    });
  });

  it('can be sent, and its own file comes back with the IDs', async () => {
    const { engine } = await connected();
    await engine.batch.setProject(photos);
    await engine.batch.setImportSettings(settings);
    await engine.tasks.readAll(photos, ignored);
    await checkText(engine, 'file,quality\nCounter.png,4\n');
    const plan = valueOf(await engine.runs.plan({ selection: 'resolve' }));
    const run = await engine.runs.start(plan.id, ignored);
    expect(run.totals.created).toBe(1);
  });
});
