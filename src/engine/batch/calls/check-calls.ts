import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { summariseEntries, type EntrySummary } from '#domain/plan/entry-summary.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { TextVersion } from '#engine/batch/text-history.ts';

/** The result of a check; with the text if the screen's own is outdated. */
export interface Verdict extends CheckSummary {
  text?: TextOnScreen;
}

/** Checking the text, and the settings it is checked with. */
export function checkCalls(batch: Batch) {
  const { text } = batch;

  return {
    /**
     * Checks the text, a second time if configs had to be read. The screen sends a small text whole, which replaces the
     * current one, and of a large one its version. Of two calls the later one wins.
     */
    async check(known: string | TextVersion): Promise<Verdict> {
      if (typeof known === 'string') text.set(known);
      const { source } = text;
      const { checked } = batch.checkup;
      const hasNewConfigs = await batch.loadConfigs();
      if (text.source !== source) return checked;
      if (hasNewConfigs) batch.forgetCheckup();
      return { ...batch.checkup.checked, ...(!text.isKnownAs(known) && { text: text.onScreen() }) };
    },
    /** Sets the project of requests that name none. */
    async setProject(id: number | undefined): Promise<void> {
      batch.projectId = id;
    },
    /** Overrides what is otherwise detected in the text. Call it before `check`. */
    async setImportSettings(settings: ImportSettings): Promise<void> {
      batch.settings = settings;
    },
    /** The checked requests from `from` up to but not including `to`. */
    async entries(from: number, to: number): Promise<EntrySummary[]> {
      const { parsed, findings } = batch.checkup;
      return summariseEntries(parsed.entries, findings, from, to);
    },
  };
}
