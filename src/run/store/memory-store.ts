import { openPlan } from '#domain/plan/plan.ts';
import { newAccount } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import { readRunFile, writeRunFile, type SavedRun } from './run-file.ts';
import { keptMs, type RunStore } from './run-store.ts';

/** Keeps runs until the tab closes, for specs. Stores copies, as a database does. */
export function memoryStore(now: () => number = Date.now): RunStore {
  const runs = new Map<string, SavedRun>();
  const known = (id: string) => {
    const run = runs.get(id);
    if (!run) throw new Error('This run isn’t kept in this browser.');
    return run;
  };
  const add = (run: SavedRun) => {
    if (runs.has(run.plan.id)) throw new Error('This run is already in this browser.');
    runs.set(run.plan.id, structuredClone(run));
  };
  return {
    async create(run) {
      add({ ...run, events: [] });
    },
    async append(id, event) {
      known(id).events.push(structuredClone(event));
    },
    async checkpoint(id, _, summary) {
      Object.assign(known(id).summary, structuredClone(summary));
    },
    async open(id) {
      const run = runs.get(id);
      if (!run) return undefined;
      const { view, summary, events } = run;
      const plan = openPlan(run.plan);
      if (!plan)
        throw new Error('Another version of Sheaf made this run. Reload the page to get the newest version.');
      return structuredClone({ plan, view, summary, account: events.reduce(fold, newAccount(plan)) });
    },
    async lastRecord(id) {
      const records = runs.get(id)?.events.length ?? 0;
      return records === 0 ? undefined : records - 1;
    },
    events: async (id) => structuredClone(runs.get(id)?.events ?? []),
    recordsAt: async (id, numbers) =>
      structuredClone(numbers.map((number) => runs.get(id)?.events.slice(number, number + 1) ?? [])),
    source: async (id) => structuredClone(runs.get(id)?.source),
    list: async () =>
      Array.from(runs.values(), ({ summary }) => structuredClone(summary)).toSorted(
        (one, other) => other.createdAt - one.createdAt,
      ),
    async expire() {
      const expired = Array.from(runs.values(), ({ summary }) => summary).filter(
        ({ pinned, createdAt }) => !pinned && createdAt < now() - keptMs,
      );
      for (const { id } of expired) runs.delete(id);
      return expired;
    },
    async setPinned(id, pinned) {
      const run = runs.get(id);
      if (run) run.summary.pinned = pinned;
    },
    async delete(ids) {
      for (const id of ids) runs.delete(id);
    },
    usage: async () => undefined,
    save: async (id) => writeRunFile(known(id)),
    async add(file) {
      const run = await readRunFile(file);
      if (run.summary.createdAt < now() - keptMs) run.summary.pinned = true;
      add(run);
      return run.summary;
    },
  };
}
