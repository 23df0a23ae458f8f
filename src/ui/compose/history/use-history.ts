import { useLayoutEffect, useState } from 'react';
import type { ReadingChoice } from '#domain/source/reading.ts';
import { differenceOf } from '../json/difference-of.ts';
import type { TextQueue } from '../text-queue.ts';
import {
  noSteps,
  redo,
  stepsTo,
  undo,
  withReading,
  withStep,
  type State,
  type Step,
  type Steps,
  type TextChange,
} from './steps.ts';

/** Coming back to Compose, one can still take back what one changed. */
let left: Steps = noSteps;
let lastId = 0;

/**
 * The one history of the batch: changed cells, texts that took the place of another, and how the text is read. What is
 * typed into the editor has the editor's own history.
 */
export function useHistory(now: State, onReading: (reading: ReadingChoice) => void, queue: TextQueue) {
  const [steps, setSteps] = useState(left);
  const [history] = useState(() => createHistory(queue, setSteps));
  useLayoutEffect(() => history.follow(now, onReading), [history, now, onReading]);
  const { done, undone } = stepsTo(steps, now);
  return {
    changed: history.changed,
    replaced: history.replaced,
    read: history.read,
    undo: history.undo,
    redo: history.redo,
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
    /** The step that would be taken back next. */
    last: done.at(-1)?.id,
  };
}

export type BatchHistory = ReturnType<typeof useHistory>;

function createHistory(queue: TextQueue, onSteps: (steps: Steps) => void) {
  let now: State = left.state;
  let onReading: (reading: ReadingChoice) => void = () => undefined;
  /** A new text was told, and what is said of its reading is not known yet. */
  let awaitsReading = false;

  function show(steps: Steps) {
    left = steps;
    onSteps(steps);
  }

  function changed(before: string, after: string, text: TextChange, cell?: Step['cell']): number {
    lastId += 1;
    const { reading } = now;
    const step: Step = { id: lastId, text, ...(cell && { cell }) };
    show(withStep(left, { text: before, reading }, { text: after, reading }, step));
    awaitsReading = true;
    return lastId;
  }

  async function take(way: typeof undo): Promise<Step | undefined> {
    let taken: ReturnType<typeof undo>;
    void queue.edit((text) => {
      taken = way(left, { ...now, text });
      if (taken === undefined) return text;
      awaitsReading = false;
      show(taken.steps);
      return taken.steps.state.text;
    });
    // Asked for at once, so that nothing else comes in between.
    await queue.read(() => {
      if (taken?.step.reading === undefined) return false;
      onReading(taken.steps.state.reading);
      return true;
    });
    return taken?.step;
  }

  return {
    follow(next: State, tell: (reading: ReadingChoice) => void) {
      now = next;
      onReading = tell;
      if (!awaitsReading || next.text !== left.state.text) return;
      awaitsReading = false;
      show(withReading(left, next.reading));
    },

    /** A part of the text was changed, maybe in a cell. Gives the step. */
    changed,

    /** Another text took the place of one. Gives the step. */
    replaced(before: string, after: string): number {
      const { from, to, insert } = differenceOf(before, after) ?? { from: 0, to: 0, insert: '' };
      // A part of a string keeps all of it in memory, a copy does not.
      const [removed, put] = structuredClone([before.slice(from, to), insert]) as [string, string];
      return changed(before, after, { from, removed, put });
    },

    /** Somebody wants the text read so; `withLast` where it belongs to the change that was made last. */
    read: (reading: ReadingChoice, { withLast = false } = {}) =>
      queue.read(() => {
        const before = { ...now };
        const after = { ...now, reading };
        lastId += 1;
        const step = { id: lastId, reading: { before: before.reading, after: reading } };
        show(withLast ? withReading(left, reading) : withStep(left, before, after, step));
        onReading(reading);
        return true;
      }),

    undo: () => take(undo),
    redo: () => take(redo),
  };
}
