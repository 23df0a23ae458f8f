import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { createEngine, type EngineOptions } from './create-engine.ts';
import { engineInParts } from './engine-in-parts.ts';
import { createSignIn } from './sign-in.ts';

const base = 'http://sandbox.test';
const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 2 };
const token = sandboxUsers[0]!.legacyToken;

/** An engine as the worker has it, how often its rest was loaded, and what makes the loading fail. */
function engineOfTwo() {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const options: EngineOptions = {
    fetch: handle,
    now: () => Date.now(),
    sleep: async () => {},
    isSecurePage: false,
    pageBase: `${base}/`,
  };
  const signIn = createSignIn(options);
  const loaded = { times: 0, fails: false };
  const engine = engineInParts(signIn.calls, { handOver: async () => [] }, async () => {
    loaded.times += 1;
    if (loaded.fails) throw new TypeError('The file did not come.');
    return createEngine(options, signIn);
  });
  return { engine, loaded };
}

it('makes an offer, signs in and has no texts without its rest', async () => {
  const { engine, loaded } = engineOfTwo();
  await engine.offer();
  expect(await engine.handOver()).toEqual([]);
  expect(await engine.connect(server, token)).toMatchObject({ ok: true });
  await engine.disconnect();
  expect(loaded.times).toBe(0);
});

it('has a rest that knows who signed in before it came', async () => {
  const { engine } = engineOfTwo();
  await engine.connect(server, token);
  expect(await engine.projects('News')).toMatchObject({ ok: true, value: { total: 1 } });
});

it('has a rest that knows who signs in and out after it came', async () => {
  const { engine } = engineOfTwo();
  await engine.getReady();
  expect(await engine.projects('')).toMatchObject({ ok: false, failure: { reason: 'token-missing' } });
  await engine.connect(server, token);
  expect(await engine.projects('')).toMatchObject({ ok: true });
  await engine.disconnect();
  expect(await engine.projects('')).toMatchObject({ ok: false, failure: { reason: 'token-missing' } });
});

it('loads its rest once, and answers in the order in which it was asked', async () => {
  const { engine, loaded } = engineOfTwo();
  const line = (task: number) => JSON.stringify({ task, result: [] });
  const answers = await Promise.all([
    engine.check(line(1)),
    engine.entries(0, 9),
    engine.check(`${line(1)}\n${line(2)}`),
    engine.entries(0, 9),
  ]);
  expect(answers[1]).toHaveLength(1);
  expect(answers[3]).toHaveLength(2);
  expect(loaded.times).toBe(1);
});

it('hands over the text that its rest holds', async () => {
  const { engine } = engineOfTwo();
  await engine.check('[]');
  expect(await engine.handOver()).toMatchObject([{ bytes: new TextEncoder().encode('[]') }]);
});

it('says that its rest could not be loaded, and loads it anew for the next call', async () => {
  const { engine, loaded } = engineOfTwo();
  loaded.fails = true;
  await expect(engine.getReady()).rejects.toThrow('The file did not come.');
  loaded.fails = false;
  expect(await engine.format()).toEqual({ size: 'small', text: '' });
  expect(loaded.times).toBe(2);
});
