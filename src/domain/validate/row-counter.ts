import type { ProblemList, RepeatedProblem } from '#domain/problems/problem-list.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/**
 * Counts the rows of valid entries by template. Entries of a “plain” template have no problems except with their task;
 * those of an “unlisted” one have problems that are only counted.
 */
export class RowCounter {
  private readonly entries: Entries;
  private readonly findings: ProblemList;
  private readonly isPlain: Uint8Array;
  /** By template: the problems of its entries, if they are only counted. */
  private readonly unlisted: (readonly RepeatedProblem[] | undefined)[];
  private readonly rows: Uint32Array;
  /** Their first entry, or -1. */
  private readonly firsts: Int32Array;

  constructor(entries: Entries, findings: ProblemList) {
    const templates = entries.firsts.length;
    this.entries = entries;
    this.findings = findings;
    this.isPlain = new Uint8Array(templates);
    this.unlisted = Array.from({ length: templates });
    this.rows = new Uint32Array(templates);
    this.firsts = new Int32Array(templates).fill(-1);
  }

  setPlain(template: number): void {
    this.isPlain[template] = 1;
  }

  setUnlisted(template: number, problems: readonly RepeatedProblem[]): void {
    this.unlisted[template] = problems;
  }

  add(template: number, entry: number, rows: number): void {
    if (this.rows[template] === 0) this.firsts[template] = entry;
    this.rows[template]! += rows;
  }

  /** Counts consecutive plain and unlisted entries with ordinary task IDs. Returns the first other entry. */
  addRun(from: number): number {
    const { isPlain, unlisted, findings } = this;
    const { templates, tasks, length } = this.entries;
    for (let entry = from; entry < length; entry += 1) {
      const template = templates[entry]!;
      const task = tasks[entry]!;
      if (!(task > 0 && task < roundedFrom)) return entry;
      const problems = unlisted[template];
      if (problems !== undefined) {
        const errors = findings.errors;
        findings.countRepeated(problems, entry);
        if (findings.errors > errors) continue;
      } else if (isPlain[template] !== 1) return entry;
      this.add(template, entry, 1);
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
