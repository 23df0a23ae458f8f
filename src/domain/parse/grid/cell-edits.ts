import { ExactNumber, readJson, type Json } from '#wire/json/json.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import { numberIn } from '#domain/parse/cells/cell-values.ts';
import { escapeRegExp } from '#config/date-format.ts';
import { cellWords, type RecordGrid } from './shown-cells.ts';

/* Edits of cells, which keep all other bytes of the source. */

/** A new text for a cell. */
export interface CellText {
  row: number;
  column: number;
  words: string;
}

export interface CellsWritten {
  /** The same source if nothing changed. */
  source: SourceText;
  /** Cells that changed. */
  changed: number;
  /** Number of cells in rows that can’t be edited. */
  locked: number;
}

/**
 * Writes texts into cells; cells outside the grid are skipped. A cell keeps its JSON type if its new text allows it.
 */
export function writeCells(
  source: SourceText,
  { records }: RecordGrid,
  cells: Iterable<CellText>,
): CellsWritten {
  const rows = new Map<number, Map<number, Json>>();
  let changed = 0;
  let locked = 0;
  for (const { row, column, words } of cells) {
    if (row >= records.count || column >= records.columns.length) continue;
    const was = records.cell(row, column);
    if (cellWords(was) === words) continue;
    if (!records.isWritable(row)) {
      locked += 1;
      continue;
    }
    const ofRow = rows.get(row) ?? new Map<number, Json>();
    rows.set(row, ofRow.set(column, valueLike(was, words)));
    changed += 1;
  }
  if (changed === 0) return { source, changed, locked };
  const edits: Edit[] = [];
  for (const [row, ofRow] of rows) edits.push(...records.put(row, ofRow));
  return { source: source.edited(edits), changed, locked };
}

/** Keeps the JSON type of the old value if the new text parses as that type; otherwise returns a string. */
function valueLike(was: Json | undefined, words: string): Json {
  if (was === undefined || typeof was === 'string') return words;
  if (kindOf(was) === 'number') return numberIn(words.trim()) ?? words;
  const { value, problems } = readJson(words);
  return value !== undefined && problems.length === 0 && kindOf(value) === kindOf(was) ? value : words;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return value instanceof ExactNumber ? 'number' : typeof value;
}

/**
 * The cells of copied text as written by spreadsheets: cells with tabs or line ends are quoted, with inner quotes
 * doubled. A cell that only starts with a quote is plain.
 */
export function copiedCells(text: string, delimiter = '\t'): string[][] {
  const divider = escapeRegExp(delimiter);
  const quoted = new RegExp(`"([^"]*(?:""[^"]*)*)"(?=${divider}|\\r|\\n|$)`, 'y');
  const plain = new RegExp(`[^${divider}\\r\\n]*`, 'y');
  const lineEnd = /\r\n?|\n/y;
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; ;) {
    quoted.lastIndex = at;
    plain.lastIndex = at;
    const found = quoted.exec(text);
    const words = found ? found[1]!.replaceAll('""', '"') : plain.exec(text)![0];
    at += found ? found[0].length : words.length;
    row.push(words);
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    lineEnd.lastIndex = at;
    at += lineEnd.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return rows;
  }
}

/** A text to search for in cells. */
export interface CellSearch {
  search: string;
  matchCase: boolean;
}

/** The listed rows in their order; all if undefined. */
export type ListedRows = Uint32Array | undefined;

/** The cells that contain the search, row by row and ascending: index among the listed rows × columns + column. */
export function findCells({ records }: RecordGrid, query: CellSearch, listed: ListedRows): Float64Array {
  const pattern = patternOf(query, 'u');
  const columns = records.columns.length;
  const found: number[] = [];
  if (pattern === undefined) return new Float64Array();
  const rows = listed?.length ?? records.count;
  for (let index = 0; index < rows; index += 1)
    for (let column = 0; column < columns; column += 1)
      if (pattern.test(cellWords(records.cell(listed?.[index] ?? index, column))))
        found.push(index * columns + column);
  return Float64Array.from(found);
}

/** Replaces each match in a cell’s text. */
export function replacerOf(query: CellSearch, replacement: string): (words: string) => string {
  const pattern = patternOf(query, 'gu');
  return (words) => (pattern === undefined ? words : words.replace(pattern, () => replacement));
}

function patternOf({ search, matchCase }: CellSearch, flags: string): RegExp | undefined {
  return search === '' ? undefined : new RegExp(escapeRegExp(search), matchCase ? flags : `${flags}i`);
}
