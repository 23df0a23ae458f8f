import type { ConfigOf } from './check-config.ts';
import type { Checked } from './checked.ts';
import { Findings, type Finding } from './findings.ts';
import { lineColumns, locate } from './locate.ts';
import { parse, type Parsed } from './parse.ts';
import type { PlacedProblem } from './problem.ts';
import { makeRows, type RowsAndSelections } from './rows.ts';
import type { Span } from '#wire/json-skip.ts';
import { validate } from './validate.ts';

/** As many problems are listed with their places; beyond it they are only counted. */
export const problemLimit = 1000;

/** Everything that is known of a source after its check. */
export interface Checkup extends RowsAndSelections {
  parsed: Parsed;
  /** Counts whole, problems listed up to the limit. */
  findings: Findings;
  checked: Checked;
}

/**
 * Reads a source, checks all of it, makes the rows of what has no error, and finds the place of each problem. With
 * `configOf`, regions are checked against the labelling configs of their projects too.
 */
export function check(text: string, configOf?: ConfigOf): Checkup {
  const parsed = parse(text);
  const findings = new Findings(parsed.entries.length, problemLimit);
  for (const fault of parsed.faults) findings.add(faultFinding(fault, parsed.shape));
  const { notChecked } = validate(parsed.entries, findings, configOf);

  const { rows, selections } = makeRows(parsed.entries, (entry) => findings.entryErrors[entry]! > 0);
  const checked: Checked = {
    shape: parsed.shape,
    entries: parsed.entries.length,
    rows: rows.count,
    errors: findings.errors,
    warnings: findings.warnings,
    problems: place(text, parsed.shape, findings),
    truncated: findings.truncated,
    notChecked,
  };
  return { parsed, rows, selections, findings, checked };
}

function faultFinding(fault: Parsed['faults'][number], shape: Parsed['shape']): Finding {
  const [first, ...rest] = fault.path;
  const finding: Finding = {
    code: fault.code,
    severity: 'error',
    message: fault.message,
    path: shape === 'array' ? rest : shape === 'one' ? fault.path : [],
    of: 'value',
    span: { from: fault.offset, to: fault.offset + fault.length },
  };
  if (shape === 'one') finding.entry = 0;
  else if (shape === 'array' && typeof first === 'number') finding.entry = first;
  if (fault.also !== undefined) finding.also = fault.also;
  return finding;
}

/** Gives every problem its place, in the order of the text. */
function place(text: string, shape: Parsed['shape'], findings: Findings): PlacedProblem[] {
  const listed = findings.list();
  const unplaced = listed.filter(({ span }) => span === undefined);
  const asks = unplaced.map(({ entry, path, of }) => ({
    path: shape === 'array' && entry !== undefined ? [entry, ...path] : path,
    of,
  }));
  const spans = new Map<Finding, Span>();
  locate(text, asks).forEach((span, index) => spans.set(unplaced[index]!, pointAt(text, span)));

  const placed = listed.map((finding) => ({ finding, ...(finding.span ?? spans.get(finding)!) }));
  placed.sort((one, other) => one.from - other.from);
  const lines = lineColumns(
    text,
    placed.flatMap(({ from, finding }) => [from, finding.also?.offset ?? from]),
  );
  return placed.map(({ finding, from, to }, index) => {
    const { code, severity, message, entry, path, also, fix } = finding;
    const { line, column } = lines[2 * index]!;
    const second = lines[2 * index + 1]!;
    const where = also === undefined ? '' : ` ${also.words} at line ${second.line}, column ${second.column}.`;
    const problem: PlacedProblem = {
      code,
      severity,
      message: message + where,
      path,
      from,
      to,
      line,
      column,
    };
    if (entry !== undefined) problem.entry = entry;
    if (fix !== undefined) {
      problem.fix = fix;
      problem.alike = findings.alike(finding);
    }
    return problem;
  });
}

/** A list or object is pointed at by its bracket: underlining all of a long one would say nothing. */
function pointAt(text: string, span: Span): Span {
  const first = text[span.from];
  return first === '{' || first === '[' ? { from: span.from, to: span.from + 1 } : span;
}
