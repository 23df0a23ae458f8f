import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { engineOver, planOf, sandboxServer, whileAdvancing } from '#engine/spec-driver.ts';
import { newAccount } from '#domain/results/account.ts';
import { planOf as planOfRequests } from '#domain/results/spec-run.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { valueOf } from '#wire/spec-outcome.ts';
import { firstLabelError } from './label-errors.ts';

// Fake timers, so that no test waits.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterAll(() => void vi.useRealTimers());

const soon = whileAdvancing(() => vi.advanceTimersByTimeAsync(100));
const { legacyToken } = sandboxUsers[0]!;
const path = `${sandboxServer.base}/api/projects/1/`;
const sentiment = (choice: string) => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [choice] } },
];
const tasks = Array.from({ length: 12 }, (_, index) => 1201 + index);

/** A run of which 10 rows were sent, 2 as “Neutral” weren’t, and that is resumed on another day. */
async function stored({ keptLabels = true } = {}) {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const headers = { authorization: `Token ${legacyToken}`, 'content-type': 'application/json' };
  const project = await (await sandbox.handle(new Request(path, { headers }))).json();
  const store = memoryStore();
  const first = engineOver(sandbox.handle, sandboxServer.base, store).engine;
  valueOf(await first.session.connect(sandboxServer, legacyToken));
  const batch = [
    { tasks: tasks.slice(0, 10), result: sentiment('Positive') },
    { tasks: tasks.slice(10), result: sentiment('Neutral') },
  ];
  const id = await planOf(first, batch, 1);
  await soon(first.runs.startFirst(id, 10, () => {}));
  const { engine, posted } = engineOver(
    sandbox.handle,
    sandboxServer.base,
    keptLabels ? store : withoutLabels(store),
  );
  valueOf(await engine.session.connect(sandboxServer, legacyToken));
  posted.length = 0;
  return {
    posted,
    start: () => soon(engine.runs.start(id, () => {})),
    checkAgain: () => soon(engine.runs.checkUnknown(id, () => {})),
    async changeLabels(change: (config: string) => string) {
      const body = JSON.stringify({ label_config: change(project.label_config) });
      expect(await sandbox.handle(new Request(path, { method: 'PATCH', headers, body }))).toMatchObject({
        status: 200,
      });
    },
  };
}

/** A store with plans of an earlier version. */
const withoutLabels = (store: RunStore): RunStore => ({
  ...store,
  async open(runId) {
    const run = (await store.open(runId))!;
    const { labels: _, ...server } = run.plan.server;
    return { ...run, plan: { ...run.plan, server } };
  },
});

const removeNeutral = (config: string) => config.replace('<Choice value="Neutral"/>', '');

describe('a stored run that is resumed', () => {
  it('sends nothing if a row has a label that is gone, until the label is back', async () => {
    const { posted, start, checkAgain, changeLabels } = await stored();
    await changeLabels(removeNeutral);
    const refused =
      'The labels of Product reviews were changed since this batch was checked. “Neutral” isn’t a choice in “sentiment”';
    await expect(start()).rejects.toThrow(refused);
    expect((await checkAgain()).totals).toMatchObject({ created: 10, 'never-sent': 2 });
    await expect(start()).rejects.toThrow(refused);
    expect(posted).toEqual([]);

    await changeLabels((config) => config);
    expect((await start()).totals).toMatchObject({ created: 12 });
  });

  it('goes on if all of its rows have labels that are still there', async () => {
    const { start, changeLabels } = await stored();
    await changeLabels((config) => config.replace('<Choice value="Positive"/>', '<Choice value="Good"/>'));
    expect((await start()).totals).toMatchObject({ created: 12 });
  });

  it('goes on without a comparison if its plan has no labels', async () => {
    const { start, changeLabels } = await stored({ keptLabels: false });
    await changeLabels(removeNeutral);
    expect((await start()).totals).toMatchObject({ created: 12 });
  });
});

it('lets other calls be answered while many rows are checked', async () => {
  const plan = planOfRequests(tasks.map((task) => ({ tasks: [task], lead_time: task, result: [] })));
  let time = 0;
  let pauses = 0;
  const clock = { now: () => (time += 100), sleep: async () => void (pauses += 1) };
  const project = { id: 1, label_config: '<View/>' };
  expect(await firstLabelError({ plan, account: newAccount(plan) }, project, true, clock)).toBeUndefined();
  expect(pauses).toBeGreaterThan(3);
});
