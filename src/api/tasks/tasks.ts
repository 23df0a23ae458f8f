import { refused, type Failure, type Outcome } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

const idPageSchema = z.looseObject({ tasks: z.array(z.looseObject({ id: z.number() })), total: z.number() });
const dataPageSchema = z.looseObject({
  // Task data can be any JSON.
  tasks: z.array(z.looseObject({ id: z.number(), data: z.catch(z.record(z.string(), z.unknown()), {}) })),
  total: z.number(),
});

const changedPageSchema = z.looseObject({
  tasks: z.array(
    z.looseObject({
      id: z.number(),
      data: z.catch(z.record(z.string(), z.unknown()), {}),
      updated_at: z.nullish(z.string()),
    }),
  ),
  total: z.number(),
});

/** One page of tasks with their data and the time of their last change. */
export type ChangedTaskPage = z.infer<typeof changedPageSchema>;

/** One page of tasks with their data, and the total number of tasks. */
export type TaskDataPage = z.infer<typeof dataPageSchema>;

/** 250 IDs of ten digits keep the URL below the 8 kB limit of gateways. */
const idsAPage = 250;
/** Measured on 1.23.2: at this page size an ID costs about 0.3 ms, so every answer is fast. */
const tasksAPage = 1000;

/**
 * The `ids` that belong to the project, by `GET /api/tasks/` with a selection: the server silently drops unknown IDs
 * and those of other projects.
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

/** All task IDs of the project in the server’s order, filtered by `query` if given. Fails for more than `max`. */
export function listTaskIds(
  client: HttpClient,
  project: number,
  { query, max }: { query?: string | undefined; max?: number } = {},
): Promise<Outcome<number[]>> {
  const asked = { project: String(project), page_size: String(tasksAPage) };
  return readPages(client, query === undefined ? asked : { ...asked, query }, max);
}

/** The task IDs of a view in its order: filtered or selected tasks. Fails for more than `max`. */
export function listTaskIdsOfView(
  client: HttpClient,
  view: number,
  max?: number,
): Promise<Outcome<number[]>> {
  return readPages(client, { view: String(view), page_size: String(tasksAPage) }, max);
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
  return client.call({
    method: 'GET',
    path: pathOf(asked),
    schema: dataPageSchema,
    maxBytes: limits.tasksBytes,
  });
}

/** These tasks of the project with their data, fewer than `limits.taskTexts`. Deleted tasks are missing. */
export async function readTasksById(
  client: HttpClient,
  project: number,
  ids: number[],
): Promise<Outcome<TaskDataPage['tasks']>> {
  const query = JSON.stringify({ selectedItems: { all: false, included: ids } });
  const page = await client.call({
    method: 'GET',
    path: pathOf({
      project: String(project),
      page_size: String(ids.length),
      include: 'id,data',
      query,
    }),
    schema: dataPageSchema,
    maxBytes: limits.answerBytes,
  });
  return page.ok ? { ok: true, value: page.value.tasks } : page;
}

/** One page of the project’s tasks with their last change, in the server’s order or the latest change first. */
export function readChangedTasks(
  client: HttpClient,
  project: number,
  asked: { page: number; size: number; isNewestFirst: boolean; signal: AbortSignal },
): Promise<Outcome<ChangedTaskPage>> {
  const { page, size, isNewestFirst, signal } = asked;
  const path = pathOf({
    project: String(project),
    page: String(page),
    page_size: String(size),
    include: 'id,data,updated_at',
    ...(isNewestFirst && { query: JSON.stringify({ ordering: ['-tasks:updated_at'] }) }),
  });
  return client.call({ method: 'GET', path, schema: changedPageSchema, maxBytes: limits.tasksBytes, signal });
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

/**
 * The IDs of all pages. The server may use a smaller page size than requested (`TASK_API_PAGE_SIZE_MAX`). Fails for an
 * endless list.
 */
async function readPages(
  client: HttpClient,
  asked: Record<string, string>,
  max: number = limits.tasks,
): Promise<Outcome<number[]>> {
  const ids = new Set<number>();
  let read = 0;
  let maxPages = 1;
  for (let page = 1; ; page += 1) {
    const outcome = await readPage(client, page, asked);
    if (!outcome.ok) return outcome;
    const { tasks, total } = outcome.value;
    const known = ids.size;
    for (const { id } of tasks) ids.add(id);
    if (Math.max(total, ids.size) > max) return tooMany(max);
    // Tasks created or deleted while reading shift the pages, so an ID can appear twice.
    read += tasks.length;
    if (read >= total || tasks.length === 0) return { ok: true, value: [...ids] };
    if (ids.size === known) return { ok: false, failure: repeatedPage(page) };
    // Twice the expected pages, because tasks may be imported while reading.
    if (page === 1) maxPages = Math.min(limits.pages, 2 * Math.ceil(total / tasks.length) + 10);
    if (page === maxPages) return { ok: false, failure: tooManyPages(page, ids.size) };
  }
}

const tooMany = (max: number) =>
  refused(
    'too-many',
    `There are more than ${count(max, 'task')}, which is too many to list.`,
    'Choose fewer: by their IDs, or by a view in the Data Manager.',
  );

const repeatedPage = (page: number) =>
  endless(
    `Page ${page} of the server’s list of tasks holds only tasks of the pages before it.`,
    'Try again. If it happens every time, check whether a proxy changes the addresses of requests.',
  );

const tooManyPages = (pages: number, tasks: number) =>
  endless(
    `The server’s list of tasks doesn’t end: it has sent ${count(tasks, 'task')} on ${count(pages, 'page')}, more than it announced.`,
    'If tasks are being imported, try again when that has finished.',
  );

function endless(message: string, hint: string): Failure {
  return { kind: 'unreadable', reason: 'unreadable', message, hint, fromLabelStudio: true };
}

function readPage(
  client: HttpClient,
  page: number,
  asked: Record<string, string>,
): Promise<Outcome<z.infer<typeof idPageSchema>>> {
  // Requesting only IDs makes the call three to five times faster.
  const path = pathOf({ page: String(page), include: 'id', ...asked });
  return client.call({ method: 'GET', path, schema: idPageSchema });
}

/** Skips cloud storage lookups, which Sheaf doesn’t need. */
function pathOf(asked: Record<string, string>): string {
  return `/api/tasks/?${new URLSearchParams({ ...asked, resolve_uri: 'false' })}`;
}
