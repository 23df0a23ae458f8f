import { isSameVersion, type TextVersion } from '#wire/text/text-version.ts';
import * as fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { BatchText, type TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Verdict } from '#engine/batch/calls/check-calls.ts';
import type { PartOfText, TypedChange } from '#engine/batch/calls/text-calls.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { checkOf, retype, textOf } from './spec-batch.ts';
import { foldWorkbench, type Workbench } from './workbench-state.ts';
import { createWorkbench, type Typed, type WorkbenchStore } from './workbench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

/** An engine with only the calls that the workbench makes. Tests resolve each check themselves. */
function engineForTest() {
  const answers: (() => void)[] = [];
  const checked: TextVersion[] = [];
  const typed: TypedChange[] = [];
  const textsInVerdicts: TextOnScreen[] = [];
  const projects: (number | undefined)[] = [];
  const batch = {
    setImportSettings: async () => undefined,
    setProject: async (id: number | undefined) => void projects.push(id),
    type: async (change: TypedChange) => void typed.push(change),
    check: (version: TextVersion) => {
      checked.push(version);
      return new Promise<Verdict>((resolve) =>
        answers.push(() => {
          const text = textsInVerdicts.shift();
          resolve({ steps: noSteps, ...checkedAs(version.typed), ...(text && { text }) });
        }),
      );
    },
  };
  return { engine: { batch } as unknown as Engine, answers, checked, typed, textsInVerdicts, projects };
}

const checkedAs = (rows: number) => checkOf({ rows });

const noSteps = { undo: undefined, redo: undefined };
const connectionTo = (base: string) => ({ server: { base } }) as Connection;
const settle = () => vi.advanceTimersByTimeAsync(0);

test('checks a first change at once, and typing after a pause', async () => {
  const { engine, checked } = engineForTest();
  const workbench = createWorkbench(engine);

  retype(workbench, 'a');
  await settle();
  retype(workbench, 'ab');
  await vi.advanceTimersByTimeAsync(100);
  retype(workbench, 'abc');
  await vi.advanceTimersByTimeAsync(100);
  expect(checked.map(({ typed }) => typed)).toEqual([1]);

  await vi.advanceTimersByTimeAsync(50);
  expect(checked.map(({ typed }) => typed)).toEqual([1, 3]);
});

test('drops the result of a check of an earlier text', async () => {
  const { engine, answers } = engineForTest();
  const workbench = createWorkbench(engine);

  retype(workbench, 'a');
  await settle();
  retype(workbench, 'ab');
  await vi.advanceTimersByTimeAsync(200);
  answers[0]!();
  await settle();
  expect(workbench.get()).toMatchObject({ checked: undefined, checking: true });

  answers[1]!();
  await settle();
  expect(workbench.get()).toMatchObject({ checked: { rows: 2 }, checking: false });
});

test('settled() resolves after the last change was checked', async () => {
  const { engine, answers, checked } = engineForTest();
  const workbench = createWorkbench(engine);
  retype(workbench, 'a');
  await settle();
  retype(workbench, 'ab');

  let isSettled = false;
  void workbench.settled().then(() => (isSettled = true));
  await settle();
  expect(checked.map(({ typed }) => typed)).toEqual([1, 2]);
  expect(isSettled).toBe(false);

  answers[1]!();
  await settle();
  expect(isSettled).toBe(true);
});

/** A large text, of which the page has one part. */
const large = (edition: number, more: Partial<TextOnScreen> = {}): TextOnScreen => ({
  edition,
  typed: 0,
  length: 5_000_000,
  firstLine: 'task',
  namesProject: false,
  part: { text: 'task\n', from: 0, to: 5, firstLine: 1 },
  ...more,
});

const typing = (edition: number, from: number, to: number, put: string): Typed => ({
  edition,
  edits: [{ from, to, put }],
  typing: { at: 0, joins: true },
});

const shown = (workbench: WorkbenchStore) => workbench.get().text.part.text;

