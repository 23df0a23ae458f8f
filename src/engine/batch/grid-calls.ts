import { labelsOf, type Label, type NamedLabel } from '#config/labels.ts';
import {
  headOfGrid,
  readGridRows,
  rowsWithProblems,
  writeCell,
  type CellWrite,
  type GridHead,
  type GridRow,
} from '#domain/parse/records/grid.ts';
import { readValues, type ColumnValues } from '#domain/parse/records/unmatched-values.ts';
import type { Batch } from './batch.ts';
import type { TextOnScreen } from './batch-text.ts';

export type { Label, NamedLabel };

/** The new text, and how to undo the change. */
export interface CellWritten extends Omit<CellWrite, 'text'> {
  text: TextOnScreen;
  /** True if the change affected what is detected in the text, such as its delimiter or columns. */
  changesDetection?: boolean;
}

/** The grid of a table or of records. It has no rows for other formats. */
export function gridCalls(batch: Batch) {
  const { text } = batch;

  /** The detected settings, for comparison. */
  const detectedSettings = (): string => {
    const { format, reading } = batch.checkup.parsed;
    return JSON.stringify([
      format,
      reading?.dialect,
      reading?.columns.map(({ name, target }) => [name, target]),
    ]);
  };

  return {
    async gridHead(): Promise<GridHead> {
      const { grid } = batch.checkup.parsed;
      return grid ? headOfGrid(grid, batch.configOf({}).config) : { rows: 0, options: [] };
    },
    async gridRows(rows: number[]): Promise<GridRow[]> {
      const { parsed, findings } = batch.checkup;
      const { grid, entries } = parsed;
      if (!grid) return [];
      const { configOf, settings } = batch;
      return readGridRows(grid, { entries, findings, configOf, values: settings.values }, rows);
    },
    /** Values in label columns that don't match a label. */
    async columnValues(): Promise<ColumnValues[]> {
      const { grid } = batch.checkup.parsed;
      return grid ? readValues(grid, batch.configOf({}).config, batch.settings.values) : [];
    },
    /** All labels of a control of the chosen project. */
    async labels(control: string): Promise<NamedLabel[]> {
      const known = batch.configOf({}).config?.controls.get(control);
      return known ? labelsOf(known) : [];
    },
    /** Rows with an error or a warning, ascending. */
    rowsWithProblems: async (): Promise<Uint32Array> => rowsWithProblems(batch.checkup.findings),
    /** Replaces the content of one cell and changes nothing else in the text. */
    async writeCell(row: number, column: number, words: string): Promise<CellWritten> {
      const { grid } = batch.checkup.parsed;
      if (!grid) return { text: text.onScreen() };
      const before = detectedSettings();
      const { done } = writeCell(text.source, grid, row, column, words);
      if (done === undefined) return { text: text.onScreen() };
      const { from, removed, put } = done;
      const changed = text.edit([{ from, to: from + removed.length, put }]);
      return { text: changed, done, changesDetection: before !== detectedSettings() };
    },
  };
}
