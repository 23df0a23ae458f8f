import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { limits } from '#wire/limits.ts';
import { retype } from '#ui/state/spec-batch.ts';
import { createWorkbench } from '#ui/state/workbench.ts';
import { summaryOf, type Draft } from './draft-record.ts';
import type { DraftStore, NotStored } from './draft-store.ts';
import type { DraftTab } from './draft-tab.ts';
import { keepDrafts } from './keep-drafts.ts';

const now = Date.UTC(2026, 10, 24, 12);
const dayMs = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => vi.useRealTimers());

const large: TextOnScreen = {
  edition: 1,
  typed: 0,
  length: 5_000_000,
  firstLine: 'task',
  namesProject: false,
  part: { text: 'task\n', from: 0, to: 5, firstLine: 1 },
};
const file = new Blob(['what the engine has']);

/** An engine whose checks are resolved by the test. */
function engineForTest() {
  const pending: (() => void)[] = [];
  const batch = {
    setImportSettings: async () => undefined,
    setProject: async () => undefined,
    check: () =>
      new Promise<CheckSummary>((resolve) => pending.push(() => resolve({ rows: 0 } as CheckSummary))),
    textAsFile: async () => file,
    type: async () => undefined,
    openDraft: async (text: Blob) => (text === file ? large : undefined),
  };
  return {
    engine: { batch } as unknown as Engine,
    verdict: async () => {
      await vi.advanceTimersByTimeAsync(0);
      for (const answer of pending.splice(0)) answer();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

/** A browser’s storage in memory, and its open tabs. */
function browserForTest(drafts: Record<string, Draft> = {}) {
  const kept = new Map(Object.entries(drafts));
  const opening = new Set<string>();
  const open = new Set<string>();
  const refuses: { reason: NotStored | undefined } = { reason: undefined };
  const store: DraftStore = {
    async list() {
      if (refuses.reason === 'unavailable') return undefined;
      const listed = [...kept].map(async ([id, draft]) => ({
        ...(await summaryOf(draft)),
        id,
        isOpening: opening.has(id),
      }));
      return (await Promise.all(listed)).toSorted((one, other) => other.savedAt - one.savedAt);
    },
    async read(id) {
      const draft = kept.get(id);
      return draft && { ...draft, isOpening: opening.has(id) };
    },
    async write(id, draft) {
      if ((await summaryOf(draft)).size > limits.draftBytes) return 'too-large';
      if (refuses.reason === undefined) kept.set(id, draft);
      return refuses.reason;
    },
    async remove(ids) {
      for (const id of ids) {
        kept.delete(id);
        opening.delete(id);
      }
    },
    async markOpening(id) {
      if (refuses.reason !== undefined) return undefined;
      opening.add(id);
      return () => void opening.delete(id);
    },
  };
  let last = 0;
  function tab(id: string, copyOf?: string): DraftTab {
    let own = id;
    open.add(own);
    const take = (next: string) => {
      open.delete(own);
      own = next;
      open.add(own);
    };
    return {
      get id() {
        return own;
      },
      copyOf,
      async renew() {
        last += 1;
        take(`new-${last}`);
      },
      async adopt(next) {
        if (open.has(next)) return false;
        take(next);
        return true;
      },
      openTabs: async () => new Set(open),
    };
  }
  return { kept, opening, open, refuses, store, tab };
}

type Browser = ReturnType<typeof browserForTest>;

const connectionTo = (base: string) => ({ server: { base } }) as Connection;
const draftOf = (text: string | Blob, more: Partial<Draft> = {}): Draft => ({
  text,
  reading: {},
  project: undefined,
  savedAt: now - 1000,
  ...more,
});

interface Visit {
  id?: string;
  copyOf?: string;
  carried?: string;
}

/** A visit that shows the Import screen. */
async function visit(browser: Browser, { id = 'tab', copyOf, carried = '' }: Visit = {}) {
  const { engine, verdict } = engineForTest();
  const workbench = createWorkbench(engine);
  const tab = browser.tab(id, copyOf);
  const page = new EventTarget();
  const drafts = keepDrafts({
    workbench,
    store: browser.store,
    tab: Promise.resolve(tab),
    isBatchShown: Promise.resolve(),
    carried: {
      take: () => (carried === '' ? undefined : { text: carried, project: undefined }),
      put: () => undefined,
    },
    page,
  });
  await drafts.ready;
  return {
    workbench,
    drafts,
    tab,
    verdict,
    leave: () => page.dispatchEvent(new Event('pagehide')),
    pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
    /** The check has finished and the page shows its result. */
    answer: async () => {
      drafts.batchDrawn();
      await verdict();
      await vi.advanceTimersByTimeAsync(1000);
    },
  };
}

/** A visit to a browser that keeps one draft of this tab. */
async function open(draft?: Draft, carried = '') {
  const browser = browserForTest(draft && { tab: draft });
  const visited = await visit(browser, { carried });
  return { ...visited, browser, stored: () => browser.kept.get(visited.tab.id) };
}

describe('saving', () => {
  test('saves text, project and settings half a second after the last change', async () => {
    const { workbench, stored, pass } = await open();
    workbench.connected(connectionTo('https://a.example'));
    workbench.chooseProject(7);
    retype(workbench, 'a;b');
    workbench.chooseImportSettings({ delimiter: ';' });
    await pass(400);
    retype(workbench, 'a;b\n1;2');
    await pass(499);
    expect(stored()).toBeUndefined();
    await pass(1);
    expect(stored()).toEqual({
      text: 'a;b\n1;2',
      reading: { delimiter: ';' },
      project: { id: 7, server: 'https://a.example' },
      savedAt: Date.now(),
    });
  });

  test('keeps the project after signing out and reloading', async () => {
    const { workbench, stored, pass } = await open();
    workbench.connected(connectionTo('https://a.example'));
    workbench.chooseProject(7);
    retype(workbench, 'a');
    workbench.disconnected();
    await pass(500);
    expect(stored()?.project).toEqual({ id: 7, server: 'https://a.example' });
  });

  test('deletes the draft of an emptied text at once', async () => {
    const { workbench, stored, pass } = await open(draftOf('a'));
    retype(workbench, '');
    await pass(0);
    expect(stored()).toBeUndefined();
  });

  test('saves a large text as a file', async () => {
    const { workbench, stored, pass } = await open();
    workbench.take(large);
    await pass(500);
    expect(stored()?.text).toBe(file);
  });

  test('a text above the limit isn’t saved, its previous draft is deleted, and a note stays until it is small again', async () => {
    const { workbench, stored, pass } = await open(draftOf('a'));
    const tooLarge = 'a'.repeat(limits.draftBytes + 1);
    retype(workbench, tooLarge);
    await pass(500);
    expect(stored()).toBeUndefined();
    expect(workbench.get().draft).toEqual({ type: 'not-stored', reason: 'too-large' });

    retype(workbench, `${tooLarge}b`);
    await pass(500);
    expect(stored()).toBeUndefined();
    expect(workbench.get().draft).toEqual({ type: 'not-stored', reason: 'too-large' });

    retype(workbench, 'b');
    await pass(500);
    expect(stored()?.text).toBe('b');
    expect(workbench.get().draft).toBeUndefined();
  });

  test.each(['no-room', 'unavailable'] as const)(
    'a failed save (%s) is reported, and tried again at each change',
    async (reason) => {
      const { workbench, browser, stored, pass } = await open();
      browser.refuses.reason = reason;
      retype(workbench, 'a');
      expect(workbench.get().draft).toBeUndefined();
      await pass(500);
      expect(workbench.get().draft).toEqual({ type: 'not-stored', reason });
      browser.refuses.reason = undefined;
      retype(workbench, 'ab');
      expect(workbench.get().draft).toEqual({ type: 'not-stored', reason });
      await pass(500);
      expect(stored()?.text).toBe('ab');
      expect(workbench.get().draft).toBeUndefined();
    },
  );

  test('an empty text needs no storage, so there is no note', async () => {
    const { workbench, browser, pass } = await open();
    browser.refuses.reason = 'no-room';
    retype(workbench, 'a');
    await pass(500);
    retype(workbench, '');
    await pass(500);
    expect(workbench.get().draft).toBeUndefined();
  });
});

describe('the draft of a tab', () => {
  test('is restored at once, and its project once its server is connected', async () => {
    const project = { id: 7, server: 'https://a.example' };
    const { workbench, stored, pass } = await open(draftOf('a;b', { project, reading: { delimiter: ';' } }));
    expect(workbench.get()).toMatchObject({
      text: { part: { text: 'a;b' } },
      importSettings: { delimiter: ';' },
      projectId: undefined,
      draft: { type: 'restored', savedAt: now - 1000 },
    });
    retype(workbench, 'a;b;c');
    await pass(500);
    expect(workbench.get().draft).toBeUndefined();
    expect(stored()).toMatchObject({ text: 'a;b;c', project });

    workbench.connected(connectionTo('https://a.example'));
    expect(workbench.get().projectId).toBe(7);
  });

  test('keeps its project for its own server', async () => {
    const { workbench, stored, pass } = await open(
      draftOf('a', { project: { id: 7, server: 'https://a.example' } }),
    );
    workbench.connected(connectionTo('https://b.example'));
    expect(workbench.get()).toMatchObject({ text: { part: { text: 'a' } }, projectId: undefined });
    retype(workbench, 'ab');
    await pass(500);
    expect(stored()?.project).toBeUndefined();
  });

  test('is restored from a file', async () => {
    const { workbench } = await open(draftOf(file, { reading: { delimiter: ';' } }));
    expect(workbench.get()).toMatchObject({
      text: large,
      importSettings: { delimiter: ';' },
      draft: { type: 'restored', savedAt: now - 1000 },
    });
  });

  test('is removed with a note if its file is lost, and later changes are saved', async () => {
    const { workbench, stored, pass } = await open(draftOf(new Blob(['gone'])));
    expect(workbench.get()).toMatchObject({ text: { part: { text: '' } }, draft: { type: 'unreadable' } });
    expect(stored()).toBeUndefined();
    retype(workbench, 'a');
    await pass(500);
    expect(stored()?.text).toBe('a');
  });

  test('isn’t opened over an earlier text; both are kept', async () => {
    const browser = browserForTest({ tab: draftOf('a') });
    const { engine } = engineForTest();
    const workbench = createWorkbench(engine);
    const tab = browser.tab('tab');
    const drafts = keepDrafts({
      workbench,
      store: browser.store,
      tab: Promise.resolve(tab),
      isBatchShown: Promise.resolve(),
      carried: { take: () => undefined, put: () => undefined },
      page: new EventTarget(),
    });
    retype(workbench, 'first');
    await drafts.ready;
    await vi.advanceTimersByTimeAsync(500);
    expect([...browser.kept.values()].map(({ text }) => text)).toEqual(['a', 'first']);
    expect(await drafts.list()).toMatchObject([
      { tab: 'this', firstLine: 'first' },
      { tab: 'closed', firstLine: 'a', isStuck: false },
    ]);
  });
});

describe('a text kept across a reload', () => {
  test('isn’t reported as a restored draft', async () => {
    const { workbench, stored } = await open(draftOf('a', { reading: { delimiter: ';' } }), 'carried');
    expect(workbench.get()).toMatchObject({
      text: { part: { text: 'carried' } },
      importSettings: {},
      draft: undefined,
    });
    expect(stored()?.text).toBe('carried');
  });

  test.each(['carried', new Blob(['carried'])])(
    'gets its import settings from the draft with the same text',
    async (text) => {
      const { workbench } = await open(draftOf(text, { reading: { delimiter: ';' } }), 'carried');
      expect(workbench.get()).toMatchObject({
        text: { part: { text: 'carried' } },
        importSettings: { delimiter: ';' },
      });
      expect(workbench.get().draft).toBeUndefined();
    },
  );

  test('is opened even without storage', async () => {
    const browser = browserForTest();
    browser.refuses.reason = 'unavailable';
    const { workbench } = await visit(browser, { carried: 'carried' });
    expect(workbench.get().text).toMatchObject({ part: { text: 'carried' } });
  });
});

describe('several tabs', () => {
  test('have one draft each', async () => {
    const browser = browserForTest();
    const one = await visit(browser, { id: 'one' });
    const two = await visit(browser, { id: 'two' });
    retype(one.workbench, '1');
    retype(two.workbench, '2');
    await one.pass(500);
    expect([...browser.kept].map(([id, { text }]) => [id, text])).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
  });

  test('offer drafts of closed tabs in a new, empty tab, newest first', async () => {
    const browser = browserForTest({
      older: draftOf('task,mood\n1,good', { savedAt: now - 2 * dayMs }),
      newer: draftOf('[\n  {"tasks": [1]}]'),
      open: draftOf('b'),
    });
    browser.open.add('open');
    const { workbench, drafts } = await visit(browser);
    expect(workbench.get().text).toMatchObject({ part: { text: '' } });
    expect(await drafts.list()).toMatchObject([
      { id: 'newer', firstLine: '{"tasks": [1]}]', size: 19, tab: 'closed' },
      { id: 'open', tab: 'another' },
      { id: 'older', firstLine: 'task,mood', size: 16, savedAt: now - 2 * dayMs, tab: 'closed' },
    ]);
  });

  test('open an offered draft in one of them, which then owns it', async () => {
    const browser = browserForTest({ gone: draftOf('a') });
    const one = await visit(browser, { id: 'one' });
    const two = await visit(browser, { id: 'two' });
    expect(await one.drafts.open('gone')).toBe(true);
    expect(await two.drafts.open('gone')).toBe(false);
    expect(one.workbench.get()).toMatchObject({ text: { part: { text: 'a' } }, draft: { type: 'restored' } });
    expect(two.workbench.get().text).toMatchObject({ part: { text: '' } });
    retype(one.workbench, 'ab');
    await one.pass(500);
    expect([...browser.kept].map(([id, { text }]) => [id, text])).toEqual([['gone', 'ab']]);
  });

  test('don’t open an offered draft that was deleted', async () => {
    const browser = browserForTest({ gone: draftOf('a') });
    const { drafts, workbench, pass } = await visit(browser);
    await drafts.remove(['gone']);
    expect(await drafts.open('gone')).toBe(false);
    retype(workbench, 'b');
    await pass(500);
    expect([...browser.kept.values()].map(({ text }) => text)).toEqual(['b']);
  });

  test('never replace a text with an offered draft', async () => {
    const browser = browserForTest({ gone: draftOf('a') });
    const { drafts, workbench, pass } = await visit(browser);
    retype(workbench, 'b');
    expect(await drafts.open('gone')).toBe(false);
    await pass(500);
    expect(workbench.get().text).toMatchObject({ part: { text: 'b' } });
    expect([...browser.kept.values()].map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('a duplicate continues with a copy', async () => {
    const browser = browserForTest({ one: draftOf('a') });
    const one = await visit(browser, { id: 'one' });
    const copy = await visit(browser, { id: 'copy', copyOf: 'one' });
    await one.answer();
    const again = await visit(browser, { id: 'again', copyOf: 'one' });
    // The first copy was made while the draft was still being opened.
    expect(copy.workbench.get().text).toMatchObject({ part: { text: '' } });
    expect(again.workbench.get().text).toMatchObject({ part: { text: 'a' } });
    retype(again.workbench, 'ab');
    await one.pass(500);
    expect(browser.kept.get('one')?.text).toBe('a');
    expect(browser.kept.get('again')?.text).toBe('ab');
  });
});

describe('a draft that makes the page hang', () => {
  test('is offered at the next visit, with an empty batch, until it opens', async () => {
    const browser = browserForTest({ tab: draftOf('a') });
    await visit(browser);
    browser.open.clear();

    const second = await visit(browser);
    expect(second.workbench.get()).toMatchObject({ text: { part: { text: '' } }, draft: undefined });
    expect(await second.drafts.list()).toMatchObject([{ id: 'tab', tab: 'closed', isStuck: true }]);
    expect(await (await second.drafts.file('tab'))?.text()).toBe('a');
    expect(await second.drafts.open('tab')).toBe(true);
    browser.open.clear();

    const third = await visit(browser);
    expect(await third.drafts.list()).toMatchObject([{ id: 'tab', isStuck: true }]);
    await third.drafts.open('tab');
    await third.answer();
    browser.open.clear();

    const fourth = await visit(browser);
    expect(fourth.workbench.get().text).toMatchObject({ part: { text: 'a' } });
  });

  test('counts as opened after the check, the editor and a responsive page', async () => {
    const browser = browserForTest({ tab: draftOf('a') });
    const { drafts, verdict, pass } = await visit(browser);
    await pass(5000);
    await verdict();
    await pass(5000);
    expect(browser.opening).toContain('tab');
    drafts.batchDrawn();
    expect(browser.opening).toContain('tab');
    await pass(1000);
    expect(browser.opening).not.toContain('tab');
  });

  test('stays marked if the engine failed', async () => {
    const browser = browserForTest({ tab: draftOf('a') });
    const { engine } = engineForTest();
    engine.batch.check = () => Promise.reject(new Error('out of memory'));
    const workbench = createWorkbench(engine);
    const drafts = keepDrafts({
      workbench,
      store: browser.store,
      tab: Promise.resolve(browser.tab('tab')),
      isBatchShown: Promise.resolve(),
      carried: { take: () => undefined, put: () => undefined },
      page: new EventTarget(),
    });
    await drafts.ready;
    drafts.batchDrawn();
    await vi.advanceTimersByTimeAsync(5000);
    expect(workbench.get().crash).toBeDefined();
    expect(browser.opening).toContain('tab');
  });

  test('isn’t marked if the page is left while it is responsive', async () => {
    const soon = browserForTest({ tab: draftOf('a') });
    const one = await visit(soon);
    await one.pass(300);
    one.leave();
    expect(soon.opening).not.toContain('tab');

    const checked = browserForTest({ tab: draftOf('a') });
    const two = await visit(checked);
    await two.verdict();
    await two.pass(5000);
    two.leave();
    expect(checked.opening).not.toContain('tab');
  });

  test('stays marked if the page is left after a long freeze, or before the check ended', async () => {
    const frozen = browserForTest({ tab: draftOf('a') });
    const one = await visit(frozen);
    await one.verdict();
    vi.setSystemTime(Date.now() + 5000);
    one.leave();
    expect(frozen.opening).toContain('tab');

    const unchecked = browserForTest({ tab: draftOf('a') });
    const two = await visit(unchecked);
    await two.pass(5000);
    two.leave();
    expect(unchecked.opening).toContain('tab');
  });

  test('isn’t opened automatically if it can’t be marked', async () => {
    const browser = browserForTest({ tab: draftOf('a') });
    browser.refuses.reason = 'no-room';
    const { workbench, drafts } = await visit(browser);
    expect(workbench.get().text).toMatchObject({ part: { text: '' } });
    expect(await drafts.list()).toMatchObject([{ id: 'tab', isStuck: false }]);
    expect(await drafts.open('tab')).toBe(true);
    expect(workbench.get().text).toMatchObject({ part: { text: 'a' } });
  });
});

describe('expiry', () => {
  const old = now - limits.draftDays * dayMs - 1;

  test('deletes old drafts of closed tabs at start, but not those of open tabs', async () => {
    const browser = browserForTest({
      old: draftOf('a', { savedAt: old }),
      open: draftOf('b', { savedAt: old }),
      young: draftOf('c', { savedAt: old + dayMs }),
    });
    browser.open.add('open');
    await visit(browser);
    expect([...browser.kept.keys()]).toEqual(['open', 'young']);
  });

  test('deletes them while the page is open, too', async () => {
    const browser = browserForTest({ young: draftOf('c', { savedAt: old + dayMs }) });
    const { pass } = await visit(browser);
    await pass(23 * 60 * 60 * 1000);
    expect([...browser.kept.keys()]).toEqual(['young']);
    await pass(2 * 60 * 60 * 1000);
    expect([...browser.kept.keys()]).toEqual([]);
  });

  test('deletes the old draft of this tab with a note', async () => {
    const { workbench, stored } = await open(draftOf('a', { savedAt: old }));
    expect(stored()).toBeUndefined();
    expect(workbench.get()).toMatchObject({ text: { part: { text: '' } }, draft: { type: 'expired' } });
  });

  test('deletes the oldest drafts of closed tabs if a new one exceeds the limit', async () => {
    const drafts = Array.from({ length: limits.drafts }, (_, index) => [
      `${index}`,
      draftOf('a', { savedAt: now - index * 1000 }),
    ]);
    const browser = browserForTest(Object.fromEntries(drafts));
    browser.open.add(`${limits.drafts - 1}`);
    const { workbench, pass } = await visit(browser);
    expect(browser.kept.size).toBe(limits.drafts);
    retype(workbench, 'new');
    await pass(500);
    expect(browser.kept.size).toBe(limits.drafts);
    expect([...browser.kept.keys()]).toContain(`${limits.drafts - 1}`);
    expect([...browser.kept.keys()]).not.toContain(`${limits.drafts - 2}`);
  });
});
