import { describe, expect, it, vi } from 'vitest';
import { created, event, planOf } from '#domain/results/spec-run.ts';
import { newAccount } from '#domain/results/account.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { NewRun } from '#run/store/run-store.ts';
import { EarlierRuns } from './earlier-runs.ts';
import { LiveRuns } from './live-runs.ts';

const address = 'https://ls.example.com';
const plan = planOf([{ tasks: [1, 2], result: [] }]);
const content = plan.groups.contents[0]!;

/** A browser with a run that created an annotation for task 1. */
async function browserWithRun() {
  const store = memoryStore(() => 0);
  const { totals } = newAccount(plan);
  const summary = { id: plan.id, fileName: 'a.csv', projects: [{ id: 1, title: 'One' }], rows: 2, totals };
  await store.create({
    plan,
    summary: { ...summary, server: { name: 'ls', address }, startedAt: 5 },
  } as unknown as NewRun);
  for (const one of created(1, [0], [[31]])) await store.append(plan.id, one);
  return { store, earlier: new EarlierRuns(new LiveRuns(store)), open: vi.spyOn(store, 'open') };
}

const tasksSent = async (earlier: EarlierRuns) => {
  const sent = await earlier.sentRows(address, new Set([1]));
  return [1, 2].filter((task) => sent.take(1, task, content));
};

describe('rows of earlier runs', () => {
  it('are recognised by project, task and content, and counted by run', async () => {
    const { earlier } = await browserWithRun();
    const sent = await earlier.sentRows(address, new Set([1]));
    expect(sent.take(1, 1, content)?.fileName).toBe('a.csv');
    expect(sent.take(1, 2, content)).toBeUndefined();
    expect(sent.take(2, 1, content)).toBeUndefined();
    expect(sent.take(1, 1, content + 1)).toBeUndefined();
    expect(sent.found).toEqual([{ id: plan.id, fileName: 'a.csv', startedAt: 5, rows: 1 }]);
    expect((await earlier.sentRows(address, new Set([9]))).take(1, 1, content)).toBeUndefined();
    expect((await earlier.sentRows('https://other', new Set([1]))).take(1, 1, content)).toBeUndefined();
  });

  it('are read once until their run changes', async () => {
    const { earlier, open, store } = await browserWithRun();
    expect(await tasksSent(earlier)).toEqual([1]);
    expect(await tasksSent(earlier)).toEqual([1]);
    expect(open).toHaveBeenCalledTimes(1);
    await store.append(plan.id, event.sent(2, [1]));
    expect(await tasksSent(earlier)).toEqual([1, 2]);
    expect(open).toHaveBeenCalledTimes(2);
  });
});
