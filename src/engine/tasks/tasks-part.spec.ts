import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { valueOf } from '#wire/spec-outcome.ts';
import { sandboxServer, signedInEngine } from '#engine/spec-driver.ts';
import { taskInList } from './task-in-list.ts';

const { base } = sandboxServer;
const reviews = 1;
const photos = 2;
const news = 4;

/** An engine connected to a sandbox, and the addresses of its requests. */
async function connected(
  change: (answer: Response, url: URL) => Response | Promise<Response> = (answer) => answer,
) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const asked: URL[] = [];
  const engine = await signedInEngine(async (request) => {
    const url = new URL(request.url);
    asked.push(url);
    return change(await handle(request), url);
  }, sandboxUsers[0]!.legacyToken);
  asked.length = 0;
  return { engine, asked };
}

describe('a page of tasks', () => {
  it('shows the data that annotators see, then other data', async () => {
    const { engine } = await connected();
    const { tasks, total } = valueOf(await engine.tasks.page(reviews, { search: '', page: 2 }));
    expect(total).toBe(5000);
    expect(tasks.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, at) => 51 + at));
    expect(tasks.at(-1)).toEqual({
      id: 100,
      text: 'Second purchase. It is fine. Weighs next to nothing. Okay for occasional use. Order 3201.',
      details: 'product: Garden pruning shears · sku: SHR-4D · channel: web',
    });
  });

  it('has images if the project has images', async () => {
    const { engine } = await connected();
    const { tasks } = valueOf(await engine.tasks.page(photos, { search: 'counter', page: 1 }));
    expect(tasks).toEqual([
      {
        id: 6004,
        text: 'The counter',
        details: 'sku: CTR-04',
        image: { url: '/data/upload/2/55e4ec7d-counter.png', from: 'server' },
      },
    ]);
  });

  it('reads the config once, and the columns only for a search', async () => {
    const { engine, asked } = await connected();
    await engine.tasks.page(news, { search: '', page: 1 });
    await engine.tasks.page(news, { search: 'kestrel', page: 1 });
    expect(asked.map(({ pathname }) => pathname).toSorted()).toEqual([
      '/api/dm/columns/',
      '/api/projects/4/',
      '/api/tasks/',
      '/api/tasks/',
    ]);
  });

  it('is shown even if the config is unreadable', async () => {
    const { engine } = await connected((answer, { pathname }) =>
      pathname === '/api/projects/2/' ? new Response('{}', { status: 500 }) : answer,
    );
    const { tasks } = valueOf(await engine.tasks.page(photos, { search: '', page: 1 }));
    expect(tasks[0]).toMatchObject({ text: 'Storefront in the morning', image: { from: 'server' } });
  });

  it('fails if the server fails, and while disconnected', async () => {
    const { engine } = await connected();
    expect(await engine.tasks.page(99, { search: '', page: 1 })).toMatchObject({
      failure: { reason: 'not-found' },
    });
    await engine.session.disconnect();
    const outcomes = [
      await engine.tasks.page(news, { search: '', page: 1 }),
      await engine.tasks.idsBySearch(news, ''),
      await engine.tasks.views(news),
      await engine.tasks.idsByView(1),
      await engine.tasks.image('/data/upload/2/55e4ec7d-counter.png'),
    ];
    for (const outcome of outcomes) expect(outcome).toMatchObject({ failure: { reason: 'token-missing' } });
  });
});

