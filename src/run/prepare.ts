import type { HttpClient } from '#api/http/http-client.ts';
import { readProject, type ProjectAnswer } from '#api/projects.ts';
import { keepTasksOfProject, listTaskIds } from '#api/tasks/tasks.ts';
import { byTemplate, type Entries } from '#domain/requests/entries.ts';
import { planRun, type PassedOver, type Plan, type PlannedServer } from '#domain/plan/plan.ts';
import type { PlanMemory } from '#domain/plan/plan-memory.ts';
import { emptyRows, type Rows, type SelectionEntry } from '#domain/plan/rows.ts';
import { refused, type Failure, type Outcome } from '#wire/failure.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import { count } from '#wire/text/figures.ts';
import type { Route } from './routes/route.ts';

export interface PrepareInput {
  client: HttpClient;
  /** In order of preference; the last one takes every request. */
  routes: readonly Route[];
  entries: Entries;
  rows: Rows;
  selections: SelectionEntry[];
  /** The project of requests without one. */
  chosenProject: number | undefined;
}

/** Everything read from the server for planning. Any number of plans can be made from it. */
export interface PlanReads {
  /** All rows, including those of resolved selections. */
  rows: Rows;
  /** The project of each entry. */
  projectOf: Float64Array;
  projects: Map<number, ProjectAnswer>;
  /** True if a request has a selection that the server could resolve itself. */
  hasSelection: boolean;
  /** Why a route isn’t used for this many rows of a project. */
  avoids(route: string, project: number, rows: number): string | undefined;
  /** Whether the task of a row is in its project. */
  exists(row: number): boolean;
  /** Why a row can’t be sent under any policy. */
  unavailable(row: number): string | undefined;
}

export interface RunOfPlan {
  selectionsAsIs: boolean;
  /** True if every row is sent by the last route. */
  oneByOne?: boolean;
  /** Fields of the source that aren’t sent. */
  omit?: readonly string[];
  onPassedOver?: (passedOver: PassedOver) => void;
  server: Omit<PlannedServer, 'projects' | 'labels'>;
  createdAt: number;
  /** A UUID. */
  id: string;
  /** The prefix of all markers of the run: letters, digits and `-`. */
  tag: string;
  /** Why a sendable row is skipped; undefined if it is sent. `content` is a hash of its request. */
  skip: (row: number, content: number) => string | undefined;
  memory?: PlanMemory | undefined;
}

/** Above this many tasks, listing all task IDs of the project is cheaper than asking for these. */
const maxTasksByIds = 2000;

/**
 * Reads from the server what a plan depends on: projects, tasks of selections, existing tasks. Creates nothing. Fails
 * if a project is missing or can’t be read, or if there is nothing to send.
 */
export async function readForPlan(input: PrepareInput): Promise<Outcome<PlanReads>> {
  const { client, routes, entries, selections } = input;
  const projectOf = projectsOf(input);
  if (!projectOf.ok) return projectOf;

  const projects = new Map<number, ProjectAnswer>();
  for (const id of new Set(projectOf.value.filter((project) => project !== 0))) {
    const project = await readProject(client, id);
    if (!project.ok) return { ok: false, failure: aboutProject(id, project.failure) };
    projects.set(id, project.value);
  }

  const resolved = await resolveSelections(client, input.rows, selections, projectOf.value);
  if (!resolved.ok) return resolved;
  const rows = resolved.value;
  const existing = await existingTasks(client, rows, projectOf.value, projects);
  if (!existing.ok) return existing;

  const unsuited = new Map<string, string>();
  for (const route of routes)
    for (const project of projects.values()) {
      const reason = await route.unsuitedReason?.(client, project);
      if (reason !== undefined) unsuited.set(`${route.name} ${project.id}`, reason);
    }

  const last = routes.at(-1)!;
  const unsupportedReason = byTemplate(entries, (request) =>
    last.unsupportedReason(request as JsonObject, 0),
  );
  const projectOfRow = (row: number) => projectOf.value[rows.entry[row]!]!;
  const existsAt = Uint8Array.from(rows.task, (task, row) =>
    existing.value.get(projectOfRow(row))!.has(task) ? 1 : 0,
  );
  const exists = (row: number) => existsAt[row] === 1;
  return {
    ok: true,
    value: {
      rows,
      projectOf: projectOf.value,
      projects,
      hasSelection: hasSelection(entries),
      avoids(name, project, sent) {
        const route = routes.find((one) => one.name === name)!;
        const least = route.minRows(projects.get(project)!.task_number ?? 0);
        if (sent < least) return `Fewer than ${count(least, 'row')} for this project are faster one by one.`;
        return unsuited.get(`${name} ${project}`);
      },
      exists,
      unavailable(row) {
        if (exists(row)) return unsupportedReason(rows.entry[row]!);
        const project = projectOfRow(row);
        return `Task ${rows.task[row]} isn’t in ${projects.get(project)!.title ?? `project ${project}`}.`;
      },
    },
  };
}

