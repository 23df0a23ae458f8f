import { listProjects, readProject } from '#api/projects.ts';
import { readProjectOfTask } from '#api/tasks/task-project.ts';
import { keepTasksOfProject } from '#api/tasks/tasks.ts';
import { fitOf, usedLabels, type UsedControl } from '#domain/parse/exports/used-labels.ts';
import { mapColumns } from '#domain/parse/mapping/map-columns.ts';
import { isId } from '#wire/bulk-request.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';

/** A project that the batch probably belongs to. */
export interface ProjectProposal {
  project: number;
  title: string;
  why: ProposalReason;
}

export type ProposalReason =
  /** How many of the batch’s first task IDs are in it. */
  | { by: 'tasks'; found: number; of: number }
  /** Columns whose names or values are its labels, or controls of an export that it has; of these names, at most three. */
  | { by: 'labels'; columns: string[] };

/** Maximum number of task IDs to look up: the limit of one request. */
const askedIds = 250;
/** Several tasks are asked for their project, because the first ones may have been deleted. */
const askedTasks = 3;
/** Newest projects whose labels are compared with the columns. */
const askedProjects = 20;
const namedColumns = 3;

/** Proposes a project for a batch without one. The person decides. */
export function proposalCalls(
  batch: Batch,
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
) {
  return {
    /**
     * The project that has the batch’s tasks, else the only one with its labels. Tasks of an export from another server may have the
     * same ids by chance, so labels that fit only one project come first there. Failures propose nothing.
     */
    async proposeProject(): Promise<ProjectProposal | undefined> {
      const { session } = current;
      const configs = currentConfigs();
      if (!session || !configs || batch.projectId !== undefined) return undefined;
      const proposed = await byTasks(batch, session);
      const used = batch.checkup.parsed.grid ? [] : usedLabels(batch.checkup.parsed.entries);
      if (used.length === 0) return proposed ?? (await byColumns(batch, session, configs));
      if (proposed !== undefined && (await fits(used, proposed.project, configs))) return proposed;
      return (await byResults(used, session, configs)) ?? proposed;
    },
  };
}

async function byTasks(batch: Batch, { client }: Session): Promise<ProjectProposal | undefined> {
  const ids = taskIdsIn(batch);
  for (const id of ids.slice(0, askedTasks)) {
    const project = await readProjectOfTask(client, id);
    if (!project.ok) continue;
    const [about, there] = await Promise.all([
      readProject(client, project.value),
      keepTasksOfProject(client, project.value, ids),
    ]);
    if (!about.ok || !there.ok) return undefined;
    const title = about.value.title ?? `Project ${project.value}`;
    return { project: project.value, title, why: { by: 'tasks', found: there.value.size, of: ids.length } };
  }
  return undefined;
}

/** The first distinct task IDs of entries without a project. */
function taskIdsIn({ checkup: { parsed } }: Batch): number[] {
  const { tasks, length } = parsed.entries;
  const ids = new Set<number>();
  for (let entry = 0; entry < length && ids.size < askedIds; entry += 1) {
    const id = tasks[entry]!;
    if (isId(id)) ids.add(id);
  }
  return [...ids];
}

/** The newest projects with what is known of them. */
async function newestProjects({ client }: Session, configs: ProjectConfigs) {
  const listed = await listProjects(client, { title: '', page: 1 });
  if (!listed.ok) return [];
  const projects = listed.value.results.slice(0, askedProjects);
  await configs.load(projects.map(({ id }) => id));
  return projects.map(({ id, title }) => ({
    project: id,
    title: title ?? `Project ${id}`,
    known: configs.of(id),
  }));
}

async function fits(used: readonly UsedControl[], project: number, configs: ProjectConfigs) {
  await configs.load([project]);
  const { config } = configs.of(project);
  return config !== undefined && fitOf(used, config) !== undefined;
}

/** The only project with all controls and labels of the results, else the only one with controls of their types that have all labels. */
async function byResults(
  used: readonly UsedControl[],
  session: Session,
  configs: ProjectConfigs,
): Promise<ProjectProposal | undefined> {
  const found = (await newestProjects(session, configs)).map(({ known: { config }, ...project }) => ({
    ...project,
    fit: config && fitOf(used, config),
  }));
  const ofNames = found.filter(({ fit }) => fit === 'names');
  const [best, ...others] = ofNames.length > 0 ? ofNames : found.filter(({ fit }) => fit === 'labels');
  if (best === undefined || others.length > 0) return undefined;
  const columns = used.slice(0, namedColumns).map(({ name }) => name);
  return { project: best.project, title: best.title, why: { by: 'labels', columns } };
}

async function byColumns(
  { checkup: { parsed } }: Batch,
  session: Session,
  configs: ProjectConfigs,
): Promise<ProjectProposal | undefined> {
  const columns = parsed.grid?.records.columns ?? [];
  if (columns.length === 0) return undefined;
  const found = (await newestProjects(session, configs)).map(({ known, ...project }) => {
    const targets = known.config === undefined ? [] : mapColumns(columns, known);
    const names = columns.flatMap(({ name }, column) =>
      targets[column]?.startsWith('control:') ? [name] : [],
    );
    return { ...project, names };
  });
  const [best, second] = found.toSorted((one, other) => other.names.length - one.names.length);
  // Two projects with the same labels can’t be distinguished.
  if (best === undefined || best.names.length === 0 || second?.names.length === best.names.length)
    return undefined;
  const { project, title, names } = best;
  return { project, title, why: { by: 'labels', columns: names.slice(0, namedColumns) } };
}
