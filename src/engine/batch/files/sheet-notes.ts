import { count } from '#wire/text/figures.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/* What the table of a sheet doesn’t show: merged cells, and which rows and columns Excel hides. */

const mergedNote =
  'The workbook has merged cells. Each value is in the first row of its cell; the rows below are empty.';

/** Notes for people about a sheet; `cells` are its rows from the first one on, with null for an empty cell. */
export function sheetNotes(sheet: Bytes, cells: readonly (readonly unknown[])[]): string[] {
  const xml = new TextDecoder().decode(sheet);
  const hidden = hiddenNote(xml, cells);
  return [...(hasMergedRows(xml) ? [mergedNote] : []), ...(hidden === undefined ? [] : [hidden])];
}

function hasMergedRows(xml: string): boolean {
  const ranges = /<(?:\w+:)?mergeCell\b[^>]*\sref="[A-Z]+(\d+):[A-Z]+(\d+)"/g;
  return [...xml.matchAll(ranges)].some(([, first, last]) => first !== last);
}

/** Counts hidden rows and columns with values; Excel also hides empty ones, up to its last. */
function hiddenNote(xml: string, cells: readonly (readonly unknown[])[]): string | undefined {
  const isFilled = (cell: unknown) => cell !== null && cell !== '';
  const rows = hiddenRows(xml).filter((row) => cells[row - 1]?.some(isFilled)).length;
  const ranges = hiddenColumns(xml);
  const isHidden = (column: number) => ranges.some(({ min, max }) => min <= column && column <= max);
  const filled = new Set<number>();
  if (ranges.length > 0)
    for (const row of cells)
      for (const [index, cell] of row.entries()) if (isFilled(cell)) filled.add(index + 1);
  const columns = [...filled].filter(isHidden).length;
  if (rows + columns === 0) return undefined;
  const parts = [
    ...(rows > 0 ? [count(rows, 'hidden row')] : []),
    ...(columns > 0 ? [count(columns, 'hidden column')] : []),
  ];
  const are = rows + columns > 1 ? 'They are' : 'It is';
  return `The sheet has ${parts.join(' and ')}. ${are} imported, too.`;
}

const isHiddenTag = (attributes: string): boolean => /\shidden="(?:1|true)"/.test(attributes);

/** The numbers of hidden rows, from 1. A row without a number follows the previous one. */
function hiddenRows(xml: string): number[] {
  const rows: number[] = [];
  let row = 0;
  for (const { 1: attributes } of xml.matchAll(/<(?:\w+:)?row\b([^>]*)>/g)) {
    row = Number(/\sr="(\d+)"/.exec(attributes!)?.[1] ?? row + 1);
    if (isHiddenTag(attributes!)) rows.push(row);
  }
  return rows;
}

function hiddenColumns(xml: string): { min: number; max: number }[] {
  const columns = Array.from(xml.matchAll(/<(?:\w+:)?col\b([^>]*)>/g), ({ 1: attributes }) => attributes!);
  const numberOf = (name: string, attributes: string) =>
    Number(new RegExp(String.raw`\s${name}="(\d+)"`).exec(attributes)?.[1]);
  return columns
    .filter(isHiddenTag)
    .map((attributes) => ({ min: numberOf('min', attributes), max: numberOf('max', attributes) }));
}
