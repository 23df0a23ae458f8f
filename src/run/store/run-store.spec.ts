import { gzipSync } from 'node:zlib';
import * as fake from 'fake-indexeddb';
import { openDB } from 'idb';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { newAccount } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import { bodyBytesOf } from '#domain/plan/bodies.ts';
import { selectionOfGroup } from '#domain/plan/planned-groups.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { event, planOf } from '#domain/results/spec-run.ts';
import { ExactNumber, writeJson } from '#wire/json/json.ts';
import { readRunFile } from './run-file.ts';
import { indexedDbStore } from './indexed-db-store.ts';
import { memoryStore } from './memory-store.ts';
import type { NewRun, RunStore } from './run-store.ts';

const dayMs = 86_400_000;
const today = 1000 * dayMs;

const isDatabase = (name: string) => name === 'IndexedDB';

/** A store, and the same runs as seen by another tab or the next visit. */
function twoTabs(name: string): [RunStore, RunStore] {
  if (isDatabase(name)) return [indexedDbStore(() => today), indexedDbStore(() => today)];
  const store = memoryStore(() => today);
  return [store, store];
}

function runOf(id: string, rows = 4, createdAt = today): NewRun {
  const tasks = Array.from({ length: rows }, (_, index) => index + 1);
  const plan = planOf([{ tasks, result: [] }], {
    id,
    createdAt,
    skip: (row) => (row === 3 ? 'Why not.' : undefined),
  });
  return {
    plan,
    view: { id, rows } as PlanView,
    summary: {
      id,
      fileName: `${id}.csv`,
      projects: [{ id: 1, title: 'Moods' }],
      server: { name: 'Ours', address: 'https://ls.example.com' },
      user: { id: 1, name: 'Ann' },
      rows,
      totals: newAccount(plan).totals,
      createdAt,
      startedAt: undefined,
      endedAt: undefined,
      pinned: false,
      size: 100,
    },
    source: { bytes: new TextEncoder().encode('task,mood\n1,“fine”\n'), importSettings: { format: 'table' } },
  };
}

const folded = (plan: Plan, events: RunEvent[]) => events.reduce(fold, newAccount(plan));

/** Calls of one row each with random outcomes. */
const histories = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { maxLength: 12 }).map((steps) => {
  const events: RunEvent[] = [{ type: 'started', at: 1 }];
  const open = new Map<number, number>();
  const done = new Set<number>();
  let call = 0;
  for (const [row, step] of steps) {
    if (done.has(row)) continue;
    const known = open.get(row);
    if (known === undefined) {
      call += 1;
      open.set(row, call);
      events.push(event.sent(call, [row]));
    } else if (step === 0) {
      events.push(event.answered(known, [90 + row]), event.readBack([row], [[90 + row]]));
      done.add(row);
    } else if (step === 1) {
      events.push(event.unconfirmed(known), event.notFound([row]));
      done.add(row);
    } else {
      events.push(event.notProcessed(known));
      open.delete(row);
    }
  }
  return events;
});

beforeEach(() => {
  for (const [name, value] of Object.entries(fake)) vi.stubGlobal(name, value);
  vi.stubGlobal('indexedDB', new fake.IDBFactory());
});

