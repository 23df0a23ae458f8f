import type { PlacedProblem } from '#wire/problem.ts';
import { applyFixes, findAlike, withOtherFix } from '#domain/fix.ts';
import { asRequests } from '#domain/plan/write-requests.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { viewRepair, type Repair } from '#domain/text/repair-preview.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';

/** Automatic changes of the whole text. Each returns the new text. */
export function rewriteCalls(batch: Batch) {
  const { text } = batch;

  return {
    /** Applies the fix of a problem, with `alike` to all problems with the same fix. Ignores outdated problems. */
    async fix(problem: PlacedProblem, scope: 'one' | 'alike'): Promise<TextOnScreen> {
      const { parsed, checked } = batch.checkup;
      const fixable = [...checked.problems, ...checked.problemGroups.map(({ first }) => first)];
      const current = fixable.find(({ from, code }) => from === problem.from && code === problem.code);
      if (current?.fix === undefined || current.message !== problem.message) return text.onScreen();
      const fixed =
        scope === 'one' ? [current] : findAlike(parsed.entries, batch.configOf, current, batch.tasksOf);
      const isOther = problem.fix !== undefined && problem.fix.words === current.fix.or?.words;
      return text.replace(applyFixes(text.source, parsed, isOther ? fixed.map(withOtherFix) : fixed));
    },
    /** How almost valid JSON can be repaired. Undefined if that would be a guess. */
    previewRepair: async (): Promise<Repair | undefined> => viewRepair(text.whole)?.repair,
    /** Computes the repair again instead of keeping a second copy of a large text after the preview. */
    applyRepair: async (): Promise<TextOnScreen> =>
      batch.rewrite((whole) => viewRepair(whole)?.text ?? whole),
    /** Indents JSON by two spaces and keeps numbers as written. Unreadable text stays unchanged. */
    format: async (): Promise<TextOnScreen> => batch.rewrite((whole) => formatJson(whole)),
    /** Turns the batch into a list of requests; rows with equal annotations share one. */
    writeAsRequests: async (): Promise<TextOnScreen> =>
      batch.rewrite((_, { parsed }) => asRequests(parsed.entries)),
  };
}
