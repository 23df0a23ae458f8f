import { expect, test } from 'vitest';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { textOf } from '#ui/state/spec-batch.ts';
import { createTextQueue } from './text-queue.ts';

let editions = 0;
const newText = (words: string) => textOf(words, { edition: (editions += 1) });
const wordsOf = ({ part }: TextOnScreen) => part.text;
const adding = (more: string) => (text: TextOnScreen) => newText(wordsOf(text) + more);

/** A workbench that checks at once unless a test makes it wait. */
function setUp(text = '') {
  const queue = createTextQueue();
  const changes: string[] = [];
  let shown = newText(text);
  let isPaused = false;

  function fail(error: unknown) {
    throw error;
  }
  function onTextChange(next: TextOnScreen) {
    changes.push(wordsOf(next));
    shown = next;
    queue.follow({ text: shown, onTextChange, checking: true }, fail);
    if (!isPaused) finishCheck();
  }
  function finishCheck() {
    queue.follow({ text: shown, onTextChange, checking: false }, fail);
  }
  finishCheck();
  return {
    queue,
    changes,
    finishCheck,
    pauseChecks: () => {
      isPaused = true;
    },
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('edits are made in the requested order, however long each takes', async () => {
  const { queue, changes } = setUp('a');
  const slow = queue.edit(async (text) => {
    await turn();
    return adding('b')(text);
  });
  const fast = queue.edit(adding('c'));
  await Promise.all([slow, fast]);
  expect(changes).toEqual(['ab', 'abc']);
});

test('an edit doesn’t wait for a check, but whoever asks for the end of all does', async () => {
  const { queue, changes, pauseChecks, finishCheck } = setUp('a');
  pauseChecks();
  void queue.edit(adding('b'));
  await queue.edit(adding('c'));
  expect(changes).toEqual(['ab', 'abc']);
  let isSettled = false;
  void queue.settled().then(() => (isSettled = true));
  await turn();
  expect(isSettled).toBe(false);
  finishCheck();
  await turn();
  expect(isSettled).toBe(true);
});

test('an unchanged text isn’t reported', async () => {
  const { queue, changes } = setUp('a');
  await queue.edit((text) => text);
  expect(changes).toEqual([]);
});

test('nothing waits for a check once the screen is gone', async () => {
  const { queue, changes, pauseChecks } = setUp('a');
  pauseChecks();
  void queue.edit(adding('b'));
  void queue.settled();
  void queue.edit(adding('c'));
  await turn();
  expect(changes).toEqual(['ab']);
  queue.release();
  await turn();
  expect(changes).toEqual(['ab', 'abc']);
});

test('distinguishes a text written by the form from others', async () => {
  const { queue } = setUp();
  const written = newText('of the form');
  await queue.writeForm(() => written);
  expect(queue.isWrittenByForm(written)).toBe(true);
  await queue.edit(() => newText('of a file'));
  expect(queue.isWrittenByForm(written)).toBe(false);
  // After a redo the same text no longer counts as written by the form.
  const redone = newText('of the form');
  await queue.edit(() => redone);
  expect(queue.isWrittenByForm(redone)).toBe(false);
});

test('an edit that throws is reported, and doesn’t block the next one', async () => {
  const queue = createTextQueue();
  const changes: string[] = [];
  const errors: unknown[] = [];
  queue.follow(
    { text: newText(''), onTextChange: (text) => changes.push(wordsOf(text)), checking: false },
    (error) => errors.push(error),
  );
  void queue.edit(() => Promise.reject(new Error('no')));
  await queue.edit(() => newText('next'));
  expect(errors).toEqual([new Error('no')]);
  expect(changes).toEqual(['next']);
});
