import { useId, useState } from 'react';
import type { CheckSummary } from '#domain/check.ts';
import type { GridCell } from '#domain/parse/grid/shown-cells.ts';
import { limits } from '#wire/limits.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { firstUnits } from '#wire/text/words.ts';
import { useBatch, useBatchActions, useNavigation, useNotices } from '#ui/import/batch-context.tsx';
import { useColumnWidths } from '#ui/import/grid/head/use-column-widths.ts';
import { useColumns } from '#ui/import/mapping/use-columns.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { indexOfRow, withoutRows, type CellPosition } from './grid-position.ts';
import { nextProblem } from './next-problem.ts';
import { pageSize, useGridRows, useGridSize, useWholeCell } from './use-grid-rows.ts';
import type { RowView } from '#engine/batch/calls/grid-calls.ts';
import type { RewrittenRows } from '#engine/batch/calls/cell-calls.ts';
import type { TextQueue } from '#ui/import/history/text-queue.ts';

export type Grid = NonNullable<ReturnType<typeof useGrid>>;

/** The grid’s rows, its active cell and changes of cells; undefined until the rows are known. */
export function useGrid(checked: CheckSummary) {
  const { text, queue, history } = useBatch();
  const { entry: activeRow, setEntry, column, setColumn, goToEntry, showInText } = useNavigation();
  const { deleteRows, pasteCells, pasteInGrid, replaceInCells } = useBatchActions();
  const { notify } = useNotices();
  const engine = useEngine();
  const detailsId = useId();
  const size = useGridSize(checked);
  const rowCount = size?.rows;
  const edits = useCellEdits(queue);
  const [first, setFirst] = useState({ row: 0, column: 0 });
  const [lists, setLists] = useState<readonly AskedRows[]>([]);

  const { reading } = checked;
  const columnCount = reading?.columns ?? 0;
  const widths = useColumnWidths(columnCount, size?.texts);
  // Rows stay listed while they are being fixed, as long as the number of rows is unchanged.
  const asked = lists.find(({ of }) => of === rowCount);
  const view: RowView = asked?.view ?? {};
  const filter = asked?.rows;
  const listed = filter?.length ?? rowCount ?? 0;
  const rowAt = (index: number) => filter?.[index] ?? index;
  const active: CellPosition = {
    index: Math.max(0, Math.min(filter ? indexOfRow(filter, activeRow) : activeRow, listed - 1)),
    column: Math.max(0, Math.min(column, columnCount - 1)),
  };
  const { columnAt } = useColumns(checked, { first: first.column, active: active.column });
  const { read, readCell } = useGridRows(
    checked,
    { filter, count: listed },
    {
      row: { first: first.row, active: active.index },
      column: { first: first.column, active: active.column },
    },
  );
  const activeCell = readCell(rowAt(active.index), active.column);
  const whole = useWholeCell(checked, rowAt(active.index), active.column, activeCell);
  if (!reading || rowCount === undefined) return undefined;

  function goTo(row: number, at: number) {
    setEntry(row);
    setColumn(at);
  }

  async function write(row: number, at: number, words: string) {
    keepReading(await edits.write({ row, column: at }, words));
  }

  /** Cell changes must not alter what is detected. Settings belong to the text’s first line. */
  function keepReading(written: RewrittenRows | undefined) {
    if (written && (written.changesDetection || written.text.firstLine !== text.firstLine))
      void history.read(written.settings, { withLast: true });
  }

  async function paste(words: string) {
    const { index, column: at } = active;
    const below = filter?.slice(index);
    keepReading(await pasteCells({ text: words, row: rowAt(index), column: at, listed: below }));
  }

  /** Lists the rows of a view in place of those `before`. */
  async function list(mine: AskedRows, { before = [], goesToFirst = false }: ListOptions = {}) {
    const { rowsOf, value, sort } = mine.view;
    const isAll = rowsOf === undefined && value === undefined && sort === undefined;
    setLists(isAll ? before : [mine, ...before]);
    if (isAll) return;
    await queue.settled();
    const rows = await engine.batch.listRows(mine.view);
    // The user may have chosen another view by now.
    setLists((now) => (now[0] === mine ? [{ ...mine, rows }, ...now.slice(1)] : now));
    if (goesToFirst && rows.length > 0) setEntry(rows[0]!);
  }

  /** Keeps listing the rows that weren’t deleted, or all rows if none is left. Undo restores the previous list. */
  function keepList(deleted: Uint32Array) {
    if (asked?.rows === undefined) return;
    const before = lists.slice(0, maxLists);
    const of = rowCount! - deleted.length;
    const rows = withoutRows(asked.rows, deleted);
    if (rows.length > 0) setLists([{ ...asked, rows, of }, ...before]);
    else void list({ view: { sort: asked.view.sort }, of }, { before });
  }

  async function deleteGroup(problem: PlacedProblem) {
    await queue.settled();
    const rows = await engine.batch.rowsOfGroup(problem);
    if (rows.length === 0) return;
    const written = await deleteRows(rows);
    keepList(rows);
    if (written?.changesDetection) void history.read(written.settings, { withLast: true });
  }

  async function step(direction: 1 | -1) {
    await queue.settled();
    const from = { row: rowAt(active.index), column };
    const next = await nextProblem(engine.batch, filter, from, direction);
    if (next) goTo(next.row, next.column ?? column);
    else notify({ words: filter ? 'No problems in these rows.' : 'No problems found.' });
  }

  async function goToProblem(problem: PlacedProblem) {
    const { entry, code, message } = problem;
    if (entry === undefined) return showInText(problem);
    const [row] = await engine.batch.gridRows({ rows: [entry], columns: noColumns });
    const there = row?.problems.find((one) => one.code === code && one.message === message);
    goTo(entry, there?.column ?? column);
    goToEntry(entry);
  }

  return {
    columnCount,
    widths,
    /** Undefined while the column is loading. */
    columnAt,
    /** The numbers of all rows and of listed rows. */
    rows: rowCount,
    count: listed,
    /** Filter and order of the listed rows. */
    view,
    setView: (next: RowView, options?: { goesToFirst: boolean }) =>
      void list({ view: next, of: rowCount }, options),
    deleteGroup,
    /** The row at an index of the list. */
    rowAt,
    /** Undefined while the row is loading. */
    read,
    /** A cell including a pending change; undefined while loading. */
    cellAt(row: number, at: number): GridCell | undefined {
      const pending = edits.pendingAt({ row, column: at });
      return pending === undefined ? readCell(row, at) : { text: firstUnits(pending, limits.shownUnits) };
    },
    /** The full text of the active cell; undefined while loading, or if it is too long. */
    activeText:
      edits.pendingAt({ row: rowAt(active.index), column: active.column }) ??
      (activeCell?.length === undefined ? activeCell?.text : whole),
    active,
    activeRow: listed > 0 ? read(rowAt(active.index)) : undefined,
    setActive: (place: CellPosition) => goTo(rowAt(place.index), place.column),
    /** The first visible row and column, rounded to pages, so that few scrolls re-render the view. */
    setFirst: ({ row, column: at }: Partial<Cell>) =>
      setFirst((now) => {
        const next = {
          row: row === undefined ? now.row : startOfPage(row, pageSize.rows),
          column: at === undefined ? now.column : startOfPage(at, pageSize.columns),
        };
        return next.row === now.row && next.column === now.column ? now : next;
      }),
    write: (row: number, at: number, words: string) => void write(row, at, words),
    /** The listed rows in order; undefined lists all. */
    listed: filter,
    goTo,
    /** Replaces a text in all listed cells or in one. Resolves when the new text is checked. */
    async replaceInCells(...asked: Parameters<typeof replaceInCells>) {
      keepReading(await replaceInCells(...asked));
      await queue.settled();
    },
    /** Pastes cells, starting at the active cell. */
    paste: (words: string) => void pasteInGrid(words, () => void paste(words)),
    step,
    goToProblem,
    /** The element that describes the active cell. */
    detailsId,
  };
}

