import { useLayoutEffect, useState } from 'react';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { emptyText } from '#ui/state/text-on-screen.ts';

export interface QueueInput {
  text: TextOnScreen;
  onTextChange: (text: TextOnScreen) => void;
  /** True until the engine has checked the current text. */
  checking: boolean;
}

/** Gets the current text in its turn; returns the new one. */
export type EditText = (text: TextOnScreen) => Promise<TextOnScreen> | TextOnScreen;

/** Runs all changes made outside the editor (form, example, file, undo) one by one. */
export function createTextQueue() {
  let latest: QueueInput = { text: emptyText, onTextChange: () => undefined, checking: true };
  let onCrash: (error: unknown) => void = () => undefined;
  let isChecked = false;
  let waiting: (() => void)[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let formText: TextOnScreen | undefined;

  const checked = () =>
    isChecked ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve));

  function release() {
    for (const go of waiting) go();
    waiting = [];
  }

  async function change(make: EditText, isForms: boolean) {
    const text = await make(latest.text);
    if (text.edition === latest.text.edition) return;
    isChecked = false;
    // A text restored by undo doesn't match what the form shows now.
    formText = isForms ? text : undefined;
    const { onTextChange } = latest;
    // The next change may come before the screen is drawn with this text.
    latest = { ...latest, text };
    onTextChange(text);
  }

  function enqueue(work: () => Promise<void>) {
    tail = tail.then(work).catch(onCrash);
    return tail;
  }

  return {
    /** Takes the current text and check state at each change. */
    follow(now: QueueInput, crashed: (error: unknown) => void) {
      latest = now;
      onCrash = crashed;
      isChecked = !now.checking;
      if (isChecked) release();
    },

    /** Called on unmount: nothing must wait for a check whose end isn’t reported. */
    release() {
      isChecked = true;
      release();
    },

    edit: (make: EditText) => enqueue(() => change(make, false)),

    /** Like `edit`, for writes of the visible form, which it need not read again. */
    writeForm: (make: EditText) => enqueue(() => change(make, true)),

    /** Changes import settings in turn. `change` gives true if anything changed. */
    read: (change: () => boolean | Promise<boolean>) =>
      enqueue(async () => {
        if (await change()) isChecked = false;
      }),

    /** Resolves when all changes requested so far are written and checked. */
    settled: () => enqueue(checked),

    isWrittenByForm: (text: TextOnScreen) => text.edition === formText?.edition,
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
