import { beforeEach, expect, test, vi } from 'vitest';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import type { Draft } from './draft-store.ts';
import { keepDraft } from './keep-draft.ts';
import { wholeText } from './text-on-screen.ts';
import { createWorkbench } from './workbench.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12) });
});

const large: TextOnScreen = {
  size: 'large',
  edition: 1,
  typed: 0,
  length: 5_000_000,
  firstLine: 'task',
  namesProject: false,
  part: { text: 'task\n', from: 0, to: 5, firstLine: 1 },
};
const file = new Blob(['what the engine has']);

const batch = {
  setImportSettings: async () => undefined,
  setProject: async () => undefined,
  check: () => new Promise(() => undefined),
  textAsFile: async () => file,
  openDraft: async (text: Blob) => (text === file ? large : undefined),
};
const engine = { batch } as unknown as Engine;

/** Holds one draft in memory. */
function storeForTest(draft?: Draft) {
  const kept = { draft };
  return {
    kept,
    read: async () => kept.draft,
    write: async (next: Draft) => {
      kept.draft = next;
      return 'last';
    },
    remove: async () => {
      kept.draft = undefined;
    },
  };
}

const connectionTo = (base: string) => ({ server: { base } }) as Connection;
const draftOf = (text: string | Blob, more: Partial<Draft> = {}): Draft => ({
  text,
  reading: {},
  project: undefined,
  savedAt: 1000,
  ...more,
});

/** A workbench after a reload, with the draft that the browser kept. */
async function open(draft?: Draft, carried = '') {
  const store = storeForTest(draft);
  const workbench = createWorkbench(engine);
  workbench.changeText(carried);
  await keepDraft(workbench, store);
  return { workbench, kept: store.kept };
}

test('text, project and reading are saved half a second after the last change', async () => {
  const { workbench, kept } = await open();
  workbench.connected(connectionTo('https://a.example'));
  workbench.chooseProject(7);
  workbench.changeText('a;b');
  workbench.chooseImportSettings({ delimiter: ';' });
  await vi.advanceTimersByTimeAsync(400);
  workbench.changeText('a;b\n1;2');
  await vi.advanceTimersByTimeAsync(499);
  expect(kept.draft).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(kept.draft).toEqual({
    text: 'a;b\n1;2',
    reading: { delimiter: ';' },
    project: { id: 7, server: 'https://a.example' },
    savedAt: Date.now(),
  });
});

test('the draft comes back at once, and its project with its server', async () => {
  const project = { id: 7, server: 'https://a.example' };
  const { workbench, kept } = await open(draftOf('a;b', { project, reading: { delimiter: ';' } }));
  expect(workbench.get()).toMatchObject({
    text: wholeText('a;b'),
    importSettings: { delimiter: ';' },
    projectId: undefined,
    draft: { restoredAt: 1000 },
  });
  workbench.changeText('a;b;c');
  await vi.advanceTimersByTimeAsync(500);
  expect(workbench.get().draft).toBeUndefined();
  expect(kept.draft).toMatchObject({ text: 'a;b;c', project });

  workbench.connected(connectionTo('https://a.example'));
  expect(workbench.get().projectId).toBe(7);
});

test('another server has another project of that number', async () => {
  const { workbench, kept } = await open(draftOf('a', { project: { id: 7, server: 'https://a.example' } }));
  workbench.connected(connectionTo('https://b.example'));
  expect(workbench.get()).toMatchObject({ text: wholeText('a'), projectId: undefined });
  workbench.changeText('ab');
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft?.project).toBeUndefined();
});

test('whoever signs out finds the project again after a reload', async () => {
  const { workbench, kept } = await open();
  workbench.connected(connectionTo('https://a.example'));
  workbench.chooseProject(7);
  workbench.changeText('a');
  workbench.disconnected();
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft?.project).toEqual({ id: 7, server: 'https://a.example' });
});

test('an emptied text is forgotten at once', async () => {
  const { workbench, kept } = await open(draftOf('a'));
  workbench.changeText('');
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.draft).toBeUndefined();
});

test('a text that the page carried over itself is not taken for a draft', async () => {
  const { workbench } = await open(draftOf('a', { reading: { delimiter: ';' } }), 'carried');
  expect(workbench.get()).toMatchObject({ text: wholeText('carried'), importSettings: {}, draft: undefined });
});

test('a large text is saved as a file, and comes back as one', async () => {
  const { workbench, kept } = await open();
  workbench.take(large);
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft?.text).toBe(file);

  const again = await open(draftOf(file, { reading: { delimiter: ';' } }));
  expect(again.workbench.get()).toMatchObject({
    text: large,
    importSettings: { delimiter: ';' },
    draft: { restoredAt: 1000 },
  });
});

test('a file that cannot be read any more is no draft, and what comes next is saved', async () => {
  const { workbench, kept } = await open(draftOf(new Blob(['gone'])));
  expect(workbench.get()).toMatchObject({ text: wholeText(''), draft: undefined });
  workbench.changeText('a');
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft?.text).toBe('a');
});

test('what the page carried over itself gets its reading from the file that holds the same', async () => {
  const { workbench } = await open(
    draftOf(new Blob(['carried']), { reading: { delimiter: ';' } }),
    'carried',
  );
  expect(workbench.get()).toMatchObject({ importSettings: { delimiter: ';' }, draft: undefined });
});

test('a text above 50 MB is not saved, nor is what it took the place of, and that is said once', async () => {
  const { workbench, kept } = await open(draftOf('a'));
  const large = 'a'.repeat(50_000_001);
  workbench.changeText(large);
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft).toBeUndefined();
  expect(workbench.get().draft).toBe('too-large');

  workbench.changeText(`${large}b`);
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft).toBeUndefined();
  expect(workbench.get().draft).toBeUndefined();

  workbench.changeText('b');
  await vi.advanceTimersByTimeAsync(500);
  expect(kept.draft?.text).toBe('b');
});
