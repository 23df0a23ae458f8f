import { beforeEach, expect, test, vi } from 'vitest';
import type { CheckSummary } from '#domain/check.ts';
import type { LargeText, TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Verdict } from '#engine/batch/calls/check-calls.ts';
import type { TypedChange } from '#engine/batch/calls/text-calls.ts';
import type { TextVersion } from '#engine/batch/batch-text.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { wholeText } from './text-on-screen.ts';
import { createWorkbench, foldWorkbench, type Workbench } from './workbench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

/** An engine with only the calls that the workbench makes. Tests resolve each check themselves. */
function engineForTest() {
  const answers: (() => void)[] = [];
  const checkedTexts: (string | TextVersion)[] = [];
  const textsInVerdicts: TextOnScreen[] = [];
  const projects: (number | undefined)[] = [];
  const batch = {
    setImportSettings: async () => undefined,
    setProject: async (id: number | undefined) => void projects.push(id),
    check: (told: string | TextVersion) => {
      checkedTexts.push(told);
      return new Promise<Verdict>((resolve) =>
        answers.push(() => {
          const text = textsInVerdicts.shift();
          resolve({
            steps: noSteps,
            ...checkedAs(typeof told === 'string' ? told : ''),
            ...(text && { text }),
          });
        }),
      );
    },
  };
  return { engine: { batch } as unknown as Engine, answers, checkedTexts, textsInVerdicts, projects };
}

const checkedAs = (text: string): CheckSummary => ({
  format: 'request',
  entries: 1,
  rows: text.length,
  errors: 0,
  warnings: 0,
  refused: 0,
  sourceErrors: 0,
  problems: [],
  problemGroups: [],
  moreGroups: 0,
  truncated: false,
  notChecked: [],
  reading: undefined,
  gridRows: undefined,
});

const noSteps = { undo: undefined, redo: undefined };
const connectionTo = (base: string) => ({ server: { base } }) as Connection;
const settle = () => vi.advanceTimersByTimeAsync(0);

test('checks a first change at once, and typing after a pause', async () => {
  const { engine, checkedTexts } = engineForTest();
  const workbench = createWorkbench(engine);

  workbench.changeText('a');
  await settle();
  workbench.changeText('ab');
  await vi.advanceTimersByTimeAsync(100);
  workbench.changeText('abc');
  await vi.advanceTimersByTimeAsync(100);
  expect(checkedTexts).toEqual(['a']);

  await vi.advanceTimersByTimeAsync(50);
  expect(checkedTexts).toEqual(['a', 'abc']);
});

test('drops the result of a check of an earlier text', async () => {
  const { engine, answers } = engineForTest();
  const workbench = createWorkbench(engine);

  workbench.changeText('a');
  await settle();
  workbench.changeText('ab');
  await vi.advanceTimersByTimeAsync(200);
  answers[0]!();
  await settle();
  expect(workbench.get()).toMatchObject({ checked: undefined, checking: true });

  answers[1]!();
  await settle();
  expect(workbench.get()).toMatchObject({ checked: { rows: 2 }, checking: false });
});

test('settled() resolves after the last change was checked', async () => {
  const { engine, answers, checkedTexts } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  await settle();
  workbench.changeText('ab');

  let isSettled = false;
  void workbench.settled().then(() => (isSettled = true));
  await settle();
  expect(checkedTexts).toEqual(['a', 'ab']);
  expect(isSettled).toBe(false);

  answers[1]!();
  await settle();
  expect(isSettled).toBe(true);
});

/** A large text of which the page has one part. */
const large = (edition: number, more: Partial<LargeText> = {}): LargeText => ({
  size: 'large',
  edition,
  typed: 0,
  length: 5_000_000,
  firstLine: 'task',
  namesProject: false,
  part: { text: 'task\n', from: 0, to: 5, firstLine: 1 },
  ...more,
});

test('sends typing in a large text to the engine at once, and checks by version', async () => {
  const { engine, checkedTexts } = engineForTest();
  const typed: TypedChange[] = [];
  Object.assign(engine.batch, { type: async (change: TypedChange) => void typed.push(change) });
  const workbench = createWorkbench(engine);
  workbench.take(large(4));
  await settle();
  expect(checkedTexts).toEqual([{ edition: 4, typed: 0 }]);

  workbench.type({ edition: 4, edits: [{ from: 1, to: 3, put: 'abc' }] });
  workbench.type({ edition: 4, edits: [{ from: 0, to: 0, put: 'x' }], firstLine: 'xtabck' });
  workbench.type({ edition: 3, edits: [{ from: 0, to: 9, put: '' }] });
  expect(typed.map((change) => change.typed)).toEqual([0, 1]);
  expect(workbench.get().text).toMatchObject({ typed: 2, length: 5_000_002, firstLine: 'xtabck' });
  await vi.advanceTimersByTimeAsync(200);
  expect(checkedTexts.at(-1)).toEqual({ edition: 4, typed: 2 });
});

