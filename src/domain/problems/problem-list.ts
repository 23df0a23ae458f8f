import type { Problem, Severity } from '#wire/problem.ts';
import { EntryCounts } from './entry-counts.ts';
import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';
import { ProblemGroups, type SameProblem } from './problem-groups.ts';

/** A problem that many entries have with the same message, and its count; not a problem itself. */
export interface RepeatedProblem {
  /** Without an entry. */
  problem: Problem;
  /** Undefined until it is first added. */
  alike: SameProblem | undefined;
}

export const repeatedProblem = (problem: Problem): RepeatedProblem => ({ problem, alike: undefined });

/**
 * Collects problems. All are counted, but only the first `limit` of each severity are kept: a batch may have a million.
 */
export class ProblemList {
  errors = 0;
  warnings = 0;
  infos = 0;
  /** Errors of the whole source; with one of them nothing can be sent. */
  sourceErrors = 0;
  readonly entryErrors = new EntryCounts();
  readonly entryWarnings = new EntryCounts();
  readonly groups = new ProblemGroups();
  private readonly kept: Record<Severity, Problem[]> = { error: [], warning: [], info: [] };
  private readonly limit: number;
  private readonly isWanted: ((problem: Problem) => boolean) | undefined;

  /** With `isWanted`, other problems are neither kept nor counted. */
  constructor(limit: number, isWanted?: (problem: Problem) => boolean) {
    this.isWanted = isWanted;
    this.limit = limit;
  }

  /** Adds a problem; returns the entry for problems with the same message, if tracked. */
  add(found: Problem): SameProblem | undefined {
    const problem = withShortMessage(found);
    if (this.isWanted?.(problem) === false) return undefined;
    this.count(problem.severity, problem.entry);
    this.keep(problem);
    return this.groups.add(problem);
  }

  /** Adds a problem that other entries may have too, without comparing messages again. */
  addRepeated(repeated: RepeatedProblem, entry: number): void {
    if (this.isOnlyCounted(repeated)) return this.countAlike(repeated, entry, entry + 1);
    const alike = this.add({ ...repeated.problem, entry });
    if (alike) repeated.alike = alike;
  }

  /** Counts problems whose messages differ from those of the `first` entry, if the list is full. */
  addUnworded(repeated: readonly RepeatedProblem[], entry: number, first: number): void {
    for (let index = 0; index < repeated.length; index += 1) {
      const one = repeated[index]!;
      one.alike ??= this.groups.sameFix(one.problem) ?? this.groups.others({ ...one.problem, entry: first });
      this.groups.addOne(one.alike, entry);
      this.count(one.problem.severity, entry);
    }
  }

  /** Adds to the counts of each entry from ≤ entry < to. */
  mark(from: number, to: number, errors: number, warnings: number): void {
    for (let time = 0; time < errors; time += 1) this.entryErrors.addAll(from, to);
    for (let time = 0; time < warnings; time += 1) this.entryWarnings.addAll(from, to);
  }

  /** Counts the problems of this many entries, which were marked. */
  addUnlisted(repeated: readonly RepeatedProblem[], entries: number): void {
    this.groups.addUnlisted(
      repeated.map(({ alike }) => alike!),
      entries,
    );
    for (const { problem } of repeated) {
      if (problem.severity === 'error') this.errors += entries;
      else if (problem.severity === 'warning') this.warnings += entries;
      else this.infos += entries;
    }
  }

  /** True if these problems of another entry would only be counted. */
  areOnlyCounted(repeated: readonly RepeatedProblem[]): boolean {
    return repeated.every((one) => this.isOnlyCounted(one));
  }

  /** Adds it to each entry from ≤ entry < to. */
  addRepeatedly(repeated: RepeatedProblem, from: number, to: number): void {
    let entry = from;
    for (; entry < to && !this.isOnlyCounted(repeated); entry += 1) this.addRepeated(repeated, entry);
    if (entry < to) this.countAlike(repeated, entry, to);
  }

  /** True if another problem of this severity would be kept, so that its message is worth composing. */
  hasRoom(severity: Severity): boolean {
    return this.isWanted !== undefined || this.kept[severity].length < this.limit;
  }

  hasRoomForAny(repeated: readonly RepeatedProblem[]): boolean {
    for (let index = 0; index < repeated.length; index += 1)
      if (this.hasRoom(repeated[index]!.problem.severity)) return true;
    return false;
  }

  get truncated(): boolean {
    return this.errors + this.warnings + this.infos > this.limit;
  }

  /** The first `limit` problems: errors, then warnings, then infos. */
  list(): Problem[] {
    return [...this.kept.error, ...this.kept.warning, ...this.kept.info].slice(0, this.limit);
  }

  private isOnlyCounted({ alike, problem }: RepeatedProblem): boolean {
    return alike !== undefined && !this.hasRoom(problem.severity);
  }

  private countAlike({ alike, problem: { severity } }: RepeatedProblem, from: number, to: number): void {
    this.groups.addAlike(alike!, from, to);
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

/** Cuts quoted values in a message, which may be labels or names of many megabytes. */
function withShortMessage(problem: Problem): Problem {
  const { message } = problem;
  if (message.length <= limits.shownUnits) return problem;
  const quotes = message.replaceAll(/“([^”]*)”/g, (_, quoted: string) => `“${excerpt(quoted, maxQuoted)}”`);
  return { ...problem, message: excerpt(quotes, limits.messageUnits) };
}

const maxQuoted = 100;
