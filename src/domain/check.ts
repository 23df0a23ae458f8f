import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { CheckSummary } from './checked.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { lineColumns } from '#domain/text/locate.ts';
import { parse } from '#domain/parse/parse.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { entryWord, type ImportSettings } from '#domain/parse/import-settings.ts';
import { makeRows, type RowsAndSelections } from '#domain/plan/rows.ts';
import type { Span } from '#wire/json-skip.ts';
import type { PlacedProblem, Problem } from '#wire/problem.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';

/** As many problems are listed with their places; beyond it they are only counted. */
export const problemLimit = 1000;

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
  const { notChecked, rows } = validate(parsed.entries, findings, configOf, entryWord(parsed.shape));
  const places = place(text, parsed, findings);
  const checked: CheckSummary = {
    shape: parsed.shape,
    entries: parsed.entries.length,
    rows,
    errors: findings.errors,
    warnings: findings.warnings,
    refused: findings.entryErrors.entries,
    sourceErrors: findings.sourceErrors,
    problems: places.problems,
    kinds: places.kinds,
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

/** Adds what is wrong with the writing of the source. Where that is too much to be told one by one, no row gets through. */
export function addSourceProblems({ problems, refused, entries }: Parsed, findings: ProblemList): void {
  for (const problem of problems) findings.add(problem);
  for (const entry of refused) {
    if (entry >= entries.length || findings.entryErrors.at(entry) > 0) continue;
    const message =
      'This row is written wrongly. Of mistakes like its own only the first 1,000 are told one by one: mend those, and ' +
      'this one is told.';
    findings.add({ code: 'row-written-wrongly', severity: 'error', message, entry, path: [] });
  }
}

/** Gives every listed problem its place, in the order of the text, and the first one of each kind. */
function place(
  text: SourceText,
  parsed: Parsed,
  findings: ProblemList,
): Pick<CheckSummary, 'problems' | 'kinds'> {
  const listed = new Set(findings.list());
  const kinds = findings.kinds.list();
  const placed = placeAll(text, parsed, findings, [
    ...new Set([...listed, ...kinds.map(({ first }) => first)]),
  ]);
  return {
    problems: [...placed].filter(([finding]) => listed.has(finding)).map(([, problem]) => problem),
    kinds: kinds.map((kind) => ({ ...kind, first: placed.get(kind.first)! })),
  };
}

/** In the order of the text. */
function placeAll(
  text: SourceText,
  { layout }: Parsed,
  findings: ProblemList,
  sought: readonly Problem[],
): Map<Problem, PlacedProblem> {
  const unplaced = sought.filter(({ span }) => span === undefined);
  const spans = new Map<Problem, Span>();
  layout.spans(unplaced).forEach((span, index) => spans.set(unplaced[index]!, pointAt(text, span)));

  const placed = sought.map((finding) => ({ finding, ...(finding.span ?? spans.get(finding)!) }));
  placed.sort((one, other) => one.from - other.from);
  const lines = lineColumns(
    text,
    placed.flatMap(({ from, finding }) => [from, finding.related?.offset ?? from]),
    layout.markBefore,
  );
  const problems = placed.map(({ finding, from, to }, index) => {
    const { code, severity, message, entry, path, related, fix } = finding;
    const { line, column } = lines[2 * index]!;
    const second = lines[2 * index + 1]!;
    const where =
      related === undefined ? '' : ` ${related.words} at line ${second.line}, column ${second.column}.`;
    const problem: PlacedProblem = {
      code,
      severity,
      message: message + where,
      path,
      from: text.unitsAt(from),
      to: text.unitsAt(to),
      line,
      column,
    };
    if (entry !== undefined) problem.entry = entry;
    if (fix !== undefined) {
      problem.fix = fix;
      problem.alike = findings.kinds.alike(finding);
    }
    return [finding, problem] as const;
  });
  return new Map(problems);
}

/** A list or object is pointed at by its bracket: underlining all of a long one would say nothing. */
function pointAt({ bytes }: SourceText, span: Span): Span {
  const isLong = bytes[span.from] === OPEN_OBJECT || bytes[span.from] === OPEN_LIST;
  return isLong ? { from: span.from, to: span.from + 1 } : span;
}

const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
