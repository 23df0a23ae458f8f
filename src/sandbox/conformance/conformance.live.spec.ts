import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureLabelStudio, startLabelStudio } from '../../../scripts/label-studio.mjs';
import { createSandbox } from '#sandbox/handle.ts';
import type { Json, JsonObject } from '#sandbox/http/json.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import {
  RequestPlayer,
  differencesOf,
  knownDifferences,
  type RecordedRequest,
  type KnownDifference,
} from './exchange.ts';

/**
 * Sends the same requests to an empty sandbox and an empty Label Studio and compares the answers. `replay.spec.ts` uses
 * recorded answers; these are the app's current requests.
 */

const kept: KnownDifference[] = [
  ...['import tasks', 'import tasks elsewhere', 'import tasks to pick from'].map((name) => ({
    name,
    path: 'body.duration',
    why: 'a measured time',
  })),
  ...['version', 'the version across'].flatMap((name) =>
    ['body.lsf', 'body.backend', 'body.label-studio-frontend.commit', 'body.dm2.commit'].map((path) => ({
      name,
      path,
      why: 'says how the server was built; the app reads release and edition',
    })),
  ),
];

interface Step extends RecordedRequest {
  name: string;
}

const CHOICES =
  '<View><Text name="text" value="$text"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>';

const TOKEN = 'Token <legacy>';
const BEARER = 'Bearer <access>';
const UUID = 'b5a1c7de-0f7e-5b0a-9d3c-3f6d6f0a7c11';
const OTHER_UUID = '7d444840-9dc0-5abc-b245-5ffdce74fad2';

/** `POST /api/…` with the legacy token, unless `more` overrides it. */
function ask(name: string, line: string, body?: Json, more: Partial<RecordedRequest> = {}): Step {
  const [method = '', path = ''] = line.split(/ (.*)/);
  return { name, method, path, authorization: TOKEN, ...(body !== undefined && { body }), ...more };
}

const region = (id: string, label = 'Good'): JsonObject => ({
  id,
  from_name: 'mood',
  to_name: 'text',
  type: 'choices',
  value: { choices: [label] },
});

/** How the app asks for the tasks of a project. */
const taskList = (project: number, more: Record<string, string>) =>
  `GET /api/tasks/?${new URLSearchParams({ project: String(project), include: 'id', resolve_uri: 'false', ...more })}`;
const selecting = (selectedItems: Json, more: Record<string, string> = {}) =>
  taskList(1, { page: '1', page_size: '250', query: JSON.stringify({ selectedItems }), ...more });

/** How its task picker searches them. */
const searching = (project: number, conjunction: string, ...items: [string, string, Json][]) =>
  taskList(project, {
    page: '1',
    page_size: '50',
    include: 'id,data',
    query: JSON.stringify({
      filters: {
        conjunction,
        items: items.map(([column, operator, value]) => ({
          filter: `filter:tasks:${column}`,
          operator,
          type: operator === 'equal' ? 'Number' : 'String',
          value,
        })),
      },
    }),
  });

/** How it reads back. */
const exportOf = (project: number, ...ids: number[]) =>
  `GET /api/projects/${project}/export?exportType=JSON&download_all_tasks=true${ids.map((id) => `&ids[]=${id}`).join('')}`;

const preflightFor = (method: string, headers = 'authorization,content-type'): Partial<RecordedRequest> => ({
  authorization: undefined as unknown as string,
  headers: {
    Origin: 'http://localhost:5173',
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': headers,
  },
});
const crossOrigin: Partial<RecordedRequest> = { headers: { Origin: 'http://localhost:5173' } };

