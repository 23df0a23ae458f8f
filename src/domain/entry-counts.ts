const pageLength = 1024;

/** How often something is true of each entry. Of a million entries few have a mistake, so there is room only where one has. */
export class EntryCounts {
  /** How many entries have any. */
  entries = 0;
  private readonly pages: (Uint32Array | undefined)[] = [];

  at(entry: number): number {
    return this.pages[Math.floor(entry / pageLength)]?.[entry % pageLength] ?? 0;
  }

  add(entry: number): void {
    const page = (this.pages[Math.floor(entry / pageLength)] ??= new Uint32Array(pageLength));
    const place = entry % pageLength;
    if (page[place] === 0) this.entries += 1;
    page[place]! += 1;
  }

  /** The entries that have any, ascending. */
  *[Symbol.iterator](): Generator<number, void, void> {
    for (const [index, page] of this.pages.entries()) {
      if (page === undefined) continue;
      for (let place = 0; place < pageLength; place += 1)
        if (page[place]! > 0) yield index * pageLength + place;
    }
  }
}
