import { useState } from 'react';
import type { CellWritten, Engine, TextOnScreen } from '#engine/engine.ts';
import { isSameText } from '#ui/shared/text-on-screen.ts';
import { useEngine } from '#ui/shared/use-engine.ts';
import type { TextQueue } from '../text-queue.ts';
import { noEdits, redo, undo, withEdit, type CellEdit, type EditHistory } from './edit-history.ts';

interface Cell {
  row: number;
  column: number;
}

/** Words of a cell that the engine does not know of yet. */
export interface Pending extends Cell {
  words: string;
}

interface Edits {
  history: EditHistory;
  pending: readonly Pending[];
}

/** Coming back to the grid, one can still take back what one changed. */
let left: EditHistory = noEdits;

/** The changes of cells: each is made in its turn, seen at once, and can be taken back and made again. */
export function useCellEdits(text: TextOnScreen, queue: TextQueue) {
  const engine = useEngine();
  const [{ history, pending }, setEdits] = useState<Edits>({ history: left, pending: [] });
  const [edits] = useState(() => createCellEdits(engine, queue, setEdits));
  const isCurrent = isSameText(history.text, text);
  return {
    write: edits.write,
    undo: edits.undo,
    redo: edits.redo,
    canUndo: isCurrent && history.done.length > 0,
    canRedo: isCurrent && history.undone.length > 0,
    pendingAt: ({ row, column }: Cell) =>
      pending.findLast((one) => one.row === row && one.column === column)?.words,
  };
}

function createCellEdits(engine: Engine, queue: TextQueue, onChange: (edits: Edits) => void) {
  let pending: readonly Pending[] = [];

  function show(history: EditHistory, next: readonly Pending[] = pending) {
    left = history;
    pending = next;
    onChange({ history, pending });
  }

  /** Gives the cell that was changed. */
  async function step(take: typeof undo): Promise<CellEdit | undefined> {
    let cell: CellEdit | undefined;
    await queue.edit(async (before) => {
      const taken = take(left, before);
      if (taken === undefined) return before;
      const text = await engine.edit([taken.change]);
      cell = taken.cell;
      show({ text, ...taken.after });
      return text;
    });
    return cell;
  }

  return {
    /** Done when the check of the new text is; undefined where nothing changed. */
    async write(cell: Cell, words: string): Promise<CellWritten | undefined> {
      const mine = { ...cell, words };
      let written: CellWritten | undefined;
      show(left, [...pending, mine]);
      await queue.edit(async (before) => {
        const made = await engine.writeCell(cell.row, cell.column, words);
        const { text, done } = made;
        if (done === undefined) return before;
        written = made;
        show(withEdit(left, before, text, { ...cell, ...done }));
        return text;
      });
      await queue.settled();
      // What the engine now says of the cell takes its place as soon as it is here.
      await engine.gridRows([cell.row]);
      show(
        left,
        pending.filter((one) => one !== mine),
      );
      return written;
    },
    undo: () => step(undo),
    redo: () => step(redo),
  };
}
