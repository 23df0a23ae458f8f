import { readDataColumns } from '#api/tasks/data-columns.ts';
import { listProjects, readProject, type ProjectInList } from '#api/projects.ts';
import { searchFor, type TaskSearch } from '#api/tasks/task-search.ts';
import { listTaskIds, listTaskIdsOfView, readTaskData, readTasksById } from '#api/tasks/tasks.ts';
import { listViews } from '#api/tasks/views.ts';
import { displayedFields } from '#config/label-config.ts';
import { readTaskRanges, shortTaskRanges, writeTaskRanges } from '#domain/requests/task-ranges.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import type { Json } from '#wire/json/json-value.ts';
import { limits } from '#wire/limits.ts';
import { shorten } from '#wire/text/words.ts';
import { pathOnServer } from './image-address.ts';
import { notConnected } from '#engine/session/not-connected.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import type { CachedTasks, TaskCache } from './task-cache.ts';
import { taskInList, type TaskInList } from './task-in-list.ts';

/** Small, because pages load while scrolling and the server sends each task with all its data. */
const pageSize = 50;

/** Ranges in a short list of IDs before its ellipsis. */
const maxRanges = 8;

/** Image types that browsers show. Not SVG, which may contain scripts. */
const imageTypes = new Set(['png', 'jpeg', 'gif', 'webp', 'bmp', 'avif'].map((name) => `image/${name}`));

export interface ProjectPage extends Page {
  projects: ProjectSummary[];
}

interface Page {
  /** Number of matches on the server. */
  total: number;
  /** How many of them can be listed on all pages together. */
  listed: number;
}

export interface ProjectSummary {
  id: number;
  title: string;
  tasks: number;
  annotations: number;
}

export interface TaskPage extends Page {
  tasks: TaskInList[];
  /** The first data columns that the server can’t search. */
  notSearched: string[];
}

export interface TaskViews {
  views: TaskView[];
  total: number;
}

export interface TaskView {
  id: number;
  title: string;
}

/** A summary of a project’s tasks that were read. */
export interface ReadTasks {
  /** Number of tasks. */
  tasks: number;
  title: string;
  /** Milliseconds since 1970. */
  readAt: number;
}

export type TasksPart = ReturnType<typeof createTasksPart>;

