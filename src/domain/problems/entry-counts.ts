const pageBits = 10;
const pageLength = 2 ** pageBits;
const placeMask = pageLength - 1;

/** A page is widened when one of its counts passes 255. */
type Page = Uint8Array | Uint32Array;
const mostNarrow = 0xff;

/** Shared, read-only: a page whose counts are all 1. */
const allOnce = new Uint8Array(pageLength).fill(1);

/** A sparse counter per entry: pages exist only where something was counted. */
export class EntryCounts {
  /** Number of entries with a count above 0. */
  entries = 0;
  private readonly pages: (Page | undefined)[] = [];

  at(entry: number): number {
    return this.pages[entry >>> pageBits]?.[entry & placeMask] ?? 0;
  }

  add(entry: number): void {
    const index = entry >>> pageBits;
    let page = (this.pages[index] ??= new Uint8Array(pageLength));
    const place = entry & placeMask;
    if (page === allOnce) page = this.pages[index] = allOnce.slice();
    if (page[place] === mostNarrow && page instanceof Uint8Array)
      page = this.pages[index] = Uint32Array.from(page);
    if (page[place] === 0) this.entries += 1;
    page[place]! += 1;
  }

  /** Adds 1 to each entry from ≤ entry < to. */
  addAll(from: number, to: number): void {
    for (let at = from; at < to;) {
      const index = at >>> pageBits;
      const end = Math.min(to, (index + 1) * pageLength);
      if (end - at === pageLength && this.pages[index] === undefined) {
        this.pages[index] = allOnce;
        this.entries += pageLength;
      } else for (let entry = at; entry < end; entry += 1) this.add(entry);
      at = end;
    }
  }

  /** Entries with a count above 0, ascending. */
  *[Symbol.iterator](): Generator<number, void, void> {
    for (const [index, page] of this.pages.entries()) {
      if (page === undefined) continue;
      for (let place = 0; place < pageLength; place += 1)
        if (page[place]! > 0) yield index * pageLength + place;
    }
  }
}
