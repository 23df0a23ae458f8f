import { withoutEntries } from '#domain/delete-entries.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import {
  copiedCells,
  findCells,
  replacerOf,
  writeCells,
  type CellSearch,
  type CellText,
  type ListedRows,
} from '#domain/parse/grid/cell-edits.ts';
import { readCell } from '#domain/parse/grid/grid-rows.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { StepPlace } from '#engine/batch/undo-history.ts';

/** A new text, and the settings that keep its meaning. */
export interface RewrittenRows {
  text: TextOnScreen;
  settings: ImportSettings;
  /** True if the change affected what is detected in the text, such as its delimiter or columns. */
  changesDetection: boolean;
}

/** A block of cells to paste at a cell. */
export interface PastedCells {
  text: string;
  row: number;
  column: number;
  /** The rows to paste into, from this one on; all following rows if undefined. */
  listed: ListedRows;
}

/** The result of changing cells together. */
export interface ChangedCells extends RewrittenRows {
  changed: number;
  /** Cells in rows that can’t be edited. */
  locked: number;
}

export interface CellsPasted extends ChangedCells {
  rows: number;
  columns: number;
  /** Pasted rows and columns that don’t fit into the grid. */
  rowsBeyond: number;
  columnsBeyond: number;
}

/** The current cell of a search, and its direction. */
export interface SearchStep {
  row: number;
  column: number;
  direction: 1 | -1;
}

export interface CellsFound {
  cells: number;
  rows: number;
  /** The next match; `number` counts from 1. Undefined without a match, or if none was requested. */
  at?: { row: number; column: number; number: number };
}

