/** A cell of the grid by listed row and column, both from 0. */
export interface CellPosition {
  index: number;
  column: number;
}

/** The bounds of keyboard moves. */
export interface Extent {
  rows: number;
  columns: number;
  /** Number of visible rows, the distance of Page Up and Page Down. */
  page: number;
}

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** The cell after a key press, as in a spreadsheet; undefined for keys that don’t move. */
export function positionAfterKey(
  press: Press,
  { index, column }: CellPosition,
  extent: Extent,
): CellPosition | undefined {
  const isFar = press.ctrlKey || press.metaKey;
  const last = { index: extent.rows - 1, column: extent.columns - 1 };
  switch (press.key) {
    case 'ArrowDown':
      return clampPosition({ index: isFar ? last.index : index + 1, column }, extent);
    case 'ArrowUp':
      return clampPosition({ index: isFar ? 0 : index - 1, column }, extent);
    case 'ArrowRight':
      return clampPosition({ index, column: isFar ? last.column : column + 1 }, extent);
    case 'ArrowLeft':
      return clampPosition({ index, column: isFar ? 0 : column - 1 }, extent);
    case 'PageDown':
      return clampPosition({ index: index + extent.page, column }, extent);
    case 'PageUp':
      return clampPosition({ index: index - extent.page, column }, extent);
    case 'Home':
      return clampPosition({ index: isFar ? 0 : index, column: 0 }, extent);
    case 'End':
      return clampPosition({ index: isFar ? last.index : index, column: last.column }, extent);
    default:
      return undefined;
  }
}

export function clampPosition({ index, column }: CellPosition, { rows, columns }: Extent): CellPosition {
  return { index: clamp(index, rows), column: clamp(column, columns) };
}

const clamp = (number: number, length: number) => Math.max(0, Math.min(number, length - 1));

/** What a list of rows becomes once some of them, `deleted` ascending, are deleted from the table. */
export function withoutRows(listed: Uint32Array, deleted: Uint32Array): Uint32Array {
  const kept = new Uint32Array(listed.length);
  let count = 0;
  for (const row of listed) {
    const before = lowerBound(deleted, row);
    if (deleted[before] === row) continue;
    kept[count] = row - before;
    count += 1;
  }
  return kept.subarray(0, count);
}

/** Index of a row in a list; if it isn’t listed, that of the next row in an ascending list. */
export function indexOfRow(rows: Uint32Array, row: number): number {
  const next = Math.min(lowerBound(rows, row), Math.max(0, rows.length - 1));
  if (rows[next] === row) return next;
  // A list sorted by a column isn’t ascending.
  const at = rows.indexOf(row);
  return at < 0 ? next : at;
}

/** The first index of an ascending list whose row is at least this one. */
function lowerBound(rows: Uint32Array, row: number): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle]! < row) from = middle + 1;
    else to = middle;
  }
  return from;
}
