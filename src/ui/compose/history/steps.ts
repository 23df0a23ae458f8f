import type { ReadingChoice } from '#domain/source/reading.ts';

/** The batch as far as changes can be taken back: its text, and how that is read. */
export interface State {
  text: string;
  reading: ReadingChoice;
}

/** What stands elsewhere in a text after a change. */
export interface TextChange {
  from: number;
  removed: string;
  put: string;
}

/** One change of the text, of how it is read, or of both at once. */
export interface Step {
  id: number;
  text?: TextChange;
  reading?: { before: ReadingChoice; after: ReadingChoice };
  /** The cell of the grid that was changed. */
  cell?: { row: number; column: number };
}

/** The changes that can be taken back and made again, with the state that they led to. */
export interface Steps {
  state: State;
  done: readonly Step[];
  undone: readonly Step[];
}

/** As many changes can be taken back, */
export const mostSteps = 200;
/** and as many characters are kept for it. */
export const mostCharacters = 100_000_000;

export const noSteps: Steps = { state: { text: '', reading: {} }, done: [], undone: [] };

/** The steps that still lead to this state: where somebody else has changed the text, those of the text do not. */
export function stepsTo({ state, done, undone }: Steps, now: State): Steps {
  const isSameText = state.text === now.text;
  const isSameReading = state.reading === now.reading;
  const leads = ({ text, reading }: Step) =>
    (text === undefined || isSameText) && (reading === undefined || isSameReading);
  const areAll = isSameText && isSameReading;
  return {
    state: now,
    done: areAll ? done : done.filter(leads),
    undone: areAll ? undone : undone.filter(leads),
  };
}

/** After one more step, which led from `before` to `after`. */
export function withStep(steps: Steps, before: State, after: State, step: Step): Steps {
  const done = [...stepsTo(steps, before).done, step].slice(-mostSteps);
  let characters = 0;
  const first = done.findLastIndex(({ text }) => {
    characters += text === undefined ? 0 : text.removed.length + text.put.length;
    return characters > mostCharacters;
  });
  return { state: after, done: done.slice(first + 1), undone: [] };
}

/** The last step has led to another reading, too. */
export function withReading({ state, done, undone }: Steps, reading: ReadingChoice): Steps {
  const last = done.at(-1);
  if (last === undefined || reading === state.reading) return { state: { ...state, reading }, done, undone };
  const both = { ...last, reading: { before: last.reading?.before ?? state.reading, after: reading } };
  return { state: { ...state, reading }, done: [...done.slice(0, -1), both], undone };
}

export interface Taken {
  steps: Steps;
  step: Step;
}

/** After the last step was taken back; undefined where none leads to this state. */
export function undo(steps: Steps, now: State): Taken | undefined {
  const { done, undone } = stepsTo(steps, now);
  const step = done.at(-1);
  if (step === undefined) return undefined;
  const { text, reading } = step;
  const state = {
    text: text === undefined ? now.text : replaced(now.text, text.from, text.put, text.removed),
    reading: reading === undefined ? now.reading : reading.before,
  };
  return { steps: { state, done: done.slice(0, -1), undone: [...undone, step] }, step };
}

/** After the step that was taken back last was made again. */
export function redo(steps: Steps, now: State): Taken | undefined {
  const { done, undone } = stepsTo(steps, now);
  const step = undone.at(-1);
  if (step === undefined) return undefined;
  const { text, reading } = step;
  const state = {
    text: text === undefined ? now.text : replaced(now.text, text.from, text.removed, text.put),
    reading: reading === undefined ? now.reading : reading.after,
  };
  return { steps: { state, done: [...done, step], undone: undone.slice(0, -1) }, step };
}

const replaced = (text: string, from: number, was: string, put: string) =>
  text.slice(0, from) + put + text.slice(from + was.length);