interface AskedRows {
  view: RowView;
  /** Undefined while searching. */
  rows?: Uint32Array;
  /** The number of all rows at that time. */
  of: number;
}

interface ListOptions {
  before?: readonly AskedRows[];
  /** Makes the first listed row the active one. */
  goesToFirst?: boolean;
}

/** Lists that are kept for undo, of a number of rows each. */
const maxLists = 10;

const startOfPage = (index: number, size: number) => index - (index % size);

/** For calls about whole rows. */
const noColumns = { from: 0, to: 0 };

interface Cell {
  row: number;
  column: number;
}

/** A cell’s new text that the engine doesn’t have yet. */
interface Pending extends Cell {
  words: string;
}

/** Cell changes: shown at once, written in order. */
function useCellEdits(queue: TextQueue) {
  const engine = useEngine();
  const [pending, setPending] = useState<readonly Pending[]>([]);
  return {
    /** Resolves when the new text is checked; undefined if nothing changed. */
    async write(cell: Cell, words: string): Promise<RewrittenRows | undefined> {
      const mine = { ...cell, words };
      setPending((all) => [...all, mine]);
      let written: RewrittenRows | undefined;
      await queue.edit(async (before) => {
        const made = await engine.batch.writeCell(cell.row, cell.column, words);
        if (made.text.edition !== before.edition) written = made;
        return made.text;
      });
      await queue.settled();
      // The engine’s answer replaces the pending text once loaded.
      await engine.batch.gridRows({ rows: [cell.row], columns: noColumns });
      setPending((all) => all.filter((one) => one !== mine));
      return written;
    },
    pendingAt: ({ row, column }: Cell) =>
      pending.findLast((one) => one.row === row && one.column === column)?.words,
  };
}
