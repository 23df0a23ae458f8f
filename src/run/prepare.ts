import type { HttpClient } from '#api/http-client.ts';
import { readProject, type ProjectAnswer } from '#api/projects.ts';
import { keepTasksOfProject, listTaskIds } from '#api/tasks.ts';
import { byTemplate, type Entries } from '#domain/requests/entries.ts';
import { planRun, type Plan } from '#domain/plan/plan.ts';
import { emptyRows, type Rows, type SelectionEntry } from '#domain/plan/rows.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { isJsonObject, type JsonObject } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import type { Route } from './routes/route.ts';

export interface PrepareInput {
  client: HttpClient;
  route: Route;
  entries: Entries;
  rows: Rows;
  selections: SelectionEntry[];
  /** The project that requests without one of their own belong to. */
  chosenProject: number | undefined;
  selectionsAsIs: boolean;
  author: number;
  /** A UUID, and what all markers of the run start with. */
  id: string;
  tag: string;
}

export interface Prepared {
  plan: Plan;
  projects: Map<number, ProjectAnswer>;
}

/** Above this many tasks of a project it is cheaper to list all of its ids than to ask for these. */
const maxAsked = 2000;

/**
 * Asks the server what a plan depends on (the projects, which tasks a selection means, which tasks exist), and plans.
 * Creates nothing. Fails where a project is missing or cannot be read, or nothing is left to send.
 */
export async function prepareRun(input: PrepareInput): Promise<Outcome<Prepared>> {
  const { client, route, entries, selections, selectionsAsIs } = input;
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
  const there = await tasksThere(client, rows, projectOf.value, projects);
  if (!there.ok) return there;

  const misfit = byTemplate(entries, (request) => route.unsupportedReason(request as JsonObject));
  const plan = planRun({
    ...input,
    rows,
    projects: projectOf.value,
    tasksPerCall: route.tasksPerCall,
    skip: (row) => {
      const entry = rows.entry[row]!;
      const project = projectOf.value[entry]!;
      if (!there.value.get(project)!.has(rows.task[row]!))
        return `Task ${rows.task[row]} is not in project ${project}.`;
      return misfit(entry);
    },
    selectionAsIs: (entry) =>
      selectionsAsIs && route.takesSelections
        ? ((entries.at(entry) as JsonObject)['selected_items'] ?? undefined)
        : undefined,
  });
  return { ok: true, value: { plan, projects } };
}

/** Each entry's project: its own, else the chosen one; 0 for an entry that has no rows. */
function projectsOf({ entries, rows, selections, chosenProject }: PrepareInput): Outcome<Float64Array> {
  if (rows.count === 0 && selections.length === 0)
    return refused('nothing-to-send', 'There is no request without mistakes to send.', 'Go back to Import.');
  const projects = new Float64Array(entries.length);
  const homeless: number[] = [];
  const ownProject = byTemplate(entries, (request) => {
    const own = isJsonObject(request) ? request['project'] : undefined;
    return typeof own === 'number' ? own : undefined;
  });
  const settle = (entry: number) => {
    const project = ownProject(entry) ?? chosenProject;
    if (project === undefined) homeless.push(entry);
    else projects[entry] = project;
  };
  // The rows of an entry stand one behind the other.
  for (let row = 0; row < rows.count; row += 1)
    if (row === 0 || rows.entry[row] !== rows.entry[row - 1]) settle(rows.entry[row]!);
  for (const { entry } of selections) settle(entry);
  if (homeless.length === 0) return { ok: true, value: projects };
  const which = homeless.length === 1 ? `Request ${homeless[0]! + 1}` : count(homeless.length, 'request');
  return refused(
    'project-missing',
    `${which} ${homeless.length === 1 ? 'names' : 'name'} no project, and none is chosen.`,
    'Choose the project in Import.',
  );
}

/** Appends the rows of requests for all tasks but some, now that the server can tell which those are. */
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
    const left = new Set(excluded);
    lists.push({ entry, ids: all.value.filter((id) => !left.has(id)) });
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

/** Which of the rows' tasks are in their project, by project. */
async function tasksThere(
  client: HttpClient,
  rows: Rows,
  projectOf: Float64Array,
  projects: Map<number, ProjectAnswer>,
): Promise<Outcome<Map<number, Set<number>>>> {
  const asked = new Map<number, Set<number>>([...projects.keys()].map((id) => [id, new Set()]));
  for (let row = 0; row < rows.count; row += 1) asked.get(projectOf[rows.entry[row]!]!)!.add(rows.task[row]!);

  const there = new Map<number, Set<number>>();
  for (const [project, tasks] of asked) {
    const outcome =
      tasks.size > maxAsked
        ? await listTaskIds(client, project)
        : await keepTasksOfProject(client, project, [...tasks]);
    if (!outcome.ok) return outcome;
    there.set(project, new Set(outcome.value));
  }
  return { ok: true, value: there };
}

function aboutProject(id: number, failure: Failure): Failure {
  if (failure.reason !== 'not-found') return failure;
  return {
    ...failure,
    message: `Project ${id} is not on this server, or this user cannot see it.`,
    hint: 'Correct the project of the request, or choose another one in Import.',
  };
}

function refused<T>(reason: Failure['reason'], message: string, hint: string): Outcome<T> {
  return { ok: false, failure: { kind: 'input', reason, message, hint, fromLabelStudio: false } };
}
