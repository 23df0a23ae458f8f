import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { SandboxOptions } from '#sandbox/data/settings.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { valueOf } from '#wire/spec-outcome.ts';
import { exchangeToken } from '#api/http/access-token.ts';
import { createAnnotations } from '#api/annotations/bulk-annotations.ts';
import { readDataColumns } from '#api/tasks/data-columns.ts';
import { exportAnnotations, tasksAnExport } from '#api/annotations/export.ts';
import { createHttpClient, type HttpClient } from '#api/http/http-client.ts';
import { listProjects, readProject } from './projects.ts';
import { readServerOffer } from './server-offer.ts';
import { createTaskAnnotation } from '#api/annotations/task-annotation.ts';
import { searchFor } from '#api/tasks/task-search.ts';
import {
  firstTaskIds,
  keepTasksOfProject,
  listTaskIds,
  listTaskIdsOfView,
  readTaskData,
} from '#api/tasks/tasks.ts';
import { readVersion } from './version.ts';
import { listViews } from '#api/tasks/views.ts';
import { readWhoami } from './whoami.ts';

const nameCall = async () => '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10';
const base = 'http://sandbox.test';
const token = `Token ${sandboxUsers[0]!.legacyToken}`;
const reviews = 1;
const news = 4;
const region = { id: 'r', from_name: 'sentiment', to_name: 'review', type: 'choices', value: {} };

/** A client of `fetch`, and the decoded paths of its requests. */
function clientOf(fetch: (request: Request) => Promise<Response>) {
  const asked: string[] = [];
  const client: HttpClient = createHttpClient({
    base,
    timeLimitSeconds: 90,
    fetch: (request) => {
      asked.push(decodeURIComponent(request.url.slice(base.length)));
      return fetch(request);
    },
    token: {
      token: { kind: 'legacy' },
      authorization: async () => ({ ok: true, value: token }),
      renewed: async () => undefined,
    },
  });
  return { client, asked };
}

const inSandbox = (options: Partial<SandboxOptions> = {}) =>
  clientOf(createSandbox({ edition: 'enterprise', data: 'seeds', ...options }).handle);
const answering = (body: unknown) => clientOf(async () => Response.json(body));

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

