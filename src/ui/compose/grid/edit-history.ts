import type { CellWrite } from '#domain/source/grid.ts';

/** One change of a cell as it was made in the text. */
export type CellEdit = NonNullable<CellWrite['done']> & { row: number; column: number };

/** The changes that can be taken back and made again. They are of one text, and of no use for any other. */
export interface EditHistory {
  text: string;
  done: readonly CellEdit[];
  undone: readonly CellEdit[];
}

/** As many changes can be taken back. */
export const mostEdits = 200;

export const noEdits: EditHistory = { text: '', done: [], undone: [] };

/** After one more change, which made `after` of `before`. */
export function withEdit(history: EditHistory, before: string, after: string, edit: CellEdit): EditHistory {
  const done = history.text === before ? history.done : [];
  return { text: after, done: [...done, edit].slice(-mostEdits), undone: [] };
}

/** After the last change was taken back; undefined where there is none of this text. */
export function undo(
  history: EditHistory,
  text: string,
): { history: EditHistory; edit: CellEdit } | undefined {
  const edit = history.done.at(-1);
  if (edit === undefined || history.text !== text) return undefined;
  const { from, put, removed } = edit;
  const before = text.slice(0, from) + removed + text.slice(from + put.length);
  const undone = [...history.undone, edit];
  return { history: { text: before, done: history.done.slice(0, -1), undone }, edit };
}

/** After the change that was taken back last was made again. */
export function redo(
  history: EditHistory,
  text: string,
): { history: EditHistory; edit: CellEdit } | undefined {
  const edit = history.undone.at(-1);
  if (edit === undefined || history.text !== text) return undefined;
  const { from, put, removed } = edit;
  const after = text.slice(0, from) + put + text.slice(from + removed.length);
  const done = [...history.done, edit];
  return { history: { text: after, done, undone: history.undone.slice(0, -1) }, edit };
}
