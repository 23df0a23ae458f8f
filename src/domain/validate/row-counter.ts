import type { ProblemList, RepeatedProblem } from '#domain/problems/problem-list.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/** Entries of one template that are counted in runs: apart from their task, they have only unlisted problems. */
interface CountedEntries {
  problems: readonly RepeatedProblem[];
  errors: number;
  warnings: number;
  entries: number;
}

/** Counts the rows of valid entries by template, and unlisted problems. */
export class RowCounter {
  private readonly entries: Entries;
  private readonly findings: ProblemList;
  private readonly counted: (CountedEntries | undefined)[];
  private readonly rows: Uint32Array;
  /** Their first entry, or -1. */
  private readonly firsts: Int32Array;

  constructor(entries: Entries, findings: ProblemList) {
    const templates = entries.firsts.length;
    this.entries = entries;
    this.findings = findings;
    this.counted = Array.from({ length: templates });
    this.rows = new Uint32Array(templates);
    this.firsts = new Int32Array(templates).fill(-1);
  }

  /** Further entries of the template have these problems, which aren’t listed, and no others but with their task. */
  setProblems(template: number, problems: readonly RepeatedProblem[]): void {
    if (this.counted[template] !== undefined) return;
    const times = (severity: string) =>
      problems.filter(({ problem }) => problem.severity === severity).length;
    this.counted[template] = { problems, errors: times('error'), warnings: times('warning'), entries: 0 };
  }

  add(template: number, entry: number, rows: number): void {
    if (this.rows[template] === 0) this.firsts[template] = entry;
    this.rows[template]! += rows;
  }

  /** Counts consecutive entries with known problems and ordinary task IDs. Returns the first other entry. */
  addRun(from: number): number {
    const { counted, findings } = this;
    const { templates, tasks, length } = this.entries;
    let entry = from;
    let start = from;
    let errors = 0;
    let warnings = 0;
    for (; entry < length; entry += 1) {
      const template = templates[entry]!;
      const found = counted[template];
      const task = tasks[entry]!;
      if (found === undefined || !(task > 0 && task < roundedFrom)) break;
      if (found.errors !== errors || found.warnings !== warnings) {
        findings.mark(start, entry, errors, warnings);
        start = entry;
        ({ errors, warnings } = found);
      }
      found.entries += 1;
      if (errors === 0) this.add(template, entry, 1);
    }
    findings.mark(start, entry, errors, warnings);
    return entry;
  }

  /** The end of consecutive entries whose only problem is a task ID that is too large. */
  endOfTooLarge(from: number): number {
    const { counted } = this;
    const { templates, tasks, length } = this.entries;
    let entry = from;
    while (
      entry < length &&
      counted[templates[entry]!]?.problems.length === 0 &&
      tasks[entry]! > Number.MAX_SAFE_INTEGER
    )
      entry += 1;
    return entry;
  }

  /** Adds the problems of all runs. Returns the templates with valid entries, in the order of their first one. */
  finish(): { template: number; first: number; rows: number }[] {
    for (const found of this.counted) if (found) this.findings.addUnlisted(found.problems, found.entries);
    return Array.from(this.rows, (rows, template) => ({ template, first: this.firsts[template]!, rows }))
      .filter(({ first }) => first >= 0)
      .toSorted((one, other) => one.first - other.first);
  }
}
