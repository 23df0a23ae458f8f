import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { BatchPart } from '#engine/batch/batch-part.ts';
import { differenceOf } from '#ui/import/editor/difference-of.ts';
import { isSameText, lengthOf, wholeText } from '#ui/state/text-on-screen.ts';

/** What undo and redo restore: the batch's text and its import settings. */
export interface State {
  text: TextOnScreen;
  importSettings: ImportSettings;
}

/** A replaced part of a text; `from` in UTF-16 code units. */
export interface PartChange {
  from: number;
  removed: string;
  put: string;
}

/** A replaced text, if either one is too large to be compared here. */
export interface WholeChange {
  before: TextOnScreen;
  after: TextOnScreen;
}

export type TextChange = PartChange | WholeChange;

/** One undoable change of the text, its import settings, or both. */
export interface Step {
  id: number;
  text?: TextChange;
  importSettings?: { before: ImportSettings; after: ImportSettings };
  /** The cell of the grid that was changed. */
  cell?: { row: number; column: number };
  /** The request that the form wrote, and when: typing without a pause is one step. */
  form?: { entry: number; /** Milliseconds since 1970. */ at: number };
}

/** The undo and redo stacks, and the state between them. */
export interface Steps {
  state: State;
  done: readonly Step[];
  undone: readonly Step[];
}

export type Direction = 'undo' | 'redo';

/** A pause this long begins a new step. */
export const pauseMs = 1000;

/** Limit of undoable steps. */
export const maxSteps = 200;
/** Limit of characters kept for all steps. */
export const maxCharacters = 100_000_000;

export const noSteps: Steps = { state: { text: wholeText(''), importSettings: {} }, done: [], undone: [] };

/** The steps that still apply to this state: a change from outside invalidates steps of the text. */
export function stepsTo({ state, done, undone }: Steps, now: State): Steps {
  const isSame = isSameText(state.text, now.text);
  const isSameReading = state.importSettings === now.importSettings;
  const leads = ({ text, importSettings }: Step) =>
    (text === undefined || isSame) && (importSettings === undefined || isSameReading);
  const areAll = isSame && isSameReading;
  return {
    state: now,
    done: areAll ? done : done.filter(leads),
    undone: areAll ? undone : undone.filter(leads),
  };
}

/** Adds a step that led from `before` to `after`. */
export function withStep(steps: Steps, before: State, after: State, step: Step): Steps {
  const earlier = stepsTo(steps, before).done;
  const last = earlier.at(-1);
  const both = last && merged(last, step);
  const done = both ? [...earlier.slice(0, -1), both] : [...earlier, step].slice(-maxSteps);
  let characters = 0;
  const first = done.findLastIndex(({ text }) => {
    characters += text === undefined ? 0 : countCharacters(text);
    return characters > maxCharacters;
  });
  return { state: after, done: done.slice(first + 1), undone: [] };
}

/** Merges two steps of continuous typing at one place in the form; otherwise undefined. */
function merged(last: Step, step: Step): Step | undefined {
  if (last.form === undefined || last.form.entry !== step.form?.entry) return undefined;
  if (step.form.at - last.form.at > pauseMs) return undefined;
  const text = last.text && step.text && mergeChanges(last.text, step.text);
  return text && { ...step, text };
}

function mergeChanges(first: TextChange, second: TextChange): TextChange | undefined {
  const areParts = 'put' in first && 'put' in second;
  if (!areParts) return 'put' in first || 'put' in second ? undefined : { ...first, after: second.after };
  const { from, removed, put } = second;
  const start = from - first.from;
  const end = start + removed.length;
  // The text between two distant changes is unknown here.
  if (end < 0 || start > first.put.length) return undefined;
  const removedBefore = removed.slice(0, Math.max(0, -start));
  const removedBehind = removed.slice(Math.max(0, first.put.length - start));
  return {
    from: Math.min(from, first.from),
    removed: removedBefore + first.removed + removedBehind,
    put: first.put.slice(0, Math.max(0, start)) + put + first.put.slice(end),
  };
}

