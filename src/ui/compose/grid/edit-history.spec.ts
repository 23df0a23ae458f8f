import { expect, it } from 'vitest';
import { mostEdits, noEdits, redo, undo, withEdit, type EditHistory } from './edit-history.ts';

/** Puts other words in the place of the first `was` of the history's text. */
function edited(history: EditHistory, before: string, was: string, put: string): EditHistory {
  const edit = { row: 0, column: 0, from: before.indexOf(was), removed: was, put };
  return withEdit(history, before, before.replace(was, put), edit);
}

it('takes changes back one by one, and makes them again', () => {
  const one = edited(noEdits, 'a,b,c', 'b', '"x,y"');
  const two = edited(one, one.text, 'c', '');
  expect(two.text).toBe('a,"x,y",');

  const back = undo(two, two.text)!.history;
  const start = undo(back, back.text)!.history;
  expect([back.text, start.text]).toEqual(['a,"x,y",c', 'a,b,c']);
  expect(undo(start, start.text)).toBeUndefined();

  const again = redo(start, start.text)!.history;
  expect(again.text).toBe(one.text);
  expect(redo(again, again.text)!.history.text).toBe(two.text);
});

it('makes nothing again once something else was changed', () => {
  const one = edited(noEdits, 'a,b', 'b', 'x');
  const back = undo(one, one.text)!.history;
  expect(redo(edited(back, back.text, 'a', 'y'), 'y,b')).toBeUndefined();
});

it('leaves a text alone that somebody else has changed', () => {
  const one = edited(noEdits, 'a,b', 'b', 'x');
  expect(undo(one, 'a,x ')).toBeUndefined();
  const other = edited(one, 'q,r', 'q', 's');
  expect(other.done).toHaveLength(1);
});

it('forgets the oldest changes', () => {
  let history = noEdits;
  for (let edit = 0; edit < mostEdits + 5; edit += 1) history = edited(history, history.text, '', 'x');
  expect(history.done).toHaveLength(mostEdits);
});