test('what is typed is shown and sent at once, and the check says which text it is for', async () => {
  const { engine, checked, typed } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.take(large(4));
  await settle();
  expect(checked).toEqual([{ edition: 4, typed: 0 }]);

  expect(workbench.type(typing(4, 1, 3, 'abc'))).toEqual({ edition: 4, typed: 1 });
  workbench.type(typing(4, 0, 0, 'x'));
  expect(workbench.type(typing(3, 0, 9, ''))).toBeUndefined();
  expect(typed.map((change) => change.typed)).toEqual([0, 1]);
  expect(workbench.get().text).toMatchObject({
    typed: 2,
    length: 5_000_002,
    firstLine: 'xtabck',
    part: { text: 'xtabck\n', from: 0, to: 7 },
  });
  await vi.advanceTimersByTimeAsync(200);
  expect(checked.at(-1)).toEqual({ edition: 4, typed: 2 });
});

test('what is typed beside the window moves it', () => {
  const { engine } = engineForTest();
  const workbench = createWorkbench(engine);
  const part = { text: 'abc', from: 10, to: 13, firstLine: 3 };
  workbench.take(large(1, { part }));
  const typed = (from: number, to: number, put: string) => {
    workbench.type(typing(1, from, to, put));
    const { part: window, length } = workbench.get().text;
    return [window.text, window.from, window.to, length];
  };
  expect(typed(2, 4, 'xyz')).toEqual(['abc', 11, 14, 5_000_001]);
  expect(typed(9, 12, 'x')).toEqual(['bc', 10, 12, 4_999_999]);
  expect(typed(20, 21, '')).toEqual(['bc', 10, 12, 4_999_998]);
  workbench.clear();
  expect(workbench.get().text).toMatchObject({ length: 0, part: { text: '', from: 0, to: 0, firstLine: 1 } });
});

test('what is typed while the engine changes the text goes into the new one, unless it was replaced', () => {
  const { engine, typed } = engineForTest();
  const workbench = createWorkbench(engine);
  workbench.take(textOf('one two three', { edition: 1 }));
  workbench.type(typing(1, 13, 13, '!'));
  // On their way when the engine replaced “two” by “2”.
  workbench.type(typing(1, 0, 0, '>'));
  workbench.type(typing(1, 6, 6, 'x'));
  const replaced = { edition: 1, typed: 1, from: 4, to: 7, length: 1 };
  workbench.take(textOf('one 2 three!', { edition: 2, replaced }));
  expect(shown(workbench)).toBe('>one 2 three!');
  expect(typed.at(-1)).toMatchObject({ edition: 2, typed: 0, edits: [{ from: 0, to: 0, put: '>' }] });

  // The editor has these in the earlier text, which it still showed.
  expect(workbench.type(typing(1, 16, 16, '?'))).toEqual({ edition: 2, typed: 2 });
  expect(shown(workbench)).toBe('>one 2 three!?');
  workbench.type(typing(1, 0, 1, ''));
  expect(shown(workbench)).toBe('one 2 three!?');
  expect(typed.slice(-2).map(({ edition, typed: at }) => [edition, at])).toEqual([
    [2, 1],
    [2, 2],
  ]);
});

test('a text that typing has made too large for the page is known by a part of it once it is checked', async () => {
  const { engine, answers, textsInVerdicts } = engineForTest();
  const workbench = createWorkbench(engine);
  retype(workbench, 'a');
  await settle();
  const { revision } = workbench.get();
  workbench.noteDraft({ type: 'not-stored', reason: 'too-large' });
  textsInVerdicts.push(large(0, { typed: 1 }));
  answers[0]!();
  await settle();
  const { text, checking, draft, checked, revision: after } = workbench.get();
  expect({ part: text.part, checking, revision: after }).toEqual({
    part: large(0).part,
    checking: false,
    revision,
  });
  expect(draft).toEqual({ type: 'not-stored', reason: 'too-large' });
  expect(checked).not.toHaveProperty('text');
});

