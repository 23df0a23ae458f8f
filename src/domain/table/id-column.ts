/** Why a cell holds no id. */
export type NoIdCause = 'empty' | 'not-whole' | 'rounded' | 'too-large';

/** A column of ids, read. */
export interface IdColumn {
  kind: 'ids';
  /** The id of each row; 0 where there is none. Doubles only where an id is beyond 32 bits. */
  ids: Uint32Array | Float64Array;
  /** Rows whose cell holds no id, ascending; `idAt` says of each why. */
  rowsWithoutId: readonly number[];
}

/** Whole numbers have as many digits at most before they may be beyond what a double keeps apart. */
export const safeDigits = 15;

/**
 * The id that stands from `from` to `to`, or why there is none. Spaces around it do not matter. An id looks rounded where
 * it is written as 1.23E+15, or where nothing but zeros follow its fifteenth digit: spreadsheets keep no more.
 */
export function idAt(text: string, from: number, to: number): number | NoIdCause {
  if (to - from > safeDigits || text.charCodeAt(from) === ZERO) return oddIdAt(text, from, to);
  let id = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return oddIdAt(text, from, to);
    id = id * 10 + digit;
  }
  return id === 0 ? 'empty' : id;
}

export const ZERO = 0x30;

function oddIdAt(text: string, from: number, to: number): number | NoIdCause {
  const written = text.slice(from, to).trim();
  if (written === '') return 'empty';
  if (/^\d+(?:[.,]\d+)?[eE]\+?\d+$/.test(written) || /^[1-9]\d{14}0+$/.test(written)) return 'rounded';
  if (!/^[1-9]\d*$/.test(written)) return 'not-whole';
  const id = Number(written);
  return Number.isSafeInteger(id) ? id : 'too-large';
}

/** Writes an id column row by row, in 32 bits for as long as they are enough. */
export class IdWriter {
  ids: Uint32Array | Float64Array = new Uint32Array(0);
  private readonly rowsWithoutId: number[] = [];

  reserve(rows: number): void {
    const larger = this.ids instanceof Uint32Array ? new Uint32Array(rows) : new Float64Array(rows);
    larger.set(this.ids.subarray(0, rows));
    this.ids = larger;
  }

  write(row: number, id: number): void {
    if (id > 0xffffffff && this.ids instanceof Uint32Array) this.ids = Float64Array.from(this.ids);
    this.ids[row] = id;
  }

  writeNone(row: number): void {
    this.rowsWithoutId.push(row);
    this.ids[row] = 0;
  }

  finish(rows: number): IdColumn {
    return { kind: 'ids', ids: this.ids.subarray(0, rows), rowsWithoutId: this.rowsWithoutId };
  }
}
