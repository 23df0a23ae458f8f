import { describe, expect, it } from 'vitest';
import { createHttpClient } from '#api/http/http-client.ts';
import { rowsOfGroup } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { newAccount, type Account } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import type { Call, RunEvent } from '#domain/results/run-event.ts';
import { event, planOf as specPlan } from '#domain/results/spec-run.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { valueOf } from '#wire/spec-outcome.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { chunksOf } from '#run/in-parallel.ts';
import { readBack, readBackInParts, readBaseline, type ReadBack } from './read-back.ts';
import { bulkRoute } from '#run/routes/bulk.ts';
import type { Route } from '#run/routes/route.ts';
import { singleRoute } from '#run/routes/single.ts';

const base = 'http://sandbox.test';
const authorization = `Token ${sandboxUsers[0]!.legacyToken}`;
const runId = '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10';
const region = {
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value: { choices: ['Positive'] },
};
/** A lone surrogate is stored, and then breaks every answer that contains it. */
const poison = '{"result": [{"id": "\\ud800", "value": {}}]}';
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A server, and a client whose requests can be counted and made to fail. */
function server(edition: 'community' | 'enterprise' = 'enterprise') {
  const { handle } = createSandbox({ edition, data: 'seeds' });
  const asked: number[][] = [];
  const spoil: { ask?: (tasks: number[]) => Response | undefined } = {};
  const client = createHttpClient({
    base,
    timeLimitSeconds: 90,
    fetch: async (request) => {
      const tasks = new URL(request.url).searchParams.getAll('ids[]').map(Number);
      if (tasks.length > 0) asked.push(tasks);
      return (tasks.length > 0 && spoil.ask?.(tasks)) || handle(request);
    },
    token: {
      token: { kind: 'legacy' },
      authorization: async () => ({ ok: true, value: authorization }),
      renewed: async () => undefined,
    },
  });
  /** Annotates a task without the client. */
  const annotate = async (task: number, body: string | object): Promise<number> => {
    const headers = { authorization, 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request(`${base}/api/tasks/${task}/annotations/`, {
      method: 'POST',
      headers,
      body: text,
    });
    const response = await handle(request);
    return response.ok ? ((await response.json()) as { id: number }).id : 0;
  };
  return { client, asked, spoil, annotate };
}

const planOf = (requests: JsonObject[], route: Route, projects = requests.map(() => 1)): Plan =>
  specPlan(requests, { id: runId, projects: Float64Array.from(projects), routes: [route] });

/** Reads all rows of a plan back. Gives what was found by row and what failed by task. */
async function readRows(
  { client }: ReturnType<typeof server>,
  plan: Plan,
  account: Account = newAccount(plan),
) {
  const progress: string[] = [];
  const rows = [...plan.groups.order];
  const read = await readBack(client, plan, account, rows, (done, of) => progress.push(`${done}/${of}`));
  const seen = [...read.found.keys(), ...read.failed.flatMap(({ rows: failed }) => failed)];
  expect(seen.toSorted((a, b) => a - b)).toEqual(rows.toSorted((a, b) => a - b));
  return { found: foundIn(read), failed: failedIn(read, plan), suspects: [...read.suspects], progress };
}
const foundIn = ({ found }: ReadBack) =>
  [...found].toSorted(([one], [other]) => one - other).map(([, some]) => some.map(({ id }) => id));
const failedIn = ({ failed }: ReadBack, plan: Plan) =>
  failed.map(({ rows, reason }) => `${rows.map((row) => plan.rows.task[row]).join(' ')}: ${reason}`);

/** Sends the whole plan, one call for each group or row. Gives the IDs in row order. */
async function send({ client }: ReturnType<typeof server>, plan: Plan, route: Route): Promise<number[]> {
  const ids: number[] = [];
  for (const call of callsOf(plan, route))
    ids.push(...valueOf(await route.send(client, plan, call, async () => runId)).ids);
  return ids;
}

function callsOf({ groups }: Plan, { maxTasksPerCall }: Route): Call[] {
  const calls: Call[] = [];
  for (let group = 0; group < groups.count; group += 1)
    for (const rows of chunksOf([...rowsOfGroup(groups, group)], maxTasksPerCall))
      calls.push({ id: calls.length + 1, group, rows, sentAt: 0, settledAfter: 0 });
  return calls;
}

describe('recognising a row’s annotation', () => {
  it('uses the marker in its regions, ignoring annotations of others', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [1, 2], result: [region] }], bulkRoute);
    expect((await readRows(ls, plan)).found).toEqual([[], []]);
    const ids = await send(ls, plan, bulkRoute);
    await ls.annotate(2, { result: [region] });
    const { found } = await readRows(ls, plan);
    expect(found.flat().toSorted()).toEqual(ids.toSorted());
    expect(found.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('uses the marker of the row’s group if a task has several of ours', async () => {
    const ls = server();
    const plan = planOf(
      [
        { tasks: [10, 10], result: [region] },
        { task: 10, result: [region] },
      ],
      bulkRoute,
    );
    const ids = await send(ls, plan, bulkRoute);
    expect((await readRows(ls, plan)).found).toEqual(ids.map((id) => [id]));
  });

  it('finds both copies if a browser sent the call twice', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [10], result: [region] }], bulkRoute);
    const ids = [...(await send(ls, plan, bulkRoute)), ...(await send(ls, plan, bulkRoute))];
    expect((await readRows(ls, plan)).found).toEqual([ids]);
  });

  it('uses its unique_id, with or without regions', async () => {
    const ls = server('community');
    const plan = planOf(
      [
        { tasks: [1, 2], result: [] },
        { task: 2, result: [region] },
      ],
      singleRoute,
    );
    const ids = await send(ls, plan, singleRoute);
    await ls.annotate(1, { result: [] });
    expect((await readRows(ls, plan)).found).toEqual(ids.map((id) => [id]));
  });

  it('ignores a unique_id from the source, which may have existed before', async () => {
    const ls = server('community');
    const uniqueId = '0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6';
    await ls.annotate(10, { unique_id: uniqueId, result: [region] });
    const plan = planOf([{ task: 10, unique_id: uniqueId, result: [region] }], singleRoute);
    expect((await readRows(ls, plan)).found).toEqual([[]]);
  });
});

