import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LargeText, TextOnScreen } from '#engine/batch/batch-text.ts';
import { wholeText } from '#ui/state/text-on-screen.ts';
import {
  changeBetween,
  maxCharacters,
  maxSteps,
  nextStep,
  noSteps,
  pauseMs,
  stepsTo,
  takeStep,
  withoutTexts,
  withImportSettings,
  withStep,
  withTaken,
  type State,
  type Steps,
  type Direction,
} from './steps.ts';

const wordsOf = (text: TextOnScreen) => (text.size === 'small' ? text.text : `edition ${text.edition}`);

/** Replaces the first `was` of the text by `put`. */
function edited(steps: Steps, before: State, was: string, put: string): Steps {
  const words = wordsOf(before.text);
  const after = { ...before, text: wholeText(words.replace(was, put)) };
  return withStep(steps, before, after, {
    id: 0,
    text: { from: words.indexOf(was), removed: was, put },
    cell: { row: 0, column: 0 },
  });
}

function replaced(steps: Steps, text: TextOnScreen): Steps {
  const before = steps.state;
  return withStep(steps, before, { ...before, text }, { id: 0, text: changeBetween(before.text, text) });
}

function readAs(steps: Steps, before: State, importSettings: State['importSettings']): Steps {
  return withStep(
    steps,
    before,
    { ...before, importSettings },
    { id: 0, importSettings: { before: before.importSettings, after: importSettings } },
  );
}

/** An engine that holds large texts of these editions and gives each changed text a new number. */
function engineWith(...editions: number[]) {
  const kept = [...editions];
  let now = '';
  return {
    stands: (text: string) => {
      now = text;
    },
    edit: async ([edit]: { from: number; to: number; put: string }[]) => {
      now = now.slice(0, edit!.from) + edit!.put + now.slice(edit!.to);
      return wholeText(now);
    },
    restore: async ({ edition }: { edition: number }) =>
      kept.includes(edition) ? large(edition) : undefined,
  };
}

/** The state after undo or redo, with its steps; undefined if there is no step. */
async function step(
  steps: Steps,
  now: State,
  way: Direction,
  engine = engineWith(),
): Promise<Steps | undefined> {
  const next = nextStep(steps, now, way);
  if (next === undefined) return undefined;
  engine.stands(wordsOf(now.text));
  return withTaken(steps, now, way, (await takeStep(engine, next, way, now.text))!);
}
const undo = async (steps: Steps, now = steps.state) => (await step(steps, now, 'undo'))!;
const redo = async (steps: Steps, now = steps.state) => (await step(steps, now, 'redo'))!;

const start = (text: string): State => ({ text: wholeText(text), importSettings: {} });
const byTab: State['importSettings'] = { delimiter: '\t' };
const large = (edition: number): LargeText => ({
  size: 'large',
  edition,
  typed: 0,
  length: 50_000_000,
  firstLine: '',
  namesProject: false,
  part: { text: '', from: 0, to: 0, firstLine: 1 },
});

it('takes changes back one by one, and makes them again', async () => {
  const from = start('a,b,c');
  const one = edited(noSteps, from, 'b', '"x,y"');
  const two = readAs(one, one.state, byTab);
  const three = edited(two, two.state, 'c', '');
  expect(three.state).toEqual({ text: wholeText('a,"x,y",'), importSettings: byTab });

  const second = await undo(three);
  expect(second.state).toEqual({ text: wholeText('a,"x,y",c'), importSettings: byTab });
  const first = await undo(second);
  expect(first.state).toEqual({ text: wholeText('a,"x,y",c'), importSettings: from.importSettings });
  const none = await undo(first);
  expect(none.state).toEqual(from);
  expect(nextStep(none, none.state, 'undo')).toBeUndefined();

  const again = await redo(none);
  expect(again.state).toEqual(one.state);
  const twice = await redo(again);
  expect((await redo(twice)).state).toEqual(three.state);
});

it('makes nothing again once something else was changed', async () => {
  const one = edited(noSteps, start('a,b'), 'b', 'x');
  const back = await undo(one);
  const other = edited(back, back.state, 'a', 'y');
  expect(nextStep(other, other.state, 'redo')).toBeUndefined();
});

it('leaves alone what somebody else has changed: of a text that was typed in, the reading can still be taken back', async () => {
  const one = edited(noSteps, start('a,b'), 'b', 'x');
  const two = readAs(one, one.state, byTab);
  const typed = { ...two.state, text: wholeText('a,x ') };
  const back = await undo(two, typed);
  expect(back.state).toEqual({ text: wholeText('a,x '), importSettings: one.state.importSettings });
  expect(nextStep(back, back.state, 'undo')).toBeUndefined();
  expect((await redo(back)).state).toEqual(typed);

  const otherProject = { ...two.state, importSettings: {} };
  expect(stepsTo(two, otherProject).done).toHaveLength(1);
  expect((await undo(two, otherProject)).state.text).toEqual(wholeText('a,b'));
});

