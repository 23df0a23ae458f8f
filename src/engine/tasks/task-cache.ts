import type { HttpClient } from '#api/http/http-client.ts';
import { stoppedFailure } from '#api/http/failure-of.ts';
import { readProject } from '#api/projects.ts';
import { readChangedTasks, type ChangedTaskPage } from '#api/tasks/tasks.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import type { KnownTasks } from '#domain/match/tasks-of.ts';
import { inParallel } from '#run/in-parallel.ts';
import { refused, type Failure, type Outcome } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';

const readsInFlight = 4;
/** Tasks with data per page: an answer takes a few seconds at most. */
const tasksAPage = 500;
/** A page that takes too long or is too large is halved down to this. */
const fewestAPage = 50;
/** How often a list that changes while it is read is read. */
const maxReadings = 3;

/** The tasks of a project, and when they were read. */
export interface CachedTasks extends KnownTasks {
  /** Milliseconds since 1970. */
  readAt: number;
}

interface Reading {
  stop: AbortSignal;
  onProgress: (read: number, of: number) => void;
}

interface Entry extends CachedTasks {
  /** The last change of any task in the server’s spelling; undefined if unknown. */
  newest: string | undefined;
}

/**
 * The tasks of projects with their data, each project read once a session. The budget `limits.taskDataUnits` is shared:
 * the least recently used project is dropped first.
 */
export class TaskCache {
  /** Increases with every reading. */
  revision = 0;
  private readonly client: HttpClient;
  private readonly now: () => number;
  /** In order of use, the most recent last. */
  private readonly known = new Map<number, Entry>();

  constructor(client: HttpClient, now: () => number) {
    this.client = client;
    this.now = now;
  }

  /** A project’s tasks as last read; undefined if unread. */
  of(project: number): CachedTasks | undefined {
    const found = this.known.get(project);
    if (found === undefined) return undefined;
    this.known.delete(project);
    this.known.set(project, found);
    return found;
  }

  /**
   * Reads all tasks of a project; if it is known, only changes. After a failure or `stop`, the known tasks stay
   * unchanged.
   */
  async read(project: number, reading: Reading): Promise<Outcome<CachedTasks>> {
    const known = this.known.get(project);
    const changed = known && (await this.readChanged(project, known, reading));
    if (changed?.ok === false) return changed;
    if (changed?.value) return { ok: true, value: this.keep(project, changed.value) };
    const [about, read] = await Promise.all([
      readProject(this.client, project),
      this.readAll(project, reading),
    ]);
    if (!read.ok) return read;
    if (!about.ok) return about;
    const title = about.value.title ?? `project ${project}`;
    return { ok: true, value: this.keep(project, { ...read.value, title, readAt: this.now() }) };
  }

  private keep(project: number, entry: Entry): CachedTasks {
    this.known.delete(project);
    this.known.set(project, entry);
    this.revision += 1;
    let units = [...this.known.values()].reduce((sum, { tasks }) => sum + tasks.units, 0);
    for (const [id, { tasks }] of this.known) {
      if (units <= limits.taskDataUnits || id === project) break;
      this.known.delete(id);
      units -= tasks.units;
    }
    return entry;
  }

  /** Adds changes since the last reading; undefined if the server can’t tell, or tasks were deleted. */
  private async readChanged(
    project: number,
    known: Entry,
    { stop, onProgress }: Reading,
  ): Promise<Outcome<Entry | undefined>> {
    const { newest, tasks } = known;
    const undecided = { ok: true, value: undefined } as const;
    if (newest === undefined) return undecided;
    const pages: ChangedTaskPage[] = [];
    for (let page = 1; ; page += 1) {
      const asked = { page, size: tasksAPage, isNewestFirst: true, signal: stop };
      const read = await readChangedTasks(this.client, project, asked);
      if (!read.ok) return read;
      if (stop.aborted) return { ok: false, failure: stoppedFailure() };
      const times = read.value.tasks.map((task) => task.updated_at ?? '');
      // A server that doesn’t sort by time can’t tell what is new.
      if (times.some((time, index) => time === '' || time > (times[index - 1] ?? time))) return undecided;
      pages.push(read.value);
      const readSoFar = pages.reduce((sum, one) => sum + one.tasks.length, 0);
      onProgress(Math.min(readSoFar, read.value.total), read.value.total);
      const last = times.at(-1) ?? '';
      const added = addedIn(pages, tasks);
      // An import gives many tasks the same time; then the total shows whether there are more.
      const isOlder = last < newest || (last === newest && tasks.count + added === read.value.total);
      if (isOlder || readSoFar >= read.value.total) break;
      if (page === limits.pages) return undecided;
    }
    const changed = pages.flatMap((page) => page.tasks);
    // A different total means that tasks were deleted.
    if (tasks.count + addedIn(pages, tasks) !== pages.at(-1)!.total) return undecided;
    tasks.add(changed);
    return { ok: true, value: { ...known, newest: changed[0]?.updated_at ?? newest, readAt: this.now() } };
  }