describe('the tasks of a project', () => {
  it('are listed page by page', async () => {
    const { client, asked } = inSandbox();
    expect(valueOf(await listTaskIds(client, reviews))).toEqual(upTo(5000));
    expect(asked).toHaveLength(5);
    expect(asked[4]).toBe('/api/tasks/?page=5&include=id&project=1&page_size=1000&resolve_uri=false');
  });

  it('are listed completely if the server uses smaller pages', async () => {
    const { client } = clientOf(smallPages(40));
    expect(valueOf(await listTaskIds(client, news))).toEqual(upTo(100));
    const kept = await keepTasksOfProject(client, news, upTo(90));
    expect([...valueOf(kept)]).toEqual(upTo(90));
  });

  it('are listed once each even if the pages shift', async () => {
    const pages = [[1, 2, 3], [3, 4], []].map((ids) => ({ tasks: ids.map((id) => ({ id })), total: 6 }));
    const { client } = clientOf(async () => Response.json(pages.shift()));
    expect(valueOf(await listTaskIds(client, news))).toEqual([1, 2, 3, 4]);
  });

  it('aren’t listed partially: if one page fails, the list fails', async () => {
    const { handle } = createSandbox({ edition: 'community', data: 'seeds' });
    const { client } = clientOf((request) =>
      request.url.includes('page=3') ? Promise.reject(new TypeError('gone')) : handle(request),
    );
    expect(await listTaskIds(client, reviews)).toMatchObject({ ok: false, failure: { kind: 'network' } });
  });

  it('of a missing project are a failure, not an empty list', async () => {
    expect(await listTaskIds(inSandbox().client, 99)).toMatchObject({ failure: { reason: 'not-found' } });
  });

  describe('without end', () => {
    /** A server that makes each page from its number. */
    const pagesOf = (make: (page: number) => { ids: number[]; total: number }) =>
      clientOf(async ({ url }) => {
        const { ids, total } = make(Number(new URL(url).searchParams.get('page')));
        return Response.json({ tasks: ids.map((id) => ({ id })), total });
      });
    const page = (number: number, size = 10) => upTo(size, (number - 1) * size + 1);

    it('fail if a page only repeats earlier ones', async () => {
      const { client, asked } = pagesOf((number) => ({ ids: page(Math.min(number, 2)), total: 500_000 }));
      expect(await listTaskIds(client, news)).toMatchObject({
        failure: { message: 'Page 3 of the server’s list of tasks holds only tasks of the pages before it.' },
      });
      expect(asked).toHaveLength(3);
    });

    it('fail if the total grows with every page', async () => {
      const { client, asked } = pagesOf((number) => ({ ids: page(number), total: number * 10 + 10 }));
      expect(await listTaskIds(client, news)).toMatchObject({
        failure: {
          message:
            'The server’s list of tasks doesn’t end: it has sent 140 tasks on 14 pages, more than it announced.',
          hint: expect.stringContaining('try again') as string,
        },
      });
      expect(asked).toHaveLength(14);
    });

    it('fail if pages shrink', async () => {
      const { client, asked } = pagesOf((number) => ({
        ids: page(number, number === 1 ? 100 : 1),
        total: 999,
      }));
      expect(await listTaskIds(client, news)).toMatchObject({ ok: false });
      expect(asked.length).toBeLessThan(50);
    });

    it('are refused at once if they exceed any limit', async () => {
      const { client, asked } = pagesOf((number) => ({ ids: page(number), total: 1_000_001 }));
      expect(await listTaskIds(client, news)).toMatchObject({
        failure: {
          reason: 'too-many',
          message: 'There are more than 1,000,000 tasks, which is too many to list.',
        },
      });
      expect(await listTaskIdsOfView(client, 1, 100_000)).toMatchObject({
        failure: { message: expect.stringContaining('100,000 tasks') as string },
      });
      expect(asked).toHaveLength(2);
    });

    it('are listed while tasks are imported', async () => {
      const { client } = pagesOf((number) => ({
        ids: page(number).filter((id) => id <= 55),
        total: number < 3 ? 30 : 55,
      }));
      expect(valueOf(await listTaskIds(client, news))).toEqual(upTo(55));
    });
  });

  it('start with those of an example', async () => {
    expect(valueOf(await firstTaskIds(inSandbox().client, news, 3))).toEqual([8001, 8002, 8003]);
  });

  /** A server with 100 tasks that caps `page_size`. */
  function smallPages(size: number) {
    return async ({ url }: Request) => {
      const { searchParams: query } = new URL(url);
      const { selectedItems } = JSON.parse(query.get('query') ?? '{}') as {
        selectedItems?: { included: number[] };
      };
      const ids = selectedItems?.included ?? upTo(100);
      const page = Number(query.get('page'));
      const tasks = ids.slice((page - 1) * size, page * size).map((id) => ({ id }));
      return Response.json({ tasks, total: ids.length });
    };
  }
});