it('knows of a change that the text is read otherwise with it', async () => {
  const from = start('1,a');
  const one = withImportSettings(edited(noSteps, from, '1', 'x'), byTab);
  expect(one.state).toEqual({ text: wholeText('x,a'), importSettings: byTab });
  const back = await undo(one);
  expect(back.state).toEqual(from);
  expect((await redo(back)).state).toEqual(one.state);
});

it('goes back from a large text to a small one, and finds the large one as it was left', async () => {
  const engine = engineWith(3, 7);
  const opened = replaced(replaced(noSteps, wholeText('a')), large(3));
  // Undone cell changes have increased the edition.
  const same = { ...opened.state, text: large(7) };
  const left = { ...opened, state: same };
  const small = (await step(left, same, 'undo', engine))!;
  expect(wordsOf(small.state.text)).toBe('a');
  const again = (await step(small, small.state, 'redo', engine))!;
  expect(wordsOf(again.state.text)).toBe('edition 7');
});

it('of two small texts only keeps what differs, by whole characters', () => {
  expect(changeBetween(wholeText('a😀b'), wholeText('a😁b'))).toEqual({ from: 1, removed: '😀', put: '😁' });
  expect(changeBetween(wholeText('a'), large(3))).toEqual({ before: wholeText('a'), after: large(3) });
});

it('keeps the ways back in how the text is read where a text is not kept any more', () => {
  const steps = readAs(replaced(noSteps, large(3)), { text: large(3), importSettings: {} }, byTab);
  expect(withoutTexts(steps).done).toEqual([steps.done[1]]);
});

/** Writes `words` into the form of a request at this time, in milliseconds. */
function written(steps: Steps, words: string, at: number, entry = 0): Steps {
  const before = steps.state;
  const text = wholeText(words);
  const change = changeBetween(before.text, text);
  return withStep(steps, before, { ...before, text }, { id: at, text: change, form: { entry, at } });
}

it('what is typed in a form without a pause is one step', async () => {
  let steps = written({ ...noSteps, state: start('a ""') }, 'a "x"', 0);
  steps = written(steps, 'a "xy"', pauseMs);
  expect(steps.done).toHaveLength(1);
  steps = written(steps, 'a "xyz"', 2 * pauseMs + 1);
  expect(steps.done).toHaveLength(2);
  // A change at another place, or of another request, is a separate step.
  steps = written(steps, 'b "xyz"', 2 * pauseMs + 2);
  expect(steps.done).toHaveLength(3);
  steps = written(steps, 'bc "xyz"', 2 * pauseMs + 3, 1);
  expect(steps.done).toHaveLength(4);
  for (const words of ['b "xyz"', 'a "xyz"', 'a "xy"', 'a ""']) {
    steps = await undo(steps);
    expect(wordsOf(steps.state.text)).toBe(words);
  }
});

it('whatever is typed in a form can be taken back, and made again', async () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 2, maxLength: 5 }), async ([first = '', ...more]) => {
      const from = { ...noSteps, state: start(first) };
      const to = more.reduce((steps, next, at) => written(steps, next, at), from);
      let steps = to;
      while (steps.done.length > 0) steps = await undo(steps);
      expect(wordsOf(steps.state.text)).toBe(first);
      while (steps.undone.length > 0) steps = await redo(steps);
      expect(steps.state).toEqual(to.state);
    }),
  );
});

it('of a large text that is written in the form, the one before is kept', () => {
  const before = { text: large(3), importSettings: {} };
  const middle = { ...before, text: large(4) };
  const form = { entry: 0, at: 0 };
  const one = withStep(noSteps, before, middle, { id: 1, text: changeBetween(large(3), large(4)), form });
  const two = withStep(
    one,
    middle,
    { ...before, text: large(5) },
    {
      id: 2,
      text: changeBetween(large(4), large(5)),
      form,
    },
  );
  expect(two.done).toEqual([{ id: 2, form, text: { before: large(3), after: large(5) } }]);
});

it('forgets the oldest changes', () => {
  let steps = noSteps;
  for (let edit = 0; edit < maxSteps + 5; edit += 1) steps = edited(steps, steps.state, '', 'x');
  expect(steps.done).toHaveLength(maxSteps);

  const long = { length: maxCharacters / 2 } as string;
  for (let edit = 0; edit < 4; edit += 1)
    steps = withStep(steps, steps.state, start('y'), {
      id: edit,
      text: { from: 0, removed: long, put: '' },
    });
  expect(steps.done.map(({ id }) => id)).toEqual([2, 3]);
});