const steps: Step[] = [
  // Projects and tasks to work on: 1 to 25 are of project 1, 26 to 28 of project 2.
  ask('create a project', 'POST /api/projects/', { title: 'Moods of May', label_config: CHOICES }),
  ask('create another one', 'POST /api/projects/', { title: 'Moods of June', label_config: CHOICES }),
  ask('create one without a config', 'POST /api/projects/', { title: 'Empty' }),
  ask(
    'import tasks',
    'POST /api/projects/1/import?return_task_ids=true',
    Array.from({ length: 25 }, (_, at) => ({ text: `May ${at + 1}` })),
  ),
  ask(
    'import tasks elsewhere',
    'POST /api/projects/2/import?return_task_ids=true',
    Array.from({ length: 3 }, (_, at) => ({ text: `June ${at + 1}` })),
  ),

  // Signing in.
  ask('version', 'GET /api/version/'),
  ask('who am I, by the legacy token', 'GET /api/current-user/whoami'),
  ask('a token in lower case', 'GET /api/current-user/whoami', undefined, {
    authorization: 'token <legacy>',
  }),
  ask('the legacy token of who asks', 'GET /api/current-user/token'),
  ask('create a personal access token', 'POST /api/token/'),
  ask('refresh', 'POST /api/token/refresh/', { refresh: '<PAT>' }, { authorization: '' }),
  ask('who am I, by the access token', 'GET /api/current-user/whoami', undefined, { authorization: BEARER }),
  ask(
    'refresh with a wrong Authorization header',
    'POST /api/token/refresh/',
    { refresh: '<PAT>' },
    {
      authorization: 'Token 0000',
    },
  ),
  ask('refresh with null', 'POST /api/token/refresh/', { refresh: null }),
  ask('refresh with a number', 'POST /api/token/refresh/', { refresh: 5 }),
  ask('refresh with a list', 'POST /api/token/refresh/', [{ refresh: '<PAT>' }]),
  ask('refresh by GET', 'GET /api/token/refresh/'),
  ask('rotate', 'POST /api/token/rotate/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('refresh with the rotated one', 'POST /api/token/refresh/', { refresh: '<old PAT>' }),
  ask('refresh with the new one', 'POST /api/token/refresh/', { refresh: '<PAT>' }),
  ask('rotate rubbish', 'POST /api/token/rotate/', { refresh: 'rubbish' }, { authorization: BEARER }),
  ask('rotate nothing', 'POST /api/token/rotate/', {}, { authorization: BEARER }),
  ask('rotate as nobody', 'POST /api/token/rotate/', { refresh: '<PAT>' }, { authorization: '' }),
  ask('blacklist', 'POST /api/token/blacklist/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('blacklist again', 'POST /api/token/blacklist/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('blacklist nothing', 'POST /api/token/blacklist/', {}, { authorization: BEARER }),
  ask('refresh with the blacklisted one', 'POST /api/token/refresh/', { refresh: '<PAT>' }),
  ask('create a token after that', 'POST /api/token/'),
  ask('list tokens', 'GET /api/token/'),
  ask(
    'switch legacy tokens off',
    'POST /api/jwt/settings',
    { legacy_api_tokens_enabled: false },
    {
      authorization: BEARER,
    },
  ),
  ask('who am I, while they are off', 'GET /api/current-user/whoami'),
  ask('an unknown token, while they are off', 'GET /api/current-user/whoami', undefined, {
    authorization: `Token ${'0'.repeat(40)}`,
  }),
  ask(
    'switch them on again',
    'POST /api/jwt/settings',
    { legacy_api_tokens_enabled: true },
    {
      authorization: BEARER,
    },
  ),

  // The list of projects, as the app asks for it.
  ask(
    'projects',
    'GET /api/projects/?page_size=100&include=id%2Ctitle%2Ctask_number%2Ctotal_annotations_number',
  ),
  ask(
    'projects by title',
    'GET /api/projects/?page_size=100&include=id%2Ctitle%2Ctask_number%2Ctotal_annotations_number&title=june',
  ),
  ask('projects by a title nobody has', 'GET /api/projects/?page_size=100&include=task_number&title=zebra'),
  ask('projects by a title with spaces', 'GET /api/projects/?include=id&title=of+June'),
  ask('projects, the second page', 'GET /api/projects/?page_size=2&page=2&include=id'),
  ask('projects, a page of none', 'GET /api/projects/?page_size=0&include=id'),
  ask('projects, page 0', 'GET /api/projects/?page=0'),
  ask('projects, page last', 'GET /api/projects/?page_size=2&page=last&include=id'),
  ask('projects with include of nothing', 'GET /api/projects/?include='),
  ask('one project', 'GET /api/projects/1/'),
  ask('one project with include', 'GET /api/projects/2/?include=task_number'),
  ask('one that is not there', 'GET /api/projects/77/'),

  // The lists of tasks, as the app asks for them.
  ask('tasks', taskList(1, { page: '1', page_size: '1000' })),
  ask('tasks, the first page of three', taskList(1, { page: '1', page_size: '10' })),
  ask('tasks, the last page', taskList(1, { page: '3', page_size: '10' })),
  ask('tasks, past the end', taskList(1, { page: '4', page_size: '10' })),
  ask('tasks of an empty project', taskList(3, { page: '1', page_size: '10' })),
  ask('tasks of an empty project, past the end', taskList(3, { page: '2', page_size: '10' })),
  ask('tasks of a project that is not there', taskList(77, { page: '1', page_size: '10' })),
  ask('tasks, page 0', taskList(1, { page: '0', page_size: '10' })),
  ask('tasks, selected', selecting({ all: false, included: [3, 1, 9] })),
  ask('tasks, selected twice', selecting({ all: false, included: [3, 3] })),
  ask('tasks, some of them elsewhere or nowhere', selecting({ all: false, included: [2, 26, 9999, 5] })),
  ask('tasks, all of them elsewhere or nowhere', selecting({ all: false, included: [26, 9999] })),
  ask('tasks, one beyond 32 bits', selecting({ all: false, included: [1, 4294967297] })),
  ask('tasks, selected, past the end', selecting({ all: false, included: [3, 1] }, { page: '2' })),
  ask(
    'tasks, selected, by pages',
    selecting({ all: false, included: [1, 2, 3] }, { page: '2', page_size: '2' }),
  ),
  ask('tasks, all but some', selecting({ all: true, excluded: [1, 2, 3, 26] })),
  ask('tasks with more fields', taskList(1, { page_size: '1', include: 'id,inner_id,total_annotations' })),
  ask('tasks with a field nobody knows', taskList(1, { page_size: '1', include: 'id,nonsense' })),
  ask('tasks as nobody', taskList(1, {}), undefined, { authorization: '' }),

  // One annotation with all fields.
  ask('create with every field', 'POST /api/tasks/1/annotations/', {
    result: [region('full-0'), { type: 'relation', from_id: 'full-0', to_id: 'full-0', direction: 'bi' }],
    completed_by: 1,
    unique_id: UUID,
    was_cancelled: false,
    ground_truth: true,
    draft_created_at: '2026-03-04T05:06:07.000008Z',
    lead_time: 12.5,
    import_id: 9_007_199_254_740_993n,
    last_action: 'imported',
    bulk_created: true,
    task: 1,
    project: 1,
    updated_by: 1,
    parent_prediction: null,
    parent_annotation: null,
    last_created_by: 1,
    tasks: [1],
    selected_items: { all: false, included: [1] },
  }),
  ask('read it', 'GET /api/annotations/1/'),
  ask('read it in the export', exportOf(1, 1)),
  ask('its unique_id again', 'POST /api/tasks/2/annotations/', {
    unique_id: UUID,
    result: [region('twice-0')],
  }),
  ask('its unique_id again, without dashes', 'POST /api/tasks/2/annotations/', {
    unique_id: UUID.replaceAll('-', ''),
    result: [],
  }),
  ask('a child of it', 'POST /api/tasks/1/annotations/', {
    result: [region('child-0', 'Bad')],
    parent_annotation: 1,
    unique_id: OTHER_UUID,
    last_action: 'propagated_annotation',
  }),
  ask('a skip', 'POST /api/tasks/2/annotations/', { result: [], was_cancelled: true }),
  ask('a skip said in the address', 'POST /api/tasks/2/annotations/?was_cancelled=1', { result: [] }),
  ask('nothing at all', 'POST /api/tasks/3/annotations/', {}),
  ask('null wherever it may be', 'POST /api/tasks/3/annotations/', {
    result: [region('nulls-0')],
    draft_created_at: null,
    lead_time: null,
    import_id: null,
    last_action: null,
    bulk_created: null,
    task: null,
    project: null,
    updated_by: null,
    parent_prediction: null,
    parent_annotation: null,
    last_created_by: null,
  }),
  ask('everything wrong', 'POST /api/tasks/4/annotations/', {
    result: {},
    completed_by: 999,
    unique_id: '',
    was_cancelled: 'perhaps',
    ground_truth: null,
    draft_created_at: 'soon',
    lead_time: 'long',
    import_id: 1.5,
    last_action: 'danced',
    bulk_created: 'perhaps',
    task: 999,
    project: 'one',
    updated_by: 999,
    parent_prediction: 999,
    parent_annotation: 999,
    last_created_by: {},
  }),
  ask('a body that is a list', 'POST /api/tasks/4/annotations/', [region('list-0')]),
  ask('no body', 'POST /api/tasks/4/annotations/'),
  ask('on a task that is not there', 'POST /api/tasks/9999/annotations/', { result: [] }),
  ask(
    'by the access token',
    'POST /api/tasks/5/annotations/',
    { result: [region('bearer-0')] },
    {
      authorization: BEARER,
    },
  ),
  ask('by nobody', 'POST /api/tasks/5/annotations/', { result: [] }, { authorization: '' }),
  ask('many regions of one id', 'POST /api/tasks/6/annotations/', {
    result: [region('one'), region('one', 'Bad'), region('two')],
  }),
  ask('a text beyond the basic plane', 'POST /api/tasks/6/annotations/', {
    result: [region('emoji', '🌾 é')],
  }),

  // Reading back.
  ask('tasks 1 to 6', exportOf(1, 1, 2, 3, 4, 5, 6)),
  ask('tasks of elsewhere and nowhere', exportOf(1, 26, 9999, 7)),
  ask('tasks in another order, one twice', exportOf(1, 3, 2, 3)),
  ask('tasks with annotations only', 'GET /api/projects/1/export?exportType=JSON&ids[]=4&ids[]=5'),
  ask('another project, nothing there', exportOf(2, 26, 27)),
  ask('a project that is not there', exportOf(77, 1)),
  ask('as nobody', exportOf(1, 1), undefined, { authorization: '' }),
  ask('annotations of a task', 'GET /api/tasks/2/annotations/'),

  // Changing and removing.
  ask('change a result', 'PATCH /api/annotations/1/', { result: [region('changed-0', 'Bad')] }),
  ask('change to a skip', 'PATCH /api/annotations/1/', { was_cancelled: true }),
  ask('change the rest', 'PATCH /api/annotations/1/', {
    ground_truth: false,
    lead_time: 3,
    import_id: -9_007_199_254_740_993n,
    last_action: 'updated',
    completed_by: 1,
  }),
  ask('change nothing', 'PATCH /api/annotations/1/', {}),
  ask('change to what cannot be', 'PATCH /api/annotations/1/', { result: 'no', lead_time: [] }),
  ask('change to a unique_id that is taken', 'PATCH /api/annotations/1/', { unique_id: OTHER_UUID }),
  ask('change one that is not there', 'PATCH /api/annotations/999/', {}),
  ask('replace', 'PUT /api/annotations/1/', { result: [region('put-0')] }),
  ask('how it stands then', exportOf(1, 1)),
  ask('remove', 'DELETE /api/annotations/1/'),
  ask('remove again', 'DELETE /api/annotations/1/'),
  ask('change what is removed', 'PATCH /api/annotations/1/', {}),
  ask('what is left of the task', exportOf(1, 1)),
  ask('its child', 'GET /api/annotations/2/'),
  ask('its unique_id once more', 'POST /api/tasks/7/annotations/', { unique_id: UUID, result: [] }),

  // What breaks on the server.
  ask('a region without value', 'POST /api/tasks/8/annotations/', {
    unique_id: '0d9e1c0f-7a54-5c9e-8a53-6a1d1a2b3c4d',
    result: [{ id: 'bare', from_name: 'mood', to_name: 'text', type: 'choices' }],
  }),
  ask('the same again', 'POST /api/tasks/8/annotations/', {
    unique_id: '0d9e1c0f-7a54-5c9e-8a53-6a1d1a2b3c4d',
    result: [{ id: 'bare', from_name: 'mood', to_name: 'text', type: 'choices' }],
  }),
  ask('it is there all the same', exportOf(1, 8)),
  ask('a lone surrogate', 'POST /api/tasks/9/annotations/', undefined, {
    rawBody:
      '{"result":[{"id":"s","from_name":"mood","to_name":"text","type":"choices","value":{"choices":["\\ud800"]}}]}',
  }),
  ask('it breaks the export of its task', exportOf(1, 9)),
  ask('and of those beside it', exportOf(1, 8, 9, 10)),
  ask('but not of the others', exportOf(1, 8, 10)),
  ask('nor the list of ids', taskList(1, { page: '1', page_size: '10' })),
  ask('it can be removed unseen', 'DELETE /api/annotations/14/'),
  ask('and then all is well', exportOf(1, 9)),

  // From a page of another address.
  ask('may it create?', 'OPTIONS /api/tasks/10/annotations/', undefined, preflightFor('POST')),
  ask('may it change?', 'OPTIONS /api/annotations/2/', undefined, preflightFor('PATCH')),
  ask('may it remove?', 'OPTIONS /api/annotations/2/', undefined, preflightFor('DELETE', 'authorization')),
  ask(
    'may it ask an address nobody knows?',
    'OPTIONS /api/annotations/bulk/',
    undefined,
    preflightFor('POST'),
  ),
  ask(
    'may it ask who it is?',
    'OPTIONS /api/current-user/whoami',
    undefined,
    preflightFor('GET', 'authorization'),
  ),
  ask('may it ask what this is?', 'OPTIONS /api/version/', undefined, preflightFor('GET', '')),
  ask('200 across', 'GET /api/current-user/whoami', undefined, crossOrigin),
  ask('the version across', 'GET /api/version/', undefined, { ...crossOrigin, authorization: '' }),
  ask('the export across', exportOf(1, 7), undefined, crossOrigin),
  ask('201 across', 'POST /api/tasks/11/annotations/', { result: [] }, crossOrigin),
  ask('204 across', 'DELETE /api/annotations/2/', undefined, crossOrigin),
  ask('400 across', 'POST /api/tasks/11/annotations/', { result: 5 }, crossOrigin),
  ask('401 across', 'GET /api/current-user/whoami', undefined, { ...crossOrigin, authorization: '' }),
  ask('404 across', 'GET /api/projects/77/', undefined, crossOrigin),
  ask('409 across', 'POST /api/tasks/11/annotations/', { unique_id: UUID, result: [] }, crossOrigin),
  ask('500 across', 'POST /api/tasks/11/annotations/', { result: [5] }, crossOrigin),
  ask(
    'the bulk route, which is not there, across',
    'POST /api/annotations/bulk/',
    { tasks: [1] },
    crossOrigin,
  ),

  // What the task picker asks, of tasks 29 to 32 of project 4.
  ask('create a project to pick from', 'POST /api/projects/', {
    title: 'Odd columns',
    label_config:
      '<View><Text name="text" value="$text"/><Image name="photo" value="$photo"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>',
  }),
  ask('import tasks to pick from', 'POST /api/projects/4/import?return_task_ids=true', [
    {
      '1': 'one',
      text: 'Hello World',
      photo: '/data/upload/4/a.png',
      number: 31,
      'with space': 'spaced',
      yes: true,
    },
    { text: '100%20sure', photo: 's3://bucket/b.png', number: 7, my__key: 'under' },
    { text: 'a "quoted" back\\slash', photo: 'c', 'dash-key': 'dashed', 'a.b': 'dotted' },
    { text: '100 sure, task 29', photo: 'd', ünï: 'needle', '#tag': 'hash' },
  ]),
  ask('the columns of their data', 'GET /api/dm/columns/?project=4'),
  ...(
    [
      ['words, in any case', ['data.text', 'contains', 'hello WORLD']],
      ['words with quotes', ['data.text', 'contains', '"quoted" back\\s']],
      ['a percent sign as it is', ['data.text', 'contains', '100%20']],
      ['a part of a number', ['data.number', 'contains', '3']],
      ['a number for a text', ['data.number', 'contains', 31]],
      ['a yes', ['data.yes', 'contains', 'ru']],
      ['a column with a dash', ['data.dash-key', 'contains', 'dash']],
      ['a column with a dot', ['data.a.b', 'contains', 'dot']],
      ['a column beyond ASCII', ['data.ünï', 'contains', 'need']],
      ['a column with two underscores', ['data.my__key', 'contains', 'under']],
      ['a column that is a number', ['data.1', 'contains', 'one']],
      ['a column with a space', ['data.with space', 'contains', 'spaced']],
      ['a column with a hash', ['data.#tag', 'contains', 'hash']],
      ['a column that nobody has', ['data.nobody', 'contains', 'x']],
      ['an id', ['id', 'equal', 30]],
      ['an id beyond 64 bits', ['id', 'equal', 1e30]],
    ] as [string, [string, string, Json]][]
  ).map(([name, item]) => ask(`search: ${name}`, searching(4, 'or', item))),
  ask(
    'search: an id or a text',
    searching(
      4,
      'or',
      ['id', 'equal', 29],
      ['data.text', 'contains', '29'],
      ['data.number', 'contains', '29'],
    ),
  ),
  ask('search: nothing at all', searching(4, 'or')),
  ask(
    'search: a percent sign, escaped',
    searching(4, 'or', ['data.text', 'contains', '100%20']).replace('100%2520', '100%5Cu002520'),
  ),
  ask('save a view', 'POST /api/dm/views/', {
    project: 4,
    data: {
      title: 'With a 7',
      filters: {
        conjunction: 'and',
        items: [{ filter: 'filter:tasks:data.number', operator: 'contains', type: 'String', value: '7' }],
      },
    },
  }),
  ask('save a view without a title', 'POST /api/dm/views/', { project: 4, data: {} }),
  ask('the views', 'GET /api/dm/views/?project=4'),
  ask('the tasks of a view', 'GET /api/tasks/?page=1&include=id&view=1&page_size=1000&resolve_uri=false'),
  ask('the tasks of the other', 'GET /api/tasks/?page=1&include=id&view=2&page_size=1000&resolve_uri=false'),
  ask('a file that is not there', 'GET /data/upload/4/a.png'),
  ask('a file as nobody', 'GET /data/upload/4/a.png', undefined, { authorization: '' }),

  // How it all adds up.
  ask('the counters of the projects', 'GET /api/projects/counts/'),
  ask('the summary', 'GET /api/projects/1/summary/'),
];

const differences = new Map<Step, string[]>();
const { unexpected, outOfDate } = knownDifferences(kept);

let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  await ensureLabelStudio();
  const labelStudio = await startLabelStudio();
  stop = labelStudio.stop;
  const real = new RequestPlayer({
    base: labelStudio.url,
    fetch,
    legacyToken: labelStudio.token,
    aliases: [
      ['manager@example.com', emptySandboxUser.email],
      ['"initials":"ma"', '"initials":"ad"'],
    ],
  });
  const sandbox = createSandbox({ edition: 'community', data: 'empty' });
  // The same address as the real server, because answers contain it.
  const standIn = new RequestPlayer({
    base: labelStudio.url,
    fetch: (request) => sandbox.handle(request),
    legacyToken: emptySandboxUser.legacyToken,
  });
  for (const step of steps) {
    const wanted = await real.ask(step);
    const got = await standIn.ask(step);
    differences.set(
      step,
      differencesOf(wanted, got, (text) => real.hasSent(text)),
    );
  }
});
afterAll(() => stop?.());

describe('the sandbox and Label Studio answer alike', () => {
  test.each(steps.map((step) => [step.name, step] as const))('%s', (name, step) => {
    expect(unexpected(name, differences.get(step)!)).toEqual([]);
  });

  test('no kept difference is out of date', () => {
    expect(outOfDate()).toEqual([]);
  });
});
