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

/** Kept across screens, so that undo still works after coming back to Import. */
let left: Steps = noSteps;
let lastId = 0;

/**
 * The batch's undo history: changed cells, form edits, replaced texts and import settings. The text editor keeps its
 * own.
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
    /** The id of the next step to undo. */
    last: done.at(-1)?.id,
  };
}

type StepPlace = Pick<Step, 'cell' | 'form'>;

export type OwnHistory = ReturnType<typeof useHistory>;

function createHistory(engine: Engine, queue: TextQueue, onSteps: (steps: Steps) => void) {
  let now: State = left.state;
  let onImportSettings: (importSettings: ImportSettings) => void = () => undefined;
  /** True after a new text until its import settings are known. */
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

  /** Wraps `make` to record a step if the text changes. */
  const noted =
    (make: EditText, at?: () => StepPlace): EditText =>
    async (before) => {
      const after = await make(before);
      if (!isSameText(before, after)) replaced(before, after, at?.());
      return after;
    };

  /** Gives the step taken; `'gone'` if its text is no longer kept. */
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
    // Queued at once, so that no other change comes in between.
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

    /** Records a change of part of the text, such as a cell. Gives the step's id. */
    changed,

    /** Records that the whole text was replaced. Gives the step's id. */
    replaced,

    /** Changes the text through the queue and records a step. */
    edit: (make: EditText) => queue.edit(noted(make)),

    /** Like `edit`, for writes of the visible form. */
    writeForm: (entry: number, make: EditText) =>
      queue.writeForm(noted(make, () => ({ form: { entry, at: Date.now() } }))),

    /** Changes the import settings; `withLast` adds this to the last step. */
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