/** Changes of cells and rows. Each is one step that can be undone. */
export function cellCalls(batch: Batch) {
  const { text } = batch;
  let lastSearch:
    { checkup: unknown; query: CellSearch; listed: ListedRows; found: Float64Array } | undefined;

  /** The detected settings, for comparison. */
  const detectedSettings = (): string => {
    const { format, reading } = batch.checkup.parsed;
    return JSON.stringify([
      format,
      reading?.dialect,
      reading?.columns.map(({ name, target }) => [name, target]),
    ]);
  };

  /** Settings that state everything detected so far. */
  const explicitSettings = (): ImportSettings => {
    const { format, reading } = batch.checkup.parsed;
    const mapped = reading?.columns.filter(({ target }) => target !== 'nothing') ?? [];
    return {
      ...batch.settings,
      format: format === 'table' ? 'table' : 'records',
      ...reading?.dialect,
      columns: {
        ...batch.settings.columns,
        ...Object.fromEntries(mapped.map(({ name, target }) => [name, target])),
      },
      ignoresOtherColumns: true,
    };
  };

  const rewrite = (source: SourceText, place?: StepPlace): RewrittenRows => {
    const before = detectedSettings();
    const settings = explicitSettings();
    const changed = text.replace(source, place);
    return { text: changed, settings, changesDetection: before !== detectedSettings() };
  };

  function write(cells: Iterable<CellText>, place?: StepPlace): ChangedCells {
    const { grid } = batch.checkup.parsed;
    const written = grid && writeCells(text.source, grid, cells);
    const { changed = 0, locked = 0 } = written ?? {};
    return { ...rewrite(written?.source ?? text.source, place), changed, locked };
  }

  /** Cached for the next step of the same search. */
  function search(query: CellSearch, listed: ListedRows): Float64Array {
    const { checkup } = batch;
    const { grid } = checkup.parsed;
    const isKnown =
      lastSearch?.checkup === checkup &&
      JSON.stringify(lastSearch.query) === JSON.stringify(query) &&
      areSameRows(lastSearch.listed, listed);
    if (lastSearch === undefined || !isKnown) {
      const found = grid ? findCells(grid, query, listed) : new Float64Array();
      lastSearch = { checkup, query, listed, found };
    }
    return lastSearch.found;
  }

  const columnCount = () => batch.checkup.parsed.grid?.records.columns.length ?? 0;

  return {
    /** Deletes rows; the rest of the text stays unchanged. */
    deleteRows: async (rows: Uint32Array): Promise<RewrittenRows> =>
      rewrite(withoutEntries(text.source, batch.checkup.parsed, rows)),
    /** Replaces the content of one cell. */
    writeCell: async (row: number, column: number, words: string): Promise<RewrittenRows> =>
      write([{ row, column, words }], { cell: { row, column } }),
    /** Pastes copied spreadsheet cells into the grid. Cells beyond the grid are ignored and counted. */
    async pasteCells({ text: copied, row, column, listed }: PastedCells): Promise<CellsPasted> {
      const cells = copiedCells(copied);
      const rowsBelow = listed?.length ?? Math.max(0, (batch.checkup.parsed.grid?.records.count ?? 0) - row);
      const columns = cells.reduce((most, { length }) => Math.max(most, length), 0);
      const columnsBeside = columnCount() - column;
      const written = write(
        cells
          .slice(0, rowsBelow)
          .flatMap((ofRow, index) =>
            ofRow
              .slice(0, columnsBeside)
              .map((words, at) => ({ row: listed?.[index] ?? row + index, column: column + at, words })),
          ),
        { cell: { row, column } },
      );
      const rowsBeyond = Math.max(0, cells.length - rowsBelow);
      const columnsBeyond = Math.max(0, columns - columnsBeside);
      return {
        ...written,
        rows: cells.length - rowsBeyond,
        columns: columns - columnsBeyond,
        rowsBeyond,
        columnsBeyond,
      };
    },
    /** Counts cells in the listed rows that contain a text, and finds the next one from a cell, wrapping around. */
    async findCells(query: CellSearch, listed: ListedRows, step?: SearchStep): Promise<CellsFound> {
      const found = search(query, listed);
      const columns = columnCount();
      const rowOf = (place: number) => Math.floor(place / columns);
      let rows = 0;
      for (let at = 0; at < found.length; at += 1)
        if (at === 0 || rowOf(found[at]!) !== rowOf(found[at - 1]!)) rows += 1;
      const cells = found.length;
      if (step === undefined || cells === 0) return { cells, rows };
      const index = listed ? listed.indexOf(step.row) : step.row;
      const from = index * columns + step.column;
      const next =
        step.direction === 1
          ? found.findIndex((place) => place > from)
          : found.findLastIndex((place) => place < from);
      const number = next >= 0 ? next : step.direction === 1 ? 0 : cells - 1;
      const place = found[number]!;
      const row = listed?.[rowOf(place)] ?? rowOf(place);
      return { cells, rows, at: { row, column: place % columns, number: number + 1 } };
    },
    /** Replaces a text in all cells that contain it, or in one of them. */
    async replaceInCells(
      query: CellSearch,
      replacement: string,
      where: ListedRows | { row: number; column: number },
    ): Promise<ChangedCells> {
      const { grid } = batch.checkup.parsed;
      const columns = columnCount();
      const isCell = where !== undefined && 'column' in where;
      const listed = isCell ? undefined : where;
      const places = isCell ? [where.row * columns + where.column] : search(query, listed);
      const replace = replacerOf(query, replacement);
      const cellAt = (place: number) => {
        const index = Math.floor(place / columns);
        return { row: listed?.[index] ?? index, column: place % columns };
      };
      // One by one, because there may be millions.
      function* written(): Generator<CellText> {
        for (const place of places) {
          const { row, column } = cellAt(place);
          yield { row, column, words: replace((grid && readCell(grid, row, column)) ?? '') };
        }
      }
      return write(written(), places.length > 0 ? { cell: cellAt(places[0]!) } : undefined);
    },
  };
}

const areSameRows = (one: ListedRows, other: ListedRows): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.length === other.length && one.every((row, index) => row === other[index]);
