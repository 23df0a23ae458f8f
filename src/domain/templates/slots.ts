import { LINE_FEED, RETURN, SPACE } from '#wire/text/char-codes.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** The slots of a matched entry in text order, in typed arrays that are reused for the next one. */
export class Slots {
  count = 0;
  /** By slot: its span. */
  from = new Uint32Array(256);
  to = new Uint32Array(256);
  /** Its number, or the hash of its text or list. */
  values = new Float64Array(256);
  /** 1 if the number has few enough digits to equal every other spelling of it. */
  isExact = new Uint8Array(256);
  /** For a list: the index in `items` of its first item. */
  firstItem = new Uint32Array(256);
  /** The codes of the items of all lists, and the hashes of those with code 0. */
  itemCount = 0;
  items = new Uint32Array(256);
  itemHashes = new Int32Array(256);
  /** Line ends between regions and between labels. */
  lineEnds = 0;

  /** The next offset without white space; counts line ends. */
  skipSpace(source: Bytes, from: number): number {
    let at = from;
    for (;;) {
      const byte = source[at]!;
      if (byte > SPACE) return at;
      if (byte === LINE_FEED || (byte === RETURN && source[at + 1] !== LINE_FEED)) this.lineEnds += 1;
      else if (byte !== SPACE && byte !== RETURN && byte !== 0x09) return at;
      at += 1;
    }
  }

  /** Adds a slot; the caller writes its value. */
  add(from: number, to: number): number {
    const slot = this.count;
    if (slot === this.from.length) this.grow();
    this.from[slot] = from;
    this.to[slot] = to;
    this.count += 1;
    return slot;
  }

  addItem(code: number, hash: number): void {
    if (this.itemCount === this.items.length) {
      this.items = resized(this.items, this.itemCount * 2);
      this.itemHashes = resized(this.itemHashes, this.itemCount * 2);
    }
    this.items[this.itemCount] = code;
    this.itemHashes[this.itemCount] = hash;
    this.itemCount += 1;
  }

  clear(): void {
    this.count = 0;
    this.itemCount = 0;
    this.lineEnds = 0;
  }

  private grow(): void {
    const length = this.count * 2;
    this.from = resized(this.from, length);
    this.to = resized(this.to, length);
    this.firstItem = resized(this.firstItem, length);
    this.isExact = resized(this.isExact, length);
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
  }
}
