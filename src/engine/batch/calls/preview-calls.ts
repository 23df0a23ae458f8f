import { targetOf, type Target } from '#domain/requests/target.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import { RowPreviews, type RowPreview } from '#engine/tasks/row-previews.ts';
import { isId } from '#wire/bulk-request.ts';
import { isJsonObject } from '#wire/json/json.ts';
import type { Batch } from '#engine/batch/batch.ts';

/** An entry previewed on one of its tasks. */
export interface EntryPreview extends RowPreview {
  /** Number of tasks of the entry, and the index of this one. */
  tasks: number;
  place: number;
}

export interface EntryTasks {
  /** Undefined if unknown. */
  project: number | undefined;
  total: number;
  ids: number[];
}

/** Previews rows before they are sent. */
export function previewCalls(batch: Batch, current: CurrentSession) {
  const previews = new RowPreviews(current);
  return {
    /**
     * Previews an entry on one of its tasks, by the task’s index; beyond the end on the last one. Undefined if there is
     * no such entry or its labels are unknown.
     */
    async preview(entry: number, wanted = 0): Promise<EntryPreview | undefined> {
      const request = batch.checkup.parsed.entries.at(entry);
      if (!isJsonObject(request)) return undefined;
      const { config } = batch.configOf(request);
      if (config === undefined) return undefined;
      const target = targetOf(request);
      const ids = tasksOf(target);
      const place = Math.max(0, Math.min(wanted, ids.length - 1));
      const project = batch.projectOf(request['project']);
      const shown = await previews.of({ request, config, project, task: ids[place] });
      const noTask =
        target.kind === 'all-except'
          ? 'These labels are for all tasks of the project, so none of them is shown.'
          : shown.noTask;
      return { ...shown, ...(noTask !== undefined && { noTask }), tasks: ids.length, place };
    },
    /** Task IDs of an entry, from index `from` to before `to`. */
    async tasksOfEntry(entry: number, from: number, to: number): Promise<EntryTasks> {
      const request = batch.checkup.parsed.entries.at(entry);
      if (!isJsonObject(request)) return { project: undefined, total: 0, ids: [] };
      const project = batch.projectOf(request['project']);
      const ids = tasksOf(targetOf(request));
      return {
        project: isId(project) ? project : undefined,
        total: ids.length,
        ids: ids.slice(from, to),
      };
    },
  };
}

const tasksOf = (target: Target): number[] => (target.kind === 'tasks' ? target.ids.filter(isId) : []);
