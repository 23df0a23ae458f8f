import { expect, it } from 'vitest';
import {
  mostCharacters,
  mostSteps,
  noSteps,
  redo,
  stepsTo,
  undo,
  withReading,
  withStep,
  type State,
  type Steps,
} from './steps.ts';

/** Puts other words in the place of the first `was` of the text. */
function edited(steps: Steps, before: State, was: string, put: string): Steps {
  const after = { ...before, text: before.text.replace(was, put) };
  return withStep(steps, before, after, {
    id: 0,
    text: { from: before.text.indexOf(was), removed: was, put },
    cell: { row: 0, column: 0 },
  });
}

function readAs(steps: Steps, before: State, reading: State['reading']): Steps {
  return withStep(
    steps,
    before,
    { ...before, reading },
    { id: 0, reading: { before: before.reading, after: reading } },
  );
}

const start = (text: string): State => ({ text, reading: {} });
const byTab: State['reading'] = { delimiter: '\t' };

it('takes changes back one by one, and makes them again', () => {
  const from = start('a,b,c');
  const one = edited(noSteps, from, 'b', '"x,y"');
  const two = readAs(one, one.state, byTab);
  const three = edited(two, two.state, 'c', '');
  expect(three.state).toEqual({ text: 'a,"x,y",', reading: byTab });

  const second = undo(three, three.state)!.steps;
  expect(second.state).toEqual({ text: 'a,"x,y",c', reading: byTab });
  const first = undo(second, second.state)!.steps;
  expect(first.state).toEqual({ text: 'a,"x,y",c', reading: from.reading });
  const none = undo(first, first.state)!.steps;
  expect(none.state).toEqual(from);
  expect(undo(none, none.state)).toBeUndefined();

  const again = redo(none, none.state)!.steps;
  expect(again.state).toEqual(one.state);
  const twice = redo(again, again.state)!.steps;
  expect(redo(twice, twice.state)!.steps.state).toEqual(three.state);
});

it('makes nothing again once something else was changed', () => {
  const one = edited(noSteps, start('a,b'), 'b', 'x');
  const back = undo(one, one.state)!.steps;
  const other = edited(back, back.state, 'a', 'y');
  expect(redo(other, other.state)).toBeUndefined();
});

it('leaves alone what somebody else has changed: of a text that was typed in, the reading can still be taken back', () => {
  const one = edited(noSteps, start('a,b'), 'b', 'x');
  const two = readAs(one, one.state, byTab);
  const typed = { ...two.state, text: 'a,x ' };
  const back = undo(two, typed)!.steps;
  expect(back.state).toEqual({ text: 'a,x ', reading: one.state.reading });
  expect(undo(back, back.state)).toBeUndefined();
  expect(redo(back, back.state)!.steps.state).toEqual(typed);

  const otherProject = { ...two.state, reading: {} };
  expect(stepsTo(two, otherProject).done).toHaveLength(1);
  expect(undo(two, otherProject)!.steps.state.text).toBe('a,b');
});

it('knows of a change that the text is read otherwise with it', () => {
  const from = start('1,a');
  const one = withReading(edited(noSteps, from, '1', 'x'), byTab);
  expect(one.state).toEqual({ text: 'x,a', reading: byTab });
  const back = undo(one, one.state)!.steps;
  expect(back.state).toEqual(from);
  expect(redo(back, back.state)!.steps.state).toEqual(one.state);
});

it('forgets the oldest changes', () => {
  let steps = noSteps;
  for (let edit = 0; edit < mostSteps + 5; edit += 1) steps = edited(steps, steps.state, '', 'x');
  expect(steps.done).toHaveLength(mostSteps);

  const large = { length: mostCharacters / 2 } as string;
  for (let edit = 0; edit < 4; edit += 1)
    steps = withStep(steps, steps.state, start('y'), {
      id: edit,
      text: { from: 0, removed: large, put: '' },
    });
  expect(steps.done.map(({ id }) => id)).toEqual([2, 3]);
});
