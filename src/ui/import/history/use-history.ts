import { useLayoutEffect, useState } from 'react';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Engine } from '#engine/engine.ts';
import { isSameText } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { EditText, TextQueue } from './text-queue.ts';
import {
  changeBetween,
  nextStep,
  noSteps,
  importSettingsAfter,
  stepsTo,
  takeStep,
  withoutTexts,
  withImportSettings,
  withStep,
  withTaken,
  type State,
  type Step,
  type Steps,
  type TextChange,
  type Direction,
} from './steps.ts';

/** Coming back to Import, one can still take back what one changed. */
let left: Steps = noSteps;
let lastId = 0;

/**
 * The one history of the batch: changed cells, texts that took the place of another, and how the text is read. What is
 * typed into the editor has the editor's own history.
 */
export function useHistory(
  now: State,
  onImportSettings: (importSettings: ImportSettings) => void,
  queue: TextQueue,
) {
  const engine = useEngine();
  const [steps, setSteps] = useState(left);
  const [history] = useState(() => createHistory(engine, queue, setSteps));
  useLayoutEffect(() => history.follow(now, onImportSettings), [history, now, onImportSettings]);
  const { done, undone } = stepsTo(steps, now);
  return {
    changed: history.changed,
    replaced: history.replaced,
    edit: history.edit,
    writeForm: history.writeForm,
    read: history.read,
    undo: history.undo,
    redo: history.redo,
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
    /** The step that would be taken back next. */
    last: done.at(-1)?.id,
  };
}

/** Where a step was made. */
type StepPlace = Pick<Step, 'cell' | 'form'>;

export type BatchHistory = ReturnType<typeof useHistory>;

function createHistory(engine: Engine, queue: TextQueue, onSteps: (steps: Steps) => void) {
  let now: State = left.state;
  let onImportSettings: (importSettings: ImportSettings) => void = () => undefined;
  /** A new text was told, and what is said of its reading is not known yet. */
  let awaitsImportSettings = false;

  function show(steps: Steps) {
    left = steps;
    onSteps(steps);
  }

  function changed(before: TextOnScreen, after: TextOnScreen, text: TextChange, at: StepPlace = {}): number {
    lastId += 1;
    const { importSettings } = now;
    const step: Step = { id: lastId, text, ...at };
    show(withStep(left, { text: before, importSettings }, { text: after, importSettings }, step));
    awaitsImportSettings = true;
    return lastId;
  }

  const replaced = (before: TextOnScreen, after: TextOnScreen, at?: StepPlace): number =>
    changed(before, after, changeBetween(before, after), at);

  /** What `make` makes, and a step if that is another text. */
  const noted =
    (make: EditText, at?: () => StepPlace): EditText =>
    async (before) => {
      const after = await make(before);
      if (!isSameText(before, after)) replaced(before, after, at?.());
      return after;
    };

  /** Gives the step that was taken; `'gone'` where the text that it leads to is not kept any more. */
  async function take(way: Direction): Promise<Step | 'gone' | undefined> {
    let step: Step | undefined;
    let isGone = false;
    void queue.edit(async (before) => {
      const state = { ...now, text: before };
      step = nextStep(left, state, way);
      if (step === undefined) return before;
      const text = await takeStep(engine.batch, step, way, before);
      isGone = text === undefined;
      if (text === undefined) {
        show(withoutTexts(stepsTo(left, state)));
        return before;
      }
      awaitsImportSettings = false;
      show(withTaken(left, state, way, text));
      return text;
    });
    // Asked for at once, so that nothing else comes in between.
    await queue.read(() => {
      const importSettings = step && !isGone ? importSettingsAfter(step, way) : undefined;
      if (importSettings === undefined) return false;
      onImportSettings(importSettings);
      return true;
    });
    return isGone ? 'gone' : step;
  }

  return {
    follow(next: State, tell: (importSettings: ImportSettings) => void) {
      now = next;
      onImportSettings = tell;
      if (!awaitsImportSettings || !isSameText(next.text, left.state.text)) return;
      awaitsImportSettings = false;
      show(withImportSettings(left, next.importSettings));
    },

    /** A part of the text was changed, maybe in a cell. Gives the step. */
    changed,

    /** Another text took the place of one. Gives the step. */
    replaced,

    /** Changes the text in its turn. */
    edit: (make: EditText) => queue.edit(noted(make)),

    /** The same for what the form writes of itself. */
    writeForm: (entry: number, make: EditText) =>
      queue.writeForm(noted(make, () => ({ form: { entry, at: Date.now() } }))),

    /** Somebody wants the text read so; `withLast` where it belongs to the change that was made last. */
    read: (importSettings: ImportSettings, { withLast = false } = {}) =>
      queue.read(() => {
        const before = { ...now };
        const after = { ...now, importSettings };
        lastId += 1;
        const step = { id: lastId, importSettings: { before: before.importSettings, after: importSettings } };
        show(withLast ? withImportSettings(left, importSettings) : withStep(left, before, after, step));
        onImportSettings(importSettings);
        return true;
      }),

    undo: () => take('undo'),
    redo: () => take('redo'),
  };
}
