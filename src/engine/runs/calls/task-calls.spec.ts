import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { allRows, createAll, engineOver } from '#engine/spec-driver.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import { limits } from '#wire/limits.ts';

const base = 'http://sandbox.test';
const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };

async function connected() {
  const store = memoryStore();
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const { engine } = engineOver(handle, base, store);
  await engine.session.connect(server, sandboxUsers[0]!.legacyToken);
  const later = () => engineOver(handle, base, store).engine;
  return { engine, later };
}

const csv = `task,sentiment,sku,note\n1,Positive,BLK-1,"one, ""two"""\n2,Negative,BLK-2,${'x'.repeat(1000)}\n`;

describe('the task of a row', () => {
  it('is read when opened, with the field that annotators see first', async () => {
    const { engine } = await connected();
    const { id } = await createAll(engine, csv, 1);
    const task = await engine.runs.taskOfRow(id, 0);
    if (!task.ok || !task.value) throw new Error('no task');
    expect(task.value.fields[0]).toMatchObject({
      name: 'text',
      text: expect.stringMatching(/\w+ \w+/) as string,
    });
    expect(task.value.more).toBe(0);
    const texts = await engine.runs.taskTexts(id, { ...allRows, sort: { by: 'task', descending: true } }, 0);
    expect(texts).toMatchObject({ ok: true, value: [expect.any(String), task.value.fields[0]!.text] });
  });

  it('explains what is missing without a connection to its server', async () => {
    const { engine, later } = await connected();
    const { id } = await createAll(engine, csv, 1);
    expect(await later().runs.taskOfRow(id, 0)).toMatchObject({
      ok: false,
      failure: { reason: 'token-missing', hint: `Connect to Sandbox (${base}) to see it.` },
    });
  });
});

describe('columns of the submitted file', () => {
  it('come from the kept source in query order, with long cells cut', async () => {
    const { engine, later } = await connected();
    const { id } = await createAll(engine, csv, 1);
    for (const one of [engine, later()]) {
      expect(await one.runs.ownColumns(id)).toEqual({
        names: ['task', 'sentiment', 'sku', 'note'],
        total: 4,
      });
      const query = { ...allRows, sort: { by: 'task' as const, descending: true } };
      expect(await one.runs.ownCells(id, query, { from: 0, to: 10, columns: [2, 3] })).toEqual([
        [{ text: 'BLK-2' }, { text: 'x'.repeat(limits.shownUnits), length: 1000 }],
        [{ text: 'BLK-1' }, { text: 'one, "two"' }],
      ]);
    }
  });

  it('are empty for a list of requests', async () => {
    const { engine } = await connected();
    const { id } = await createAll(engine, [{ tasks: [1], was_cancelled: true }], 1);
    expect(await engine.runs.ownColumns(id)).toEqual({ names: [], total: 0 });
  });
});
