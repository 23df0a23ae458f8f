import { useLayoutEffect, useState } from 'react';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { isSameText, wholeText } from '#ui/state/text-on-screen.ts';

export interface QueueInput {
  text: TextOnScreen;
  onTextChange: (text: TextOnScreen) => void;
  /** True until the engine knows the text as it stands. */
  checking: boolean;
}

/** Gives the new text; gets the one that stands when its turn has come. */
export type EditText = (text: TextOnScreen) => Promise<TextOnScreen> | TextOnScreen;

/**
 * Every change of the batch that is not typed into the editor: a form's, an example, a file, an undo. They are made one
 * after the other, in the order asked for, and each only when the engine knows what the one before made of the text: so
 * no slow answer overwrites what came after it, and no edit starts from a text that is gone.
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
    // What is there once more after an undo was not written by what the form shows now.
    formText = isForms ? text : undefined;
    bench.onTextChange(text);
  }

  function enqueue(work: () => Promise<void>) {
    tail = tail.then(work).catch(onCrash);
    return tail;
  }

  return {
    /** Told of the text and its check as they change. */
    follow(now: QueueInput, crashed: (error: unknown) => void) {
      bench = now;
      onCrash = crashed;
      isKnown = !now.checking;
      if (isKnown) release();
    },

    /** The screen goes: what is still to be written must not wait for a check that nobody will tell of. */
    release() {
      isKnown = true;
      release();
    },

    edit: (make: EditText) => enqueue(() => change(make, false)),

    /** The same for what the form on screen writes of itself, and so need not read again. */
    writeForm: (make: EditText) => enqueue(() => change(make, true)),

    /** A change of how the text is read, in its turn among those of the text. `change` says whether it made one. */
    read: (change: () => boolean) =>
      enqueue(async () => {
        await known();
        isKnown = false;
        if (!change()) isKnown = true;
      }),

    /** When everything asked for so far is done, and the engine knows of it. */
    settled: () => enqueue(known),

    isWrittenByForm: (text: TextOnScreen) => formText !== undefined && isSameText(text, formText),
  };
}

export type TextQueue = ReturnType<typeof createTextQueue>;

/** The one queue of the screen, following what the workbench says. */
export function useTextQueue({ text, onTextChange, checking }: QueueInput) {
  const [queue] = useState(createTextQueue);
  const [crash, setCrash] = useState<unknown>();

  // In the layout phase, because an edit may be asked for as soon as the screen is drawn.
  useLayoutEffect(
    () => queue.follow({ text, onTextChange, checking }, setCrash),
    [queue, text, onTextChange, checking],
  );
  useLayoutEffect(() => queue.release, [queue]);

  // Bad input is answered by problems; an edit that throws is a mistake of ours.
  if (crash !== undefined) throw crash;
  return queue;
}
