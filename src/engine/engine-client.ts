import { proxy, transfer, wrap, type Remote } from 'comlink';
import { buffersOf } from './buffers-of.ts';
import type { Engine } from './engine.ts';
// oxlint-disable-next-line import/default -- Vite gives the URL of the built script.
import workerUrl from './engine.worker.ts?worker&url';

/**
 * The screen's side of the engine.
 *
 * Each worker is bound to one origin: its script is asked for with `?connect-to=<origin>`, and the server of the page
 * answers with a policy that lets this worker connect there and nowhere else. So each origin has a worker of its own.
 * The one that is left forgets its token, and stays to answer for its runs, which go on when one comes back to it.
 */
export function createEngineClient(): Engine {
  const workers = new Map<string, Remote<Engine>>();
  const workerFor = (origin: string): Remote<Engine> => {
    const worker = workers.get(origin) ?? startWorker(origin);
    workers.set(origin, worker);
    return worker;
  };
  let current = workerFor(location.origin);
  // Asked at once, for the first screen waits for nothing else.
  const offer = current.offer();
  const homes = new Map<string, Remote<Engine>>();
  const homeOf = (runId: string): Remote<Engine> => homes.get(runId) ?? current;

  return {
    offer: () => offer,
    async connect(server, token) {
      const next = workerFor(new URL(server.base).origin);
      if (next !== current) {
        // Nothing is handed to an engine that could not be loaded.
        await next.getReady();
        const [texts] = await Promise.all([current.handOver(), current.disconnect()]);
        current = next;
        // Whatever is asked of it from now on comes after.
        void current.takeOver(transfer(texts, buffersOf(texts)));
      }
      // Whoever is connected goes on, so the rest is loaded while the server answers. What fails is told by the next call.
      void current.getReady().catch(() => {});
      return current.connect(server, token);
    },
    disconnect: () => current.disconnect(),
    getReady: () => current.getReady(),
    projects: (title) => current.projects(title),
    project: (id) => current.project(id),
    taskPage: (project, asked) => current.taskPage(project, asked),
    foundTasks: (project, search) => current.foundTasks(project, search),
    taskViews: (project) => current.taskViews(project),
    tasksOfView: (view) => current.tasksOfView(view),
    taskImage: (url) => current.taskImage(url),
    readTaskIds: (text) => current.readTaskIds(text),
    writeTaskIds: (ids) => current.writeTaskIds(ids),
    openFile: (file) => current.openFile(file),
    textAsFile: () => current.textAsFile(),
    takeBack: (file) => current.takeBack(file),
    check: (told) => current.check(told),
    type: (change) => current.type(change),
    part: (asked) => current.part(asked),
    placeOfLine: (line) => current.placeOfLine(line),
    edit: (edits) => current.edit(edits),
    hold: (slice) => current.hold(slice),
    putHeld: (place) => current.putHeld(place),
    bringBack: (version) => current.bringBack(version),
    handOver: () => current.handOver(),
    takeOver: (texts) => current.takeOver(texts),
    chooseReading: (choice) => current.chooseReading(choice),
    writeAsRequests: () => current.writeAsRequests(),
    entries: (from, to) => current.entries(from, to),
    chooseProject: (id) => current.chooseProject(id),
    readEntry: (entry) => current.readEntry(entry),
    checkEntry: (values) => current.checkEntry(values),
    readAnswers: (values) => current.readAnswers(values),
    writeEntry: (entry, values) => current.writeEntry(entry, values),
    addEntry: () => current.addEntry(),
    duplicateEntry: (entry) => current.duplicateEntry(entry),
    removeEntry: (entry) => current.removeEntry(entry),
    gridHead: () => current.gridHead(),
    gridRows: (rows) => current.gridRows(rows),
    columnValues: () => current.columnValues(),
    labels: (control) => current.labels(control),
    rowsWithProblems: () => current.rowsWithProblems(),
    writeCell: (row, column, words) => current.writeCell(row, column, words),
    fix: (problem, scope) => current.fix(problem, scope),
    repair: () => current.repair(),
    applyRepair: () => current.applyRepair(),
    format: () => current.format(),
    example: () => current.example(),
    exampleRegion: () => current.exampleRegion(),
    sample: (format) => current.sample(format),
    async plan(choices) {
      const planned = await current.plan(choices);
      if (planned.ok) homes.set(planned.value.id, current);
      return planned;
    },
    run: (planId, onChange) => homeOf(planId).run(planId, proxy(onChange)),
    resume: (runId, onChange) => homeOf(runId).resume(runId, proxy(onChange)),
    readBackAgain: (runId, onChange) => homeOf(runId).readBackAgain(runId, proxy(onChange)),
    stop: (runId) => homeOf(runId).stop(runId),
    runView: (runId) => homeOf(runId).runView(runId),
    rows: (runId, query, from, to) => homeOf(runId).rows(runId, query, from, to),
    restFile: (runId) => homeOf(runId).restFile(runId),
    planGroups: (planId, from, to) => homeOf(planId).planGroups(planId, from, to),
    exportRows: (runId, query, format) => homeOf(runId).exportRows(runId, query, format),
  };
}

function startWorker(connectTo: string): Remote<Engine> {
  const url = new URL(workerUrl, location.href);
  if (connectTo !== location.origin) url.searchParams.set('connect-to', connectTo);
  return wrap<Engine>(new Worker(trusted(url.href) as string, { type: 'module', name: 'engine' }));
}

/** Under Trusted Types a worker's URL must come from a policy. This one lets nothing pass but the engine's own script. */
function trusted(url: string): unknown {
  policy ??= globalThis.trustedTypes?.createPolicy('sheaf-engine', {
    createScriptURL(candidate) {
      const { origin, pathname } = new URL(candidate);
      if (origin !== location.origin || pathname !== new URL(workerUrl, location.href).pathname)
        throw new TypeError('Only the engine may be started.');
      return candidate;
    },
  });
  return policy ? policy.createScriptURL(url) : url;
}

let policy: { createScriptURL(url: string): unknown } | undefined;

declare global {
  // Not in TypeScript's own library.
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL(url: string): string },
        ): { createScriptURL(url: string): unknown };
      }
    | undefined;
}
