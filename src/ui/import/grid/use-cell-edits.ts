import { useState } from 'react';
import type { CellWritten } from '#engine/batch/grid-calls.ts';
import type { Engine } from '#engine/engine.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import type { TextQueue } from '#ui/import/text-queue.ts';

interface Cell {
  row: number;
  column: number;
}

/** Words of a cell that the engine does not know of yet. */
interface Pending extends Cell {
  words: string;
}

/** The changes of cells: each is made in its turn, and seen at once. */
export function useCellEdits(queue: TextQueue, changed: BatchHistory['changed']) {
  const engine = useEngine();
  const [pending, setPending] = useState<readonly Pending[]>([]);
  return {
    /** Done when the check of the new text is; undefined where nothing changed. */
    async write(cell: Cell, words: string): Promise<CellWritten | undefined> {
      const mine = { ...cell, words };
      setPending((all) => [...all, mine]);
      const written = await writeInTurn(engine, queue, cell, words, changed);
      await queue.settled();
      // What the engine now says of the cell takes its place as soon as it is here.
      await engine.batch.gridRows([cell.row]);
      setPending((all) => all.filter((one) => one !== mine));
      return written;
    },
    pendingAt: ({ row, column }: Cell) =>
      pending.findLast((one) => one.row === row && one.column === column)?.words,
  };
}

async function writeInTurn(
  engine: Engine,
  queue: TextQueue,
  cell: Cell,
  words: string,
  changed: BatchHistory['changed'],
): Promise<CellWritten | undefined> {
  let written: CellWritten | undefined;
  await queue.edit(async (before) => {
    const made = await engine.batch.writeCell(cell.row, cell.column, words);
    const { text, done } = made;
    if (done === undefined) return before;
    written = made;
    changed(before, text, done, { cell });
    return text;
  });
  return written;
}
