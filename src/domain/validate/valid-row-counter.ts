import type { Entries } from '#domain/requests/entries.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/**
 * Counts the rows of valid entries by template. Entries of a “plain” template have no problems except with their task.
 */
export class ValidRowCounter {
  private readonly entries: Entries;
  private readonly isPlain: Uint8Array;
  private readonly rows: Uint32Array;
  /** Their first entry, or -1. */
  private readonly firsts: Int32Array;

  constructor(entries: Entries) {
    const templates = entries.firsts.length;
    this.entries = entries;
    this.isPlain = new Uint8Array(templates);
    this.rows = new Uint32Array(templates);
    this.firsts = new Int32Array(templates).fill(-1);
  }

  setPlain(template: number): void {
    this.isPlain[template] = 1;
  }

  add(template: number, entry: number, rows: number): void {
    if (this.rows[template] === 0) this.firsts[template] = entry;
    this.rows[template]! += rows;
  }

  /** Counts consecutive plain entries with ordinary task IDs. Returns the first other entry. */
  addPlain(from: number): number {
    const { isPlain, rows, firsts } = this;
    const { templates, tasks, length } = this.entries;
    for (let entry = from; entry < length; entry += 1) {
      const template = templates[entry]!;
      const task = tasks[entry]!;
      if (isPlain[template] !== 1 || !(task > 0 && task < roundedFrom)) return entry;
      if (rows[template] === 0) firsts[template] = entry;
      rows[template]! += 1;
    }
    return length;
  }

  /** The end of consecutive plain entries whose task ID is too large. */
  endOfTooLarge(from: number): number {
    const { isPlain } = this;
    const { templates, tasks, length } = this.entries;
    let entry = from;
    while (entry < length && isPlain[templates[entry]!] === 1 && tasks[entry]! > Number.MAX_SAFE_INTEGER)
      entry += 1;
    return entry;
  }

  /** Templates with valid entries, in the order of their first one. */
  list(): { template: number; first: number; rows: number }[] {
    return Array.from(this.rows, (rows, template) => ({ template, first: this.firsts[template]!, rows }))
      .filter(({ first }) => first >= 0)
      .toSorted((one, other) => one.first - other.first);
  }
}
