import { expect, test } from 'vitest';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { wholeText } from '#ui/state/text-on-screen.ts';
import { createTextQueue } from './text-queue.ts';

const wordsOf = (text: TextOnScreen) => (text.size === 'small' ? text.text : '');
const adding = (more: string) => (text: TextOnScreen) => wholeText(wordsOf(text) + more);

/** A workbench that checks at once unless a test makes it wait. */
function setUp(text = '') {
  const queue = createTextQueue();
  const told: string[] = [];
  let isPaused = false;

  function fail(error: unknown) {
    throw error;
  }
  function onTextChange(next: TextOnScreen) {
    told.push(wordsOf(next));
    queue.follow({ text: next, onTextChange, checking: true }, fail);
    if (!isPaused) finishCheck();
  }
  function finishCheck() {
    queue.follow({ text: wholeText(told.at(-1) ?? text), onTextChange, checking: false }, fail);
  }
  finishCheck();
  return {
    queue,
    told,
    finishCheck,
    pauseChecks: () => {
      isPaused = true;
    },
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('edits are made in the requested order, however long each takes', async () => {
  const { queue, told } = setUp('a');
  const slow = queue.edit(async (text) => {
    await turn();
    return adding('b')(text);
  });
  const fast = queue.edit(adding('c'));
  await Promise.all([slow, fast]);
  expect(told).toEqual(['ab', 'abc']);
});

test('an edit waits until the engine knows the previous text', async () => {
  const { queue, told, pauseChecks, finishCheck } = setUp('a');
  pauseChecks();
  void queue.edit(adding('b'));
  void queue.edit(adding('c'));
  await turn();
  expect(told).toEqual(['ab']);
  finishCheck();
  await turn();
  expect(told).toEqual(['ab', 'abc']);
});

test('an unchanged text isn’t reported', async () => {
  const { queue, told } = setUp('a');
  await queue.edit((text) => text);
  expect(told).toEqual([]);
});

test('pending writes are made when the screen is left', async () => {
  const { queue, told, pauseChecks } = setUp('a');
  pauseChecks();
  void queue.edit(adding('b'));
  void queue.edit(adding('c'));
  await turn();
  queue.release();
  await turn();
  expect(told).toEqual(['ab', 'abc']);
});

test('distinguishes a text written by the form from others', async () => {
  const { queue } = setUp();
  await queue.writeForm(() => wholeText('of the form'));
  expect(queue.isWrittenByForm(wholeText('of the form'))).toBe(true);
  await queue.edit(() => wholeText('of a file'));
  expect(queue.isWrittenByForm(wholeText('of a file'))).toBe(false);
  // After a redo, the same text no longer counts as written by the form.
  await queue.edit(() => wholeText('of the form'));
  expect(queue.isWrittenByForm(wholeText('of the form'))).toBe(false);
});

test('an edit that throws is reported, and doesn’t block the next one', async () => {
  const queue = createTextQueue();
  const told: string[] = [];
  const errors: unknown[] = [];
  queue.follow(
    { text: wholeText(''), onTextChange: (text) => told.push(wordsOf(text)), checking: false },
    (error) => errors.push(error),
  );
  void queue.edit(() => Promise.reject(new Error('no')));
  await queue.edit(() => wholeText('next'));
  expect(errors).toEqual([new Error('no')]);
  expect(told).toEqual(['next']);
});