/** Projects and tasks of the server, for the project picker and the task picker. */
export function createTasksPart(
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
  currentTasks: () => TaskCache | undefined,
) {
  let stopReading = new AbortController();
  return {
    /**
     * Reads all tasks of a project with their data, or the changes since the last reading. `onProgress` gets the number
     * of tasks read and the total. A second call cancels the first one.
     */
    async readAll(
      project: number,
      onProgress: (read: number, of: number) => void,
    ): Promise<Outcome<ReadTasks>> {
      const cache = currentTasks();
      if (!cache) return notConnected();
      stopReading.abort();
      stopReading = new AbortController();
      const read = await cache.read(project, { stop: stopReading.signal, onProgress });
      return read.ok ? { ok: true, value: readTasks(read.value) } : read;
    },
    /** Cancels a running reading; known tasks are kept. */
    async cancelReadAll(): Promise<void> {
      stopReading.abort();
    },
    /** A summary of a project’s known tasks; undefined if none were read. */
    async known(project: number): Promise<ReadTasks | undefined> {
      const known = currentTasks()?.of(project);
      return known && readTasks(known);
    },
    /** A task’s data as read; undefined if its project wasn’t read or doesn’t have it. */
    async dataOf(project: number, task: number): Promise<Record<string, Json> | undefined> {
      return currentTasks()?.of(project)?.tasks.dataOf(task);
    },

    /** A page of the projects whose title contains `title`, newest first; pages count from 1. */
    async projects(title: string, page: number): Promise<Outcome<ProjectPage>> {
      const { session } = current;
      if (!session) return notConnected();
      const read = await listProjects(session.client, { title, page });
      if (!read.ok) return read;
      const { results, count: total } = read.value;
      const listed = Math.min(total, limits.listed);
      // A server may ignore the page size.
      return { ok: true, value: { projects: results.slice(0, listed).map(summaryOf), total, listed } };
    },
    async project(id: number): Promise<Outcome<ProjectSummary>> {
      const { session } = current;
      if (!session) return notConnected();
      const project = await readProject(session.client, id);
      return project.ok ? { ok: true, value: summaryOf(project.value) } : project;
    },

    /** A page of a project’s tasks; pages count from 1. */
    async page(
      project: number,
      { search, page }: { search: string; page: number },
    ): Promise<Outcome<TaskPage>> {
      const { session } = current;
      const configs = currentConfigs();
      if (!session || !configs) return notConnected();
      const [asked] = await Promise.all([searchIn(session, project, search), configs.load([project])]);
      if (!asked.ok) return asked;
      const { query, notSearched } = asked.value;
      const read = await readTaskData(session.client, project, { page, size: pageSize, query });
      if (!read.ok) return read;
      const { config } = configs.of(project);
      const shown = config ? displayedFields(config) : [];
      const { total } = read.value;
      const listed = Math.min(total, limits.listedTasks);
      const tasks = read.value.tasks
        .slice(0, listed)
        .map((task) => taskInList(task, shown, session.connection.server));
      return {
        ok: true,
        value: {
          tasks,
          total,
          listed,
          notSearched: notSearched.slice(0, 4).map((key) => shorten(key, 40)),
        },
      };
    },
    /** The tasks with these IDs, at most `limits.taskTexts`, in any order; tasks outside the project are missing. */
    async byId(project: number, ids: number[]): Promise<Outcome<TaskInList[]>> {
      const { session } = current;
      const configs = currentConfigs();
      if (!session || !configs) return notConnected();
      await configs.load([project]);
      const read = await readTasksById(session.client, project, ids.slice(0, limits.taskTexts));
      if (!read.ok) return read;
      const { config } = configs.of(project);
      const shown = config ? displayedFields(config) : [];
      return {
        ok: true,
        value: read.value.map((task) => taskInList(task, shown, session.connection.server)),
      };
    },
    /** IDs of all tasks that match a search; of all tasks for an empty search. */
    async idsBySearch(project: number, search: string): Promise<Outcome<number[]>> {
      const { session } = current;
      if (!session) return notConnected();
      const asked = await searchIn(session, project, search);
      if (!asked.ok) return asked;
      return listTaskIds(session.client, project, { query: asked.value.query, max: limits.pickedTasks });
    },
    /** The views saved in the project’s Data Manager. */
    async views(project: number): Promise<Outcome<TaskViews>> {
      const { session } = current;
      if (!session) return notConnected();
      const views = await listViews(session.client, project);
      if (!views.ok) return views;
      const listed = views.value.slice(0, limits.listed);
      return {
        ok: true,
        value: {
          views: listed.map(({ id, title }) => ({ id, title: title?.trim() || `View ${id}` })),
          total: views.value.length,
        },
      };
    },
    async idsByView(view: number): Promise<Outcome<number[]>> {
      const { session } = current;
      return session ? listTaskIdsOfView(session.client, view, limits.pickedTasks) : notConnected();
    },
    /** An image stored by the server, which only the engine can read because it has the token. */
    async image(url: string): Promise<Outcome<Blob>> {
      const { session } = current;
      if (!session) return notConnected();
      const path = pathOnServer(url, session.connection.server);
      // Other addresses never get the token.
      if (path === undefined)
        return refused('refused', `This image isn’t stored on ${session.connection.server.name}.`);
      return session.client.readFile({ path, types: imageTypes, maxBytes: limits.imageBytes });
    },

    /** Parses task IDs as people type them: `1-50, 60`. */
    async parseIds(text: string): Promise<{ ids: number[]; problems: string[] }> {
      const { ids, problems } = readTaskRanges(text);
      return { ids, problems: problems.map(({ message }) => message) };
    },
    /** Typed task IDs without one of them. */
    async withoutId(text: string, id: number): Promise<string> {
      return writeTaskRanges(readTaskRanges(text).ids.filter((other) => other !== id));
    },
    /** Formats task IDs: `text` for `parseIds`, `short` for display. */
    formatIds: async (ids: number[]): Promise<{ text: string; short: string }> => ({
      text: writeTaskRanges(ids),
      short: shortTaskRanges(ids, maxRanges),
    }),
  };
}

function readTasks({ tasks, title, readAt }: CachedTasks): ReadTasks {
  return { tasks: tasks.count, title, readAt };
}

function summaryOf(project: ProjectInList): ProjectSummary {
  return {
    id: project.id,
    title: project.title ?? `Project ${project.id}`,
    tasks: project.task_number ?? 0,
    annotations: project.total_annotations_number ?? 0,
  };
}

/** An empty search needs no request for the columns. */
async function searchIn({ client }: Session, project: number, words: string): Promise<Outcome<TaskSearch>> {
  if (words.trim() === '') return { ok: true, value: searchFor('', []) };
  const columns = await readDataColumns(client, project);
  return columns.ok ? { ok: true, value: searchFor(words, columns.value) } : columns;
}
