import { detectFormat } from '#domain/parse/detect-format.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { parse } from '#domain/parse/parse.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { EntryCounts } from '#domain/problems/entry-counts.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import type { CheckedBatch } from './remaining-rows.ts';

/** A submitted text as kept with its run. */
interface Submitted {
  bytes: Bytes;
  importSettings: ImportSettings;
}

/**
 * The batch of a run from its stored text. It is parsed only for its places: what was sent is in the plan, and entries
 * that aren’t in the plan had errors.
 *
 * @throws with a sentence for people if it parses into other entries than the plan has
 */
export function storedBatch(plan: Plan, { bytes, importSettings }: Submitted): CheckedBatch {
  const text = SourceText.ofOwn(bytes);
  const parsed = parse(text, importSettings);
  if (parsed.entries.length !== plan.projects.length)
    throw new Error(
      'This version of Sheaf reads the submitted file in another way. Export the results as CSV or JSON instead.',
    );
  const isPlanned = new Uint8Array(plan.projects.length);
  for (let row = 0; row < plan.rows.count; row += 1) isPlanned[plan.rows.entry[row]!] = 1;
  const entryErrors = new EntryCounts();
  isPlanned.forEach((planned, entry) => planned === 0 && entryErrors.add(entry));
  return { text, parsed, entryErrors, configOf: undefined };
}

/** True if columns can be added to the submitted text. */
export const isTable = ({ bytes, importSettings: { format } }: Submitted): boolean =>
  format === 'table' || (format === undefined && detectFormat(SourceText.ofOwn(bytes)) === 'table');
