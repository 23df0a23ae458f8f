import type { Bytes } from '#domain/text/source-text.ts';
import type { Slots } from './slots.ts';

/** Above this many IDs a linear search is slower than a map. */
const fewIds = 128;

/** The IDs of a list’s regions, each in a slot. */
export class RegionIds {
  count = 0;
  private slots: number[] = [];
  private hashes: number[] = [];
  private byHash: Map<number, number> | undefined;

  clear(): void {
    this.count = 0;
    this.byHash = undefined;
  }

  /** Adds the ID in a slot; false if it may be a duplicate. */
  add({ values }: Slots, slot: number): boolean {
    const hash = values[slot]!;
    if (this.indexOf(hash) >= 0) return false;
    if (this.count === fewIds)
      this.byHash = new Map(this.hashes.slice(0, this.count).map((known, index) => [known, index]));
    this.slots[this.count] = slot;
    this.hashes[this.count] = hash;
    this.byHash?.set(hash, this.count);
    this.count += 1;
    return true;
  }

  /** The index of the ID that a slot refers to; -1 if none. */
  find({ values, from, to }: Slots, slot: number, source: Bytes): number {
    const index = this.indexOf(values[slot]!);
    if (index < 0) return -1;
    const own = this.slots[index]!;
    const length = to[slot]! - from[slot]!;
    if (to[own]! - from[own]! !== length) return -1;
    for (let at = 0; at < length; at += 1)
      if (source[from[own]! + at] !== source[from[slot]! + at]) return -1;
    return index;
  }

  private indexOf(hash: number): number {
    if (this.byHash !== undefined) return this.byHash.get(hash) ?? -1;
    for (let index = 0; index < this.count; index += 1) if (this.hashes[index] === hash) return index;
    return -1;
  }
}
