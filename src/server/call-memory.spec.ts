import { describe, expect, it } from 'vitest';
import { limits } from '#wire/limits.ts';
import { CallMemory, type CreatingCall, type Forwarded } from './call-memory.ts';

const call = (id: string, more: Partial<CreatingCall> = {}): CreatingCall => ({
  id,
  sentAt: Date.now() + 1000,
  authorization: 'Token a',
  path: '/api/annotations/bulk/',
  body: Buffer.from('{"tasks": [1]}'),
  ...more,
});
const answered = (status: number, body: string): Forwarded => ({
  kind: 'answered',
  answer: { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) },
});
const bodyOf = (arrival: { kind: string; answer?: { body: Uint8Array } }) =>
  Buffer.from(arrival.answer!.body).toString();

describe('a call that arrives twice', () => {
  it('is forwarded once, and both copies get the answer', async () => {
    const memory = new CallMemory(Date.now);
    let forwarded = 0;
    let resolve: (outcome: Forwarded) => void = () => {};
    const promise = new Promise<Forwarded>((settle) => (resolve = settle));
    const forward = () => ((forwarded += 1), promise);
    const first = memory.arrive(call('a'), forward);
    const second = memory.arrive(call('a'), forward);
    expect(memory.ask('a', 0, 'Token a')).toEqual({ state: 'in-progress' });
    resolve(answered(201, '[{"id": 7}]'));
    expect(bodyOf(await first)).toBe('[{"id": 7}]');
    expect(bodyOf(await second)).toBe('[{"id": 7}]');
    expect(bodyOf(await memory.arrive(call('a'), forward))).toBe('[{"id":7}]');
    expect(forwarded).toBe(1);
  });

  it.each<[string, Partial<CreatingCall>]>([
    ['token', { authorization: 'Token b' }],
    ['path', { path: '/api/tasks/1/annotations/' }],
    ['body', { body: Buffer.from('{"tasks": [2]}') }],
  ])('with another %s is a different call', async (_, more) => {
    const memory = new CallMemory(Date.now);
    await memory.arrive(call('a'), async () => answered(201, '[]'));
    expect(await memory.arrive(call('a', more), async () => answered(201, '[]'))).toEqual({
      kind: 'mismatch',
    });
  });
});

describe('the report on a call', () => {
  it('has its status and IDs', async () => {
    const memory = new CallMemory(Date.now);
    const whole = '{"id": 31, "result": [{"value": "long"}], "task": 1}';
    await memory.arrive(call('a'), async () => answered(201, whole));
    expect(memory.ask('a', 0, 'Token a')).toEqual({ state: 'answered', status: 201, body: '{"id":31}' });
    await memory.arrive(call('b'), async () => answered(429, '{"detail": "slow down"}'));
    expect(memory.ask('b', 0, 'Token a')).toEqual({
      state: 'answered',
      status: 429,
      body: '{"detail": "slow down"}',
    });
  });

  it('is given only to its sender, also after renewing the access token', async () => {
    const memory = new CallMemory(Date.now);
    const access = (claims: object) =>
      `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
    await memory.arrive(call('a'), async () => answered(201, '[]'));
    await memory.arrive(call('b', { authorization: access({ user_id: 1, jti: 'x' }) }), async () =>
      answered(201, '[]'),
    );
    expect(memory.ask('a', 0, 'Token b')).toEqual({ state: 'forgotten' });
    expect(memory.ask('a', 0, '')).toEqual({ state: 'forgotten' });
    expect(memory.ask('b', 0, access({ user_id: 1, jti: 'y' })).state).toBe('answered');
    expect(memory.ask('b', 0, access({ user_id: 2, jti: 'x' }))).toEqual({ state: 'forgotten' });
    expect(memory.ask('b', 0, 'Bearer e30.e30.sig')).toEqual({ state: 'forgotten' });
  });

  it('says that Label Studio was not reached, or that its answer was lost', async () => {
    const memory = new CallMemory(Date.now);
    await memory.arrive(call('a'), async () => ({ kind: 'nothing-sent', message: '' }));
    await memory.arrive(call('b'), async () => ({ kind: 'lost', message: '' }));
    expect(memory.ask('a', 0, 'Token a').state).toBe('nothing-sent');
    expect(memory.ask('b', 0, 'Token a').state).toBe('lost');
  });

  it('says that it never arrived, and then refuses it', async () => {
    const memory = new CallMemory(Date.now);
    expect(memory.ask('a', Date.now() + 1000, 'Token a')).toEqual({ state: 'never-arrived' });
    let forwarded = 0;
    const late = await memory.arrive(call('a'), async () => ((forwarded += 1), answered(201, '[]')));
    expect(late).toEqual({ kind: 'refused' });
    expect(forwarded).toBe(0);
  });

  it.each([-1, NaN])('is unknown for a call sent before this server started: %s', async (at) => {
    const memory = new CallMemory(() => 1000);
    expect(memory.ask('a', at, 'Token a')).toEqual({ state: 'forgotten' });
    let forwarded = 0;
    const copy = await memory.arrive(
      call('a', { sentAt: at }),
      async () => ((forwarded += 1), answered(201, '[]')),
    );
    expect([copy, forwarded]).toEqual([{ kind: 'forgotten' }, 0]);
  });

  it('is “lost” if forwarding itself failed', async () => {
    const memory = new CallMemory(Date.now);
    await memory.arrive(call('a'), () => Promise.reject(new Error('bug')));
    expect(memory.ask('a', 0, 'Token a')).toEqual({ state: 'lost' });
  });

  it('is “forgotten” after a day, never “never arrived”', async () => {
    let now = 0;
    const memory = new CallMemory(() => now);
    await memory.arrive(call('a'), async () => answered(201, '[{"id": 7}]'));
    now = 25 * 60 * 60 * 1000;
    expect(memory.ask('a', 0, 'Token a')).toEqual({ state: 'forgotten' });
    // A call that was sent after the forgotten ones can’t be one of them.
    expect(memory.ask('b', now, 'Token a')).toEqual({ state: 'never-arrived' });
  });

  it('is “forgotten” if there is no room', async () => {
    let now = 0;
    const memory = new CallMemory(() => now);
    const large = `{"detail": "${'x'.repeat(limits.rememberedAnswerBytes)}"}`;
    const calls = Math.ceil(limits.rememberedCallBytes / limits.rememberedAnswerBytes) + 2;
    for (now = 1; now <= calls; now += 1)
      await memory.arrive(call(`${now}`), async () => answered(400, large));
    expect(memory.ask('1', 1, 'Token a')).toEqual({ state: 'forgotten' });
    expect(await memory.arrive(call('1', { sentAt: 1 }), async () => answered(201, '[]'))).toEqual({
      kind: 'forgotten',
    });
    expect(memory.ask(`${calls}`, calls, 'Token a')).toMatchObject({ state: 'answered', status: 400 });
  });
});
