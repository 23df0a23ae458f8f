import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import { allRows, createAll, engineOver, table } from './spec-driver.ts';

const base = 'http://sandbox.test';
const config =
  '<View><Text name="text" value="$text"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>';
const good = [{ from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Good'] } }];

/** A server with one project of this many tasks, and an engine that is signed in. */
async function withTasks(
  count: number,
  change: (answer: Response, url: URL) => Response = (answer) => answer,
) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'empty' });
  const calls = { creating: 0, reading: 0 };
  const { engine } = engineOver(async (request) => {
    if (request.url.endsWith('/bulk/')) calls.creating += 1;
    if (request.url.includes('/export?')) calls.reading += 1;
    return change(await handle(request), new URL(request.url));
  }, base);

  const headers = {
    authorization: `Token ${emptySandboxUser.legacyToken}`,
    'content-type': 'application/json',
  };
  const post = async (path: string, body: unknown) => {
    const response = await handle(
      new Request(base + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
    expect(response.status).toBe(201);
  };
  await post('/api/projects/', { title: 'Moods', label_config: config });
  await post(
    '/api/projects/1/import',
    Array.from({ length: count }, (_, index) => ({ text: `task ${index}` })),
  );
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 90 };
  expect(await engine.session.connect(server, emptySandboxUser.legacyToken)).toMatchObject({ ok: true });
  return { engine, calls };
}

it(
  '100,000 rows are sent, read back and accounted for in well under two minutes',
  { timeout: 120_000 },
  async () => {
    const rows = 100_000;
    const { engine, calls } = await withTasks(rows);
    const tasks = Array.from({ length: rows }, (_, index) => index + 1);
    const run = await createAll(engine, { tasks, result: good }, 1);
    expect(run.totals).toMatchObject({ created: rows });
    // Without failures, each row is read once.
    expect(calls.reading).toBe(rows / 250);
    // Calls start with 100 tasks and grow to 500 while answers are fast.
    expect(calls.creating).toBeLessThan(rows / 100);
    expect(calls.creating).toBeGreaterThanOrEqual(rows / 500);

    const ids = await engine.runs.annotationIds(run.id, allRows);
    expect(new Set(ids.trim().split('\n')).size).toBe(rows);
    expect((await table(engine, run)).length).toBe(10_000);
  },
);

it('looks up tasks by ID if the project has too many to list', async () => {
  const { engine } = await withTasks(2100, (answer, { pathname, searchParams }) =>
    pathname === '/api/tasks/' && !searchParams.has('query')
      ? Response.json({ tasks: [{ id: 1 }], total: 3_000_000 })
      : answer,
  );
  const tasks = Array.from({ length: 2101 }, (_, index) => index + 1);
  const run = await createAll(engine, { tasks, result: good }, 1);
  expect(run.totals).toMatchObject({ created: 2100, skipped: 1 });
});
