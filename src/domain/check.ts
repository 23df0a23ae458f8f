import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { parse } from '#domain/parse/parse.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import {
  entryWord,
  type Format,
  type ImportSettings,
  type ResolvedImport,
} from '#domain/parse/import-settings.ts';
import { makeRows, type RowsAndSelections } from '#domain/plan/rows.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { placeProblems } from './place-problems.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** As many problems are listed with their places; beyond it they are only counted. */
export const problemLimit = 1000;

/** What a check of the workbench found, small enough to cross to the screen whatever the size of the batch. */
export interface CheckSummary {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  format: Format;
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
  kinds: ProblemGroup<PlacedProblem>[];
  /** True where there are more problems than are listed; the counts above are whole. */
  truncated: boolean;
  /** What could not be checked, and why, in words: an empty list when everything was. */
  notChecked: string[];
  /** How the source was read; undefined where nothing was. */
  reading: ResolvedImport | undefined;
}

/** Everything that is known of a source after its check. */
export interface BatchCheck {
  parsed: Parsed;
  /** Counts whole, problems listed up to the limit. */
  findings: ProblemList;
  checked: CheckSummary;
}

/**
 * Reads a source, checks all of it, and finds the place of each problem. With `configOf`, regions are checked against the
 * labelling configs of their projects too, and columns are taken for their controls; `choice` is how somebody wants the
 * source to be read.
 */
export function check(text: SourceText, configOf?: ConfigOf, choice: ImportSettings = {}): BatchCheck {
  const parsed = parse(text, choice, configOf);
  const findings = new ProblemList(problemLimit);
  addSourceProblems(parsed, findings);
  const { notChecked, rows } = validate(parsed.entries, findings, configOf, entryWord(parsed.format));
  const { problems, kinds } = placeProblems(text, parsed, findings);
  const checked: CheckSummary = {
    format: parsed.format,
    entries: parsed.entries.length,
    rows,
    errors: findings.errors,
    warnings: findings.warnings,
    refused: findings.entryErrors.entries,
    sourceErrors: findings.sourceErrors,
    problems,
    kinds,
    truncated: findings.truncated,
    notChecked,
    reading: parsed.reading,
  };
  return { parsed, findings, checked };
}

/** The rows of everything that has no error. */
export function rowsOf({ parsed, findings }: BatchCheck): RowsAndSelections {
  return makeRows(parsed.entries, (entry) => findings.entryErrors.at(entry) > 0);
}
