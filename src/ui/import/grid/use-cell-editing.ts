import { useEffect, useEffectEvent, useState, type KeyboardEvent, type RefObject } from 'react';
import { limits } from '#wire/limits.ts';
import { figure } from '#ui/components/numbers.ts';
import { useNavigation, useNotices } from '#ui/import/batch-context.tsx';
import type { Onward } from './cell-editor.tsx';
import { clampPosition, positionAfterKey, type CellPosition, type Extent } from './grid-position.ts';
import type { Grid } from './use-grid.ts';

interface Editing extends CellPosition {
  words: string;
  /** The letter that started the edit. */
  typed?: string;
}

export type CellEditing = ReturnType<typeof useCellEditing>;

/** Edits the active cell by keys, double click and clipboard. `element` is the focused grid. */
export function useCellEditing(grid: Grid, element: RefObject<HTMLElement | null>, extent: () => Extent) {
  const { notify } = useNotices();
  const { togglePreview } = useNavigation().rail;
  const { rowAt, read, cellAt, columnCount } = grid;
  const [editing, setEditing] = useState<Editing>();
  const at = clampPosition(grid.active, { rows: grid.count, columns: columnCount, page: 1 });
  const go = (index: number, column: number) => grid.setActive(clampPosition({ index, column }, extent()));

  /** The active cell’s row and full text if it can be edited or copied; otherwise shows why not. */
  function wholeCell(): { row: number; words: string } | undefined {
    const row = rowAt(at.index);
    const cell = cellAt(row, at.column);
    if (cell === undefined) return undefined;
    if ((cell.length ?? 0) > limits.inputUnits)
      notify({
        words: `This cell has ${figure(cell.length!)} characters. Up to ${figure(limits.inputUnits)} can be edited or copied here. Use the text view.`,
      });
    else if (grid.activeText === undefined)
      notify({ words: 'This cell is still loading. Try again in a moment.' });
    else return { row, words: grid.activeText };
    return undefined;
  }

  function editableCell() {
    if (read(rowAt(at.index))?.isWritable !== false) return wholeCell();
    notify({ words: 'This isn’t a record, so it has no cells. Fix it in the text.' });
    return undefined;
  }

  function edit(typed?: string) {
    const cell = editableCell();
    if (cell) setEditing({ ...at, words: cell.words, ...(typed !== undefined && { typed }) });
  }

  function write(words: string) {
    const cell = editableCell();
    if (cell && cell.words !== words) grid.write(cell.row, at.column, words);
  }

  function commit(words: string, onward: Onward) {
    if (editing && words !== editing.words) grid.write(rowAt(editing.index), editing.column, words);
    close(onward !== 'stay');
    if (onward === 'down' || onward === 'up') go(at.index + (onward === 'down' ? 1 : -1), at.column);
    if (onward === 'right' || onward === 'left') go(at.index, at.column + (onward === 'right' ? 1 : -1));
  }

  function close(takesFocus: boolean) {
    setEditing(undefined);
    if (takesFocus) element.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // Keys pressed inside the cell editor belong to it.
    if (event.target !== event.currentTarget || grid.count === 0) return;
    const position = positionAfterKey(event, at, extent());
    const action = position ? () => grid.setActive(position) : actionOfKey(event);
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  function actionOfKey(event: KeyboardEvent): (() => void) | undefined {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (key === ' ') return togglePreview;
    if (key === 'F8') return () => void grid.step(shiftKey ? -1 : 1);
    if (key === 'Enter' || key === 'F2') return () => edit();
    if (key === 'Delete' || key === 'Backspace') return () => write('');
    return key.length === 1 ? () => edit(key) : undefined;
  }

  const copy = () => wholeCell()?.words;

  function paste(text: string) {
    const words = text.replace(/\r?\n$/, '');
    if (words.length > limits.pastedUnits)
      notify({
        words: `Not pasted: up to ${figure(limits.pastedUnits)} characters can be pasted into the grid. Open the table as a file.`,
      });
    else if (/[\t\n\r]/.test(words)) grid.paste(words);
    else write(words);
  }
  useClipboard(element, { copy, paste });

  return { at, editing, go, edit: () => edit(), commit, cancel: () => close(true), onKeyDown };
}

interface OnClipboard {
  /** The text to copy; undefined if there is none. */
  copy: () => string | undefined;
  paste: (text: string) => void;
}

/**
 * Copies and pastes while `element` has the focus. Listens on the document, because Chromium sends the events to the
 * last element with a caret, or to the body.
 */
function useClipboard(element: RefObject<HTMLElement | null>, { copy, paste }: OnClipboard) {
  const onEvent = useEffectEvent((event: ClipboardEvent) => {
    if (document.activeElement !== element.current || !event.clipboardData) return;
    event.preventDefault();
    if (event.type === 'paste') return paste(event.clipboardData.getData('text/plain'));
    const text = copy();
    if (text !== undefined) event.clipboardData.setData('text/plain', text);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onEvent(event);
    document.addEventListener('copy', listen);
    document.addEventListener('paste', listen);
    return () => {
      document.removeEventListener('copy', listen);
      document.removeEventListener('paste', listen);
    };
  }, []);
}