/** Counts only characters kept on the page; the engine keeps large texts. */
function countCharacters(change: TextChange): number {
  if ('put' in change) return change.removed.length + change.put.length;
  return keptCharacters(change.before) + keptCharacters(change.after);
}

const keptCharacters = (text: TextOnScreen) =>
  text.size === 'small' ? lengthOf(text) : text.part.text.length;

/** Adds changed import settings to the last step. */
export function withImportSettings({ state, done, undone }: Steps, importSettings: ImportSettings): Steps {
  const last = done.at(-1);
  if (last === undefined || importSettings === state.importSettings)
    return { state: { ...state, importSettings }, done, undone };
  const both = {
    ...last,
    importSettings: { before: last.importSettings?.before ?? state.importSettings, after: importSettings },
  };
  return { state: { ...state, importSettings }, done: [...done.slice(0, -1), both], undone };
}

/** The next step to undo or redo; undefined if none applies to this state. */
export function nextStep(steps: Steps, now: State, way: Direction): Step | undefined {
  const { done, undone } = stepsTo(steps, now);
  return way === 'undo' ? done.at(-1) : undone.at(-1);
}

/** Import settings after undoing or redoing the step. */
export const importSettingsAfter = ({ importSettings }: Step, way: Direction): ImportSettings | undefined =>
  way === 'undo' ? importSettings?.before : importSettings?.after;

/** Moves the next step to the other stack; `text` is what it made of the text in `now`. */
export function withTaken(steps: Steps, now: State, way: Direction, text: TextOnScreen): Steps {
  const { done, undone } = stepsTo(steps, now);
  const step = nextStep(steps, now, way);
  if (step === undefined) return steps;
  const state = { text, importSettings: importSettingsAfter(step, way) ?? now.importSettings };
  const back = asWayBack(step, now.text, way);
  return way === 'undo'
    ? { state, done: done.slice(0, -1), undone: [...undone, back] }
    : { state, done: [...done, back], undone: undone.slice(0, -1) };
}

/** Makes the reverse step lead to the current version of a large text. */
function asWayBack(step: Step, now: TextOnScreen, way: Direction): Step {
  const { text } = step;
  if (text === undefined || 'put' in text) return step;
  return { ...step, text: way === 'undo' ? { ...text, after: now } : { ...text, before: now } };
}

/** Drops all steps of the text when their versions are no longer kept. */
export function withoutTexts({ state, done, undone }: Steps): Steps {
  const isKept = ({ text }: Step) => text === undefined;
  return { state, done: done.filter(isKept), undone: undone.filter(isKept) };
}

/** The change between two texts. For small texts only the differing part is kept. */
export function changeBetween(before: TextOnScreen, after: TextOnScreen): TextChange {
  if (before.size === 'large' || after.size === 'large') return { before, after };
  const { from, to, insert } = differenceOf(before.text, after.text) ?? { from: 0, to: 0, insert: '' };
  // A substring keeps its whole string in memory; a copy doesn't.
  const [removed, put] = structuredClone([before.text.slice(from, to), insert]) as [string, string];
  return { from, removed, put };
}

/** The text after a step; undefined if the engine no longer keeps it. */
export async function takeStep(
  batch: Pick<BatchPart, 'edit' | 'restore'>,
  { text: change }: Step,
  way: Direction,
  now: TextOnScreen,
): Promise<TextOnScreen | undefined> {
  if (change === undefined) return now;
  if ('put' in change) {
    const { from, removed, put } = change;
    const [is, willBe] = way === 'undo' ? [put, removed] : [removed, put];
    return batch.edit([{ from, to: from + is.length, put: willBe }]);
  }
  const wanted = way === 'undo' ? change.before : change.after;
  if (wanted.size === 'small') return wanted;
  const { edition, typed } = wanted;
  return batch.restore({ edition, typed });
}
