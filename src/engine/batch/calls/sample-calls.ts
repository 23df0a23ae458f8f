import { listProjects, readProject } from '#api/projects.ts';
import { firstTaskIds, readTaskData } from '#api/tasks/tasks.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { readConfig } from '#config/read/read-config.ts';
import { exampleRegion, exampleRequest } from '#domain/samples/example.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { sampleCsv, sampleJson } from '#domain/samples/sample.ts';
import { sampleKinds, taskSample, type SampleKind, type SampleTask } from '#domain/samples/task-samples.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import { writeJson } from '#wire/json/json.ts';
import { notConnected } from '#engine/session/not-connected.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import type { Batch } from '#engine/batch/batch.ts';

/** Maximum number of tasks in a sample. */
const maxTasks = 100;
/** Tasks of a sample to try: few enough to read at a glance. */
const triedTasks = 20;
/** Projects that are read to find one for a sample. */
const triedProjects = 10;

export interface SampleFile {
  file: Blob;
  name: string;
  /** Sentences about what the sample doesn’t show and why. */
  notes: string[];
}

/** Examples and sample files made from the chosen project’s labels. */
export function sampleCalls(batch: Batch, current: CurrentSession) {
  return {
    /** A request for the chosen project, or a general one without a project. */
    async example(): Promise<Outcome<string>> {
      const { session } = current;
      const { projectId } = batch;
      if (!session || projectId === undefined)
        return { ok: true, value: exampleRequest(undefined, [], projectId) };
      const config = await readConfigOf(session, projectId);
      if (!config.ok && config.failure.reason !== 'config-unreadable') return config;
      const tasks = await firstTaskIds(session.client, projectId, 3);
      if (!tasks.ok) return tasks;
      return {
        ok: true,
        value: exampleRequest(config.ok ? config.value : undefined, tasks.value, projectId),
      };
    },
    /** A region for the chosen project, for the form. General if the project can’t be read. */
    async exampleRegion(): Promise<string> {
      const { session } = current;
      const { projectId } = batch;
      const config = session && projectId !== undefined && (await readConfigOf(session, projectId));
      return formatJson(writeJson(exampleRegion(config && config.ok ? config.value : undefined)));
    },
    /** A file to download and fill in, with one row for each label of the chosen project. */
    async sample(format: 'json' | 'csv'): Promise<Outcome<SampleFile>> {
      const { session } = current;
      return session ? makeSample(session, batch.projectId, format) : notConnected();
    },
    /** The kinds of samples to try that fit the chosen project’s labels. */
    async sampleKinds(): Promise<Outcome<SampleKind[]>> {
      const { session } = current;
      const { projectId } = batch;
      if (!session) return notConnected();
      if (projectId === undefined) return noProject();
      const config = await readConfigOf(session, projectId);
      return config.ok ? { ok: true, value: sampleKinds(config.value) } : config;
    },
    /** The first project on the server that has tasks and labels for this kind of sample. */
    async sampleProject(kind: SampleKind): Promise<Outcome<number>> {
      const { session } = current;
      if (!session) return notConnected();
      const listed = await listProjects(session.client, { title: '', page: 1 });
      if (!listed.ok) return listed;
      const withTasks = listed.value.results.filter(({ task_number: tasks }) => (tasks ?? 0) > 0);
      for (const { id } of withTasks.slice(0, triedProjects)) {
        const config = await readConfigOf(session, id);
        if (config.ok && sampleKinds(config.value).includes(kind)) return { ok: true, value: id };
      }
      return refused('project-missing', 'None of the first projects allows it.', 'Choose a project first.');
    },
    /** A text to try with tasks of a project. */
    async sampleText(kind: SampleKind, project: number): Promise<Outcome<string>> {
      const read = await readForSample(current.session, project);
      if (!read.ok) return read;
      const text = taskSample(kind, read.value.config, read.value.tasks);
      return text === undefined
        ? refused(
            'nothing-to-answer',
            'The project’s labels and tasks don’t allow this sample.',
            'Try another one.',
          )
        : { ok: true, value: text };
    },
  };
}

async function makeSample(
  session: Session,
  projectId: number | undefined,
  format: 'json' | 'csv',
): Promise<Outcome<SampleFile>> {
  if (projectId === undefined) return noProject();
  const config = await readConfigOf(session, projectId);
  if (!config.ok) return config;
  const tasks = await firstTaskIds(session.client, projectId, maxTasks);
  if (!tasks.ok) return tasks;
  const hasTasks = tasks.value.length > 0;
  const ids = hasTasks ? tasks.value : Array.from({ length: maxTasks }, (_, index) => index + 1);

  const sample = format === 'json' ? sampleJson(config.value, ids, projectId) : sampleCsv(config.value, ids);
  if (sample === undefined) {
    return format === 'json'
      ? refused(
          'nothing-to-answer',
          `Sheaf doesn’t support any control in project ${projectId}, so there is nothing to show.`,
        )
      : refused(
          'nothing-to-answer',
          `No control of project ${projectId} fits in a table.`,
          'Download a sample as JSON.',
        );
  }
  const notes = hasTasks
    ? sample.notes
    : [
        `Project ${projectId} has no tasks, so the task IDs are examples. Replace them with your own.`,
        ...sample.notes,
      ];
  const type = format === 'json' ? 'application/json' : 'text/csv';
  const name = `sheaf-sample-project-${projectId}.${format}`;
  return { ok: true, value: { file: new Blob([sample.text], { type }), name, notes } };
}

async function readForSample(
  session: Session | undefined,
  project: number,
): Promise<Outcome<{ config: LabelConfig; tasks: SampleTask[] }>> {
  if (!session) return notConnected();
  const config = await readConfigOf(session, project);
  if (!config.ok) return config;
  const page = { page: 1, size: triedTasks, query: undefined };
  const tasks = await readTaskData(session.client, project, page);
  return tasks.ok ? { ok: true, value: { config: config.value, tasks: tasks.value.tasks } } : tasks;
}

const noProject = () =>
  refused(
    'project-missing',
    'No project is chosen, so there are no labels for a sample.',
    'Choose a project first.',
  );

async function readConfigOf({ client }: Session, projectId: number): Promise<Outcome<LabelConfig>> {
  const project = await readProject(client, projectId);
  if (!project.ok) return project;
  const read = readConfig(project.value.label_config ?? '');
  if (read.ok) return { ok: true, value: read.config };
  const { message, line, column } = read.problem;
  const where = `line ${line}, column ${column}`;
  return refused(
    'config-unreadable',
    `The labelling config of project ${projectId} is invalid: ${where}: ${message}`,
    'Fix it in Label Studio, in the project’s settings.',
  );
}
