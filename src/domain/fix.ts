import type { ConfigOf } from './config-of.ts';
import type { Entries } from './entries.ts';
import { Findings, type Finding } from './findings.ts';
import { fixKind } from './kinds.ts';
import type { Parsed } from './parsed.ts';
import type { Problem } from './problem.ts';
import type { SourceText } from './source-text.ts';
import { validate } from './validate.ts';

/**
 * The source with the fixes of these problems made, and every other character as it was. The problems are of this very
 * text; one without a fix changes nothing.
 */
export function applyFixes(text: SourceText, { layout }: Parsed, problems: readonly Problem[]): SourceText {
  const puts = problems.flatMap(({ entry = 0, fix }) =>
    fix === undefined ? [] : [{ entry, path: fix.path, value: fix.value }],
  );
  return text.edited(layout.edits(puts));
}

/** Every problem of the batch, listed or not, that the same fix would mend. */
export function findAlike(entries: Entries, configOf: ConfigOf, problem: Problem): Finding[] {
  const kind = fixKind(problem);
  const isAlike = (finding: Finding) => finding.fix !== undefined && fixKind(finding) === kind;
  const findings = new Findings(Infinity, isAlike);
  validate(entries, findings, configOf);
  return findings.list();
}