describe('tasks with their data', () => {
  const first = { page: 1, size: 3, query: undefined };
  /** The IDs found by a search in the news project. */
  async function found(words: string) {
    const { client } = inSandbox();
    const columns = valueOf(await readDataColumns(client, news));
    const { query } = searchFor(words, columns);
    return valueOf(await readTaskData(client, news, { page: 1, size: 50, query })).tasks.map(({ id }) => id);
  }

  it('are read page by page, with only the needed fields', async () => {
    const page = valueOf(await readTaskData(inSandbox().client, news, { ...first, page: 2 }));
    expect(page.total).toBe(10);
    expect(page.tasks.map(({ id }) => id)).toEqual([8004, 8005, 8006]);
    expect(Object.keys(page.tasks[0]!)).toEqual(['id', 'data']);
    expect(page.tasks[0]!.data).toMatchObject({ source: expect.any(String) as string });
  });

  it('are accepted with any data', async () => {
    const { client } = answering({ tasks: [{ id: 1, data: null }, { id: 2 }], total: 2 });
    expect(valueOf(await readTaskData(client, news, first)).tasks).toEqual([
      { id: 1, data: {} },
      { id: 2, data: {} },
    ]);
  });

  it('are found by words in any column, ignoring case', async () => {
    expect(await found(' jonas WEIL ')).toEqual([8001]);
    expect(await found('the tide')).toEqual([8002, 8004, 8005, 8007, 8008]);
    expect(await found('not in any task')).toEqual([]);
  });

  it('are found by ID, and by the same digits in their text', async () => {
    expect(await found('8003')).toEqual([8003]);
    expect(await found('#8003')).toEqual([8003]);
    expect(await found('40')).toEqual([8002]);
    const { client } = inSandbox();
    const { query } = searchFor('1008', valueOf(await readDataColumns(client, reviews)));
    expect(valueOf(await listTaskIds(client, reviews, { query }))).toEqual([1008, 3573]);
  });

  it('all match an empty search', async () => {
    const { client } = inSandbox();
    expect(searchFor('  ', ['text'])).toEqual({ query: undefined, notSearched: [] });
    const { query } = searchFor('kestrel', ['text']);
    expect(valueOf(await listTaskIds(client, news, { query }))).toEqual(await found('kestrel'));
  });

  it('of a view are in its order', async () => {
    const { client } = inSandbox();
    expect(valueOf(await listTaskIdsOfView(client, 2))).toEqual(upTo(100).toReversed());
    expect(await listTaskIdsOfView(client, 99)).toMatchObject({ failure: { reason: 'not-found' } });
  });
});

describe('a search', () => {
  it('skips and names columns that the server can’t filter by', () => {
    const odd = ['my key', "o'brien", 'a[0]', '#tag', 'a;b', 'x--y', 'my__key', '7'];
    const searchable = ['text', 'a.b', 'dash-key', 'ünï', '$undefined$'];
    const { query, notSearched } = searchFor('x', [...odd, ...searchable]);
    expect(notSearched).toEqual(odd);
    expect(searchable.filter((column) => query!.includes(`"filter:tasks:data.${column}"`))).toEqual(
      searchable,
    );
  });

  it('finds nothing, rather than everything, if no column can be searched', async () => {
    const { query } = searchFor('x', ['my key']);
    expect(valueOf(await listTaskIds(inSandbox().client, news, { query }))).toEqual([]);
  });

  it('keeps percent signs, though the server decodes twice', async () => {
    const { query } = searchFor('100%20', ['text']);
    expect(decodeURIComponent(query!)).toBe(query);
    expect(JSON.parse(query!)).toMatchObject({ filters: { items: [{ value: '100%20' }] } });
  });

  it('searches the first thousand columns, and names the others', () => {
    const columns = [...upTo(1000).map((number) => `odd ${number}`), 'text'];
    expect(searchFor('x', columns).notSearched).toEqual(columns);
    expect(searchFor('x', columns.slice(1)).notSearched).not.toContain('text');
  });

  it('stays below 8 kB, and names the columns that don’t fit', async () => {
    const { client, asked } = inSandbox();
    const columns = upTo(200).map((number) => `column-${number}`);
    const { query, notSearched } = searchFor('"quoted" words', columns);
    await readTaskData(client, news, { page: 1, size: 50, query });
    expect(new URLSearchParams({ query: query! }).toString().length).toBeLessThan(7500);
    expect(asked).toHaveLength(1);
    expect(notSearched.length).toBeGreaterThan(0);
    expect(notSearched).toEqual(columns.slice(-notSearched.length));
  });
});

