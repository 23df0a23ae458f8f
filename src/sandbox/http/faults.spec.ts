import { describe, expect, test, vi } from 'vitest';
import { ConnectionLost, faultNames } from './faults.ts';
import { bearer, legacy, maya, region, serve, withTasks } from '#sandbox/spec-client.ts';

/** Task 1 has the fault, task 2 doesn’t. */
async function faulty(fault: string, sleep = () => Promise.resolve()) {
  const server = await withTasks(2, { edition: 'enterprise', sleep }, [{ fault }]);
  const routes = {
    single: () => server.send('POST /api/tasks/1/annotations/', { result: [region()] }),
    bulk: () => server.send('POST /api/annotations/bulk/', { tasks: [2, 1], result: [region()] }),
  };
  const stored = async () => (await server.exported(1)).length;
  return { ...server, ...routes, stored };
}

const isLost = (call: Promise<Response>) => expect(call).rejects.toBeInstanceOf(ConnectionLost);

describe.each(['single', 'bulk'] as const)('a %s call', (route) => {
  test.each([
    ['refused-400', 400, 'application/json', 0],
    ['error-500-nothing-stored', 500, 'application/json', 0],
    ['error-500-after-store', 500, 'application/json', 1],
    ['gateway-502-after-store', 502, 'text/html', 1],
    ['throttled-429', 429, 'application/json', 0],
    ['slow-answer', 201, 'application/json', 1],
    ['stored-twice', 201, 'application/json', 2],
  ])('%s → %i, and the task has %s', async (fault, status, type, count) => {
    const server = await faulty(fault);
    const response = await server[route]();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(await server.stored()).toBe(count);
  });

  test('loses the connection before or after the annotations are stored', async () => {
    const before = await faulty('answer-lost-before-store');
    await isLost(before[route]());
    expect(await before.stored()).toBe(0);
    const after = await faulty('answer-lost-after-store');
    await isLost(after[route]());
    expect(await after.stored()).toBe(1);
  });

  test('cuts the answer off after a clean 201', async () => {
    const server = await faulty('answer-cut-off');
    const response = await server[route]();
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toBeInstanceOf(ConnectionLost);
    expect(await server.stored()).toBe(1);
  });

  test('times out at the gateway, and the annotations appear later', async () => {
    let wake = () => {};
    const slept = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const server = await faulty('gateway-504-stored-later', () => slept);
    const response = await server[route]();
    expect(response.status).toBe(504);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await server.stored()).toBe(0);
    wake();
    await vi.waitFor(async () => expect(await server.stored()).toBe(1));
  });

  test('with “-once” fails only the first time', async () => {
    const server = await faulty('error-500-nothing-stored-once');
    expect([(await server[route]()).status, (await server[route]()).status]).toEqual([500, 201]);
    expect(await server.stored()).toBe(1);
  });
});

test('with several tasks is too large, while smaller ones work', async () => {
  const { bulk, single, stored } = await faulty('too-large-413');
  expect([(await bulk()).status, (await single()).status]).toEqual([413, 201]);
  expect(await stored()).toBe(1);
});

test('sent twice by the browser gets a 409 if it had a unique_id', async () => {
  const { ask, stored } = await faulty('stored-twice');
  const body = { result: [region()], unique_id: '0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6' };
  expect((await ask('POST /api/tasks/1/annotations/', body)).status).toBe(409);
  expect(await stored()).toBe(1);
});

test('with an expired access token fails until there is a new one', async () => {
  const { ask } = serve({ edition: 'enterprise', data: 'seeds' });
  const sign = async () => {
    const { body } = await ask('POST /api/token/refresh/', { refresh: maya.personalAccessToken });
    return bearer(body['access'] as string);
  };
  const old = await sign();
  const create = (headers: Record<string, string>) =>
    ask('POST /api/annotations/bulk/', { tasks: [10018], result: [] }, headers);
  expect((await create(old)).body['detail']).toBe('Authentication credentials were not provided.');
  expect((await ask('GET /api/projects/', undefined, old)).status).toBe(401);
  // Two tokens of the same second differ only in their IDs.
  expect((await create(await sign())).status).toBe(201);
});

test('with an expired legacy token fails from then on', async () => {
  const { ask } = serve({ data: 'seeds' });
  const create = () => ask('POST /api/tasks/10018/annotations/', { result: [] }, legacy(maya.legacyToken));
  expect((await create()).body['detail']).toBe('Invalid token.');
  expect((await create()).status).toBe(401);
});

test('on the staged route fails where it creates', async () => {
  const { ask, send, exported } = await withTasks(2, {}, [{ fault: 'answer-lost-after-store-once' }]);
  await ask('POST /api/projects/1/import/predictions', [{ task: 2, result: [region()] }]);
  const stage = () => send('POST /api/projects/1/import/predictions', [{ task: 1, result: [region()] }]);
  await isLost(stage());
  expect((await ask('GET /api/projects/1/model-versions/')).body).toEqual({ undefined: 2 });
  expect((await ask('POST /api/dm/actions/?id=predictions_to_annotations&project=1', {})).status).toBe(200);
  expect(await exported()).toHaveLength(2);
});

test('takes the time of the settings', async () => {
  const sleep = vi.fn<(milliseconds: number) => Promise<void>>(() => Promise.resolve());
  const latency = { perCall: 100, perTask: 2 };
  const { ask } = await withTasks(3, { edition: 'enterprise', sleep, latency });
  await ask('POST /api/annotations/bulk/', { tasks: [1, 2, 3], result: [] });
  expect(sleep.mock.calls).toEqual([[106]]);
});

test('every fault has a seeded task that describes it', async () => {
  const { ask } = serve({ data: 'seeds' });
  const { body } = await ask('GET /api/tasks/?project=6');
  const tasks = body['tasks'] as { data: { fault?: string; text: string } }[];
  const shown = new Set(tasks.map(({ data }) => data.fault?.replace(/-once$/, '')));
  expect(faultNames.filter((name) => !shown.has(name))).toEqual([]);
});
