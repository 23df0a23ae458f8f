import { v4 as uuid } from 'uuid';
import { listProjects, readProject, type ProjectAnswer, type ProjectInList } from '#api/projects.ts';
import { readServerOffer } from '#api/server-offer.ts';
import { firstTaskIds } from '#api/tasks.ts';
import { checkForm } from '#domain/check-form.ts';
import { exampleRegion, exampleRequest } from '#domain/example.ts';
import { formatJson } from '#domain/format.ts';
import { prepareRun } from '#run/prepare.ts';
import { chooseRoute } from '#run/routes/choose-route.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { writeJson } from '#wire/json.ts';
import { Bench } from './bench.ts';
import type { Engine, Project, ProjectSummary } from './engine.ts';
import { ProjectConfigs } from './project-configs.ts';
import { Runs, type RunClock } from './runs.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface EngineOptions extends SessionOptions, RunClock {
  /** The page's own folder, where `sheaf.json` is looked for. */
  pageBase: string;
}

/** Makes the engine. It needs nothing of a worker or a page, so a spec can have one with a sandbox for its `fetch`. */
export function createEngine(options: EngineOptions): Engine {
  const bench = new Bench();
  const runs = new Runs(options);
  let session: Session | undefined;
  /** The chosen project, as the server told it; asked until it is known. */
  let chosen: Promise<Outcome<ProjectAnswer>> | undefined;

  const chosenProject = async (): Promise<ProjectAnswer | undefined> => {
    if (!session || bench.projectId === undefined) return undefined;
    chosen ??= readProject(session.client, bench.projectId);
    const project = await chosen;
    if (!project.ok) chosen = undefined;
    return project.ok ? project.value : undefined;
  };

  return {
    offer: () => readServerOffer(options.fetch, options.pageBase),

    async connect(server, token) {
      const opened = await openSession(server, token, options);
      if (!opened.ok) return opened;
      session = opened.value;
      chosen = undefined;
      const isForBulk = session.connection.edition === 'Enterprise';
      bench.configs = new ProjectConfigs(session.client, isForBulk, options.now);
      return { ok: true, value: session.connection };
    },
    async disconnect() {
      session = undefined;
      bench.configs = undefined;
      chosen = undefined;
    },

    async projects(title) {
      if (!session) return notConnected();
      const page = await listProjects(session.client, title);
      if (!page.ok) return page;
      return { ok: true, value: { projects: page.value.results.map(summaryOf), total: page.value.count } };
    },
    async project(id) {
      if (!session) return notConnected();
      const project = await readProject(session.client, id);
      return project.ok ? { ok: true, value: projectOf(project.value) } : project;
    },

    check: (text) => bench.checkWithConfigs(text),
    entries: async (from, to) => bench.summaries(from, to),
    async chooseProject(id) {
      if (id !== bench.projectId) chosen = undefined;
      bench.projectId = id;
    },

    readEntry: async (entry) => bench.read(entry),
    checkEntry: async (values) => checkForm(values, bench.configOf),
    writeEntry: async (entry, values) => bench.write(entry, values),
    addEntry: async () => bench.add(),
    duplicateEntry: async (entry) => bench.duplicate(entry),
    removeEntry: async (entry) => bench.remove(entry),
    format: async (text) => formatJson(text),
    async example() {
      const project = await chosenProject();
      if (!session || !project) return { ok: true, value: exampleRequest(undefined, [], bench.projectId) };
      const tasks = await firstTaskIds(session.client, project.id, 3);
      if (!tasks.ok) return tasks;
      return {
        ok: true,
        value: exampleRequest(project.parsed_label_config ?? undefined, tasks.value, project.id),
      };
    },
    exampleRegion: async () =>
      formatJson(writeJson(exampleRegion((await chosenProject())?.parsed_label_config ?? undefined))),

    async plan({ selection }) {
      if (!session) return notConnected();
      const { route, why } = chooseRoute(session.connection.edition);
      const id = uuid();
      const { parsed, rows, selections } = bench.checkup;
      const prepared = await prepareRun({
        client: session.client,
        route,
        entries: parsed.entries,
        rows,
        selections,
        chosenProject: bench.projectId,
        selectionsAsIs: selection === 'as-is',
        author: session.connection.user.id,
        id,
        // Eight digits of the run's id: short enough for a region's id, and enough to tell runs apart on one task.
        tag: `sheaf-${id.slice(0, 8)}`,
      });
      if (!prepared.ok) return prepared;
      return { ok: true, value: runs.add(prepared.value, route, why, session) };
    },
    run: async (planId, onChange) => runs.submit(planId, signedIn(session), onChange),
    resume: async (runId, onChange) => runs.submit(runId, signedIn(session), onChange),
    readBackAgain: async (runId, onChange) => runs.readUnknownAgain(runId, signedIn(session), onChange),
    stop: async (runId) => runs.stop(runId),
    runView: async (runId) => runs.view(runId),
    rows: async (runId, query, from, to) => runs.window(runId, query, from, to),
    exportRows: async (runId, query, format) => runs.file(runId, query, format),
  };
}

function summaryOf(project: ProjectInList): ProjectSummary {
  return {
    id: project.id,
    title: project.title ?? `Project ${project.id}`,
    tasks: project.task_number ?? 0,
    annotations: project.total_annotations_number ?? 0,
  };
}

function projectOf(project: ProjectAnswer): Project {
  return {
    ...summaryOf(project),
    labelConfig: project.label_config ?? '',
    suitableForBulk: project.config_suitable_for_bulk_annotation !== false,
  };
}

function notConnected<T>(): Outcome<T> {
  const failure: Failure = {
    kind: 'input',
    reason: 'token-missing',
    message: 'Not connected to a server.',
    wayOut: 'Connect to a server first.',
    fromLabelStudio: false,
  };
  return { ok: false, failure };
}

/** A run is only offered to somebody who is signed in; without one it is a mistake of the screen. */
function signedIn(session: Session | undefined): Session {
  if (!session) throw new Error('Not connected to a server.');
  return session;
}
