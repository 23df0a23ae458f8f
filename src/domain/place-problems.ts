import { OPEN_LIST, OPEN_OBJECT } from '#wire/text/char-codes.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { writeJson } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { shortPath, type Fix, type PlacedProblem, type Problem } from '#wire/problem.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { lineColumns } from '#domain/text/locate.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/** Places every listed problem, in text order, and the first one of each group. */
export function placeProblems(
  text: SourceText,
  parsed: Parsed,
  findings: ProblemList,
): { problems: PlacedProblem[]; problemGroups: ProblemGroup<PlacedProblem>[] } {
  const listed = new Set(findings.list());
  const problemGroups = findings.groups.list();
  const placed = placeAll(text, parsed, findings, [
    ...new Set([...listed, ...problemGroups.map(({ first }) => first)]),
  ]);
  return {
    problems: [...placed].filter(([finding]) => listed.has(finding)).map(([, problem]) => problem),
    problemGroups: problemGroups.map((kind) => {
      const control = controlOfCell(parsed, kind.first);
      return { ...kind, first: placed.get(kind.first)!, ...(control !== undefined && { control }) };
    }),
  };
}

/** The control that the column of a problem’s cell maps to. */
function controlOfCell({ grid }: Parsed, { entry, path }: Problem): string | undefined {
  const column = entry === undefined ? undefined : grid?.columnAt(entry, path);
  const target = column === undefined ? undefined : grid?.targets[column];
  return target?.startsWith('control:') === true ? target.slice('control:'.length) : undefined;
}

/** Places problems, in text order. */
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
      path: shortPath(path),
      from: text.unitsAt(from),
      to: text.unitsAt(to),
      line,
      column,
    };
    if (entry !== undefined) problem.entry = entry;
    if (fix !== undefined && layout.isReadOnly !== true && isSmall(fix)) {
      problem.fix = fix;
      problem.alike = findings.groups.alike(finding);
    }
    return [finding, problem] as const;
  });
  return new Map(problems);
}

/** Larger fixes aren’t offered: they can’t be reviewed in a short message. */
const isSmall = ({ path, value }: Fix): boolean =>
  writeJson(value).length <= limits.inputUnits &&
  path.every((step) => typeof step === 'number' || step.length <= limits.shownUnits);

/** Marks a list or object by its opening bracket instead of underlining all of it. */
function pointAt({ bytes }: SourceText, span: Span): Span {
  const isLong = bytes[span.from] === OPEN_OBJECT || bytes[span.from] === OPEN_LIST;
  return isLong ? { from: span.from, to: span.from + 1 } : span;
}
