/** Rows by id, in id order. Ids are never reused, even after a delete. */
export class Table<Row extends { id: number }> {
  readonly #rows = new Map<number, Row>();
  #lastId = 0;

  get size(): number {
    return this.#rows.size;
  }

  get nextId(): number {
    return this.#lastId + 1;
  }

  insert(row: Row): void {
    this.#rows.set(row.id, row);
    this.#lastId = Math.max(this.#lastId, row.id);
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  has(id: number): boolean {
    return this.#rows.has(id);
  }

  delete(id: number): boolean {
    return this.#rows.delete(id);
  }

  all(): Iterable<Row> {
    return this.#rows.values();
  }
}

/** Rows by their owner's id, in id order. */
export class ForeignKeyIndex<Row extends { id: number }> {
  readonly #rows = new Map<number, Row[]>();

  of(owner: number): readonly Row[] {
    return this.#rows.get(owner) ?? [];
  }

  add(owner: number, row: Row): void {
    const rows = this.#rows.get(owner);
    if (!rows) {
      this.#rows.set(owner, [row]);
      return;
    }
    const isNewest = (rows.at(-1)?.id ?? 0) < row.id;
    rows.push(row);
    if (!isNewest) rows.sort((a, b) => a.id - b.id);
  }

  remove(owner: number, row: Row): void {
    const rows = this.#rows.get(owner);
    const at = rows?.indexOf(row) ?? -1;
    if (at !== -1) rows!.splice(at, 1);
  }
}