describe('recognising a row without regions', () => {
  const skip = { was_cancelled: true, result: [] };
  /** The account of a plan whose calls were answered with these IDs, and earlier annotations of its tasks. */
  function accountOf(plan: Plan, ids: number[][], before: number[] = []): Account {
    const tasks = [...plan.rows.task];
    const baseline: RunEvent = { type: 'baseline', at: 0, tasks, annotations: before };
    const calls = callsOf(plan, bulkRoute).flatMap(({ id, rows, group }, index) => [
      event.sent(id, rows, group),
      ids[index] ? event.answered(id, ids[index]) : event.unconfirmed(id),
    ]);
    return [baseline, ...calls].reduce(fold, newAccount(plan));
  }

  it('accepts only our own answer, and reports similar annotations as possible second copies', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [3], ...skip }], bulkRoute);
    await ls.annotate(3, skip);
    const { annotations: before } = await readBaseline(ls.client, 1, [3]);
    await ls.annotate(3, { was_cancelled: true, result: [region] });
    await ls.annotate(3, { was_cancelled: false, result: [] });
    await ls.annotate(3, { ...skip, completed_by: 2 });
    const ids = await send(ls, plan, bulkRoute);
    const account = accountOf(plan, [ids], before);
    expect(await readRows(ls, plan, account)).toMatchObject({ found: [ids], suspects: [] });
    const other = await ls.annotate(3, skip);
    expect(await readRows(ls, plan, account)).toMatchObject({ found: [ids], suspects: [[0, [other]]] });
  });

  it('accepts an annotation with only relations, which can’t be marked', async () => {
    const ls = server();
    const relation = { type: 'relation', from_id: 'a', to_id: 'b', direction: 'right', value: {} };
    const plan = planOf([{ tasks: [10], result: [relation] }], bulkRoute);
    const ids = await send(ls, plan, bulkRoute);
    expect((await readRows(ls, plan, accountOf(plan, [ids]))).found).toEqual([ids]);
  });

  it('accepts nothing after a lost answer: a new annotation may be someone else’s', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [10], ...skip }], bulkRoute);
    const ids = await send(ls, plan, bulkRoute);
    expect(await readRows(ls, plan, accountOf(plan, []))).toMatchObject({
      found: [[]],
      suspects: [[0, ids]],
    });
  });

  it('gives each of two rows on a task the annotation of the call that sent it', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [10, 10], ...skip }], bulkRoute);
    const [one, two] = await send(ls, plan, bulkRoute);
    const account = accountOf(plan, [[one!], [two!]]);
    expect(await readRows(ls, plan, account)).toMatchObject({ found: [[one], [two]], suspects: [] });
  });
});

