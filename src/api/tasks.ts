import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

const idPageSchema = z.looseObject({ tasks: z.array(z.looseObject({ id: z.number() })), total: z.number() });
const dataPageSchema = z.looseObject({
  // What tasks are made of may be anything.
  tasks: z.array(z.looseObject({ id: z.number(), data: z.catch(z.record(z.string(), z.unknown()), {}) })),
  total: z.number(),
});

/** One page of tasks with their data, and how many there are on all pages. */
export type TaskDataPage = z.infer<typeof dataPageSchema>;

/** With 250 ids of ten digits the URL stays below the 8 kB that gateways take. */
const idsAPage = 250;
/** Measured on 1.23.2: ids alone cost about 0.3 ms each at this size, and no answer takes long. */
const tasksAPage = 1000;

/**
 * Those of `ids` that are tasks of the project, by `GET /api/tasks/` with a selection. Ids of other projects and
 * unknown ones are left out by the server in silence, which is just what is asked here.
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

/** Every task id of the project, in the server's order; with a `query`, those that it finds. */
export function listTaskIds(client: HttpClient, project: number, query?: string): Promise<Outcome<number[]>> {
  const asked = { project: String(project), page_size: String(tasksAPage) };
  return readPages(client, query === undefined ? asked : { ...asked, query });
}

/** The ids of a view's tasks, in the view's order: what its filters let through, or what is ticked in it. */
export function listTaskIdsOfView(client: HttpClient, view: number): Promise<Outcome<number[]>> {
  return readPages(client, { view: String(view), page_size: String(tasksAPage) });
}

/** One page of the project's tasks with their data, counted from 1; with a `query`, of those that it finds. */
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

/** The first few task ids of a project, in the server's order. */
export async function firstTaskIds(
  client: HttpClient,
  project: number,
  count: number,
): Promise<Outcome<number[]>> {
  const page = await readPage(client, 1, { project: String(project), page_size: String(count) });
  return page.ok ? { ok: true, value: page.value.tasks.map(({ id }) => id) } : page;
}

/** The ids of all pages. A server may be set to smaller ones than are asked for (`TASK_API_PAGE_SIZE_MAX`). */
async function readPages(client: HttpClient, asked: Record<string, string>): Promise<Outcome<number[]>> {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const outcome = await readPage(client, page, asked);
    if (!outcome.ok) return outcome;
    const { tasks, total } = outcome.value;
    for (const { id } of tasks) ids.push(id);
    // Tasks that come or go meanwhile move the pages, so an id may come twice.
    if (ids.length >= total || tasks.length === 0) return { ok: true, value: [...new Set(ids)] };
  }
}

function readPage(
  client: HttpClient,
  page: number,
  asked: Record<string, string>,
): Promise<Outcome<z.infer<typeof idPageSchema>>> {
  // Ids only: this makes the call three to five times cheaper.
  const path = pathOf({ page: String(page), include: 'id', ...asked });
  return client.call({ method: 'GET', path, schema: idPageSchema });
}

/** Without look-ups in a cloud storage, which nobody here needs. */
function pathOf(asked: Record<string, string>): string {
  return `/api/tasks/?${new URLSearchParams({ ...asked, resolve_uri: 'false' })}`;
}
