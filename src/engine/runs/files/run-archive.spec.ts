import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { newAccount } from '#domain/results/account.ts';
import { planOf } from '#domain/results/spec-run.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { NewRun } from '#run/store/run-store.ts';
import { addRuns, saveAllRuns } from './run-archive.ts';

/** A browser with these runs. */
async function browserWith(...ids: string[]) {
  const store = memoryStore(() => 0);
  for (const id of ids) {
    const plan = planOf([{ tasks: [1], result: [] }], { id });
    const summary = {
      id,
      fileName: `${id}.csv`,
      rows: 1,
      projects: [{ id: 1, title: 'One' }],
      server: { name: 'ls', address: 'https://ls.example.com' },
      user: { id: 1, name: 'Ann' },
      totals: newAccount(plan).totals,
      createdAt: 0,
      startedAt: undefined,
      endedAt: undefined,
      pinned: false,
      size: 1,
    };
    await store.create({ plan, view: { id, rows: 1 }, summary, source: undefined } as unknown as NewRun);
  }
  return store;
}
const idsOf = async (store: ReturnType<typeof memoryStore>) =>
  (await store.list()).map(({ id }) => id).toSorted();

describe('all runs in one file', () => {
  it('are added to another browser, except known ones', async () => {
    const { file, failed } = await saveAllRuns(await browserWith('a', 'b', 'c'));
    expect(failed).toEqual([]);
    const other = await browserWith('b');
    expect(await addRuns(other, file)).toEqual({ added: 2, known: 1 });
    expect(await idsOf(other)).toEqual(['a', 'b', 'c']);
    expect(await addRuns(other, file)).toEqual({ added: 0, known: 3 });
  });

  it('name those that could not be saved', async () => {
    const store = await browserWith('a', 'b');
    const { save } = store;
    store.save = (id) => (id === 'a' ? Promise.reject(new Error('too much for one file')) : save(id));
    const { file, failed } = await saveAllRuns(store);
    expect(failed).toEqual([{ fileName: 'a.csv', reason: 'too much for one file' }]);
    expect(await addRuns(await browserWith(), file)).toEqual({ added: 1, known: 0 });
  });

  it('can be a single run, which is refused if it is known', async () => {
    const store = await browserWith('a');
    const file = await store.save('a');
    expect(await addRuns(await browserWith(), file)).toEqual({ added: 1, known: 0 });
    await expect(addRuns(store, file)).rejects.toThrow('already in this browser');
  });

  it('are refused if the file has none or is damaged', async () => {
    const store = await browserWith();
    const foreign = new Blob([new Uint8Array(zipSync({ 'a.txt': strToU8('a') }))]);
    await expect(addRuns(store, foreign)).rejects.toThrow('holds no runs');
    const { file } = await saveAllRuns(await browserWith('a'));
    await expect(addRuns(store, file.slice(0, file.size - 30))).rejects.toThrow('damaged or cut off');
    expect(await idsOf(store)).toEqual([]);
  });
});
