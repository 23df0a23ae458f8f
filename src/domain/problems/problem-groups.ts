import type { Problem, Severity } from '#wire/problem.ts';

/** Problems that differ only in place and numbers. */
export interface ProblemGroup<P extends Problem = Problem> {
  code: string;
  severity: Severity;
  /** Their message, with “…” for numbers that differ. */
  message: string;
  count: number;
  /** Entries with one of them; 0 if they are of the source as a whole. */
  rows: number;
  /** The first one, which may be missing in the problem list. */
  first: P;
  /** In a table or in records: the control that its column maps to. */
  control?: string;
}

/** After this many groups, problems are grouped only by code. */
const maxGroups = 10_000;
/** Maximum number of listed groups. */
const maxListed = 200;

/** Problems with identical messages. */
export interface SameProblem {
  count: number;
  kind: CountedGroup;
}

/** Problems come entry by entry, so that it is enough to know which one came last. */
interface CountedGroup extends ProblemGroup {
  lastEntry: number;
}

/** Groups and counts problems. */
export class ProblemGroups {
  private readonly groups = new Map<string, CountedGroup>();
  /** By `fixKey`. */
  private readonly alikes = new Map<string, SameProblem>();

  /** Adds a problem; returns the entry for identical ones, or undefined if there are too many different messages. */
  add(problem: Problem): SameProblem | undefined {
    const words = fixKey(problem);
    const known = this.alikes.get(words);
    if (known !== undefined) {
      known.count += 1;
      const { kind } = known;
      addTo(kind, problem);
      if (problem.fix?.alike !== undefined && kind.message !== problem.message)
        kind.message = withoutNumbers(problem.message, true);
      return known;
    }
    const kind = this.kindOf(problem, words);
    addTo(kind, problem);
    if (this.alikes.size >= maxGroups) return undefined;
    const alike = { count: 1, kind };
    this.alikes.set(words, alike);
    return alike;
  }

  /** Adds one more of what `add` returned. */
  addOne(alike: SameProblem, entry: number): void {
    const { kind } = alike;
    alike.count += 1;
    kind.count += 1;
    if (kind.lastEntry !== entry) kind.rows += 1;
    kind.lastEntry = entry;
  }

  /** Adds more of what `add` returned: all of them for each of so many entries. */
  addUnlisted(alikes: readonly SameProblem[], entries: number): void {
    for (const alike of alikes) {
      alike.count += entries;
      alike.kind.count += entries;
    }
    for (const kind of new Set(alikes.map((alike) => alike.kind))) kind.rows += entries;
  }

  /** Adds more of what `add` returned: one of each entry from ≤ entry < to. */
  addAlike(alike: SameProblem, from: number, to: number): void {
    const { kind } = alike;
    alike.count += to - from;
    kind.count += to - from;
    kind.rows += to - from - (kind.lastEntry === from ? 1 : 0);
    kind.lastEntry = to - 1;
  }

  /** The problems with the same kind of fix, if any were added. */
  sameFix(problem: Problem): SameProblem | undefined {
    return problem.fix?.alike === undefined ? undefined : this.alikes.get(fixKey(problem));
  }

  /** How many problems the same fix solves, including this one. */
  alike(problem: Problem): number {
    return this.alikes.get(fixKey(problem))?.count ?? 1;
  }

  /** Number of groups, listed or not. */
  get size(): number {
    return this.groups.size;
  }

  /** By severity, then by count. */
  list(): ProblemGroup[] {
    const groups = [...this.groups.values()];
    return (['error', 'warning', 'info'] satisfies Severity[])
      .flatMap((severity) =>
        groups
          .filter((group) => group.severity === severity)
          .toSorted((one, other) => other.count - one.count),
      )
      .slice(0, maxListed)
      .map(({ code, severity, message, count, rows, first }) => ({
        code,
        severity,
        message,
        count,
        rows,
        first,
      }));
  }

  /** Collects problems with this code whose messages are unknown. */
  others(first: Problem): SameProblem {
    return { count: 0, kind: this.otherKind(first, withoutNumbers(first.message, false)) };
  }

  private kindOf(first: Problem, words: string): CountedGroup {
    const { message, fix } = first;
    // A fix applies only to identical problems or to those of its kind, so they form a group.
    const isOneFix = fix !== undefined && fix.alike === undefined;
    const general = () => (isOneFix ? message : withoutNumbers(message, fix !== undefined));
    const key = fix === undefined ? groupKey(first) : words;
    const known = this.groups.get(key);
    if (known !== undefined) {
      if (known.message !== message) known.message = general();
      return known;
    }
    if (this.groups.size < maxGroups) return this.put(key, first, message);
    return this.otherKind(first, general());
  }

  private otherKind(first: Problem, general: string): CountedGroup {
    const { code, severity } = first;
    const key = `${severity} ${code}`;
    const message = `Others like this one: ${general}`;
    return this.groups.get(key) ?? this.put(key, first, message);
  }

  private put(key: string, first: Problem, message: string): CountedGroup {
    const { code, severity } = first;
    const group = { code, severity, message, count: 0, rows: 0, first, lastEntry: -1 };
    this.groups.set(key, group);
    return group;
  }
}

function addTo(group: CountedGroup, { entry }: Problem): void {
  group.count += 1;
  if (entry === undefined || entry === group.lastEntry) return;
  group.rows += 1;
  group.lastEntry = entry;
}

/** Equal for problems of one group: those with the same fix, or that differ only in numbers. */
export function groupKey(problem: Problem): string {
  const { code, severity, message, fix } = problem;
  return fix === undefined ? `${severity} ${code}\n${withoutNumbers(message, false)}` : fixKey(problem);
}

/** Equal for problems that the same fix solves: same code, message and fix, or fixes of one kind. */
export function fixKey({ code, message, fix }: Problem): string {
  return fix?.alike === undefined ? `${code}\n${message}\n${fix?.words ?? ''}` : `${code}\n\n${fix.alike}`;
}

/** A message with its numbers replaced by “…”; quoted parts are kept unless they differ. */
function withoutNumbers(message: string, quotesDiffer: boolean): string {
  const words = quotesDiffer ? message.replaceAll(/“[^”]*”/g, '“…”') : message;
  // The next quotation mark after a quoted number is a closing one.
  return words.replaceAll(/\d(?:[\d.,]*\d)?(?=[^“”]*(?:“|$))/g, '…');
}
