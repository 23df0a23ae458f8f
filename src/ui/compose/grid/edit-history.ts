import type { CellWritten, Edit, TextOnScreen } from '#engine/engine.ts';
import { isSameText, wholeText } from '#ui/shared/text-on-screen.ts';

/** One change of a cell as it was made in the text. */
export type CellEdit = NonNullable<CellWritten['done']> & { row: number; column: number };

/** The changes that can be taken back and made again. They are of one text, and of no use for any other. */
export interface EditHistory {
  text: TextOnScreen;
  done: readonly CellEdit[];
  undone: readonly CellEdit[];
}

/** A change that is taken back, or made again. */
export interface Step {
  cell: CellEdit;
  /** What is to be done with the text for it. */
  change: Edit;
  /** What the history is then, but for its text. */
  after: Omit<EditHistory, 'text'>;
}

/** As many changes can be taken back. */
export const mostEdits = 200;

export const noEdits: EditHistory = { text: wholeText(''), done: [], undone: [] };

/** After one more change, which made `after` of `before`. */
export function withEdit(
  history: EditHistory,
  before: TextOnScreen,
  after: TextOnScreen,
  edit: CellEdit,
): EditHistory {
  const done = isSameText(history.text, before) ? history.done : [];
  return { text: after, done: [...done, edit].slice(-mostEdits), undone: [] };
}

/** How the last change is taken back; undefined where there is none of this text. */
export function undo(history: EditHistory, text: TextOnScreen): Step | undefined {
  const cell = history.done.at(-1);
  if (cell === undefined || !isSameText(history.text, text)) return undefined;
  const { from, put, removed } = cell;
  const after = { done: history.done.slice(0, -1), undone: [...history.undone, cell] };
  return { cell, change: { from, to: from + put.length, put: removed }, after };
}

/** How the change that was taken back last is made again. */
export function redo(history: EditHistory, text: TextOnScreen): Step | undefined {
  const cell = history.undone.at(-1);
  if (cell === undefined || !isSameText(history.text, text)) return undefined;
  const { from, put, removed } = cell;
  const after = { done: [...history.done, cell], undone: history.undone.slice(0, -1) };
  return { cell, change: { from, to: from + removed.length, put }, after };
}