it('reads the views of a project, with titles if they have one', async () => {
  expect(valueOf(await listViews(inSandbox().client, reviews))).toEqual([
    { id: 1, title: 'From the app' },
    { id: 2, title: 'First hundred, newest first' },
  ]);
  expect(valueOf(await listViews(inSandbox().client, news))).toEqual([]);
  const { client } = answering([{ id: 3, data: {} }, { id: 4, data: { title: 5 } }, { id: 5 }]);
  expect(valueOf(await listViews(client, news)).map(({ title }) => title)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

describe('keepTasksOfProject', () => {
  it('uses URLs that every gateway accepts', async () => {
    const { client, asked } = inSandbox();
    const ids = upTo(600);
    expect([...valueOf(await keepTasksOfProject(client, reviews, ids))]).toEqual(ids);
    expect(asked).toHaveLength(3);
  });

  it('stays below 8 kB with the longest IDs', async () => {
    const urls: string[] = [];
    const { client } = clientOf(async ({ url }) => {
      urls.push(url);
      return Response.json({ tasks: [], total: 0 });
    });
    await keepTasksOfProject(client, reviews, upTo(500, 2_000_000_000));
    await exportAnnotations(client, reviews, upTo(tasksAnExport, 2_000_000_000));
    expect(urls).toHaveLength(3);
    expect(Math.max(...urls.map(({ length }) => length))).toBeLessThan(8000);
  });

  it('drops tasks of other projects and unknown ones', async () => {
    const kept = await keepTasksOfProject(inSandbox().client, news, [8001, 1, 424242, 8002]);
    expect([...valueOf(kept)]).toEqual([8001, 8002]);
  });

  it('sends no request for an empty list, which would mean all tasks', async () => {
    const { client, asked } = inSandbox();
    expect(valueOf(await keepTasksOfProject(client, news, [])).size).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe('the export', () => {
  it('has all annotations of each task, including cancelled ones', async () => {
    const { client } = inSandbox();
    const read = valueOf(await exportAnnotations(client, reviews, [1, 3, 10]));
    expect([...read.keys()]).toEqual([1, 3, 10]);
    expect(read.get(1)).toMatchObject([{ regionIds: ['Tf3kA9sQ1z'], cancelled: false, completedBy: 2 }]);
    expect(read.get(3)).toMatchObject([{ regionIds: [], cancelled: true }]);
    expect(read.get(10)).toEqual([]);
  });

  it('has the unique_id that the annotation was sent with', async () => {
    const { client } = inSandbox();
    const uniqueId = '0D1E2F3A-4B5C-4D6E-8F70-8192A3B4C5D6';
    const id = valueOf(
      await createTaskAnnotation(client, 10, { unique_id: uniqueId, result: [region] }, nameCall),
    );
    const read = valueOf(await exportAnnotations(client, reviews, [10]));
    expect(read.get(10)).toEqual([
      {
        id,
        uniqueId: uniqueId.toLowerCase(),
        regions: 1,
        regionIds: ['r'],
        cancelled: false,
        completedBy: 1,
        updatedAt: expect.any(Number) as number,
        resultHash: stableHash([region]),
      },
    ]);
    // Now, to the microsecond.
    expect(Math.abs(read.get(10)![0]!.updatedAt / 1000 - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['2026-11-28T12:00:00.123456Z', 123_456],
    ['2026-11-28T13:00:00.5+01:00', 500_000],
    ['2026-11-28T12:00:00Z', 0],
  ])('reads the time %s exactly', async (updated_at, microseconds) => {
    const body = [{ id: 1, annotations: [{ id: 5, updated_at, result: [] }] }];
    const { client } = clientOf(async () => Response.json(body));
    const [annotation] = valueOf(await exportAnnotations(client, reviews, [1])).get(1)!;
    expect(annotation!.updatedAt).toBe(Date.UTC(2026, 10, 28, 12) * 1000 + microseconds);
  });

  it('omits tasks of other projects', async () => {
    const read = await exportAnnotations(inSandbox().client, reviews, [1, 8001]);
    expect([...valueOf(read).keys()]).toEqual([1]);
  });

  it.each([
    ['an author as an object', { completed_by: { id: 7 } }, { completedBy: 7 }],
    ['no author', { completed_by: null }, { completedBy: undefined }],
    ['no unique id', {}, { uniqueId: undefined }],
    ['a unique id in capitals', { unique_id: '0D1E' }, { uniqueId: '0d1e' }],
    ['no result', { result: null }, { regionIds: [] }],
    ['a result that isn’t a list', { result: { a: 1 } }, { regionIds: [] }],
    [
      'odd regions',
      { result: [null, 5, {}, { id: 5 }, { id: 'mine' }] },
      { regions: 3, regionIds: ['mine'] },
    ],
    ['relations', { result: [{ type: 'relation', id: 'r' }] }, { regions: 0, regionIds: [] }],
  ])('accepts unusual stored data: %s', async (_, stored, expected) => {
    const { client } = answering([{ id: 1, annotations: [{ id: 5, ...stored }] }]);
    expect(valueOf(await exportAnnotations(client, reviews, [1])).get(1)).toMatchObject([
      { id: 5, cancelled: false, ...expected },
    ]);
  });
});

describe('projects', () => {
  it('are searched by title with any characters', async () => {
    const { client, asked } = inSandbox();
    expect(
      valueOf(await listProjects(client, { title: 'review', page: 1 })).results.map(({ id }) => id),
    ).toEqual([reviews]);
    await listProjects(client, { title: 'a&b=c#%', page: 1 });
    expect(asked[1]).toContain('&title=a&b=c#%');
    expect(valueOf(await listProjects(client, { title: '', page: 1 })).count).toBe(6);
    expect(asked[2]).not.toContain('title=');
  });

  it('are counted without requesting unused counters', async () => {
    const { client } = inSandbox();
    const [project] = valueOf(await listProjects(client, { title: 'review', page: 1 })).results;
    expect(project).toMatchObject({ task_number: 5000, total_annotations_number: 4 });
    expect(project).not.toMatchObject({ finished_task_number: expect.any(Number) });
  });

  it('are read one by one, with their labelling config', async () => {
    const project = valueOf(await readProject(inSandbox().client, reviews));
    expect(project.label_config).toContain('<Choices name="sentiment"');
    expect(await readProject(inSandbox().client, 99)).toMatchObject({ failure: { reason: 'not-found' } });
  });
});

describe('creating annotations', () => {
  it('gives the IDs in any order', async () => {
    const { client } = inSandbox({ bulk: { idOrder: 'reversed' } });
    const ids = valueOf(await createAnnotations(client, { tasks: [11, 12], result: [region] }, nameCall));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBeGreaterThan(ids[1]!);
  });

  it.each([[[{ id: 0 }]], [[{ id: 1.5 }]], [[{}]], [{ id: 1 }]])('treats %o as unreadable', async (body) => {
    const { client } = clientOf(async () => Response.json(body, { status: 201 }));
    expect(await createAnnotations(client, { tasks: [1] }, nameCall)).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable' },
    });
  });

  it('fails on the bulk endpoint of Community', async () => {
    const { client } = inSandbox({ edition: 'community' });
    expect(await createAnnotations(client, { tasks: [1] }, nameCall)).toMatchObject({
      failure: { reason: 'no-such-route', status: 404, fromLabelStudio: false },
    });
  });
});

describe('the version', () => {
  const os = { 'label-studio-os-package': {} };
  it.each([
    ['names its edition', { release: '2.30', edition: 'Enterprise', ...os }, 'Enterprise'],
    ['is older, of Community', { release: '1.7', ...os }, 'Community'],
    ['is older, of Enterprise', { release: '2.9', 'label-studio-enterprise-backend': {} }, 'Enterprise'],
    ['names an edition yet to come', { release: '3', edition: 'Starter', ...os }, 'Community'],
  ])('%s', async (_, body, edition) => {
    expect(valueOf(await readVersion(answering(body).client))).toEqual({ release: body.release, edition });
  });

  it.each([[{ release: '4.2' }], [{ version: '1.23.2' }], [[]], ['1.23.2']])(
    'isn’t recognised in %o',
    async (body) => {
      expect(await readVersion(answering(body).client)).toMatchObject({ failure: { kind: 'unreadable' } });
    },
  );

  it('is requested without the token', async () => {
    const headers: Headers[] = [];
    const { handle } = createSandbox({ edition: 'community', data: 'seeds' });
    const { client } = clientOf((request) => {
      headers.push(request.headers);
      return handle(request);
    });
    expect(valueOf(await readVersion(client)).edition).toBe('Community');
    expect(headers.map((sent) => sent.has('authorization'))).toEqual([false]);
  });
});

describe('names for people', () => {
  const long = 'x'.repeat(1_000_000);
  const cut = `${'x'.repeat(300)}… (1,000,000 characters)`;

  it('cuts a long project title', async () => {
    const project = { id: 1, title: long, task_number: 1, total_annotations_number: 0, label_config: null };
    expect(valueOf(await readProject(answering(project).client, 1)).title).toBe(cut);
    const { client } = answering({ count: 1, results: [project] });
    expect(valueOf(await listProjects(client, { title: '', page: 1 })).results[0]!.title).toBe(cut);
  });

  it('cuts a long view title, version, user and organisation', async () => {
    expect(valueOf(await listViews(answering([{ id: 1, data: { title: long } }]).client, 1))[0]!.title).toBe(
      cut,
    );
    const version = { release: long, 'label-studio-os-package': {} };
    expect(valueOf(await readVersion(answering(version).client)).release).toBe(cut);
    const whoami = {
      id: 1,
      first_name: long,
      last_name: long,
      username: long,
      email: long,
      active_organization_meta: { title: long },
      organization_membership: { role: long },
    };
    expect(valueOf(await readWhoami(answering(whoami).client))).toEqual({
      id: 1,
      first_name: cut,
      last_name: cut,
      username: cut,
      email: cut,
      active_organization_meta: { title: cut },
      organization_membership: { role: cut },
    });
  });

  it('refuses a token that is too long instead of cutting it', async () => {
    expect(await exchangeToken(answering({ access: long }).client, 'refresh')).toMatchObject({
      failure: { kind: 'unreadable' },
    });
  });
});

it('requests the signed-in user without a final slash', async () => {
  const { client, asked } = inSandbox();
  expect(valueOf(await readWhoami(client))).toMatchObject({ id: 1, first_name: 'Maya' });
  expect(asked).toEqual(['/api/current-user/whoami']);
});

describe('the server offer', () => {
  const megabyte = new Uint8Array(1_000_000).fill(0x20);
  const nothing = { sandbox: null, labelStudio: null };
  const offered = {
    sandbox: null,
    labelStudio: { path: './label-studio', target: 'https://ls.example.com' },
  };

  it('is beside the page, in any folder', async () => {
    const asked: Request[] = [];
    const fetch = async (request: Request) => {
      asked.push(request);
      return Response.json(offered);
    };
    expect(await readServerOffer(fetch, 'https://tools.example.com/sheaf/')).toEqual(offered);
    expect(asked[0]).toMatchObject({
      url: 'https://tools.example.com/sheaf/sheaf.json',
      credentials: 'omit',
    });
  });

  it.each<[string, () => Promise<Response>]>([
    ['there is no such file', async () => new Response('Not found', { status: 404 })],
    ['the page itself comes back', async () => new Response('<!doctype html>')],
    ['it isn’t JSON', async () => new Response('{"sandbox"')],
    ['it is of another shape', async () => Response.json({ sandbox: 'yes' })],
    ['the server fails', async () => Response.json(offered, { status: 500 })],
    [
      'it never ends',
      async () => new Response(new ReadableStream({ pull: (body) => body.enqueue(megabyte) })),
    ],
    ['nothing answers', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('is empty if %s', async (_, fetch) => {
    expect(await readServerOffer(fetch, 'https://tools.example.com/')).toEqual(nothing);
  });
});
