import { writeJson, type Json } from '#wire/json.ts';
import type { ConfigOf } from './check-config.ts';
import { Findings, fixKind, type Finding } from './findings.ts';
import { locate } from './locate.ts';
import type { Parsed } from './parse.ts';
import type { Problem } from './problem.ts';
import { applyEdits, listAt, memberEdit, replacement } from './text-edit.ts';
import { validate } from './validate.ts';

/**
 * The source with the fixes of these problems made, and every other character as it was. The problems are of this very
 * text; one without a fix changes nothing.
 */
export function applyFixes(text: string, parsed: Parsed, problems: readonly Problem[]): string {
  const fixes = problems.flatMap(({ entry, fix }) => {
    if (fix === undefined) return [];
    const path = parsed.shape === 'array' && entry !== undefined ? [entry, ...fix.path] : fix.path;
    return [{ around: path.slice(0, -1), at: path.at(-1)!, json: writeJson(fix.value) }];
  });
  const places = locate(
    text,
    fixes.map(({ around }) => ({ path: around, of: 'value' })),
  );
  const edits = fixes.map(({ at, json }, index) => {
    const { from } = places[index]!;
    return typeof at === 'string'
      ? memberEdit(text, from, at, json)
      : replacement(listAt(text, from), at, json);
  });
  return applyEdits(text, edits);
}

/** Every problem of the batch, listed or not, that the same fix would mend. */
export function findAlike(entries: readonly Json[], configOf: ConfigOf, problem: Problem): Finding[] {
  const kind = fixKind(problem);
  const isAlike = (finding: Finding) => finding.fix !== undefined && fixKind(finding) === kind;
  const findings = new Findings(entries.length, Infinity, isAlike);
  validate(entries, findings, configOf);
  return findings.list();
}
