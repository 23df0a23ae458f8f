import type { Problem, Severity } from '#wire/problem.ts';
import { EntryCounts } from './entry-counts.ts';
import { ProblemGroups, type SameProblem } from './problem-groups.ts';

/** Not a problem itself: one that many entries have in the same words, and the count of those. */
export interface RepeatedProblem {
  /** Without its entry. */
  problem: Problem;
  /** Known once it was added. */
  alike?: SameProblem;
}

/**
 * Collects problems. All are counted, but of each severity only the first `limit` are kept: a batch may have a million of
 * them, and nobody reads those.
 */
export class ProblemList {
  errors = 0;
  warnings = 0;
  infos = 0;
  /** Errors of the source as a whole: with one of them, nothing of it can be sent. */
  sourceErrors = 0;
  readonly entryErrors = new EntryCounts();
  readonly entryWarnings = new EntryCounts();
  readonly kinds = new ProblemGroups();
  private readonly kept: Record<Severity, Problem[]> = { error: [], warning: [], info: [] };
  private readonly limit: number;
  private readonly isWanted: ((problem: Problem) => boolean) | undefined;

  /** With `isWanted`, everything else is neither kept nor counted. */
  constructor(limit: number, isWanted?: (problem: Problem) => boolean) {
    this.isWanted = isWanted;
    this.limit = limit;
  }

  /** Gives those that are said in the same words, as far as that is known. */
  add(problem: Problem): SameProblem | undefined {
    if (this.isWanted?.(problem) === false) return undefined;
    this.count(problem.severity, problem.entry);
    this.keep(problem);
    return this.kinds.add(problem);
  }

  /** The same, where it was said before of other entries: then no words are compared any more. */
  addRepeated(repeated: RepeatedProblem, entry: number): void {
    if (this.isOnlyCounted(repeated)) return this.countAlike(repeated, entry, entry + 1);
    const alike = this.add({ ...repeated.problem, entry });
    if (alike) repeated.alike = alike;
  }

  /** The same of each entry from one on to another, which is not meant. */
  addRepeatedly(repeated: RepeatedProblem, from: number, to: number): void {
    let entry = from;
    for (; entry < to && !this.isOnlyCounted(repeated); entry += 1) this.addRepeated(repeated, entry);
    if (entry < to) this.countAlike(repeated, entry, to);
  }

  /** Whether one more problem of this severity would be kept, and so is worth its words. */
  hasRoom(severity: Severity): boolean {
    return this.isWanted !== undefined || this.kept[severity].length < this.limit;
  }

  get truncated(): boolean {
    return this.errors + this.warnings + this.infos > this.limit;
  }

  /** The first of them, `limit` at most: errors before warnings before what is only worth saying. */
  list(): Problem[] {
    return [...this.kept.error, ...this.kept.warning, ...this.kept.info].slice(0, this.limit);
  }

  private isOnlyCounted({ alike, problem }: RepeatedProblem): boolean {
    return alike !== undefined && !this.hasRoom(problem.severity);
  }

  private countAlike({ alike, problem: { severity } }: RepeatedProblem, from: number, to: number): void {
    this.kinds.addAlike(alike!, to - from);
    if (severity === 'error') {
      this.errors += to - from;
      this.entryErrors.addAll(from, to);
    } else for (let entry = from; entry < to; entry += 1) this.count(severity, entry);
  }

  private keep(problem: Problem): void {
    if (this.kept[problem.severity].length < this.limit) this.kept[problem.severity].push(problem);
  }

  private count(severity: Severity, entry: number | undefined): void {
    if (severity === 'error') {
      this.errors += 1;
      if (entry === undefined) this.sourceErrors += 1;
      else this.entryErrors.add(entry);
    } else if (severity === 'warning') {
      this.warnings += 1;
      if (entry !== undefined) this.entryWarnings.add(entry);
    } else {
      this.infos += 1;
    }
  }
}
