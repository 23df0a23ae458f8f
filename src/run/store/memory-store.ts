import { fold, newAccount } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import type { NewRun, RunStore } from './run-store.ts';

export function memoryStore(): RunStore {
  const runs = new Map<string, NewRun & { events: RunEvent[] }>();
  const known = (id: string) => {
    const run = runs.get(id);
    if (!run) throw new Error('This run isn’t kept.');
    return run;
  };
  return {
    async create(run) {
      runs.set(run.plan.id, { ...run, events: [] });
    },
    async append(id, event) {
      known(id).events.push(structuredClone(event));
    },
    async checkpoint(id, _, summary) {
      Object.assign(known(id).summary, summary);
    },
    async open(id) {
      const run = runs.get(id);
      if (!run) return undefined;
      const { plan, view, summary, events } = run;
      return { plan, view, summary, account: events.reduce(fold, newAccount(plan)) };
    },
    events: async (id) => known(id).events,
    source: async (id) => known(id).source,
    list: async () => [...runs.values()].map(({ summary }) => summary).toReversed(),
    expire: async () => [],
    async setPinned(id, pinned) {
      known(id).summary.pinned = pinned;
    },
    async delete(id) {
      runs.delete(id);
    },
    async deleteAll() {
      runs.clear();
    },
    usage: async () => undefined,
    save: async () => new Blob(),
    add: async () => {
      throw new Error('Not a run.');
    },
  };
}