describe('a server that sends more than requested', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it('has a thousand of its 50,000 projects listed, with the total', async () => {
    const { engine } = await connected((answer, { pathname }) =>
      pathname === '/api/projects/'
        ? Response.json({
            count: 50_000,
            results: many(50_000).map((id) => ({
              id,
              title: `Project ${id}`,
              task_number: 0,
              total_annotations_number: 0,
            })),
          })
        : answer,
    );
    const { projects, total, listed } = valueOf(await engine.tasks.projects('', 1));
    expect([projects.length, total, listed]).toEqual([1000, 50_000, 1000]);
  });

  it('has ten thousand of its tasks listed, with long texts and addresses cut', async () => {
    const data = { photo: `https://images.example/${'x'.repeat(100_000)}.png`, ['key'.repeat(1000)]: 'a' };
    const { engine } = await connected((answer, { pathname }) => {
      if (pathname === '/api/dm/columns/')
        return Response.json({
          columns: many(50).map((id) => ({
            id: `odd ${id} ${'x'.repeat(500)}`,
            target: 'tasks',
            parent: 'data',
          })),
        });
      return pathname === '/api/tasks/'
        ? Response.json({
            tasks: many(20_000).map((id) => ({ id, data: id === 1 ? data : {} })),
            total: 20_000,
          })
        : answer;
    });
    const page = valueOf(await engine.tasks.page(news, { search: 'a', page: 1 }));
    expect([page.tasks.length, page.total, page.listed]).toEqual([10_000, 20_000, 10_000]);
    expect(JSON.stringify(page.tasks[0]).length).toBeLessThan(700);
    expect(page.notSearched.map(({ length }) => length)).toEqual([40, 40, 40, 40]);
  });

  it('has a thousand of its views listed', async () => {
    const { engine } = await connected((answer, { pathname }) =>
      pathname === '/api/dm/views/' ? Response.json(many(3000).map((id) => ({ id }))) : answer,
    );
    const { views, total } = valueOf(await engine.tasks.views(news));
    expect([views.length, total]).toEqual([1000, 3000]);
  });
});

describe('many tasks at once', () => {
  it('are refused if they are too many to pick', async () => {
    const { engine } = await connected((answer, { pathname }) =>
      pathname === '/api/tasks/' ? Response.json({ tasks: [{ id: 1 }], total: 100_001 }) : answer,
    );
    const refusal = { message: 'There are more than 100,000 tasks, which is too many to list.' };
    expect(await engine.tasks.idsBySearch(news, '')).toMatchObject({ failure: refusal });
    expect(await engine.tasks.idsByView(1)).toMatchObject({ failure: refusal });
  });

  it('are all tasks, or those matching a search', async () => {
    const { engine } = await connected();
    expect(valueOf(await engine.tasks.idsBySearch(news, 'the tide'))).toEqual([8002, 8004, 8005, 8007, 8008]);
    expect(valueOf(await engine.tasks.idsBySearch(reviews, ' '))).toHaveLength(5000);
  });

  it('are the tasks of a view, which may have no title', async () => {
    const { engine } = await connected((answer, { pathname }) =>
      pathname === '/api/dm/views/'
        ? Response.json([
            { id: 2, data: { title: ' ' } },
            { id: 7, data: {} },
          ])
        : answer,
    );
    expect(valueOf(await engine.tasks.views(reviews)).views).toEqual([
      { id: 2, title: 'View 2' },
      { id: 7, title: 'View 7' },
    ]);
    expect(valueOf(await engine.tasks.idsByView(2))).toHaveLength(100);
  });

  it('are parsed and formatted as ranges, even 100,000 of them', async () => {
    const { engine } = await connected();
    expect(await engine.tasks.parseIds('1-3, x')).toEqual({
      ids: [],
      problems: [expect.stringContaining('“x” isn’t a valid task ID') as string],
    });
    expect(await engine.tasks.formatIds([1, 2, 3, 9])).toEqual({ text: '1-3, 9', short: '1–3, 9 (4 tasks)' });
    const { ids } = await engine.tasks.parseIds('2-100001');
    expect(ids).toHaveLength(100_000);
    expect(await engine.tasks.formatIds(ids)).toMatchObject({ text: '2-100001' });
  });
});

