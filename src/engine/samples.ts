import { readProject } from '#api/projects.ts';
import { firstTaskIds } from '#api/tasks.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { readConfig } from '#config/read/read-config.ts';
import { exampleRegion, exampleRequest } from '#domain/samples/example.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { sampleCsv, sampleJson } from '#domain/samples/sample.ts';
import type { FailureReason, Outcome } from '#wire/failure.ts';
import { writeJson } from '#wire/json.ts';
import type { SampleFile } from './engine.ts';
import type { Session } from './session.ts';

/** So many requests of a sample have a task of their own; no sample shows more. */
const maxTasks = 100;

/** A request that fits the chosen project or, without one, the commonest config there is. */
export async function makeExample(
  session: Session | undefined,
  projectId: number | undefined,
): Promise<Outcome<string>> {
  if (!session || projectId === undefined)
    return { ok: true, value: exampleRequest(undefined, [], projectId) };
  const config = await readConfigOf(session, projectId);
  if (!config.ok && config.failure.reason !== 'config-unreadable') return config;
  const tasks = await firstTaskIds(session.client, projectId, 3);
  if (!tasks.ok) return tasks;
  return { ok: true, value: exampleRequest(config.ok ? config.value : undefined, tasks.value, projectId) };
}

/** A region to start from is better than none, so here a project that cannot be read is as good as none. */
export async function makeExampleRegion(
  session: Session | undefined,
  projectId: number | undefined,
): Promise<string> {
  const config =
    session && projectId !== undefined ? await readConfigOf(session, projectId) : { ok: false as const };
  return formatJson(writeJson(exampleRegion(config.ok ? config.value : undefined)));
}

/** A batch made of the chosen project's own labels and tasks, as a file. */
export async function makeSample(
  session: Session,
  projectId: number | undefined,
  format: 'json' | 'csv',
): Promise<Outcome<SampleFile>> {
  if (projectId === undefined) {
    return refused(
      'project-missing',
      'No project is chosen, so there are no labels to make a sample of.',
      'Choose a project first.',
    );
  }
  const config = await readConfigOf(session, projectId);
  if (!config.ok) return config;
  const tasks = await firstTaskIds(session.client, projectId, maxTasks);
  if (!tasks.ok) return tasks;
  const hasTasks = tasks.value.length > 0;
  const ids = hasTasks ? tasks.value : Array.from({ length: maxTasks }, (_, index) => index + 1);

  const sample = format === 'json' ? sampleJson(config.value, ids, projectId) : sampleCsv(config.value, ids);
  if (sample === undefined) {
    return format === 'json'
      ? refused('nothing-to-answer', `Sheaf knows no answer to anything in project ${projectId}.`)
      : refused(
          'nothing-to-answer',
          `Nothing that project ${projectId} asks can be answered in a table.`,
          'Download a sample as JSON.',
        );
  }
  const notes = hasTasks
    ? sample.notes
    : [`Project ${projectId} has no tasks, so the task ids are made up: put your own in.`, ...sample.notes];
  const type = format === 'json' ? 'application/json' : 'text/csv';
  const name = `sheaf-sample-project-${projectId}.${format}`;
  return { ok: true, value: { file: new Blob([sample.text], { type }), name, notes } };
}

async function readConfigOf({ client }: Session, projectId: number): Promise<Outcome<LabelConfig>> {
  const project = await readProject(client, projectId);
  if (!project.ok) return project;
  const read = readConfig(project.value.label_config ?? '');
  if (read.ok) return { ok: true, value: read.config };
  const { message, line, column } = read.problem;
  const where = `line ${line}, column ${column}`;
  return refused(
    'config-unreadable',
    `The labelling config of project ${projectId} cannot be understood: ${where}: ${message}`,
    'Mend it in Label Studio, in the settings of the project.',
  );
}

function refused<T>(reason: FailureReason, message: string, hint?: string): Outcome<T> {
  const failure = { kind: 'input' as const, reason, message, fromLabelStudio: false };
  return { ok: false, failure: hint === undefined ? failure : { ...failure, hint } };
}