describe.each(['memory', 'IndexedDB'])('runs in %s', (name) => {
  it('opens a run as it was stored', async () => {
    const [one, other] = twoTabs(name);
    const run = runOf('a');
    await one.create(run);
    expect(await other.open('a')).toEqual({
      plan: run.plan,
      view: run.view,
      summary: run.summary,
      account: newAccount(run.plan),
    });
    expect(await other.source('a')).toEqual(run.source);
    expect(await other.open('b')).toBeUndefined();
  });

  it('restores the account of stored events, with or without checkpoints', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.nat(12), { maxLength: 3 }),
        fc.nat(40),
        async (events, checks, cut) => {
          const [one, other] = twoTabs(name);
          await one.delete(['a']);
          const run = runOf('a');
          await one.create(run);
          const account = newAccount(run.plan);
          const stored = events.slice(0, cut);
          // Several at once, so that some share a commit.
          const appended = stored.map(async (next, index) => {
            await one.append('a', next);
            fold(account, next);
            if (checks.includes(index)) await one.checkpoint('a', account, {});
          });
          await Promise.all(appended);
          expect((await other.open('a'))?.account).toEqual(folded(run.plan, stored));
          expect(await other.events('a')).toEqual(stored);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists runs, newest first, and deletes them', async () => {
    const [one, other] = twoTabs(name);
    await one.create(runOf('a', 4, today - 2));
    await one.create(runOf('b', 4, today - 1));
    await one.checkpoint('a', newAccount(runOf('a').plan), { endedAt: today });
    expect((await other.list()).map(({ id, endedAt }) => [id, endedAt])).toEqual([
      ['b', undefined],
      ['a', today],
    ]);
    await other.delete(['b']);
    expect((await one.list()).map(({ id }) => id)).toEqual(['a']);
    await expect(one.append('b', event.sent(1, [0]))).rejects.toThrow('this browser');
    await one.delete(['a']);
    expect(await other.list()).toEqual([]);
    expect(await other.events('a')).toEqual([]);
  });

  it('deletes unpinned runs after 90 days and names them', async () => {
    const [store] = twoTabs(name);
    await store.create(runOf('old', 4, today - 91 * dayMs));
    await store.create(runOf('pinned', 4, today - 91 * dayMs));
    await store.create(runOf('new', 4, today - 89 * dayMs));
    await store.setPinned('pinned', true);
    expect(await store.expire()).toMatchObject([{ id: 'old', fileName: 'old.csv', rows: 4 }]);
    expect((await store.list()).map(({ id }) => id)).toEqual(['new', 'pinned']);
    expect(await store.expire()).toEqual([]);
  });

  it('lists a run of another version, but doesn’t open it', async () => {
    const [store] = twoTabs(name);
    const run = runOf('a');
    await store.create({ ...run, plan: { ...run.plan, format: 99 } });
    expect(await store.list()).toHaveLength(1);
    await expect(store.open('a')).rejects.toThrow('Another version of Sheaf made this run.');
  });

  it.each([2, 3])('opens a run of version %i, whose bodies aren’t compressed', async (format) => {
    const [store, other] = twoTabs(name);
    const { plan, ...run } = runOf('a');
    const { groups } = plan;
    const each = Array.from({ length: groups.count }, (_, group) => bodyBytesOf(groups, group));
    const bytes = new Uint8Array(Buffer.concat(each));
    const bodyStarts = Float64Array.from([
      0,
      ...each.map((_, group) => Buffer.concat(each.slice(0, group + 1)).length),
    ]);
    // Pieces of version 3 may be cut anywhere.
    const bodies = format === 2 ? bytes : [bytes.slice(0, 9), bytes.slice(9)];
    const old = { ...plan, format, groups: { ...groups, bodies, bodyStarts } } as unknown as Plan;
    await store.create({ ...run, plan: old });
    expect((await other.open('a'))?.plan).toEqual(plan);
    const text = JSON.stringify(
      {
        kind: 'sheaf-run',
        format,
        run: { ...run, plan: old, source: undefined, events: [] },
      },
      (_, value: unknown) => {
        if (value instanceof Map) return { $: 'Map', items: [...(value as Map<unknown, unknown>)] };
        if (!ArrayBuffer.isView(value)) return value;
        const buffer = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        return { $: value.constructor.name, items: buffer.toString('base64') };
      },
    );
    expect((await readRunFile(new Blob([gzipSync(text)]))).plan).toEqual(plan);
  });

  it('saves a run as a file and opens it in another browser', async () => {
    const [store] = twoTabs(name);
    const run = runOf('a', 4, today - 91 * dayMs);
    await store.create(run);
    const events = [event.sent(1, [0, 1]), event.unconfirmed(1), event.notFound([1])];
    for (const next of events) await store.append('a', next);
    const file = await store.save('a');
    await expect(store.add(file)).rejects.toThrow('already in this browser');
    await store.delete(['a']);
    await store.add(file);
    expect(await store.open('a')).toEqual({
      plan: run.plan,
      view: run.view,
      // Otherwise `expire` would delete it at once.
      summary: { ...run.summary, pinned: true },
      account: folded(run.plan, events),
    });
    expect(await store.source('a')).toEqual(run.source);
    await store.append('a', event.readBack([0], [[7]]));
    expect((await store.events('a')).length).toBe(4);
  });

  it('keeps large numbers of a selection exact, in the store and in a file', async () => {
    const [store] = twoTabs(name);
    const filter = { $: 'Map', items: [new ExactNumber('9007199254740993'), 1] };
    const selection = { all: true, filters: filter };
    const run = runOf('a');
    run.plan.groups.selections.set(0, writeJson(selection));
    await store.create(run);
    const kept = async () => selectionOfGroup((await store.open('a'))!.plan.groups, 0);
    expect(await kept()).toEqual(selection);
    const file = await store.save('a');
    await store.delete(['a']);
    await store.add(file);
    expect(await kept()).toEqual(selection);
  });

  it('refuses a file that unpacks to more than the limit', async () => {
    const [store] = twoTabs(name);
    await store.create(runOf('a'));
    const file = await store.save('a');
    await expect(readRunFile(file, 1000)).rejects.toThrow('more than 1 kB when it is unpacked');
    expect((await readRunFile(file)).summary.id).toBe('a');
  });

  it('refuses damaged or foreign files', async () => {
    const [store] = twoTabs(name);
    await store.create(runOf('a'));
    const file = await store.save('a');
    await store.delete(['a']);
    await expect(store.add(new Blob(['task,mood']))).rejects.toThrow('isn’t a run that Sheaf saved');
    for (const size of [0, 2, 30, file.size >> 1, file.size - 1])
      await expect(store.add(file.slice(0, size))).rejects.toThrow(
        'This file is incomplete or damaged, so nothing was added. Download or copy it again, or save the run again.',
      );
    expect(await store.list()).toEqual([]);
  });
});

