import { resized } from '#domain/text/resized.ts';

/** The distinct rows of a table apart from their task, with a code for each in the order of first use. */
export class RowDictionary {
  size = 0;
  /** By column, then by row code: the code of the cell. */
  readonly cells: Uint32Array<ArrayBuffer>[];
  /** By row code: its first row. */
  firsts = new Uint32Array(16);
  private slots = new Uint32Array(32);

  constructor(columns: number) {
    this.cells = Array.from({ length: columns }, () => new Uint32Array(16));
  }

  codeOf(codes: Uint32Array, row: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = hashOf(codes) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const kind = slots[slot]! - 1;
      if (kind < 0) break;
      if (this.isSame(kind, codes)) return kind;
    }
    slots[slot] = this.size + 1;
    return this.add(codes, row);
  }

  private isSame(kind: number, codes: Uint32Array): boolean {
    for (let column = 0; column < codes.length; column += 1)
      if (this.cells[column]![kind] !== codes[column]) return false;
    return true;
  }

  private add(codes: Uint32Array, row: number): number {
    const kind = this.size;
    this.size += 1;
    if (kind === this.firsts.length) {
      const size = Math.ceil(kind * 1.5);
      this.firsts = resized(this.firsts, size);
      this.cells.forEach((cells, column) => (this.cells[column] = resized(cells, size)));
    }
    this.firsts[kind] = row;
    codes.forEach((code, column) => (this.cells[column]![kind] = code));
    if (this.size * 2 > this.slots.length) this.growSlots();
    return kind;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    const codes = new Uint32Array(this.cells.length);
    for (let kind = 0; kind < this.size; kind += 1) {
      for (let column = 0; column < codes.length; column += 1) codes[column] = this.cells[column]![kind]!;
      let slot = hashOf(codes) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = kind + 1;
    }
    this.slots = slots;
  }
}

function hashOf(codes: Uint32Array): number {
  let hash = 0;
  for (let column = 0; column < codes.length; column += 1)
    hash = Math.imul(hash ^ codes[column]!, 0x9e3779b1) ^ (hash >>> 13);
  return (hash ^ (hash >>> 16)) >>> 0;
}
