import { expect, it } from 'vitest';
import { wholeText } from '#ui/shared/text-on-screen.ts';
import { mostEdits, noEdits, redo, undo, withEdit, type EditHistory, type Step } from './edit-history.ts';

/** All of these texts are small. */
const wordsOf = ({ text }: EditHistory) => (text.size === 'small' ? text.text : '');

/** Puts other words in the place of the first `was` of the history's text. */
function edited(history: EditHistory, before: string, was: string, put: string): EditHistory {
  const edit = { row: 0, column: 0, from: before.indexOf(was), removed: was, put };
  return withEdit(history, wholeText(before), wholeText(before.replace(was, put)), edit);
}

/** As the engine makes the change. */
function stepped(history: EditHistory, take: typeof undo): EditHistory {
  const { change, after } = take(history, history.text) as Step;
  const words = wordsOf(history);
  return {
    text: wholeText(words.slice(0, change.from) + change.put + words.slice(change.to)),
    ...after,
  };
}

it('takes changes back one by one, and makes them again', () => {
  const one = edited(noEdits, 'a,b,c', 'b', '"x,y"');
  const two = edited(one, wordsOf(one), 'c', '');
  expect(wordsOf(two)).toBe('a,"x,y",');

  const back = stepped(two, undo);
  const start = stepped(back, undo);
  expect([wordsOf(back), wordsOf(start)]).toEqual(['a,"x,y",c', 'a,b,c']);
  expect(undo(start, start.text)).toBeUndefined();

  const again = stepped(start, redo);
  expect(again.text).toEqual(one.text);
  expect(stepped(again, redo).text).toEqual(two.text);
});

it('makes nothing again once something else was changed', () => {
  const one = edited(noEdits, 'a,b', 'b', 'x');
  const back = stepped(one, undo);
  expect(redo(edited(back, wordsOf(back), 'a', 'y'), wholeText('y,b'))).toBeUndefined();
});

it('leaves a text alone that somebody else has changed', () => {
  const one = edited(noEdits, 'a,b', 'b', 'x');
  expect(undo(one, wholeText('a,x '))).toBeUndefined();
  const other = edited(one, 'q,r', 'q', 's');
  expect(other.done).toHaveLength(1);
});

it('forgets the oldest changes', () => {
  let history = noEdits;
  for (let edit = 0; edit < mostEdits + 5; edit += 1) history = edited(history, wordsOf(history), '', 'x');
  expect(history.done).toHaveLength(mostEdits);
});
