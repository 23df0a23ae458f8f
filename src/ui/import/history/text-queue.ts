import { useLayoutEffect, useState } from 'react';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { isSameText, wholeText } from '#ui/state/text-on-screen.ts';

export interface QueueInput {
  text: TextOnScreen;
  onTextChange: (text: TextOnScreen) => void;
  /** True until the engine has checked the current text. */
  checking: boolean;
}

/** Gets the current text in its turn; returns the new one. */
export type EditText = (text: TextOnScreen) => Promise<TextOnScreen> | TextOnScreen;

/**
 * Runs all changes made outside the editor (form, example, file, undo) one by one. Each waits until the engine has
 * checked the previous text, so that no slow answer overwrites a later change.
 */
export function createTextQueue() {
  let bench: QueueInput = { text: wholeText(''), onTextChange: () => undefined, checking: true };
  let onCrash: (error: unknown) => void = () => undefined;
  let isKnown = false;
  let waiting: (() => void)[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let formText: TextOnScreen | undefined;

  const known = () => (isKnown ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));

  function release() {
    for (const go of waiting) go();
    waiting = [];
  }

  async function change(make: EditText, isForms: boolean) {
    await known();
    const text = await make(bench.text);
    if (isSameText(text, bench.text)) return;
    isKnown = false;
    // A text restored by undo doesn’t match the form.
    formText = isForms ? text : undefined;
    bench.onTextChange(text);
  }

  function enqueue(work: () => Promise<void>) {
    tail = tail.then(work).catch(onCrash);
    return tail;
  }

  return {
    /** Takes the current text and check state at each change. */
    follow(now: QueueInput, crashed: (error: unknown) => void) {
      bench = now;
      onCrash = crashed;
      isKnown = !now.checking;
      if (isKnown) release();
    },

    /** Called on unmount: pending writes must not wait for a check that is no longer reported. */
    release() {
      isKnown = true;
      release();
    },

    edit: (make: EditText) => enqueue(() => change(make, false)),

    /** Like `edit`, for writes of the visible form, which it need not read again. */
    writeForm: (make: EditText) => enqueue(() => change(make, true)),

    /** Changes import settings in turn. `change` gives true if anything changed. */
    read: (change: () => boolean | Promise<boolean>) =>
      enqueue(async () => {
        await known();
        if (await change()) isKnown = false;
      }),

    /** Resolves when all changes requested so far are written and checked. */
    settled: () => enqueue(known),

    isWrittenByForm: (text: TextOnScreen) => formText !== undefined && isSameText(text, formText),
  };
}

export type TextQueue = ReturnType<typeof createTextQueue>;

/** The screen's single queue, kept up to date with the workbench. */
export function useTextQueue({ text, onTextChange, checking }: QueueInput) {
  const [queue] = useState(createTextQueue);
  const [crash, setCrash] = useState<unknown>();

  // A layout effect, because an edit may be requested as soon as the screen is drawn.
  useLayoutEffect(
    () => queue.follow({ text, onTextChange, checking }, setCrash),
    [queue, text, onTextChange, checking],
  );
  useLayoutEffect(() => queue.release, [queue]);

  // Bad input gives problems; an edit that throws is a bug.
  if (crash !== undefined) throw crash;
  return queue;
}
