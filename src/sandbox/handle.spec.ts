import { describe, expect, test } from 'vitest';
import type { Json } from '#sandbox/http/json.ts';
import { bearer, CHOICES, legacy, maya, region, serve, tomas, withTasks } from './spec-client.ts';

describe('routes', () => {
  // Method and path → status on Community and, if different, on Enterprise. Sent as the seeds' manager.
  test.each<[string, number, number?]>([
    ['GET /api/version/', 200],
    ['GET /api/version', 200],
    ['GET /health/', 200],
    ['GET /api/current-user/whoami', 200],
    ['GET /api/current-user/whoami/', 404],
    ['GET /api/current-user/token', 200],
    ['GET /api/users/', 200],
    ['GET /api/users/2/', 200],
    ['GET /api/users/3/', 404],
    ['GET /api/token/', 200],
    ['GET /api/jwt/settings', 200],
    ['GET /api/projects/', 200],
    ['GET /api/projects/?page=2', 404],
    ['GET /api/projects/counts/', 200],
    ['GET /api/projects/1/', 200],
    ['GET /api/projects/99/', 404],
    ['PUT /api/projects/', 405],
    ['GET /api/projects/1/model-versions/', 200],
    ['GET /api/projects/1/summary/', 200],
    ['POST /api/projects/1/summary/reset/', 200],
    ['GET /api/projects/1/export?ids[]=1', 200],
    ['GET /api/projects/?ids=1,x', 500],
    ['GET /api/tasks/?project=x', 400],
    ['GET /api/tasks/?view=x', 400],
    ['GET /api/projects/1/export?ids[]=x', 500],
    ['GET /api/projects/1/export?exportType=CSV&ids[]=1', 200],
    ['GET /api/projects/1/export?exportType=COCO', 501],
    ['GET /api/projects/1/export?exportType=nope', 500],
    ['GET /api/tasks/?project=1&page_size=1', 200],
    ['GET /api/tasks/?view=1', 200],
    ['GET /api/tasks/', 404],
    ['GET /api/tasks/6001/', 200],
    ['GET /api/tasks/6001/annotations/', 200],
    ['PUT /api/tasks/6001/annotations/', 405],
    ['GET /api/annotations/1/', 200],
    ['GET /api/annotations/99/', 404],
    ['GET /api/annotations/first/', 404],
    ['GET /api/dm/views/?project=1', 200],
    ['GET /api/dm/views/?project=99', 400],
    ['GET /api/dm/columns/?project=1', 200],
    ['POST /api/dm/actions/?project=1', 422],
    ['POST /api/dm/actions/?project=1&id=nope', 500],
    ['GET /data/upload/5/268e3563-bridge.png', 200],
    ['GET /data/upload/5/nope.png', 500],
    ['GET /projects/1/data?task=1&annotation=1', 200],
    ['GET /projects/1/data?task=99999', 404],
    ['POST /api/annotations/bulk/', 404, 400],
    ['GET /api/annotations/bulk/', 404, 405],
    ['POST /api/annotations/bulk-delete/', 404, 400],
    ['GET /api/nope/', 404],
  ])('%s → %i', async (line, community, enterprise = community) => {
    const statuses = async (edition: 'community' | 'enterprise') =>
      (await serve({ edition, data: 'seeds' }).ask(line)).status;
    expect(await statuses('community')).toBe(community);
    expect(await statuses('enterprise')).toBe(enterprise);
  });

  test('answers an unknown route with a page as large as the real one, signed in or not', async () => {
    const { ask } = serve();
    const { status, text, headers } = await ask('POST /api/annotations/bulk/', {}, legacy('wrong'));
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text.length).toBeGreaterThan(169_000);
  });

  test.each([
    'POST /api/projects/99/import',
    'POST /api/projects/99/import/predictions',
    'GET /api/projects/99/export',
  ])('answers %s of an unknown project with such a page, too', async (line) => {
    const { status, headers } = await serve().ask(line);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('answers HEAD with only the headers of GET', async () => {
    const { status, text } = await serve().ask('HEAD /api/projects/');
    expect([status, text]).toEqual([200, '']);
  });

  test('distinguishes Enterprise by its edition', async () => {
    const { ask } = serve({ edition: 'enterprise', data: 'seeds' });
    expect((await ask('GET /api/version/')).body['edition']).toBe('Enterprise');
    expect((await ask('GET /api/current-user/whoami')).body['organization_membership']).toMatchObject({
      role: 'MA',
    });
  });

  test('exposes no headers to pages of other origins', async () => {
    const { headers } = await serve().ask('GET /api/projects/', undefined, { origin: 'http://elsewhere' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toBeNull();
  });

  test('starts no second session for a client with one', async () => {
    const { headers } = await serve().ask('GET /api/projects/', undefined, { cookie: 'sessionid=mine' });
    expect(headers.get('set-cookie')).toBeNull();
  });
});

describe('signing in', () => {
  test('the seeded users can sign in with both kinds of token', async () => {
    const { ask } = serve({ data: 'seeds' });
    for (const user of [maya, tomas]) {
      expect(
        (await ask('GET /api/current-user/whoami', undefined, legacy(user.legacyToken))).body['email'],
      ).toBe(user.email);
      const { access } = (await ask('POST /api/token/refresh/', { refresh: user.personalAccessToken })).body;
      expect(
        (await ask('GET /api/current-user/whoami', undefined, bearer(access as string))).body['email'],
      ).toBe(user.email);
    }
  });

  test('an expired access token gets the same answer as a missing one', async () => {
    let seconds = 0;
    const now = () => new Date(Date.UTC(2026, 10, 1, 0, 0, seconds));
    const { ask } = serve({ data: 'seeds', now, accessTokenSeconds: 10 });
    const { access } = (await ask('POST /api/token/refresh/', { refresh: maya.personalAccessToken })).body;
    seconds = 9;
    expect((await ask('GET /api/projects/', undefined, bearer(access as string))).status).toBe(200);
    seconds = 10;
    const { status, body, headers } = await ask('GET /api/projects/', undefined, bearer(access as string));
    expect(status).toBe(401);
    expect(body['detail']).toBe('Authentication credentials were not provided.');
    expect(headers.get('www-authenticate')).toBe('Token');
  });

  test('X-Api-Key overrides a valid Authorization', async () => {
    const { status } = await serve().ask('GET /api/projects/', undefined, { 'x-api-key': 'wrong' });
    expect(status).toBe(401);
  });

  test('a rotated token replaces the old one', async () => {
    const { ask } = serve({ data: 'seeds' });
    const { status, body } = await ask('POST /api/token/rotate/', { refresh: maya.personalAccessToken });
    expect(status).toBe(200);
    expect(
      (await ask('POST /api/token/refresh/', { refresh: maya.personalAccessToken })).body['detail'],
    ).toBe('Token is blacklisted');
    expect((await ask('POST /api/token/refresh/', { refresh: body['refresh']! })).status).toBe(200);
    expect((await ask('POST /api/token/rotate/', { refresh: maya.personalAccessToken })).status).toBe(400);
  });

  test.each<[string, Json, number, string]>([
    ['blacklist', { refresh: 'rubbish' }, 404, '{"detail":"Token is invalid or already blacklisted."}'],
    ['rotate', { refresh: 'rubbish' }, 400, '{"non_field_errors":["Invalid refresh token"]}'],
    ['blacklist', {}, 400, '{"refresh":["This field is required."]}'],
  ])('%s of %j → %i', async (verb, body, status, words) => {
    const reply = await serve().ask(`POST /api/token/${verb}/`, body);
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(words);
  });

  test('a reset gives a new legacy token and invalidates the old one', async () => {
    const { ask } = serve();
    const { token } = (await ask('POST /api/current-user/reset-token/')).body;
    expect((await ask('GET /api/projects/')).status).toBe(401);
    expect((await ask('GET /api/projects/', undefined, legacy(token as string))).status).toBe(200);
  });
});

describe('the body of an annotation', () => {
  const wrong = (field: string, message: string) =>
    `"validation_errors":{"${field}":[${JSON.stringify(message)}]}`;
  const FORMAT =
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';

  // All seen on 1.23.2.
  test.each<[string, number, string]>([
    ['', 201, '"result":null'],
    ['[]', 400, wrong('non_field_errors', 'Invalid data. Expected a dictionary, but got list.')],
    ['"x"', 400, wrong('non_field_errors', 'Invalid data. Expected a dictionary, but got str.')],
    ['5', 400, wrong('non_field_errors', 'Invalid data. Expected a dictionary, but got int.')],
    ['null', 400, wrong('non_field_errors', 'No data provided')],
    ['{"a":1,}', 400, 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
    ['{a:1}', 400, 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a" 1}', 400, "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1 2]', 400, "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['{"a":1} x', 400, 'Extra data: line 1 column 9 (char 8)'],
    ['{"a":tru}', 400, 'Expecting value: line 1 column 6 (char 5)'],
    ['{"x":', 400, 'Expecting value: line 1 column 6 (char 5)'],
    ['{"a":"abc', 400, 'Unterminated string starting at: line 1 column 6 (char 5)'],
    ['{"result":"\t"}', 400, 'Invalid control character at: line 1 column 12 (char 11)'],
    ['{"lead_time":-Infinity}', 400, "Out of range float values are not JSON compliant: '-Infinity'"],
    [
      '{"result":[],"result":5}',
      400,
      wrong('result', 'annotation "result" field in annotation must be list'),
    ],
    ['{"result":"5"}', 400, wrong('result', 'annotation "result" field in annotation must be list')],
    ['{"result":"[5"}', 500, 'annotation \\"result\\" can\'t be parse from str to JSON'],
    ['{"result":[null]}', 500, "'NoneType' object has no attribute 'get'"],
    ['{"result":[5]}', 500, "'int' object has no attribute 'get'"],
    ['{"result":[{"type":"choices"}]}', 201, '"result":[{"type":"choices"}]'],
    [
      '{"result":[{"type":5,"from_name":"a","to_name":"b","value":{}}]}',
      500,
      "'int' object has no attribute 'lower'",
    ],
    [
      '{"result":[{"type":"choices","from_name":"a","to_name":"b","value":[]}]}',
      500,
      "'list' object has no attribute 'get'",
    ],
    ['{"result":[{"type":"choices","from_name":1,"to_name":"b","value":{}}]}', 500, 'Got a `TypeError`'],
    ['{"import_id":"12"}', 201, '"import_id":12'],
    ['{"import_id":true}', 400, wrong('import_id', 'A valid biginteger is required.')],
    ['{"import_id":-9223372036854775808}', 201, '"import_id":-9223372036854775808'],
    [
      '{"completed_by":true}',
      400,
      wrong('completed_by', 'Incorrect type. Expected pk value, received bool.'),
    ],
    ['{"completed_by":"1"}', 201, '"completed_by":1'],
    ['{"completed_by":1.5}', 201, '"completed_by":1'],
    ['{"completed_by":[1]}', 400, wrong('completed_by', 'Incorrect type. Expected pk value, received list.')],
    ['{"ground_truth":"yes"}', 201, '"ground_truth":true'],
    ['{"ground_truth":1}', 201, '"ground_truth":true'],
    ['{"lead_time":"3"}', 201, '"lead_time":3'],
    ['{"lead_time":true}', 201, '"lead_time":1'],
    ['{"lead_time":[]}', 400, wrong('lead_time', 'A valid number is required.')],
    ['{"unique_id":true}', 400, wrong('unique_id', 'Not a valid string.')],
    ['{"unique_id":" "}', 400, wrong('unique_id', 'This field may not be blank.')],
    ['{"last_action":5}', 400, wrong('last_action', '"5" is not a valid choice.')],
    ['{"draft_created_at":5}', 400, wrong('draft_created_at', FORMAT)],
    ['{"draft_created_at":"2026-13-02T03:04:05Z"}', 400, wrong('draft_created_at', FORMAT)],
    ['{"draft_created_at":"2026-01-02T03:04:05+02:00"}', 201, '"draft_created_at":"2026-01-02T01:04:05Z"'],
    ['{"draft_created_at":"2026-01-02T03:04Z"}', 201, '"draft_created_at":"2026-01-02T03:04:00Z"'],
    ['{"lead_time":1e400}', 500, '<!doctype html>'],
    ['{"last_action":"\\ud800"}', 500, '<!doctype html>'],
  ])('%s → %i', async (body, status, words) => {
    const { ask } = await withTasks(1);
    const reply = await ask('POST /api/tasks/1/annotations/', body);
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(
      words.startsWith('"validation') || status === 201 || status === 500
        ? words
        : JSON.stringify(words).slice(1, -1),
    );
  });

  test('is read before the task is looked up', async () => {
    const { ask } = serve();
    expect((await ask('POST /api/tasks/99/annotations/', '{')).status).toBe(400);
    expect((await ask('POST /api/tasks/99/annotations/', 'x', { 'content-type': 'text/plain' })).status).toBe(
      415,
    );
    expect((await ask('POST /api/tasks/99/annotations/', {})).status).toBe(404);
  });

  test('keeps whole numbers of any length exact, inside regions too', async () => {
    const { ask, exported } = await withTasks(1);
    const body = '{"result":[{"id":"a","x":9007199254740993,"y":0.1}],"import_id":9007199254740993}';
    expect((await ask('POST /api/tasks/1/annotations/', body)).text).toContain(
      '"import_id":9007199254740993',
    );
    expect((await ask('GET /api/annotations/1/')).text).toContain('"x":9007199254740993,"y":0.1');
    expect((await exported(1))[0]!['import_id']).toBe(9007199254740993n);
  });

  test('can be 906 levels deep, but not 907', async () => {
    const { ask } = await withTasks(1);
    const nested = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)},"result":5}`;
    expect((await ask('POST /api/tasks/1/annotations/', nested(906))).status).toBe(400);
    expect((await ask('POST /api/tasks/1/annotations/', nested(907))).status).toBe(500);
  });
});

describe('annotations', () => {
  const ID = '0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6';

  test('a unique_id is unique on the whole server, in any spelling, and free again after a delete', async () => {
    const { ask, exported } = await withTasks(2);
    await ask('POST /api/tasks/1/annotations/', { result: [], unique_id: `{${ID.toUpperCase()}}` });
    expect((await exported(1))[0]!['unique_id']).toBe(ID);
    expect((await ask('POST /api/tasks/2/annotations/', { result: [], unique_id: ID })).status).toBe(409);
    expect((await ask('DELETE /api/annotations/1/')).status).toBe(204);
    expect((await ask('POST /api/tasks/2/annotations/', { result: [], unique_id: ID })).status).toBe(201);
  });

  test('every annotation has a unique_id, which only the export shows', async () => {
    const { ask, exported } = await withTasks(1);
    const { body } = await ask('POST /api/tasks/1/annotations/', { result: [] });
    expect(body).not.toHaveProperty('unique_id');
    expect((await exported(1))[0]!['unique_id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a region without value causes a 500 after the row is stored and before the counters are', async () => {
    const { ask } = await withTasks(1);
    const broken = { ...region() };
    delete broken['value'];
    expect((await ask('POST /api/tasks/1/annotations/', { result: [broken] })).status).toBe(500);
    expect((await ask('GET /api/tasks/1/annotations/')).list).toHaveLength(1);
    expect((await ask('GET /api/tasks/1/')).body).toMatchObject({ total_annotations: 0, is_labeled: false });
    expect((await ask('POST /api/projects/1/summary/reset/')).status).toBe(500);
  });

  test('a lone surrogate breaks every read that contains it, until it is deleted by ID', async () => {
    const { ask } = await withTasks(2);
    await ask('POST /api/tasks/2/annotations/', { result: [region()] });
    expect((await ask('POST /api/tasks/1/annotations/', '{"result":[{"id":"\\ud800"}]}')).status).toBe(500);
    const reads = [
      'GET /api/tasks/1/',
      'GET /api/tasks/1/annotations/',
      'GET /api/annotations/2/',
      'GET /api/tasks/?project=1&fields=all',
      'GET /api/projects/1/export',
    ];
    for (const read of reads) expect([read, (await ask(read)).status]).toEqual([read, 500]);
    expect((await ask('GET /api/tasks/?project=1')).status).toBe(200);
    expect((await ask('DELETE /api/annotations/2/')).status).toBe(204);
    for (const read of reads.toSpliced(2, 1)) expect([read, (await ask(read)).status]).toEqual([read, 200]);
  });

  test('text that only looks like a surrogate breaks nothing', async () => {
    const { ask } = await withTasks(1);
    expect((await ask('POST /api/tasks/1/annotations/', '{"result":[{"id":"\\\\ud800"}]}')).status).toBe(201);
    expect((await ask('POST /api/tasks/1/annotations/', '{"result":[{"id":"\\ud83d\\ude00"}]}')).status).toBe(
      201,
    );
  });

  test('NUL and unknown labels are stored silently', async () => {
    const { ask } = await withTasks(1);
    expect(
      (await ask('POST /api/tasks/1/annotations/', { result: [region('Nowhere in the config')] })).status,
    ).toBe(201);
    expect(
      (await ask('POST /api/tasks/1/annotations/', { result: [region('a\0b')] })).body['result'],
    ).toEqual([region('a\0b')]);
  });

  test('a second ground truth clears the first, by POST and by PATCH', async () => {
    const { ask, exported } = await withTasks(1);
    const truths = async () => (await exported(1)).map((one) => one['ground_truth']);
    for (const _ of [1, 2]) await ask('POST /api/tasks/1/annotations/', { result: [], ground_truth: true });
    expect(await truths()).toEqual([false, true]);
    await ask('PATCH /api/annotations/1/', { ground_truth: true });
    expect(await truths()).toEqual([true, false]);
  });

  test('cancelled ones are missing only in the list of a task', async () => {
    const { ask, exported } = await withTasks(1);
    await ask('POST /api/tasks/1/annotations/', { result: [], was_cancelled: true });
    expect((await ask('GET /api/tasks/1/annotations/')).list).toEqual([]);
    expect(await exported(1)).toHaveLength(1);
    const { body } = await ask('GET /api/tasks/1/');
    expect(body).toMatchObject({ total_annotations: 0, cancelled_annotations: 1, is_labeled: false });
    expect(body['annotations']).toHaveLength(1);
  });

  test('a PATCH can move an annotation to another task, and the counters follow', async () => {
    const { ask } = await withTasks(2);
    await ask('POST /api/tasks/1/annotations/', { result: [] });
    expect((await ask('PATCH /api/annotations/1/', { task: 2 })).body['task']).toBe(2);
    expect((await ask('GET /api/tasks/2/')).body).toMatchObject({ total_annotations: 1 });
    expect((await ask('GET /api/tasks/1/annotations/')).list).toEqual([]);
  });

  test('two annotations of one user don’t finish a task with overlap 2', async () => {
    const { ask } = serve({ data: 'seeds' });
    await ask('POST /api/tasks/9002/annotations/', { result: [] });
    await ask('POST /api/tasks/9002/annotations/', { result: [] });
    expect((await ask('GET /api/tasks/9002/')).body['is_labeled']).toBe(false);
    await ask('POST /api/tasks/9002/annotations/', { result: [] }, legacy(tomas.legacyToken));
    expect((await ask('GET /api/tasks/9002/')).body['is_labeled']).toBe(true);
  });

  test('a new control keeps only the labels of its last region in the summary, like the server', async () => {
    const { ask } = await withTasks(1);
    await ask('POST /api/tasks/1/annotations/', { result: [region('Good', 'a'), region('Bad', 'b')] });
    const { body } = await ask('GET /api/projects/1/summary/');
    expect(body['created_annotations']).toEqual({ 'mood|text|choices': 2 });
    expect(body['created_labels']).toEqual({ mood: { Bad: 1 } });
  });
});

describe('staging', () => {
  const staged = (task: number, label = 'Good', version = 'v1') => ({
    task,
    model_version: version,
    result: [region(label)],
  });

  test('drops what the config doesn’t know silently; one unknown task refuses everything', async () => {
    const { ask } = await withTasks(3);
    const { body } = await ask('POST /api/projects/1/import/predictions', [
      staged(1),
      staged(2, 'Nope'),
      staged(3),
    ]);
    expect(body).toEqual({ created: 2 });
    expect((await ask('POST /api/projects/1/import/predictions', [staged(1), staged(99)])).status).toBe(400);
    expect((await ask('GET /api/projects/1/model-versions/')).body).toEqual({ v1: 2 });
  });

  test.each<[string, Json, boolean]>([
    [
      'a relation between kept regions',
      [
        region('Good', 'a'),
        region('Bad', 'b'),
        { type: 'relation', from_id: 'a', to_id: 'b', direction: 'bi' },
      ],
      true,
    ],
    [
      'a relation to nowhere',
      [region(), { type: 'relation', from_id: 'r1', to_id: 'b', direction: 'bi' }],
      false,
    ],
    ['an unknown control', [{ ...region(), from_name: 'x' }], false],
    ['another type', [{ ...region(), type: 'rating' }], false],
    ['a value that is none', [{ ...region(), value: {} }], false],
    ['a numeric id and extra keys', [{ ...region(), id: 7, extra: true }], true],
    ['nothing', [], true],
  ])('%s', async (_, result, isKept) => {
    const { ask } = await withTasks(1);
    const { body } = await ask('POST /api/projects/1/import/predictions', [{ task: 1, result }]);
    expect(body).toEqual({ created: isKept ? 1 : 0 });
  });

  test('creates nothing when repeated; annotations stay after deleting predictions, and can be made again', async () => {
    const { ask, exported } = await withTasks(2);
    const turn = async () =>
      (await ask('POST /api/dm/actions/?id=predictions_to_annotations&project=1', { model_version: 'v1' }))
        .body['detail'];
    await ask('POST /api/projects/1/import/predictions', [staged(1), staged(2), staged(2, 'Bad', 'other')]);
    expect([await turn(), await turn()]).toEqual(['Created 2 annotations', 'Created 0 annotations']);
    expect((await exported()).map((one) => one['parent_prediction'])).toEqual([1, 2]);
    expect((await ask('GET /api/tasks/2/')).body).toMatchObject({ total_annotations: 1, is_labeled: true });

    const sweep = await ask('DELETE /api/projects/1/model-versions/', { model_version: 'v1' });
    expect(sweep.body).toEqual({ deleted_predictions: 2 });
    expect((await exported()).map((one) => one['parent_prediction'])).toEqual([null, null]);
    await ask('POST /api/projects/1/import/predictions', [staged(1)]);
    expect(await turn()).toBe('Created 1 annotations');
  });

  test('affects no task and no export of another project', async () => {
    const { ask } = serve({ data: 'seeds' });
    expect((await ask('POST /api/projects/6/import/predictions', [staged(1)])).status).toBe(400);
    expect(
      (await ask('GET /api/projects/6/export?download_all_tasks=true&ids[]=1&ids[]=10001')).list,
    ).toMatchObject([{ id: 10001 }]);
  });

  test('deleting the version shown in the project leaves it without one', async () => {
    const { ask } = await withTasks(0);
    await ask('POST /api/projects/1/import', [
      { data: { text: 'a' }, predictions: [{ result: [], model_version: 'v' }] },
    ]);
    const shown = async () => (await ask('GET /api/projects/1/')).body['model_version'];
    expect(await shown()).toBe('v');
    await ask('DELETE /api/projects/1/model-versions/', { model_version: 'v' });
    expect(await shown()).toBeNull();
  });

  test('doesn’t update the summary until it is reset', async () => {
    const { ask } = await withTasks(1);
    await ask('POST /api/projects/1/import/predictions', [staged(1)]);
    await ask('POST /api/dm/actions/?id=predictions_to_annotations&project=1', {});
    expect((await ask('GET /api/projects/1/summary/')).body['created_labels']).toEqual({});
    await ask('POST /api/projects/1/summary/reset/');
    expect((await ask('GET /api/projects/1/summary/')).body['created_labels']).toEqual({ mood: { Good: 1 } });
  });

  test('propagates an annotation to every other task; an action without a selection applies to all', async () => {
    const { ask, exported } = await withTasks(3);
    await ask('POST /api/tasks/1/annotations/', { result: [region()] });
    const { body } = await ask('POST /api/dm/actions/?id=propagate_annotations&project=1', {
      source_annotation_id: 1,
    });
    expect(body).toEqual({ detail: 'Created 2 annotations' });
    expect((await exported()).map((one) => one['parent_annotation'])).toEqual([null, 1, 1]);
    await ask('DELETE /api/annotations/1/');
    expect((await exported()).map((one) => one['parent_annotation'])).toEqual([null, null]);
    const deleted = await ask('POST /api/dm/actions/?id=delete_tasks_annotations&project=1', {});
    expect(deleted.body).toEqual({ processed_items: 2, detail: 'Deleted 2 annotations' });
  });
});

describe('the list of tasks', () => {
  const idsOf = async (query: Json) => {
    const { ask } = await withTasks(12);
    await ask('POST /api/tasks/2/annotations/', { result: [region()] });
    const reply = await ask(`GET /api/tasks/?project=1&query=${encodeURIComponent(JSON.stringify(query))}`);
    return reply.status === 200
      ? (reply.body['tasks'] as { id: number }[]).map(({ id }) => id)
      : reply.body['detail'];
  };
  const filter = (column: string, operator: string, type: string, value: Json) => ({
    filters: { conjunction: 'and', items: [{ filter: `filter:tasks:${column}`, operator, type, value }] },
  });

  test.each<[Json, number[] | string]>([
    [{ selectedItems: { all: false, included: [3, 1, 99] } }, [1, 3]],
    [{ selectedItems: { all: true, excluded: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } }, [11, 12]],
    [{ selectedItems: { all: false, included: [] }, ...filter('id', 'less', 'Number', 3) }, [1, 2]],
    [{ selectedItems: { all: true, included: [1] }, ...filter('id', 'less', 'Number', 3) }, [1, 2]],
    [filter('id', 'in_list', 'Number', [2, 5]), [2, 5]],
    [filter('id', 'not_in_list', 'Number', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), [11, 12]],
    [filter('id', 'in', 'Number', { min: 4, max: 6 }), [4, 5, 6]],
    [filter('id', 'equal', 'Number', '7'), [7]],
    [filter('id', 'unknown', 'Number', 7), [7]],
    [filter('data.text', 'contains', 'String', 'TASK 1'), [1, 10, 11, 12]],
    [filter('data.text', 'contains', 'String', 'task%201'), [1, 10, 11, 12]],
    [filter('id', 'contains', 'String', '1'), [1, 10, 11, 12]],
    [filter('data.my__key', 'contains', 'String', ''), []],
    [filter('data.my key', 'contains', 'String', 'x'), expect.stringContaining('Column aliases cannot')],
    [filter('data.text', 'regex', 'String', '2$'), [2, 12]],
    [filter('total_annotations', 'greater', 'Number', 0), [2]],
    [filter('total_annotations', 'empty', 'Number', false), [2]],
    [filter('annotators', 'contains', 'List', 1), [2]],
    [filter('annotations_results', 'contains', 'String', 'Good'), [2]],
    [filter('is_labeled', 'equal', 'Boolean', true), [2]],
    [{ ...filter('id', 'less', 'Number', 4), ordering: ['-tasks:id'] }, [3, 2, 1]],
    [
      filter('nope', 'equal', 'Number', 1),
      expect.stringContaining("Cannot resolve keyword 'nope' into field"),
    ],
    [filter('id', 'equal', 'Number', 'x'), "could not convert string to float: 'x'"],
    [filter('id', 'in_list', 'Number', 1), "'int' object is not iterable"],
    [{ selectedItems: 'x' }, expect.stringContaining('selectedItems must be JSON encoded string')],
    [{ selectedItems: {} }, expect.stringContaining('selectedItems.all\n  Field required')],
    [5, "'int' object has no attribute 'get'"],
  ])('%j → %j', async (query, wanted) => {
    expect(await idsOf(query)).toEqual(wanted);
  });

  test('has pages of 100, a 404 past the end, and a last page that can be requested by name', async () => {
    const { ask } = serve({ data: 'seeds' });
    expect((await ask('GET /api/tasks/?project=1')).body['tasks']).toHaveLength(100);
    expect((await ask('GET /api/tasks/?project=1&page=51')).body['detail']).toBe('Invalid page.');
    const last = (await ask('GET /api/tasks/?project=1&page=last')).body;
    expect((last['tasks'] as { id: number }[]).at(-1)!.id).toBe(5000);
    expect((await ask('GET /api/tasks/?project=1&page_size=10000')).body['tasks']).toHaveLength(5000);
  });

  test('uses the filters and order of a view, and then ignores the query', async () => {
    const { ask } = serve({ data: 'seeds' });
    const { body } = await ask(
      'GET /api/tasks/?project=1&view=2&query={"selectedItems":{"all":false,"included":[7]}}',
    );
    expect((body['tasks'] as { id: number }[]).slice(0, 2).map(({ id }) => id)).toEqual([100, 99]);
    expect((await ask('GET /api/tasks/?project=2&view=1')).body['detail']).toBe('Project and View mismatch');
  });
});

describe('projects', () => {
  test('have only the requested fields', async () => {
    const { ask } = serve({ data: 'seeds' });
    const { body } = await ask('GET /api/projects/?include=title,task_number&ids=1');
    expect(body['results']).toEqual([{ title: 'Product reviews', task_number: 5000 }]);
  });

  test('are listed at most 100 per page', async () => {
    const { ask } = serve();
    for (let at = 0; at < 101; at += 1) await ask('POST /api/projects/', {});
    const { body } = await ask('GET /api/projects/?page_size=1000');
    expect(body['results']).toHaveLength(100);
    expect(body['next']).toBe('http://sandbox/api/projects/?page=2&page_size=1000');
  });

  test('use the alias as the label', async () => {
    const { ask } = serve({ data: 'seeds' });
    const { body } = await ask('GET /api/projects/2/');
    const { contents } = body['parsed_label_config'] as Record<string, { labels: string[] }>;
    expect(contents!.labels).toEqual(['People', 'Goods', 'building', 'signs']);
  });

  test('the seeds have two kinds of projects for bulk annotation and two others', async () => {
    const { ask } = serve({ data: 'seeds' });
    const projects = (await ask('GET /api/projects/?ordering=id')).body['results'] as Record<string, Json>[];
    expect(
      projects.map((one) => [one['title'], one['task_number'], one['config_suitable_for_bulk_annotation']]),
    ).toEqual([
      ['Product reviews', 5000, true],
      ['Shop photos', 12, true],
      ['Invoices', 12, true],
      ['Company news', 10, false],
      ['Street scenes', 8, false],
      ['Faults', 20, true],
    ]);
  });

  test('are listed newest first: of the seeds, the reviews first and the faults last', async () => {
    const { ask } = serve({ data: 'seeds' });
    const titles = async () =>
      ((await ask('GET /api/projects/')).body['results'] as Record<string, Json>[]).map(
        (one) => one['title'],
      );
    const seeds = ['Product reviews', 'Shop photos', 'Invoices', 'Company news', 'Street scenes', 'Faults'];
    expect(await titles()).toEqual(seeds);
    await ask('POST /api/projects/', { title: 'New' });
    expect(await titles()).toEqual(['New', ...seeds]);
  });

  test.each([
    ['<View', 'unclosed token: line 1, column 0'],
    [
      '<View><A name="a" value="$x"/><B name="a" toName="a"/></View>',
      'Label config contains non-unique names',
    ],
    [
      '<View><A name="a" value="$x"/><B name="b" toName="c"/></View>',
      "toName=\"c\" not found in names: ['a', 'b']",
    ],
  ])('%s is refused', async (label_config, words) => {
    const { ask } = serve();
    expect((await ask('POST /api/projects/validate/', { label_config })).body).toEqual({
      label_config: [words],
    });
    const { body } = await ask('POST /api/projects/', { title: 'Mood', label_config });
    expect(body['validation_errors']).toEqual({ label_config: [words] });
  });

  test('a valid config gets an empty answer', async () => {
    const { status, text } = await serve().ask('POST /api/projects/validate/', { label_config: CHOICES });
    expect([status, text]).toEqual([204, '']);
  });

  test('have tasks with ground truths and predictions', async () => {
    const { ask, exported } = await withTasks(0);
    const { body } = await ask('POST /api/projects/1/import?return_task_ids=true', [
      {
        data: { text: 'a' },
        annotations: [{ id: 70, result: [] }],
        predictions: [{ result: [region()], model_version: 'v' }],
      },
      { text: 'b' },
    ]);
    expect(body).toMatchObject({ task_count: 2, annotation_count: 1, prediction_count: 1, task_ids: [1, 2] });
    expect(await exported(1)).toMatchObject([{ ground_truth: true, import_id: 70 }]);
    const bad = await ask('POST /api/projects/1/import', [{ nope: 1 }]);
    expect(bad.text).toContain('\\"text\\" key is expected in task data');
  });
});
