import { targetOf, type Target } from '#domain/requests/target.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import { RowPreviews, type RowPreview } from '#engine/tasks/row-previews.ts';
import { isId } from '#wire/bulk-request.ts';
import { isJsonObject } from '#wire/json/json.ts';
import type { Batch } from '#engine/batch/batch.ts';

/** An entry on one of its tasks. */
export interface EntryPreview extends RowPreview {
  /** How many tasks the entry names, and which of them this is, from 0. */
  tasks: number;
  place: number;
}

export interface EntryTasks {
  /** Undefined if it isn’t known. */
  project: number | undefined;
  total: number;
  ids: number[];
}

/** Showing a row before it is sent. */
export function previewCalls(batch: Batch, current: CurrentSession) {
  const previews = new RowPreviews(current);
  return {
    /**
     * The annotation of an entry on one of its tasks, by the task’s place; on the last one for a place beyond. Undefined if
     * there is no such entry, or its labels aren’t known.
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
    /** The IDs of the tasks that an entry names, from the one at `from` up to but not including that at `to`. */
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
