import { beforeEach, expect, test, vi } from 'vitest';
import type { Checked } from '#domain/checked.ts';
import type { Connection, Engine } from '#engine/engine.ts';
import { wholeText } from './text-on-screen.ts';
import { createWorkbench, foldWorkbench, type Workbench } from './workbench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

/** An engine of which only what the workbench asks is there. Each check answers when its test says so. */
function engineForTest() {
  const answers: (() => void)[] = [];
  const checkedTexts: string[] = [];
  const projects: (number | undefined)[] = [];
  const engine = {
    chooseReading: async () => undefined,
    chooseProject: async (id: number | undefined) => void projects.push(id),
    check: (text: string) => {
      checkedTexts.push(text);
      return new Promise<Checked>((resolve) => answers.push(() => resolve(checkedAs(text))));
    },
  };
  return { engine: engine as unknown as Engine, answers, checkedTexts, projects };
}

const checkedAs = (text: string): Checked => ({
  shape: 'one',
  entries: 1,
  rows: text.length,
  errors: 0,
  warnings: 0,
  refused: 0,
  sourceErrors: 0,
  problems: [],
  kinds: [],
  truncated: false,
  notChecked: [],
  reading: undefined,
});

const connectionTo = (base: string) => ({ server: { base } }) as Connection;
const settle = () => vi.advanceTimersByTimeAsync(0);

test('a first change is checked at once, typing when it pauses', async () => {
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

test('the answer to an earlier check is not taken for the text as it stands', async () => {
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

test('whoever waits until it is settled finds the last change checked', async () => {
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

test('after connecting, the engine is told the project and the text again: it may be another worker', async () => {
  const { engine, projects, checkedTexts } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  workbench.chooseProject(3);
  workbench.connected(connectionTo('https://one'));
  await settle();
  expect(projects.at(-1)).toBeUndefined();
  expect(checkedTexts.at(-1)).toBe('a');
});

test('an engine that fails is a crash, which the screens give way to', async () => {
  const engine = { chooseProject: () => Promise.reject(new Error('gone')) } as unknown as Engine;
  const workbench = createWorkbench(engine);
  workbench.changeText('a');
  await settle();
  expect(workbench.get()).toMatchObject({ text: wholeText('a'), checking: false, crash: new Error('gone') });

  workbench.recover();
  expect(workbench.get().crash).toBeUndefined();
});

const bench = {
  text: wholeText(''),
  reading: {},
  revision: 7,
  projectId: 3,
  connection: connectionTo('https://one'),
} as Workbench;

test('a chosen project stays with its server', () => {
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

test('leaving out what has mistakes is said of one text, in one project', () => {
  const said = foldWorkbench(bench, { type: 'mistakes-left-out' });
  expect(said.leavesOut).toBe(true);
  expect(foldWorkbench(said, { type: 'checking' }).leavesOut).toBe(true);
  expect(foldWorkbench(said, { type: 'text-changed', text: wholeText('b') }).leavesOut).toBe(false);
  expect(foldWorkbench(said, { type: 'project-chosen', projectId: 9 }).leavesOut).toBe(false);
});

test('whatever a plan depends on outdates it, and nothing else does', () => {
  expect(foldWorkbench(bench, { type: 'text-changed', text: wholeText('a') }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'project-chosen', projectId: 4 }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'disconnected' }).revision).toBe(8);
  expect(foldWorkbench(bench, { type: 'checking' }).revision).toBe(7);
  expect(foldWorkbench(bench, { type: 'run-started', runId: 'a' }).revision).toBe(7);
});
