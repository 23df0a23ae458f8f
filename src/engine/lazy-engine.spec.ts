import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import { memoryLocks } from '#run/store/run-locks.ts';
import { createEngine, type EngineOptions } from './create-engine.ts';
import { lazyEngine } from './lazy-engine.ts';
import { createSessionPart } from './session/session-part.ts';

const base = 'http://sandbox.test';
const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 2 };
const token = sandboxUsers[0]!.legacyToken;

/** An engine as in the worker, a counter of loads, and a switch that makes loading fail. */
function createLazyEngine() {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const options: EngineOptions = {
    fetch: handle,
    now: () => Date.now(),
    sleep: async () => {},
    isSecurePage: false,
    store: memoryStore(),
    locks: memoryLocks(),
    channel: { post: () => {}, listen: () => {} },
    pageBase: `${base}/`,
  };
  const current = {};
  const session = createSessionPart(options, current);
  const loaded = { times: 0, fails: false };
  const engine = lazyEngine(session, async () => {
    loaded.times += 1;
    if (loaded.fails) throw new TypeError('The file did not come.');
    return createEngine(options, current, session);
  });
  return { engine, loaded };
}

it('makes an offer, signs in and exports no text before its other parts are loaded', async () => {
  const { engine, loaded } = createLazyEngine();
  await engine.session.offer();
  expect(await engine.batch.exportText()).toBeUndefined();
  expect(await engine.session.connect(server, token)).toMatchObject({ ok: true });
  await engine.session.disconnect();
  expect(loaded.times).toBe(0);
});

it('tells loaded parts about an earlier sign-in', async () => {
  const { engine } = createLazyEngine();
  await engine.session.connect(server, token);
  expect(await engine.tasks.projects('News', 1)).toMatchObject({ ok: true, value: { total: 1 } });
});

it('tells loaded parts about later sign-ins and sign-outs', async () => {
  const { engine } = createLazyEngine();
  await engine.session.preload();
  expect(await engine.tasks.projects('', 1)).toMatchObject({
    ok: false,
    failure: { reason: 'token-missing' },
  });
  await engine.session.connect(server, token);
  expect(await engine.tasks.projects('', 1)).toMatchObject({ ok: true });
  await engine.session.disconnect();
  expect(await engine.tasks.projects('', 1)).toMatchObject({
    ok: false,
    failure: { reason: 'token-missing' },
  });
});

it('loads its other parts once, and answers in call order', async () => {
  const { engine, loaded } = createLazyEngine();
  const line = (task: number) => JSON.stringify({ task, result: [] });
  const answers = await Promise.all([
    engine.batch.replaceText(line(1)),
    engine.batch.entries(0, 9),
    engine.batch.replaceText(`${line(1)}\n${line(2)}`),
    engine.batch.entries(0, 9),
  ]);
  expect(answers[1]).toHaveLength(1);
  expect(answers[3]).toHaveLength(2);
  expect(loaded.times).toBe(1);
});

it('exports the text of the loaded batch part', async () => {
  const { engine } = createLazyEngine();
  await engine.batch.replaceText('[]');
  expect(await engine.batch.exportText()).toMatchObject({ bytes: new TextEncoder().encode('[]') });
});

it('rejects a call if loading fails, and tries again at the next call', async () => {
  const { engine, loaded } = createLazyEngine();
  loaded.fails = true;
  await expect(engine.session.preload()).rejects.toThrow('The file did not come.');
  loaded.fails = false;
  expect(await engine.batch.format()).toMatchObject({ length: 0 });
  expect(loaded.times).toBe(2);
});
