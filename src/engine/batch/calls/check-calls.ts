import type { TextVersion } from '#wire/text/text-version.ts';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { summariseEntries, type EntrySummary } from '#domain/plan/entry-summary.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { NextSteps } from '#engine/batch/undo-history.ts';

/** The result of a check, with the text if the screen’s copy is outdated. */
export interface Verdict extends CheckSummary {
  steps: NextSteps;
  text?: TextOnScreen;
}

/** Checks the text with the import settings. */
export function checkCalls(batch: Batch) {
  const { text } = batch;

  return {
    /**
     * Checks the text, a second time if configs had to be read. `known` is the screen's version of the text. Of two calls
     * the later one wins.
     */
    async check(known: TextVersion): Promise<Verdict> {
      const { source } = text;
      text.checked();
      const { checked } = batch.checkup;
      const hasNewConfigs = await batch.loadConfigs();
      if (text.source !== source) return { ...checked, steps: text.steps };
      if (hasNewConfigs) batch.forgetCheckup();
      const update = text.updateFor(known);
      return { ...batch.checkup.checked, steps: text.steps, ...(update && { text: update }) };
    },
    /** Sets the project for requests without one. */
    async setProject(id: number | undefined): Promise<void> {
      batch.projectId = id;
    },
    /** Overrides what would be detected. Call it before `check`. */
    async setImportSettings(settings: ImportSettings): Promise<void> {
      text.setSettings(settings);
    },
    /** The same as an undoable step; with `withLast` as part of the last one. */
    async changeImportSettings(settings: ImportSettings, options?: { withLast?: boolean }): Promise<void> {
      text.changeSettings(settings, options);
    },
    /** The checked requests from `from` to before `to`. */
    async entries(from: number, to: number): Promise<EntrySummary[]> {
      const { parsed, findings } = batch.checkup;
      return summariseEntries(parsed.entries, findings, from, to);
    },
  };
}
