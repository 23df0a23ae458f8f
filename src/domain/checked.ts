import type { PlacedProblem, Severity } from '#wire/problem.ts';
import type { Format, ResolvedImport } from '#domain/parse/import-settings.ts';

/** What a check of the workbench found, small enough to cross to the screen whatever the size of the batch. */
export interface CheckSummary {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  shape: Format | 'unreadable' | 'empty';
  entries: number;
  rows: number;
  errors: number;
  warnings: number;
  /** Entries with an error. The others can be sent without them, unless the source itself has an error. */
  refused: number;
  sourceErrors: number;
  /** In the order of the text, at most `problemLimit` of them. */
  problems: PlacedProblem[];
  /** The same by what they are, all of them counted: errors first, the most frequent first, at most 200 kinds. */
  kinds: ProblemKind[];
  /** True where there are more problems than are listed; the counts above are whole. */
  truncated: boolean;
  /** What could not be checked, and why, in words: an empty list when everything was. */
  notChecked: string[];
  /** How the source was read; undefined where nothing was. */
  reading: ResolvedImport | undefined;
}

/** Problems that are the same mistake, wherever they stand. */
export interface ProblemKind {
  code: string;
  severity: Severity;
  /** What they say; where they differ in a number, “…” stands in its place. */
  message: string;
  count: number;
  /** The first of them, with its place and, where all have one, its fix. It need not be among those listed. */
  first: PlacedProblem;
}
