import { readTasksById } from '#api/tasks.ts';
import { previewOf, type Preview } from '#domain/preview/preview.ts';
import { targetOf } from '#domain/requests/target.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import { imageAt, type TaskImage } from '#engine/tasks/image-address.ts';
import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { Batch } from '#engine/batch/batch.ts';

/** One row as it will look on its task. */
export interface RowPreview {
  /** The first task that gets the annotation; undefined if the row names none. */
  task?: { id: number; /** Its page in Label Studio. */ url: string | undefined };
  /** Why the task’s own data isn’t shown. */
  noTask?: string;
  preview: Preview;
  /** Where the picture of each of `preview.images` is. */
  pictures: (TaskImage | undefined)[];
  isSkip: boolean;
}

/** Showing a row before it is sent. */
export function previewCalls(batch: Batch, current: CurrentSession) {
  async function readTask(
    project: Json,
    id: number | undefined,
  ): Promise<{ data?: Record<string, unknown>; noTask?: string }> {
    if (id === undefined) return { noTask: 'This row names no task yet.' };
    const { session } = current;
    if (!session) return { noTask: 'Connect to a server to see the task.' };
    if (!isId(project)) return { noTask: 'Choose a project to see the task.' };
    const read = await readTasksById(session.client, project, [id]);
    if (!read.ok) return { noTask: read.failure.message };
    const [found] = read.value;
    return found ? { data: found.data } : { noTask: `Task ${id} isn’t in this project.` };
  }

  return {
    /** The annotation of an entry on its first task. Undefined if there is no such entry, or its labels aren’t known. */
    async preview(entry: number): Promise<RowPreview | undefined> {
      const request = batch.checkup.parsed.entries.at(entry);
      if (!isJsonObject(request)) return undefined;
      const { config } = batch.configOf(request);
      if (config === undefined) return undefined;
      const project = batch.projectOf(request['project']);
      const id = firstTask(request);
      const { data, noTask } = await readTask(project, id);
      const preview = previewOf(request['result'], config, data);
      const server = current.session?.connection.server;
      return {
        ...(id !== undefined && {
          task: { id, url: server && `${server.linkBase}/projects/${Number(project)}/data?task=${id}` },
        }),
        ...(noTask !== undefined && { noTask }),
        preview,
        pictures: preview.images.map(({ url }) => (url && server ? imageAt(url, server) : undefined)),
        isSkip: request['was_cancelled'] === true,
      };
    },
  };
}

function firstTask(request: JsonObject): number | undefined {
  const target = targetOf(request);
  return target.kind === 'tasks' ? target.ids.find(isId) : undefined;
}
