import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { StepTaken } from '#engine/batch/batch-text.ts';
import type { Direction, NextSteps } from '#engine/batch/undo-history.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { TextQueue } from './text-queue.ts';

export type OwnHistory = ReturnType<typeof useHistory>;

/** The batch's undo history, which the engine keeps. */
export function useHistory(
  next: NextSteps,
  onImportSettings: (importSettings: ImportSettings) => void,
  queue: TextQueue,
) {
  const { batch } = useEngine();

  /** Returns the step; undefined if there is none. */
  async function take(way: Direction): Promise<StepTaken | undefined> {
    let taken: StepTaken | undefined;
    void queue.edit(async (before) => {
      taken = await batch[way]();
      return taken?.text ?? before;
    });
    // Queued at once, so that no other change comes in between.
    await queue.read(() => {
      if (taken) onImportSettings(taken.settings);
      return taken !== undefined;
    });
    return taken;
  }

  return {
    /** Changes the import settings; with `withLast` as part of the last step. */
    read: (importSettings: ImportSettings, options?: { withLast?: boolean }) =>
      queue.read(async () => {
        await batch.changeImportSettings(importSettings, options);
        onImportSettings(importSettings);
        return true;
      }),
    undo: () => take('undo'),
    redo: () => take('redo'),
    canUndo: next.undo !== undefined,
    canRedo: next.redo !== undefined,
    /** The id of the next step to undo. */
    last: next.undo,
  };
}