test('a text that the engine has lost is sent again while it is whole on screen, once', async () => {
  const { engine, answers, textsInVerdicts, typed } = engineForTest();
  const workbench = createWorkbench(engine);
  retype(workbench, 'a');
  await settle();
  textsInVerdicts.push(textOf('', { edition: 0 }));
  answers[0]!();
  await settle();
  expect(shown(workbench)).toBe('a');
  expect(typed.at(-1)).toMatchObject({ edition: 0, typed: 0, edits: [{ from: 0, to: 0, put: 'a' }] });

  textsInVerdicts.push(textOf('', { edition: 0 }));
  await vi.advanceTimersByTimeAsync(200);
  answers.at(-1)!();
  await settle();
  expect(workbench.get().crash).toEqual(new Error('The engine doesn’t take the text.'));
  expect(shown(workbench)).toBe('a');
});

test('moves the window, again if something was typed meanwhile', async () => {
  const { engine } = engineForTest();
  const asked: ((text: PartOfText) => void)[] = [];
  Object.assign(engine.batch, {
    textPart: () => new Promise<PartOfText>((resolve) => asked.push(resolve)),
  });
  const workbench = createWorkbench(engine);
  workbench.take(large(1));
  const part = (text: string) => ({ text, from: 50, to: 50 + text.length, firstLine: 9 });
  void workbench.showPart({ at: 'from', place: 50 });
  workbench.type(typing(1, 0, 0, 'x'));
  asked[0]!({ edition: 1, typed: 0, part: part('outdated') });
  await settle();
  expect(shown(workbench)).toBe('xtask\n');
  asked[1]!({ edition: 1, typed: 1, part: part('moved') });
  await settle();
  expect(shown(workbench)).toBe('moved');
});

test('a draft does not take the place of what was typed meanwhile', async () => {
  const { engine } = engineForTest();
  let answer: (text: TextOnScreen | undefined) => void = () => undefined;
  Object.assign(engine.batch, {
    openDraft: () =>
      new Promise<TextOnScreen | undefined>((resolve) => {
        answer = resolve;
      }),
  });
  const workbench = createWorkbench(engine);
  const first = workbench.openDraft(new Blob(['a']));
  retype(workbench, 'typed');
  answer(textOf('a', { edition: 1 }));
  expect(await first).toBe('not-wanted');
  expect(shown(workbench)).toBe('typed');

  // The engine refuses it if it knows what was typed.
  const second = workbench.openDraft(new Blob(['a']));
  answer(workbench.get().text);
  expect(await second).toBe('not-wanted');

  workbench.clear();
  const third = workbench.openDraft(new Blob(['a']));
  answer(large(2));
  expect(await third).toBe('opened');
  expect(workbench.get().text).toEqual(large(2));
});

test('after connecting, the engine gets the project again: it may be another worker', async () => {
  const { engine, projects, checked } = engineForTest();
  const workbench = createWorkbench(engine);
  retype(workbench, 'a');
  workbench.chooseProject(3);
  workbench.connected(connectionTo('https://one'));
  await settle();
  expect(projects.at(-1)).toBeUndefined();
  expect(checked.at(-1)).toEqual({ edition: 0, typed: 1 });
});

test('stores an engine failure as a crash', async () => {
  const { engine } = engineForTest();
  Object.assign(engine.batch, { check: () => Promise.reject(new Error('gone')) });
  const workbench = createWorkbench(engine);
  retype(workbench, 'a');
  await settle();
  expect(workbench.get()).toMatchObject({ checking: false, crash: new Error('gone') });

  expect(await (await workbench.textAsFile()).text()).toBe('a');
  workbench.recover();
  expect(workbench.get().crash).toBeUndefined();
});

const state = {
  text: textOf(''),
  importSettings: {},
  revision: 7,
  projectId: 3,
  connection: connectionTo('https://one'),
} as Workbench;

test('keeps a chosen project for its server', () => {
  const again = foldWorkbench(state, { type: 'connected', connection: connectionTo('https://one') });
  expect(again.projectId).toBe(3);
  const elsewhere = foldWorkbench(state, { type: 'connected', connection: connectionTo('https://two') });
  expect(elsewhere.projectId).toBeUndefined();
});

