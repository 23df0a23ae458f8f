import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

const idPageSchema = z.looseObject({ tasks: z.array(z.looseObject({ id: z.number() })), total: z.number() });
const dataPageSchema = z.looseObject({
  // Task data can be any JSON.
  tasks: z.array(z.looseObject({ id: z.number(), data: z.catch(z.record(z.string(), z.unknown()), {}) })),
  total: z.number(),
});

/** One page of tasks with their data, and the total number of tasks. */
export type TaskDataPage = z.infer<typeof dataPageSchema>;

/** With 250 ids of ten digits the URL stays below the 8 kB limit of gateways. */
const idsAPage = 250;
/** Measured on 1.23.2: at this size ids cost about 0.3 ms each, so every answer is fast. */
const tasksAPage = 1000;

/**
 * The `ids` that are tasks of the project, by `GET /api/tasks/` with a selection: the server silently drops unknown ids and
 * those of other projects.
 */
export async function keepTasksOfProject(
  client: HttpClient,
  project: number,
  ids: number[],
): Promise<Outcome<Set<number>>> {
  const there = new Set<number>();
  for (let from = 0; from < ids.length; from += idsAPage) {
    const included = ids.slice(from, from + idsAPage);
    const query = JSON.stringify({ selectedItems: { all: false, included } });
    const outcome = await readPages(client, { project: String(project), page_size: String(idsAPage), query });
    if (!outcome.ok) return outcome;
    for (const id of outcome.value) there.add(id);
  }
  return { ok: true, value: there };
}

/** All task ids of the project in the server's order, filtered by `query` if given. */
export function listTaskIds(client: HttpClient, project: number, query?: string): Promise<Outcome<number[]>> {
  const asked = { project: String(project), page_size: String(tasksAPage) };
  return readPages(client, query === undefined ? asked : { ...asked, query });
}

/** The ids of a view's tasks in the view's order: its filtered or selected tasks. */
export function listTaskIdsOfView(client: HttpClient, view: number): Promise<Outcome<number[]>> {
  return readPages(client, { view: String(view), page_size: String(tasksAPage) });
}

/** One page of the project's tasks with their data, filtered by `query` if given. Pages start at 1. */
export function readTaskData(
  client: HttpClient,
  project: number,
  { page, size, query }: { page: number; size: number; query: string | undefined },
): Promise<Outcome<TaskDataPage>> {
  const asked = {
    project: String(project),
    page: String(page),
    page_size: String(size),
    include: 'id,data',
    ...(query !== undefined && { query }),
  };
  return client.call({ method: 'GET', path: pathOf(asked), schema: dataPageSchema });
}

/** The first task ids of a project, in the server's order. */
export async function firstTaskIds(
  client: HttpClient,
  project: number,
  count: number,
): Promise<Outcome<number[]>> {
  const page = await readPage(client, 1, { project: String(project), page_size: String(count) });
  return page.ok ? { ok: true, value: page.value.tasks.map(({ id }) => id) } : page;
}

/** The ids of all pages. The server may use a smaller page size than requested (`TASK_API_PAGE_SIZE_MAX`). */
async function readPages(client: HttpClient, asked: Record<string, string>): Promise<Outcome<number[]>> {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const outcome = await readPage(client, page, asked);
    if (!outcome.ok) return outcome;
    const { tasks, total } = outcome.value;
    for (const { id } of tasks) ids.push(id);
    // Tasks created or deleted meanwhile shift the pages, so an id can appear twice.
    if (ids.length >= total || tasks.length === 0) return { ok: true, value: [...new Set(ids)] };
  }
}

function readPage(
  client: HttpClient,
  page: number,
  asked: Record<string, string>,
): Promise<Outcome<z.infer<typeof idPageSchema>>> {
  // Requesting only ids makes the call three to five times faster.
  const path = pathOf({ page: String(page), include: 'id', ...asked });
  return client.call({ method: 'GET', path, schema: idPageSchema });
}

/** Skips cloud storage lookups, which Sheaf doesn't need. */
function pathOf(asked: Record<string, string>): string {
  return `/api/tasks/?${new URLSearchParams({ ...asked, resolve_uri: 'false' })}`;
}