describe('reading in bulk', () => {
  it('reads 250 tasks at a time and reports progress', async () => {
    const ls = server();
    const plan = planOf([{ tasks: upTo(600), result: [region] }], bulkRoute);
    const { progress } = await readRows(ls, plan);
    expect(ls.asked.map(({ length }) => length).toSorted()).toEqual([100, 250, 250]);
    expect(progress).toHaveLength(3);
    expect(progress.at(-1)).toBe('600/600');
  });

  it('reads a task once for all of its rows', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [1, 1, 2], result: [region] }], bulkRoute);
    const { progress } = await readRows(ls, plan);
    expect(ls.asked).toEqual([[1, 2]]);
    expect(progress).toEqual(['2/2']);
  });

  it('gives the rows of many tasks in parts, those of one task together', async () => {
    const ls = server();
    ls.spoil.ask = (tasks) => Response.json(tasks.map((id) => ({ id, annotations: [] })));
    const plan = planOf([{ tasks: [...upTo(12_000), 1], result: [region] }], bulkRoute);
    const rows = [...plan.groups.order];
    const progress: string[] = [];
    const parts: number[][] = [];
    const onProgress = (done: number, of: number) => progress.push(`${done}/${of}`);
    const onPart = async ({ found }: ReadBack) => {
      parts.push([...found.keys()].map((row) => plan.rows.task[row]!));
    };
    await readBackInParts(ls.client, plan, newAccount(plan), rows, { onProgress, onPart });
    expect(parts.length).toBeGreaterThanOrEqual(4);
    expect(parts.flat()).toHaveLength(12_001);
    // Answers of other exports may arrive before the part ends.
    const inFirst = parts[0]!.length;
    expect([inFirst >= 2000, inFirst < 3500], String(inFirst)).toEqual([true, true]);
    // The last tasks are read first.
    expect(parts.at(-1)!.filter((task) => task === 1)).toHaveLength(2);
    expect(progress.at(-1)).toBe('12000/12000');
  });

  it('asks each project for its own tasks', async () => {
    const ls = server();
    const plan = planOf([{ tasks: [1] }, { tasks: [8001] }], bulkRoute, [1, 4]);
    await readRows(ls, plan);
    expect(ls.asked).toEqual([[1], [8001]]);
  });

  it('loses only a chunk that fails, and says why', async () => {
    const ls = server();
    const plan = planOf([{ tasks: upTo(300), result: [region] }], bulkRoute);
    ls.spoil.ask = (tasks) => (tasks.includes(300) ? new Response('', { status: 502 }) : undefined);
    const { found, failed } = await readRows(ls, plan);
    expect(found).toHaveLength(250);
    expect(failed).toEqual([expect.stringMatching(/^251 252 .* 300: Could not be verified: .*502/)]);
    expect(ls.asked).toHaveLength(2);
  });

  it('treats a task that is missing in the answer as unread', async () => {
    const ls = server();
    // A task of another project: the export omits it silently.
    const plan = planOf([{ tasks: [1, 8001], result: [region] }], bulkRoute);
    const { found, failed } = await readRows(ls, plan);
    expect(found).toEqual([[]]);
    expect(failed).toEqual(['8001: The task isn’t in the project’s export: it was probably deleted.']);
  });

  it('isolates a task that breaks every answer that contains it', async () => {
    const ls = server('community');
    const plan = planOf([{ tasks: upTo(40), result: [region] }], singleRoute);
    await ls.annotate(17, poison);
    const { found, failed, progress } = await readRows(ls, plan);
    expect(found).toHaveLength(39);
    expect(failed).toEqual([expect.stringMatching(/^17: Could not be verified: .*surrogates not allowed/)]);
    expect(progress.at(-1)).toBe('40/40');
    // Halves from 40 down to 1: two requests each time.
    expect(ls.asked.length).toBeLessThanOrEqual(1 + 2 * 6);
  });

  it('reads tasks in smaller chunks if they are too large together', async () => {
    const ls = server();
    const plan = planOf([{ tasks: upTo(40), result: [region] }], bulkRoute);
    const tooLarge = { headers: { 'content-length': '100000001' } };
    ls.spoil.ask = (tasks) =>
      tasks.length > 10 || tasks.includes(7) ? new Response('[]', tooLarge) : undefined;
    const { found, failed } = await readRows(ls, plan);
    expect(found).toHaveLength(39);
    expect(failed).toEqual([
      '7: Could not be verified: The server’s answer is more than 100 MB, so Sheaf stopped reading it.',
    ]);
  });

  it('doesn’t keep asking a server that is down', async () => {
    const ls = server();
    const plan = planOf([{ tasks: upTo(100), result: [region] }], bulkRoute);
    ls.spoil.ask = () => new Response('', { status: 503 });
    expect((await readRows(ls, plan)).failed).toHaveLength(1);
    expect(ls.asked).toHaveLength(1);
  });
});

describe('readBaseline', () => {
  it('lists all annotations without regions, with few requests', async () => {
    const ls = server();
    const { annotations, failed } = await readBaseline(ls.client, 1, upTo(300));
    // One of five has no region.
    expect(annotations).toHaveLength(1);
    expect(failed).toEqual([]);
    expect(ls.asked.map(({ length }) => length)).toEqual([250, 50]);
  });

  it('is unknown only for a task that can’t be read', async () => {
    const ls = server();
    await ls.annotate(2, poison);
    const { annotations, failed } = await readBaseline(ls.client, 1, upTo(20));
    expect(annotations).toHaveLength(1);
    expect(failed).toMatchObject([{ tasks: [2], failure: { status: 500 } }]);
  });

  it('stops once the server doesn’t answer', async () => {
    const ls = server();
    ls.spoil.ask = () => new Response('', { status: 502 });
    const { failed } = await readBaseline(ls.client, 1, upTo(600));
    expect(failed).toMatchObject([{ tasks: upTo(250), failure: { status: 502 } }]);
    expect(ls.asked).toHaveLength(1);
  });
});
