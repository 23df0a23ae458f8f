import { useLayoutEffect, useState } from 'react';

interface Workbench {
  text: string;
  onTextChange: (text: string) => void;
  /** True until the engine knows the text as it stands. */
  checking: boolean;
}

/**
 * Every change of the text that is not typed into the editor: a form's, an example, a file, an undo. They are made one
 * after the other, in the order asked for, and each only when the engine knows what the one before made of the text: so
 * no slow answer overwrites what came after it, and no edit starts from a text that is gone.
 */
export function useTextQueue({ text, onTextChange, checking }: Workbench) {
  const [queue] = useState(createTextQueue);
  const [crash, setCrash] = useState<unknown>();
  // In the layout phase, because an edit may be asked for as soon as the screen is drawn.
  useLayoutEffect(
    () => queue.follow({ text, onTextChange, checking }, setCrash),
    [queue, text, onTextChange, checking],
  );
  useLayoutEffect(() => queue.letGo, [queue]);
  // Bad input is answered by problems; an edit that throws is a mistake of ours.
  if (crash !== undefined) throw crash;
  return queue;
}

export type TextQueue = ReturnType<typeof createTextQueue>;

export function createTextQueue() {
  let bench: Workbench = { text: '', onTextChange: () => undefined, checking: true };
  let onCrash: (error: unknown) => void = () => undefined;
  let isKnown = false;
  let waiting: (() => void)[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let formText: string | undefined;

  const known = () => (isKnown ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));

  function release() {
    for (const go of waiting) go();
    waiting = [];
  }

  async function change(make: (text: string) => Promise<string> | string, isForms: boolean) {
    await known();
    const text = await make(bench.text);
    if (text === bench.text) return;
    isKnown = false;
    if (isForms) formText = text;
    bench.onTextChange(text);
  }

  return {
    follow(now: Workbench, crashed: (error: unknown) => void) {
      bench = now;
      onCrash = crashed;
      isKnown = !now.checking;
      if (isKnown) release();
    },

    /** The screen goes: what is still to be written must not wait for a check that nobody will tell of. */
    letGo() {
      isKnown = true;
      release();
    },

    /** `make` gets the text as it is when its turn comes, and gives the new one. */
    edit(make: (text: string) => Promise<string> | string) {
      tail = tail.then(() => change(make, false)).catch(onCrash);
      return tail;
    },

    /** The same for what the form on screen writes of itself, which it need not read again. */
    writeForm(make: (text: string) => Promise<string> | string) {
      tail = tail.then(() => change(make, true)).catch(onCrash);
      return tail;
    },

    /** When everything asked for so far is done, and the engine knows of it. */
    settled() {
      tail = tail.then(known);
      return tail;
    },

    isWrittenByForm: (text: string) => text === formText,
  };
}