  private async readAll(
    project: number,
    reading: Reading,
  ): Promise<Outcome<{ tasks: TaskTable; newest: string | undefined }>> {
    for (let attempt = 1; attempt <= maxReadings; attempt += 1) {
      const list = new TaskList(this.client, project, reading);
      const failure = await list.read();
      if (failure) return { ok: false, failure };
      // Tasks created or deleted while reading shift the pages, so one may be missing.
      if (list.isWhole) return { ok: true, value: list };
    }
    return refused(
      'unreadable',
      'The project’s tasks changed while they were read.',
      'If tasks are being imported, try again when that has finished.',
    );
  }
}

/** One reading of all tasks. */
class TaskList {
  readonly tasks = new TaskTable();
  newest: string | undefined;
  private total = 0;
  private done = 0;
  private failure: Failure | undefined;
  private readonly client: HttpClient;
  private readonly project: number;
  private readonly reading: Reading;

  constructor(client: HttpClient, project: number, reading: Reading) {
    this.client = client;
    this.project = project;
    this.reading = reading;
  }

  get isWhole(): boolean {
    return this.tasks.count === this.total;
  }

  /** Gives why it ended early. */
  async read(): Promise<Failure | undefined> {
    const length = await this.readPage(1, tasksAPage);
    if (this.failure || length === 0) return this.failure;
    if (this.total > limits.tasks) return tooMany();
    // The server may use a smaller page size.
    const pages = Math.ceil(this.total / length);
    if (pages > limits.pages) return tooMany();
    let page = 1;
    const next = () => {
      page += 1;
      return page <= pages && !this.failure ? page : undefined;
    };
    await inParallel(next, readsInFlight, async (one) => void (await this.readPage(one, length)));
    return this.failure;
  }

  /** Reads a page, halved if it is too much for the server. Gives its number of tasks. */
  private async readPage(page: number, size: number): Promise<number> {
    const { stop, onProgress } = this.reading;
    const asked = { page, size, isNewestFirst: false, signal: stop };
    const read = await readChangedTasks(this.client, this.project, asked);
    // An answer that arrives after cancelling is ignored.
    if (stop.aborted) this.failure ??= stoppedFailure();
    if (this.failure) return 0;
    if (!read.ok) {
      // The list has become shorter since the first page.
      if (read.failure.status === 404 && page > 1) return 0;
      const isTooMuch = ['timed-out', 'answer-too-large', 'gateway'].includes(read.failure.reason);
      if (isTooMuch && size % 2 === 0 && size / 2 >= fewestAPage) {
        const first = await this.readPage(2 * page - 1, size / 2);
        // The second half doesn’t exist if the first one is the list’s last page.
        const isLast =
          this.failure !== undefined || first < size / 2 || (2 * page - 1) * (size / 2) >= this.total;
        return isLast ? first : first + (await this.readPage(2 * page, size / 2));
      }
      this.failure = read.failure;
      return 0;
    }
    const { tasks, total } = read.value;
    this.total = total;
    this.tasks.add(tasks);
    for (const { updated_at: time } of tasks)
      if (typeof time === 'string' && (this.newest === undefined || time > this.newest)) this.newest = time;
    this.done += tasks.length;
    onProgress(Math.min(this.done, total), total);
    return tasks.length;
  }
}

const addedIn = (pages: readonly ChangedTaskPage[], tasks: TaskTable): number =>
  pages.reduce((sum, page) => sum + page.tasks.filter(({ id }) => !tasks.has(id)).length, 0);

const tooMany = (): Failure =>
  refused(
    'too-many',
    `The project has more than ${count(limits.tasks, 'task')}, which is too many to read.`,
    'Use task IDs instead.',
  ).failure;
