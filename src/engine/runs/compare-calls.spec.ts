import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { engineOver } from '#engine/spec-driver.ts';
import type { Policy } from './compare-calls.ts';

const base = 'http://sandbox.test';
const [manager, other] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];
const choice = (name: string) => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [name] } },
];

/** An engine with a plan for tasks 201 to 206, of which five have something on them. */
async function planned() {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const exports: string[] = [];
  const { engine } = engineOver(async (request) => {
    if (request.url.includes('/export?')) exports.push(request.url);
    return sandbox.handle(request);
  }, base);
  const annotate = async (task: number, body: object, { legacyToken } = manager) => {
    const headers = { authorization: `Token ${legacyToken}`, 'content-type': 'application/json' };
    const url = `${base}/api/tasks/${task}/annotations/`;
    const answer = await sandbox.handle(
      new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
    expect(answer.status).toBe(201);
  };
  await annotate(202, { result: [{ id: 'x', origin: 'manual', ...choice('Positive')[0] }] });
  await annotate(203, { result: choice('Positive') }, other);
  await annotate(204, { result: choice('Negative') });
  await annotate(205, { result: choice('Negative') }, other);
  await annotate(206, { result: [], was_cancelled: true }, other);
  await engine.session.connect(
    { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 2 },
    manager.legacyToken,
  );
  await engine.batch.setProject(1);
  await engine.batch.check(
    JSON.stringify({ tasks: [201, 202, 203, 204, 205, 206], result: choice('Positive') }),
  );
  const plan = async (policy: Policy = 'all') => {
    const outcome = await engine.runs.plan({ selection: 'resolve', policy });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  return { engine, plan, exports };
}

describe('a plan compared with the server', () => {
  it('sorts its rows by what is on their tasks, and by whom', async () => {
    const { engine, plan } = await planned();
    const progress: string[] = [];
    const { id } = await plan();
    const outcome = await engine.runs.compare(id, (read, of) => progress.push(`${read}/${of}`));
    expect(outcome).toEqual({
      ok: true,
      value: {
        rows: { new: 1, 'same-by-me': 1, 'same-by-others': 1, 'other-by-me': 1, 'other-by-others': 2 },
        notCompared: 0,
      },
    });
    expect(progress).toEqual(['6/6']);
  });

  it.each<[Policy, number[]]>([
    ['all', []],
    ['not-same', [202, 203]],
    ['unlabelled', [202, 203, 204, 205, 206]],
    ['not-mine', [202, 204]],
  ])('skips by the policy “%s”, and reads nothing again', async (policy, skipped) => {
    const { engine, plan, exports } = await planned();
    await engine.runs.compare((await plan()).id, () => {});
    const read = exports.length;
    const { skips } = await plan(policy);
    expect(skips.map(({ task }) => task)).toEqual(skipped);
    expect(exports).toHaveLength(read);
  });

  it('knows what a run has created since the last comparison', async () => {
    const { engine, plan } = await planned();
    const { id } = await plan('all');
    await engine.runs.compare(id, () => {});
    await engine.runs.start(id, () => {});
    const again = await engine.runs.compare((await plan()).id, () => {});
    expect(again).toMatchObject({ value: { rows: { new: 0, 'same-by-me': 6 } } });
  });

  it('counts what was not read, and skips none of it', async () => {
    const { engine, plan } = await planned();
    const { id } = await plan();
    const comparing = engine.runs.compare(id, () => {});
    await engine.runs.cancelCompare();
    const outcome = await comparing;
    if (!outcome.ok) throw new Error(outcome.failure.message);
    const { rows, notCompared } = outcome.value;
    expect(Object.values(rows).reduce((sum, some) => sum + some, notCompared)).toBe(6);
  });
});
