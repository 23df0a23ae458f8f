import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { Engine } from '#engine/engine.ts';
import { allRows, checkText, engineOver } from '#engine/spec-driver.ts';

const base = 'http://sandbox.test';
const reviews = 1;

async function connected() {
  const { engine, posted } = engineOver(createSandbox({ edition: 'enterprise', data: 'seeds' }).handle, base);
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };
  expect(await engine.session.connect(server, sandboxUsers[0]!.legacyToken)).toMatchObject({ ok: true });
  await engine.batch.setProject(reviews);
  return { engine, posted };
}

async function planOf(engine: Engine) {
  const plan = await engine.runs.plan({ selection: 'resolve', skipInvalid: true });
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

async function restOf(engine: Engine, id: string) {
  const { file, name } = await engine.runs.exportFile(id, 'to-fix', allRows);
  return { name, text: await file.text() };
}

const table = 'task,sentiment\n901,Positive\n902,Positve\n99999,Negative\n903,Negative\n';

describe('the valid rows of a batch', () => {
  it('are planned alone only with skipInvalid', async () => {
    const { engine } = await connected();
    await checkText(engine, table);
    const plan = await engine.runs.plan({ selection: 'resolve' });
    expect(plan).toMatchObject({
      ok: false,
      failure: { reason: 'mistakes', message: 'The batch has 1 error.' },
    });
    expect(await planOf(engine)).toMatchObject({
      rows: 3,
      skipped: 1,
      withErrors: { entries: 1, unit: 'row' },
    });
  });

  it.each([
    ['cannot be read', '[{"task": 901, "result": []}, {"task": 902'],
    ['has an error as a whole', 'number,sentiment\n901a,Positive\n'],
  ])('are not planned if the text %s', async (_, text) => {
    const { engine } = await connected();
    await checkText(engine, text);
    expect(await engine.runs.plan({ selection: 'resolve', skipInvalid: true })).toMatchObject({
      ok: false,
      failure: { reason: 'mistakes' },
    });
  });

  it('are sent, and the others are downloaded as a file that passes once fixed', async () => {
    const { engine, posted } = await connected();
    await checkText(engine, table);
    const { id } = await planOf(engine);
    const run = await engine.runs.start(id, () => {});
    expect(run.totals).toMatchObject({ created: 2, skipped: 1 });
    // The changed text must not matter.
    await checkText(engine, '');
    const rest = await restOf(engine, id);
    expect(rest.name).toMatch(/^pasted-to-fix-\d{4}-\d\d-\d\d\.csv$/);
    expect(rest.text.split('\n')).toEqual([
      'task,sentiment,problem',
      expect.stringMatching(/^902,Positve,“Positve” isn’t a choice in “sentiment”/),
      '99999,Negative,Task 99999 isn’t in Product reviews.',
      '',
    ]);

    const sent = posted.length;
    const mended = rest.text.replace('Positve', 'Positive').replace('99999', '904');
    expect(await checkText(engine, mended)).toMatchObject({ errors: 0, rows: 2 });
    const next = await planOf(engine);
    expect(next).toMatchObject({ rows: 2, skipped: 0, withErrors: { entries: 0 } });
    expect((await engine.runs.start(next.id, () => {})).totals).toMatchObject({ created: 2 });
    expect(posted.length).toBeGreaterThan(sent);
    expect((await restOf(engine, next.id)).text).toBe('task,sentiment,problem\n');
    // The batch of an earlier run comes from the store, without the problems of its rows.
    expect((await restOf(engine, id)).text.split('\n')).toEqual([
      'task,sentiment,problem',
      '902,Positve,It had errors. Import this file to see them.',
      '99999,Negative,Task 99999 isn’t in Product reviews.',
      '',
    ]);
  });
});
