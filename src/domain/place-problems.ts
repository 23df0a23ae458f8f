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
  const listed = findings.list();
  const groups = findings.groups.list();
  const sought = new Set(listed);
  for (const { first } of groups) sought.add(first);
  const placed = placeAll(text, parsed, findings, [...sought]);
  return {
    problems: listed.map((problem) => placed.get(problem)!).toSorted((one, other) => one.from - other.from),
    problemGroups: groups.map((group) => {
      const control = controlOfCell(parsed, group.first);
      return { ...group, first: placed.get(group.first)!, ...(control !== undefined && { control }) };
    }),
  };
}

/** The control that the column of a problem’s cell maps to. */
function controlOfCell({ grid }: Parsed, { entry, path }: Problem): string | undefined {
  const column = entry === undefined ? undefined : grid?.columnAt(entry, path);
  const target = column === undefined ? undefined : grid?.targets[column];
  return target?.startsWith('control:') === true ? target.slice('control:'.length) : undefined;
}

function placeAll(
  text: SourceText,
  { layout }: Parsed,
  findings: ProblemList,
  problems: readonly Problem[],
): Map<Problem, PlacedProblem> {
  const found = layout.spans(problems.filter(({ span }) => span === undefined)).values();
  const spans = problems.map(({ span }) => span ?? pointAt(text, found.next().value!));
  const offsets = spans.map(({ from }) => from);
  for (const { related } of problems) if (related !== undefined) offsets.push(related.offset);
  const places = lineColumns(text, offsets, layout.markBefore);
  let relatedPlaces = problems.length;
  const placed = new Map<Problem, PlacedProblem>();
  for (let index = 0; index < problems.length; index += 1) {
    const { code, severity, message, entry, path, fix, related } = problems[index]!;
    const { from, to } = spans[index]!;
    const { line, column } = places[index]!;
    const problem: PlacedProblem = {
      code,
      severity,
      message,
      path: shortPath(path),
      from: text.unitsAt(from),
      to: text.unitsAt(to),
      line,
      column,
    };
    if (related !== undefined) {
      const second = places[relatedPlaces++]!;
      problem.message += ` ${related.words} at line ${second.line}, column ${second.column}.`;
    }
    if (entry !== undefined) problem.entry = entry;
    if (fix !== undefined && layout.isReadOnly !== true && isSmall(fix)) {
      problem.fix = fix;
      problem.alike = findings.groups.alike(problems[index]!);
    }
    placed.set(problems[index]!, problem);
  }
  return placed;
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