test('a run is of this text until the text changes', () => {
  const ran = foldWorkbench(state, { type: 'run-started', runId: 'a' });
  expect(ran.lastRun).toEqual({ id: 'a', isOfThisText: true });
  expect(foldWorkbench(ran, { type: 'disconnected' }).lastRun?.isOfThisText).toBe(true);
  expect(foldWorkbench(ran, { type: 'text-changed', text: textOf('b') }).lastRun).toEqual({
    id: 'a',
    isOfThisText: false,
  });
});

test('skipping invalid rows applies to one text in one project', () => {
  const skipping = foldWorkbench(state, { type: 'invalid-rows-skipped' });
  expect(skipping.skipsInvalidRows).toBe(true);
  expect(foldWorkbench(skipping, { type: 'checking' }).skipsInvalidRows).toBe(true);
  expect(foldWorkbench(skipping, { type: 'text-changed', text: textOf('b') }).skipsInvalidRows).toBe(false);
  expect(foldWorkbench(skipping, { type: 'project-chosen', projectId: 9 }).skipsInvalidRows).toBe(false);
});

test('changes the revision exactly when a plan is outdated', () => {
  expect(foldWorkbench(state, { type: 'text-changed', text: textOf('a') }).revision).toBe(8);
  expect(foldWorkbench(state, { type: 'project-chosen', projectId: 4 }).revision).toBe(8);
  expect(foldWorkbench(state, { type: 'disconnected' }).revision).toBe(8);
  expect(foldWorkbench(state, { type: 'checking' }).revision).toBe(7);
  expect(foldWorkbench(state, { type: 'run-started', runId: 'a' }).revision).toBe(7);
});

test('nothing typed is lost while the engine changes the text, and both end with the same text', async () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const action = fc.oneof(
    fc.record({ do: fc.constantFrom('type' as const, 'insert' as const), place }),
    // One message arrives.
    fc.record({ do: fc.constantFrom('call' as const, 'answer' as const), place }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      const text = new BatchText();
      const calls: (() => void)[] = [];
      const answers: (() => void)[] = [];
      const send = <T>(work: () => T) =>
        new Promise<T>((resolve) => {
          calls.push(() => {
            const answer = work();
            answers.push(() => resolve(answer));
          });
        });
      const batch = {
        setProject: () => send(() => undefined),
        setImportSettings: () => send(() => undefined),
        type: ({ edits, typing: how, ...version }: TypedChange) =>
          send(() => isSameVersion(version, text.version) && text.type(edits, how)),
        check: (known: TextVersion) =>
          send((): Verdict => {
            const update = text.updateFor(known);
            return { steps: noSteps, ...checkedAs(0), ...(update && { text: update }) };
          }),
      };
      const workbench = createWorkbench({ batch } as unknown as Engine);
      // Changes outside the editor are made one by one.
      let turn = Promise.resolve();
      const insert = async (before: Promise<void>, at: number) => {
        await before;
        const offset = Math.floor(at * text.source.length);
        workbench.take(await send(() => text.replace(text.source.with(offset, offset, SourceText.of('#')))));
      };
      const deliver = async (messages: (() => void)[]) => {
        messages.shift()?.();
        await settle();
      };
      for (const { do: what, place: at } of actions) {
        const { edition, length } = workbench.get().text;
        const from = Math.floor(at * length);
        if (what === 'type') workbench.type(typing(edition, from, from, 'a'));
        if (what === 'insert') turn = insert(turn, at);
        if (what === 'call') await deliver(calls);
        if (what === 'answer') await deliver(answers);
      }
      await vi.advanceTimersByTimeAsync(1000);
      while (calls.length + answers.length > 0) {
        await deliver(calls);
        await deliver(answers);
        await vi.advanceTimersByTimeAsync(1000);
      }
      await turn;
      expect(workbench.get()).toMatchObject({ crash: undefined, checking: false });
      expect(shown(workbench)).toBe(text.whole);
      const done = (what: string) => actions.filter((one) => one.do === what).length;
      expect(shown(workbench).replaceAll('#', '')).toHaveLength(done('type'));
      expect(shown(workbench).replaceAll('a', '')).toHaveLength(done('insert'));
    }),
  );
});