describe('the image of a task', () => {
  const own = '/data/upload/2/55e4ec7d-counter.png';

  it('is read with the token', async () => {
    const { engine, asked } = await connected();
    const image = valueOf(await engine.tasks.image(own));
    expect([image.type, image.size > 500]).toEqual(['image/png', true]);
    expect(asked.map(({ href }) => href)).toEqual([`${base}${own}`]);
  });

  it.each(['https://elsewhere.example/a.png', '//elsewhere.example/data/a.png', '/api/current-user/token'])(
    'is never requested from %s',
    async (url) => {
      const { engine, asked } = await connected();
      expect(await engine.tasks.image(url)).toMatchObject({ failure: { reason: 'refused' } });
      expect(asked).toEqual([]);
    },
  );

  it('is not an SVG, which may contain scripts, and not a page', async () => {
    for (const type of ['image/svg+xml', 'text/html']) {
      const { engine } = await connected((answer, { pathname }) =>
        pathname === own ? new Response('<svg/>', { headers: { 'content-type': type } }) : answer,
      );
      expect(await engine.tasks.image(own)).toMatchObject({ failure: { kind: 'unreadable' } });
    }
  });
});

describe('a task in a list', () => {
  const shown = (data: Record<string, unknown>, ...keys: [key: string, isImage?: boolean][]) =>
    taskInList(
      { id: 1, data },
      keys.map(([key, isImage = false]) => ({ key, tag: isImage ? 'Image' : 'Text', isImage })),
      sandboxServer,
    );

  it('starts with the fields in the labelling config, in its order', () => {
    const data = { source: 'web', answer: 'Yes', question: 'Is it?' };
    expect(shown(data, ['question'], ['answer'])).toEqual({
      id: 1,
      text: 'Is it?',
      details: 'answer: Yes · source: web',
    });
  });

  it('shows values of every type on one line, except empty ones', () => {
    const data = { turns: [{ who: 'A' }], number: 5, yes: true, none: null, blank: '', text: 'a\n b' };
    expect(shown(data)).toMatchObject({
      text: '[{"who":"A"}]',
      details: 'number: 5 · yes: true · text: a b',
    });
    expect(shown({})).toEqual({ id: 1, text: '', details: '' });
  });

  it('shows the text of a page instead of its markup', () => {
    const data = { page: '<style>p {}</style><h1>Tea</h1><p>Two <b>cups</b> &amp; cake</p>' };
    const field = { key: 'page', tag: 'HyperText', isImage: false };
    expect(taskInList({ id: 1, data }, [field], sandboxServer).text).toBe('Tea Two cups & cake');
    // A text that is displayed as it is.
    expect(shown(data, ['page']).text).toBe(data.page);
  });

  it('is cut if its data is long', () => {
    const task = shown({ text: 'word '.repeat(100_000), more: 'x'.repeat(1_000_000) });
    expect([task.text.length, task.details.length]).toEqual([240, 240]);
    expect(task.text.endsWith('…')).toBe(true);
  });

  it('has the image that the config names, with any file name', () => {
    const image = { url: 'https://images.example/1', from: 'web' };
    const data = { picture: image.url, text: 'b', thumb: 'https://images.example/c.png' };
    expect(shown(data, ['picture', true])).toMatchObject({
      image,
      text: 'b',
      details: 'thumb: https://images.example/c.png',
    });
  });

  it('has the first image of several pages', () => {
    expect(shown({ pages: ['/data/upload/1/a.png', 'b'] }, ['pages', true]).image).toEqual({
      url: '/data/upload/1/a.png',
      from: 'server',
    });
  });

  it('guesses its image by the file name without a config', () => {
    expect(shown({ text: 'a', photo: 'https://images.example/c.png' }).image?.from).toBe('web');
    expect(shown({ text: 'see a.png' }).image).toBeUndefined();
    expect(shown({ text: 'a', photo: 'https://images.example/c.png' }, ['text']).image).toBeUndefined();
    expect(shown({ photo: 5 }, ['photo', true]).image).toBeUndefined();
  });
});