/** Plans exactly what will be sent. */
export function planFromReads(
  { routes, entries }: Pick<PrepareInput, 'routes' | 'entries'>,
  { rows, projectOf, projects, unavailable, avoids }: PlanReads,
  { selectionsAsIs, oneByOne = false, server, skip, ...choices }: RunOfPlan,
): Plan {
  return planRun({
    ...choices,
    routes: oneByOne ? routes.slice(-1) : routes,
    avoids,
    entries,
    server: {
      ...server,
      projects: new Map([...projects].map(([id, { created_at: createdAt }]) => [id, createdAt ?? ''])),
      labels: new Map([...projects].map(([id, project]) => [id, configHash(project)])),
    },
    rows,
    projects: projectOf,
    skip: (row, content) => unavailable(row) ?? skip(row, content),
    selectionAsIs: (entry) =>
      selectionsAsIs && routes[0]!.takesSelections
        ? ((entries.at(entry) as JsonObject)['selected_items'] ?? undefined)
        : undefined,
  });
}

/** Stored with plans, to notice labels that were changed since. */
export const configHash = ({ label_config }: ProjectAnswer): number => stableHash(label_config ?? '');

const hasSelection = (entries: Entries): boolean =>
  Array.from(entries.firsts).some((first) => {
    const request = entries.at(first);
    return isJsonObject(request) && (request['selected_items'] ?? null) !== null;
  });

/** The project of each entry: its own, else the chosen one; 0 for an entry without rows. */
function projectsOf({ entries, rows, selections, chosenProject }: PrepareInput): Outcome<Float64Array> {
  if (rows.count === 0 && selections.length === 0)
    return refused('nothing-to-send', 'There are no valid requests to send.', 'Fix the errors in Import.');
  const projects = new Float64Array(entries.length);
  const withoutProject: number[] = [];
  const ownProject = byTemplate(entries, (request) => {
    const own = isJsonObject(request) ? request['project'] : undefined;
    return typeof own === 'number' ? own : undefined;
  });
  const assignProject = (entry: number) => {
    const project = ownProject(entry) ?? chosenProject;
    if (project === undefined) withoutProject.push(entry);
    else projects[entry] = project;
  };
  // The rows of an entry are adjacent.
  for (let row = 0; row < rows.count; row += 1)
    if (row === 0 || rows.entry[row] !== rows.entry[row - 1]) assignProject(rows.entry[row]!);
  for (const { entry } of selections) assignProject(entry);
  if (withoutProject.length === 0) return { ok: true, value: projects };
  const which =
    withoutProject.length === 1
      ? `Request ${withoutProject[0]! + 1}`
      : count(withoutProject.length, 'request');
  return refused(
    'project-missing',
    `${which} ${withoutProject.length === 1 ? 'has' : 'have'} no project, and none is chosen.`,
    'Choose a project in Import.',
  );
}

/** Appends the rows of requests for “all tasks except …”, which only the server can list. */
async function resolveSelections(
  client: HttpClient,
  rows: Rows,
  selections: SelectionEntry[],
  projects: Float64Array,
): Promise<Outcome<Rows>> {
  if (selections.length === 0) return { ok: true, value: rows };
  const lists: { entry: number; ids: number[] }[] = [];
  for (const { entry, excluded } of selections) {
    const all = await listTaskIds(client, projects[entry]!);
    if (!all.ok) return all;
    const isExcluded = new Set(excluded);
    lists.push({ entry, ids: all.value.filter((id) => !isExcluded.has(id)) });
  }
  const joined = emptyRows(rows.count + lists.reduce((sum, { ids }) => sum + ids.length, 0));
  joined.task.set(rows.task);
  joined.entry.set(rows.entry);
  let row = rows.count;
  for (const { entry, ids } of lists) {
    joined.task.set(ids, row);
    joined.entry.fill(entry, row, row + ids.length);
    row += ids.length;
  }
  return { ok: true, value: joined };
}

/** By project: which tasks of the rows exist in it. */
async function existingTasks(
  client: HttpClient,
  rows: Rows,
  projectOf: Float64Array,
  projects: Map<number, ProjectAnswer>,
): Promise<Outcome<Map<number, Set<number>>>> {
  const asked = new Map<number, Set<number>>([...projects.keys()].map((id) => [id, new Set()]));
  for (let row = 0; row < rows.count; row += 1) asked.get(projectOf[rows.entry[row]!]!)!.add(rows.task[row]!);

  const existing = new Map<number, Set<number>>();
  for (const [project, tasks] of asked) {
    let outcome: Outcome<Iterable<number>> | undefined;
    if (tasks.size > maxTasksByIds) outcome = await listTaskIds(client, project);
    // A project with too many tasks is asked only for these.
    if (outcome === undefined || (!outcome.ok && outcome.failure.reason === 'too-many'))
      outcome = await keepTasksOfProject(client, project, [...tasks]);
    if (!outcome.ok) return outcome;
    existing.set(project, new Set(outcome.value));
  }
  return { ok: true, value: existing };
}

/** Names the project that isn’t there. */
export function aboutProject(id: number, failure: Failure): Failure {
  if (failure.reason !== 'not-found') return failure;
  return {
    ...failure,
    message: `Project ${id} doesn’t exist on this server, or you can’t see it.`,
    hint: 'Correct the request’s project, or choose another one in Import.',
  };
}
