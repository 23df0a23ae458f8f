import { readTasksById, type TaskDataPage } from '#api/tasks/tasks.ts';
import { displayedFields, type LabelConfig } from '#config/label-config.ts';
import { drawsText, previewOf, type Preview } from '#domain/preview/preview.ts';
import { linkTo } from '#domain/results/result-rows.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import { isId } from '#wire/bulk-request.ts';
import type { Outcome } from '#wire/failure.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { imageAt, type TaskImage } from './image-address.ts';
import { shownTask, type ShownTask } from './shown-task.ts';

/** One row as it will look on its task. */
export interface RowPreview {
  /** Undefined if the row has no task. */
  task?: { id: number; /** Its page in Label Studio. */ url: string | undefined };
  /** Why the task’s own data isn’t shown. */
  noTask?: string;
  preview: Preview;
  /** Where to load each of `preview.images`. */
  pictures: (TaskImage | undefined)[];
  /** Task data that isn’t drawn. */
  others: ShownTask;
  isSkip: boolean;
}

/** The input of a preview. */
export interface PreviewInput {
  request: JsonObject;
  config: LabelConfig;
  project: Json;
  /** Undefined if the row has no task. */
  task: number | undefined;
}

type Task = TaskDataPage['tasks'][number];

/** Creates previews. Caches the latest tasks, so that typing in a form doesn’t read its task again. */
export class RowPreviews {
  private readonly current: CurrentSession;
  private session: Session | undefined;
  private readonly tasks = new Map<string, Promise<Outcome<Task | undefined>>>();

  constructor(current: CurrentSession) {
    this.current = current;
  }

  /** The annotation of a request on one task, or why the task’s data is missing. */
  async of({ request, config, project, task }: PreviewInput): Promise<RowPreview> {
    const { data, noTask } = await this.dataOf(project, task);
    const preview = previewOf(request['result'], config, data);
    const server = this.current.session?.connection.server;
    const drawn = displayedFields(config).filter(({ tag }) => tag === 'Image' || drawsText(tag));
    return {
      ...(task !== undefined && {
        task: { id: task, url: server && linkTo(server.linkBase, Number(project), task) },
      }),
      ...(noTask !== undefined && { noTask }),
      preview,
      pictures: preview.images.map(({ url }) => (url && server ? imageAt(url, server) : undefined)),
      others: shownTask(data ?? {}, { except: drawn.map(({ key }) => key) }),
      isSkip: request['was_cancelled'] === true,
    };
  }

  private async dataOf(
    project: Json,
    id: number | undefined,
  ): Promise<{ data?: Record<string, unknown>; noTask?: string }> {
    if (id === undefined) return { noTask: 'No task is named yet.' };
    const { session } = this.current;
    if (!session) return { noTask: 'Connect to a server to see the task.' };
    if (!isId(project)) return { noTask: 'Choose a project to see the task.' };
    const read = await this.read(session, project, id);
    if (!read.ok) return { noTask: read.failure.message };
    return read.value ? { data: read.value.data } : { noTask: `Task ${id} isn’t in this project.` };
  }

  private read(session: Session, project: number, id: number): Promise<Outcome<Task | undefined>> {
    if (session !== this.session) this.tasks.clear();
    this.session = session;
    const key = `${project} ${id}`;
    const known = this.tasks.get(key);
    if (known) return known;
    const reading = readTasksById(session.client, project, [id]).then((read) => {
      // Failed and missing tasks are read again.
      if (!read.ok || read.value.length === 0) this.tasks.delete(key);
      return read.ok ? { ok: true as const, value: read.value[0] } : read;
    });
    this.tasks.set(key, reading);
    const [oldest] = this.tasks.keys();
    if (this.tasks.size > limits.previewTasks) this.tasks.delete(oldest!);
    return reading;
  }
}
