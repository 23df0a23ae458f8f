import type { Problem, Severity } from '#wire/problem.ts';

/** Problems that are the same mistake, wherever they stand. */
export interface ProblemGroup<P extends Problem = Problem> {
  code: string;
  severity: Severity;
  /** What they say; where they differ in a number, “…” stands in its place. */
  message: string;
  count: number;
  /** The first of them; it need not be among the listed problems. */
  first: P;
}

/** Kinds are told apart up to here; a batch in which no two mistakes are alike has too many of them. */
const maxGroups = 10_000;
/** As many are listed. */
const maxListed = 200;

/** Problems that are said in the very same words. */
export interface SameProblem {
  count: number;
  kind: ProblemGroup;
}

/** Counts problems by what they are. All are counted; beyond the most kinds, those of one code are one kind. */
export class ProblemGroups {
  private readonly kinds = new Map<string, ProblemGroup>();
  /** By the very words. */
  private readonly alikes = new Map<string, SameProblem>();

  /** Gives those that are said in the same words; undefined where there are too many kinds of words. */
  add(problem: Problem): SameProblem | undefined {
    const words = fixKey(problem);
    const known = this.alikes.get(words);
    if (known !== undefined) {
      this.addAlike(known, 1);
      return known;
    }
    const kind = this.kindOf(problem, words);
    kind.count += 1;
    if (this.alikes.size >= maxGroups) return undefined;
    const alike = { count: 1, kind };
    this.alikes.set(words, alike);
    return alike;
  }

  /** So many more of those that were found by `add`. */
  addAlike(alike: SameProblem, times: number): void {
    alike.count += times;
    alike.kind.count += times;
  }

  /** How many problems the fix of this one would mend, itself included. */
  alike(problem: Problem): number {
    return this.alikes.get(fixKey(problem))?.count ?? 1;
  }

  /** The gravest first, and of those the most frequent. */
  list(): ProblemGroup[] {
    const grave: Severity[] = ['error', 'warning', 'info'];
    return [...this.kinds.values()]
      .toSorted(
        (one, other) =>
          grave.indexOf(one.severity) - grave.indexOf(other.severity) || other.count - one.count,
      )
      .slice(0, maxListed);
  }

  private kindOf(first: Problem, words: string): ProblemGroup {
    const { code, severity, message, fix } = first;
    // One fix mends what is alike to the letter, so these are kinds of their own.
    const general = fix === undefined ? withoutNumbers(message) : message;
    const key = fix === undefined ? `${severity} ${code}\n${general}` : words;
    const known = this.kinds.get(key);
    if (known !== undefined) {
      if (known.message !== message) known.message = general;
      return known;
    }
    if (this.kinds.size < maxGroups) return this.put(key, { code, severity, message, count: 0, first });
    const other = `${severity} ${code}`;
    const more = `Others like this one, too many to be told apart: ${general}`;
    return this.kinds.get(other) ?? this.put(other, { code, severity, message: more, count: 0, first });
  }

  private put(key: string, kind: ProblemGroup): ProblemGroup {
    this.kinds.set(key, kind);
    return kind;
  }
}

/** The same for all problems that are the same mistake with the same way out, wherever they stand. */
export function fixKey({ code, message, fix }: Problem): string {
  return `${code}\n${message}\n${fix?.words ?? ''}`;
}

/** A message that says which task or row it means, as it would say it of any. What is quoted stays as it is. */
function withoutNumbers(message: string): string {
  return message.replaceAll(/“[^”]*”|\d(?:[\d.,]*\d)?/g, (part) => (part.startsWith('“') ? part : '…'));
}