test('knows a text that has grown large by its part after the check', async () => {
  const { engine, answers, textsInVerdicts } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  await settle();
  workbench.noteDraft({ type: 'not-stored', reason: 'too-large' });
  textsInVerdicts.push(large(1));
  answers[0]!();
  await settle();
  const { text, checking, draft, checked } = workbench.get();
  expect({ text, checking }).toEqual({ text: large(1), checking: false });
  expect(draft).toEqual({ type: 'not-stored', reason: 'too-large' });
  expect(checked).not.toHaveProperty('text');
});

test('a restored text doesn’t replace what was typed in the meantime', async () => {
  const { engine } = engineForTest();
  let answer: (text: TextOnScreen | undefined) => void = () => undefined;
  Object.assign(engine.batch, {
    openDraft: () =>
      new Promise<TextOnScreen | undefined>((resolve) => {
        answer = resolve;
      }),
  });
  const workbench = createWorkbench(engine);
  const first = workbench.takeBack(new Blob(['a']));
  workbench.changeText('typed');
  answer(large(1));
  expect(await first).toBe('not-wanted');
  expect(workbench.get().text).toEqual(wholeText('typed'));

  const second = workbench.takeBack(new Blob(['a']));
  answer(large(2));
  expect(await second).toBe('taken');
  expect(workbench.get().text).toEqual(large(2));
});

test('sends project and text again after connecting, because the engine may be another worker', async () => {
  const { engine, projects, checkedTexts } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  workbench.chooseProject(3);
  workbench.connected(connectionTo('https://one'));
  await settle();
  expect(projects.at(-1)).toBeUndefined();
  expect(checkedTexts.at(-1)).toBe('a');
});

test('stores an engine failure as a crash', async () => {
  const batch = { setProject: () => Promise.reject(new Error('gone')) };
  const engine = { batch } as unknown as Engine;
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  await settle();
  expect(workbench.get()).toMatchObject({ text: wholeText('a'), checking: false, crash: new Error('gone') });

  workbench.recover();
  expect(workbench.get().crash).toBeUndefined();
});

const bench = {
  text: wholeText(''),
  importSettings: {},
  revision: 7,
  projectId: 3,
  connection: connectionTo('https://one'),
} as Workbench;

test('keeps a chosen project for its server', () => {
  const again = foldWorkbench(bench, { type: 'connected', connection: connectionTo('https://one') });
  expect(again.projectId).toBe(3);
  const elsewhere = foldWorkbench(bench, { type: 'connected', connection: connectionTo('https://two') });
  expect(elsewhere.projectId).toBeUndefined();
});

test('a run is of this text until the text changes', () => {
  const ran = foldWorkbench(bench, { type: 'run-started', runId: 'a' });
  expect(ran.lastRun).toEqual({ id: 'a', isOfThisText: true });
  expect(foldWorkbench(ran, { type: 'disconnected' }).lastRun?.isOfThisText).toBe(true);
  expect(foldWorkbench(ran, { type: 'text-changed', text: wholeText('b') }).lastRun).toEqual({
    id: 'a',
    isOfThisText: false,
  });
});

test('skipping invalid rows applies to one text in one project', () => {
  const said = foldWorkbench(bench, { type: 'invalid-rows-skipped' });
  expect(said.skipsInvalidRows).toBe(true);
  expect(foldWorkbench(said, { type: 'checking' }).skipsInvalidRows).toBe(true);
  expect(foldWorkbench(said, { type: 'text-changed', text: wholeText('b') }).skipsInvalidRows).toBe(false);
  expect(foldWorkbench(said, { type: 'project-chosen', projectId: 9 }).skipsInvalidRows).toBe(false);
});

test('changes the revision exactly when a plan is outdated', () => {
  expect(foldWorkbench(bench, { type: 'text-changed', text: wholeText('a') }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'project-chosen', projectId: 4 }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'disconnected' }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'checking' }).revision).toBe(7);
  expect(foldWorkbench(bench, { type: 'run-started', runId: 'a' }).revision).toBe(7);
});
