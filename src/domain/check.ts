import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { parse } from '#domain/parse/parse.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import {
  entryWord,
  summariseImport,
  type Format,
  type ImportSettings,
  type ImportSummary,
} from '#domain/parse/import-settings.ts';
import { makeRows, type RowsAndSelections } from '#domain/plan/rows.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { placeProblems } from './place-problems.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** Problems listed with their places; further ones are only counted. */
export const problemLimit = 1000;

/** At most this many reasons for skipped checks are listed. */
const maxReasons = 10;

/** The result of a check as it crosses to the screen; its size doesn’t depend on the batch. */
export interface CheckSummary {
  format: Format;
  entries: number;
  rows: number;
  errors: number;
  warnings: number;
  /** Entries with an error. The others can be sent, unless the source itself has an error. */
  refused: number;
  sourceErrors: number;
  /** In the order of the text, at most `problemLimit` of them. */
  problems: PlacedProblem[];
  /** All problems in groups of similar ones: errors first, then by count, at most 200 groups. */
  problemGroups: ProblemGroup<PlacedProblem>[];
  /** Number of groups that aren’t listed. */
  moreGroups: number;
  /** True if not all problems are listed; the counts are complete. */
  truncated: boolean;
  /** What could not be checked and why, in words for people. */
  notChecked: string[];
  /** How the source was read; undefined if nothing was. */
  reading: ImportSummary | undefined;
  /** Rows of a table or of records, including those without an entry; undefined for other formats. */
  gridRows: number | undefined;
}

/** Everything known about a source after its check. */
export interface BatchCheck {
  parsed: Parsed;
  findings: ProblemList;
  checked: CheckSummary;
}

/**
 * Parses and validates a source, and places its problems.
 *
 * @param configOf the labelling configs of projects: regions are checked against them, and columns mapped to their controls
 * @param settings overrides what would be detected
 * @param tasksOf the known tasks of projects: tasks are matched by their data, and task IDs checked
 */
export function check(
  text: SourceText,
  configOf?: ConfigOf,
  settings: ImportSettings = {},
  tasksOf?: TasksOf,
): BatchCheck {
  const parsed = parse(text, settings, configOf, tasksOf);
  const findings = new ProblemList(problemLimit);
  addSourceProblems(parsed, findings);
  const { notChecked, rows } = validate(
    parsed.entries,
    findings,
    configOf,
    entryWord(parsed.format),
    tasksOf,
  );
  const { problems, problemGroups } = placeProblems(text, parsed, findings);
  const checked: CheckSummary = {
    format: parsed.format,
    entries: parsed.entries.length,
    rows,
    errors: findings.errors,
    warnings: findings.warnings,
    refused: findings.entryErrors.entries,
    sourceErrors: findings.sourceErrors,
    problems,
    problemGroups,
    moreGroups: findings.groups.size - problemGroups.length,
    truncated: findings.truncated,
    notChecked: firstReasons(notChecked),
    reading: parsed.reading && summariseImport(parsed.reading),
    gridRows: parsed.grid?.records.count,
  };
  return { parsed, findings, checked };
}

/** Each project can have a different reason. */
function firstReasons(reasons: string[]): string[] {
  const more = reasons.length - maxReasons;
  return more > 0 ? [...reasons.slice(0, maxReasons), count(more, 'more reason')] : reasons;
}

/** The rows of all entries without errors. */
export function rowsOf({ parsed, findings }: BatchCheck): RowsAndSelections {
  return makeRows(parsed.entries, (entry) => findings.entryErrors.at(entry) > 0);
}
