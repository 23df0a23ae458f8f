import { useLayoutEffect, useState } from 'react';
import { createTextQueue, type QueueInput } from './text-queue.ts';

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
