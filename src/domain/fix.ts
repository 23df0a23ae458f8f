import type { Problem } from '#wire/problem.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { fixKey, groupKey } from '#domain/problems/problem-groups.ts';
import { addSourceProblems, type Parsed } from '#domain/parse/parsed.ts';
import { entryWord } from '#domain/parse/import-settings.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** Applies the fixes of these problems to their source. Skips problems without a fix. */
export function applyFixes(text: SourceText, { layout }: Parsed, problems: readonly Problem[]): SourceText {
  const puts = problems.flatMap(({ entry = 0, fix }) =>
    fix === undefined ? [] : [{ entry, path: fix.path, value: fix.value }],
  );
  return text.edited(layout.edits(puts));
}

/** The problem with its alternative fix. */
export const withOtherFix = <P extends Problem>(problem: P): P =>
  problem.fix?.or === undefined
    ? problem
    : { ...problem, fix: { path: problem.fix.path, ...problem.fix.or } };

/** Every problem of the batch, listed or not, that has the same fix. */
export function findAlike(
  entries: Entries,
  configOf: ConfigOf,
  problem: Problem,
  tasksOf?: TasksOf,
): Problem[] {
  const kind = fixKey(problem);
  const isAlike = (finding: Problem) => finding.fix !== undefined && fixKey(finding) === kind;
  const findings = new ProblemList(Infinity, isAlike);
  validate(entries, findings, configOf, 'request', tasksOf);
  return findings.list();
}

/** Counts, by entry, all problems of a problem’s group, listed or not. */
export function findGroup(
  parsed: Parsed,
  configOf: ConfigOf,
  problem: Problem,
  tasksOf?: TasksOf,
): ProblemList {
  const key = groupKey(problem);
  const findings = new ProblemList(0, (finding) => groupKey(finding) === key);
  addSourceProblems(parsed, findings);
  validate(parsed.entries, findings, configOf, entryWord(parsed.format), tasksOf);
  return findings;
}
