import { Kinds } from './kinds.ts';
import type { Problem, Severity } from './problem.ts';
import type { Span } from '#wire/json-skip.ts';

/** A problem, and where it stands if that is known already. */
export interface Finding extends Problem {
  /** What to point at: the value at the path, or the name that leads to it. */
  of: 'value' | 'key';
  span?: Span;
  /** A second place that belongs to it: "The first one is" (line 3, column 5). */
  also?: { offset: number; words: string };
}

/**
 * Collects problems. All are counted, but of each severity only the first `limit` are kept: a batch may have 100,000 of
 * them, and nobody reads those.
 */
export class Findings {
  errors = 0;
  warnings = 0;
  infos = 0;
  /** Errors of the source as a whole: with one of them, nothing of it can be sent. */
  sourceErrors = 0;
  readonly entryErrors: Uint32Array;
  readonly entryWarnings: Uint32Array;
  private readonly kept: Record<Severity, Finding[]> = { error: [], warning: [], info: [] };
  private readonly limit: number;
  private readonly isWanted: ((finding: Finding) => boolean) | undefined;
  readonly kinds = new Kinds();

  /** With `isWanted`, everything else is neither kept nor counted. */
  constructor(entries: number, limit: number, isWanted?: (finding: Finding) => boolean) {
    this.isWanted = isWanted;
    this.entryErrors = new Uint32Array(entries);
    this.entryWarnings = new Uint32Array(entries);
    this.limit = limit;
  }

  add(finding: Finding): void {
    if (this.isWanted?.(finding) === false) return;
    const { severity, entry } = finding;
    this.kinds.add(finding);
    if (severity === 'error') {
      this.errors += 1;
      if (entry === undefined) this.sourceErrors += 1;
      else this.entryErrors[entry]! += 1;
    } else if (severity === 'warning') {
      this.warnings += 1;
      if (entry !== undefined) this.entryWarnings[entry]! += 1;
    } else {
      this.infos += 1;
    }
    if (this.kept[severity].length < this.limit) this.kept[severity].push(finding);
  }

  /** How many entries have an error. */
  get refused(): number {
    return this.entryErrors.reduce((refused, errors) => refused + Number(errors > 0), 0);
  }

  get truncated(): boolean {
    return this.errors + this.warnings + this.infos > this.limit;
  }

  /** The first of them, `limit` at most: errors before warnings before what is only worth saying. */
  list(): Finding[] {
    return [...this.kept.error, ...this.kept.warning, ...this.kept.info].slice(0, this.limit);
  }
}
