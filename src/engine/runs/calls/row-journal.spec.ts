import { describe, expect, it } from 'vitest';
import { historyOf } from '#domain/results/row-history.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { event, planOf } from '#domain/results/spec-run.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { NewRun, RunStore } from '#run/store/run-store.ts';
import { RowJournal } from './row-journal.ts';

const rowCount = 40;

/** A store with this journal, and a counter of records read. */
async function storeWith(events: RunEvent[]) {
  const store = memoryStore();
  const tasks = Array.from({ length: rowCount }, (_, row) => row + 1);
  const plan = planOf([{ tasks, result: [] }]);
  await store.create({ plan, view: { id: plan.id }, summary: { id: plan.id } } as unknown as NewRun);
  for (const next of events) await store.append(plan.id, next);
  const counts = { records: 0, whole: 0 };
  const counting: RunStore = {
    ...store,
    recordsAt(id, numbers) {
      counts.records += numbers.length;
      return store.recordsAt(id, numbers);
    },
    events(id) {
      counts.whole += 1;
      return store.events(id);
    },
  };
  return { store: counting, runId: plan.id, counts };
}

/** Each call has two adjacent rows; all answers and read-backs come after all calls. */
const calls = Array.from({ length: rowCount / 2 }, (_, call) => ({
  id: call + 1,
  rows: [2 * call, 2 * call + 1],
}));
const journal: RunEvent[] = [
  ...calls.map(({ id, rows }) => event.sent(id, rows)),
  ...calls.map(({ id }) => event.answered(id, [id, id + 100])),
  ...calls.map(({ id, rows }) => event.readBack(rows, [[id], [id + 100]])),
];

describe('the history of a row', () => {
  it('is the same as from the whole journal, also after further events', async () => {
    const { store, runId } = await storeWith(journal);
    const rows = new RowJournal(store);
    const expectSame = async (row: number) => {
      const whole = historyOf(await store.events(runId), row);
      expect(historyOf(await rows.eventsOf(runId, row), row)).toEqual(whole);
    };
    for (let row = 0; row < rowCount; row += 1) await expectSame(row);
    await store.append(runId, event.sent(99, [7]));
    await store.append(runId, event.refusal(99, 'gone', 404));
    await Promise.all([7, 6, 7].map(expectSame));
    expect(historyOf(await rows.eventsOf(runId, 7), 7).at(-1)?.words).toBe('The server refused it: gone');
  });

  it('reads no records of other rows once the run is indexed', async () => {
    const { store, runId, counts } = await storeWith(journal);
    const rows = new RowJournal(store);
    await rows.eventsOf(runId, 3);
    counts.records = 0;
    await rows.eventsOf(runId, 30);
    // The call, its answer and the read-back; the first and last name the row.
    expect(counts).toEqual({ records: 2 + 3, whole: 0 });
  });

  it('is that of a run which was opened from a file in the meantime', async () => {
    const { store, runId } = await storeWith(journal);
    const rows = new RowJournal(store);
    await rows.eventsOf(runId, 3);
    const { plan, view, summary } = (await store.open(runId))!;
    await store.delete([runId]);
    await store.create({ plan, view, summary, source: undefined });
    await store.append(runId, event.sent(1, [3]));
    expect(historyOf(await rows.eventsOf(runId, 3), 3)).toHaveLength(1);
  });
});
