import { readDataColumns } from '#api/data-columns.ts';
import { searchFor, type TaskSearch } from '#api/task-search.ts';
import { listTaskIds, listTaskIdsOfView, readTaskData } from '#api/tasks.ts';
import { listViews } from '#api/views.ts';
import { displayedFields } from '#config/label-config.ts';
import { readTaskRanges, shortTaskRanges, writeTaskRanges } from '#domain/requests/task-ranges.ts';
import type { Outcome } from '#wire/failure.ts';
import type { Engine } from './engine.ts';
import { pathOnServer } from './image-address.ts';
import { notConnected } from './not-connected.ts';
import type { ProjectConfigs } from './project-configs.ts';
import type { Session } from './session.ts';
import { taskInList } from './task-in-list.ts';

/** A page is read while one scrolls, and every task brings all of its data with it. */
const tasksAPage = 50;

/** Ranges shown beside one another before an ellipsis. */
const maxRanges = 8;

/** What browsers draw. SVG is left out: it is a document, with scripts and addresses of its own. */
const imageTypes = new Set(['png', 'jpeg', 'gif', 'webp', 'bmp', 'avif'].map((name) => `image/${name}`));
const maxImageBytes = 10_000_000;

type TaskCalls = Pick<
  Engine,
  'taskPage' | 'foundTasks' | 'taskViews' | 'tasksOfView' | 'taskImage' | 'readTaskIds' | 'writeTaskIds'
>;

/** What the task picker asks. The session, and with it the configs, change with each connection. */
export function taskCalls(
  signedIn: () => { session: Session; configs: ProjectConfigs } | undefined,
): TaskCalls {
  return {
    async taskPage(project, { search, page }) {
      const signed = signedIn();
      if (!signed) return notConnected();
      const { session, configs } = signed;
      const [asked] = await Promise.all([searchIn(session, project, search), configs.load([project])]);
      if (!asked.ok) return asked;
      const { query, notSearched } = asked.value;
      const read = await readTaskData(session.client, project, { page, size: tasksAPage, query });
      if (!read.ok) return read;
      const { config } = configs.of(project);
      const shown = config ? displayedFields(config) : [];
      const tasks = read.value.tasks.map((task) => taskInList(task, shown, session.connection.server));
      return { ok: true, value: { total: read.value.total, tasks, notSearched } };
    },
    async foundTasks(project, search) {
      const session = signedIn()?.session;
      if (!session) return notConnected();
      const asked = await searchIn(session, project, search);
      return asked.ok ? listTaskIds(session.client, project, asked.value.query) : asked;
    },
    async taskViews(project) {
      const session = signedIn()?.session;
      if (!session) return notConnected();
      const views = await listViews(session.client, project);
      if (!views.ok) return views;
      return {
        ok: true,
        value: views.value.map(({ id, title }) => ({ id, title: title?.trim() || `View ${id}` })),
      };
    },
    async tasksOfView(view) {
      const session = signedIn()?.session;
      return session ? listTaskIdsOfView(session.client, view) : notConnected();
    },
    async taskImage(url) {
      const session = signedIn()?.session;
      if (!session) return notConnected();
      const path = pathOnServer(url, session.connection.server);
      if (path === undefined) return elsewhere(session);
      return session.client.readFile({ path, types: imageTypes, maxBytes: maxImageBytes });
    },
    readTaskIds: async (text) => {
      const { ids, problems } = readTaskRanges(text);
      return { ids, problems: problems.map(({ message }) => message) };
    },
    writeTaskIds: async (ids) => ({ text: writeTaskRanges(ids), short: shortTaskRanges(ids, maxRanges) }),
  };
}

/** Without words there is nothing to search, so that nobody need be asked for the columns. */
async function searchIn({ client }: Session, project: number, words: string): Promise<Outcome<TaskSearch>> {
  if (words.trim() === '') return { ok: true, value: searchFor('', []) };
  const columns = await readDataColumns(client, project);
  return columns.ok ? { ok: true, value: searchFor(words, columns.value) } : columns;
}

/** The token goes nowhere else, and the screen is told the same of each image beforehand. */
function elsewhere<T>({ connection }: Session): Outcome<T> {
  const message = `This image is not kept by ${connection.server.name} itself.`;
  return { ok: false, failure: { kind: 'input', reason: 'refused', message, fromLabelStudio: false } };
}