/** A run file with one change, packed again. */
async function changed(
  file: Blob,
  change: (run: Record<string, Record<string, unknown>>) => void,
): Promise<Blob> {
  const text = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text();
  const content = JSON.parse(text) as { run: Record<string, Record<string, unknown>> };
  change(content.run);
  const packed = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).blob();
}

describe('a run file with inconsistent parts', () => {
  it.each<[what: string, change: (run: Record<string, Record<string, unknown>>) => void]>([
    ['no view', (run) => delete run['view']],
    ['no name of the user', (run) => delete run['summary']!['user']],
    ['other totals', (run) => (run['summary']!['totals'] = {})],
    ['other rows', (run) => (run['summary']!['rows'] = 5)],
    ['no skips', (run) => delete run['plan']!['skips']],
    ['a column of text', (run) => ((run['plan']!['rows'] as Record<string, unknown>)['task'] = [1, 2, 3, 4])],
    ['an unknown event', (run) => (run['events'] as unknown as unknown[]).push({ type: 'sung' })],
    ['a row that isn’t there', (run) => (run['events'] as unknown as unknown[]).push(event.sent(1, [9]))],
  ])('is refused: %s', async (_, change) => {
    const store = memoryStore();
    await store.create(runOf('a'));
    const file = await store.save('a');
    await store.delete(['a']);
    const damaged = await changed(file, change);
    await expect(store.add(damaged)).rejects.toThrow('This run’s file is damaged');
    expect(await store.list()).toEqual([]);
    await store.add(await changed(file, () => {}));
  });
});

describe('a run during writing', () => {
  it('has a checkpoint of the stored events at any moment', async () => {
    const tick = () => new Promise((resolve) => setImmediate(resolve));
    for (let ticks = 0; ticks < 12; ticks += 1) {
      const [one, other] = twoTabs('IndexedDB');
      await one.delete(['a']);
      const run = runOf('a');
      await one.create(run);
      const account = newAccount(run.plan);
      const events = [event.sent(1, [0]), event.sent(2, [1]), event.sent(3, [2])];
      const appended = events.map(async (next) => {
        await one.append('a', next);
        fold(account, next);
      });
      for (let passed = 0; passed < ticks; passed += 1) await tick();
      await Promise.all([one.checkpoint('a', account, {}), ...appended]);
      expect((await other.open('a'))?.account).toEqual(folded(run.plan, events));
    }
  });

  it('can be saved and opened', async () => {
    const store = indexedDbStore(() => today);
    await store.create(runOf('a'));
    const first = store.append('a', event.sent(1, [0]));
    const saved = store.save('a');
    const opened = store.open('a');
    await store.append('a', event.sent(2, [1]));
    await Promise.all([first, saved, opened]);
    await store.append('a', event.sent(3, [2]));
    expect(await store.events('a')).toHaveLength(3);
  });

  it('accepts nothing after a failed commit until it is opened again', async () => {
    const [one, other] = twoTabs('IndexedDB');
    await one.create(runOf('a'));
    await other.open('a');
    await other.append('a', event.sent(1, [0]));
    await expect(one.append('a', event.sent(1, [1]))).rejects.toThrow('journal can’t be written');
    await expect(one.append('a', event.sent(2, [2]))).rejects.toThrow('journal can’t be written');
    await one.open('a');
    await one.append('a', event.sent(2, [2]));
    expect(await other.events('a')).toEqual([event.sent(1, [0]), event.sent(2, [2])]);
  });

  it('accepts nothing after another tab deleted it', async () => {
    const [one, other] = twoTabs('IndexedDB');
    await one.create(runOf('a'));
    await other.delete(['a']);
    await expect(one.append('a', event.sent(1, [0]))).rejects.toThrow('deleted from this browser');
    expect(await other.events('a')).toEqual([]);
  });
});

describe('a database of a newer Sheaf', () => {
  it('isn’t blocked by this tab, which then asks for a reload', async () => {
    const store = indexedDbStore(() => today);
    await store.create(runOf('a'));
    const newer = await openDB('sheaf-runs', 99);
    await expect(store.list()).rejects.toThrow('A newer version of Sheaf');
    newer.close();
  });
});
