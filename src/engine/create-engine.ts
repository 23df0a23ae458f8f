import { v4 as uuid } from 'uuid';
import { listProjects, readProject, type ProjectInList } from '#api/projects.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { prepareRun } from '#run/prepare.ts';
import { chooseRoute } from '#run/routes/choose-route.ts';
import { Batch } from './bench.ts';
import type { Engine, ProjectSummary } from './engine.ts';
import { handedOver, takenOver } from './hand-over.ts';
import { notConnected } from './not-connected.ts';
import { bytesOf, readFile } from './read-file.ts';
import { ProjectConfigs } from './project-configs.ts';
import { Runs, type RunClock } from './runs.ts';
import { makeExample, makeExampleRegion, makeSample } from './samples.ts';
import type { Session } from './session.ts';
import { createSignIn, type SignInOptions } from './sign-in.ts';
import { taskCalls } from './task-list.ts';

export interface EngineOptions extends SignInOptions, RunClock {}

/**
 * Makes the engine, around a sign-in that may have happened already. It needs nothing of a worker or a page, so a spec
 * can have one with a sandbox for its `fetch`.
 */
export function createEngine(options: EngineOptions, signIn = createSignIn(options)): Engine {
  const bench = new Batch();
  const runs = new Runs(options);
  let session: Session | undefined;
  signIn.follow((next) => {
    session = next;
    const isForBulk = next?.connection.edition === 'Enterprise';
    bench.configs = next && new ProjectConfigs(next.client, isForBulk, options.now);
  });

  return {
    ...signIn.calls,
    async getReady() {},

    async projects(title) {
      if (!session) return notConnected();
      const page = await listProjects(session.client, title);
      if (!page.ok) return page;
      return { ok: true, value: { projects: page.value.results.map(summaryOf), total: page.value.count } };
    },
    async project(id) {
      if (!session) return notConnected();
      const project = await readProject(session.client, id);
      return project.ok ? { ok: true, value: summaryOf(project.value) } : project;
    },

    ...taskCalls(() => session && bench.configs && { session, configs: bench.configs }),

    async openFile(file) {
      const read = await readFile(file);
      return read.ok ? { ok: true, text: bench.open(read.text) } : read;
    },
    textAsFile: async () => new Blob([bench.text.bytes], { type: 'text/plain' }),
    async takeBack(file) {
      const bytes = await bytesOf(file);
      return bytes && bench.open(SourceText.ofOwn(bytes));
    },
    check: (told) => bench.check(told),
    type: async (change) => bench.type(change),
    part: async (asked) => bench.part(asked),
    placeOfLine: async (line) => bench.placeOfLine(line),
    edit: async (edits) => bench.edit(edits),
    hold: async (slice) => bench.hold(slice),
    putHeld: async (place) => bench.putHeld(place),
    bringBack: async (version) => bench.bringBack(version),
    handOver: async () => handedOver(bench.handOver()),
    takeOver: async (texts) => bench.takeOver(takenOver(texts)),
    entries: async (from, to) => bench.summaries(from, to),
    async chooseProject(id) {
      bench.projectId = id;
    },

    async chooseReading(choice) {
      bench.choice = choice;
    },

    readEntry: async (entry) => bench.read(entry),
    checkEntry: async (values) => bench.judge(values),
    readAnswers: async (values) => bench.readAnswers(values),
    writeEntry: async (entry, values) => bench.write(entry, values),
    addEntry: async () => bench.add(),
    duplicateEntry: async (entry) => bench.duplicate(entry),
    removeEntry: async (entry) => bench.remove(entry),
    gridHead: async () => bench.gridHead(),
    gridRows: async (rows) => bench.gridRows(rows),
    columnValues: async () => bench.columnValues(),
    labels: async (control) => bench.labels(control),
    rowsWithProblems: async () => bench.rowsWithProblems(),
    writeCell: async (row, column, words) => bench.writeCell(row, column, words),
    fix: async (problem, scope) => bench.fix(problem, scope),
    writeAsRequests: async () => bench.writeAsRequests(),
    repair: async () => bench.repair(),
    applyRepair: async () => bench.applyRepair(),
    format: async () => bench.format(),
    example: () => makeExample(session, bench.projectId),
    exampleRegion: () => makeExampleRegion(session, bench.projectId),
    async sample(format) {
      return session ? makeSample(session, bench.projectId, format) : notConnected();
    },

    async plan({ selection, leaveOut = false }) {
      if (!session) return notConnected();
      const hindrance = bench.whyNoPlan(leaveOut);
      if (hindrance) return hindrance;
      const source = bench.source();
      const { route, reason } = chooseRoute(session.connection.edition);
      const id = uuid();
      const { parsed } = bench.checkup;
      const { rows, selections } = bench.rows();
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
      return { ok: true, value: runs.add(prepared.value, source, route, reason, session) };
    },
    planGroups: async (planId, from, to) => runs.groups(planId, from, to),
    run: async (planId, onChange) => runs.submit(planId, signedIn(session), onChange),
    resume: async (runId, onChange) => runs.submit(runId, signedIn(session), onChange),
    readBackAgain: async (runId, onChange) => runs.readUnknownAgain(runId, signedIn(session), onChange),
    stop: async (runId) => runs.stop(runId),
    runView: async (runId) => runs.view(runId),
    rows: async (runId, query, from, to) => runs.window(runId, query, from, to),
    restFile: async (runId) => runs.rest(runId),
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

/** A run is only offered to somebody who is signed in; without one it is a mistake of the screen. */
function signedIn(session: Session | undefined): Session {
  if (!session) throw new Error('Not connected to a server.');
  return session;
}
