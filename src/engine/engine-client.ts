import { proxy, wrap } from 'comlink';
import { transferText } from './batch/transfer-text.ts';
import type { Engine } from './engine.ts';
import { callByName, forwardCalls } from './forward-calls.ts';
// oxlint-disable-next-line import/default -- Vite gives the URL of the built script.
import workerUrl from './engine.worker.ts?worker&url';

/**
 * The screen’s client of the engine, with one worker for each server origin: the web server answers the script’s
 * `?connect-to=<origin>` with a policy that allows connecting only there. A worker that is left forgets its token; all
 * workers share the run store.
 */
export function createEngineClient(): Engine {
  const workers = new Map<string, StartedWorker>();
  const workerFor = (origin: string): StartedWorker => {
    const worker = workers.get(origin) ?? startWorker(origin);
    workers.set(origin, worker);
    // A worker that couldn’t be loaded is started again on the next attempt.
    worker.failed.catch(() => workers.delete(origin));
    return worker;
  };
  const first = workerFor(location.origin);
  let current = first.engine;
  // Requested at once, because the first screen waits only for this.
  const offer = Promise.race([current.session.offer(), first.failed]);
  /** By run: the worker that executes it. All others are read from the store by the current worker. */
  const workerOfRun = new Map<unknown, Engine>();

  /** Forwards a part’s calls to the current worker, or to the one that `choose` returns for their arguments. */
  const part = <Name extends keyof Engine>(
    name: Name,
    own?: Partial<Engine[Name]>,
    choose: (args: unknown[]) => Engine = () => current,
  ) =>
    forwardCalls<Engine[Name]>((call, args) => {
      const sent = args.map((arg) => (typeof arg === 'function' ? proxy(arg) : arg));
      return callByName<Engine[Name]>(choose(args)[name], call, sent);
    }, own);

  async function whileRunning<T>(runId: string, work: (runs: Engine['runs']) => Promise<T>): Promise<T> {
    const worker = current;
    workerOfRun.set(runId, worker);
    try {
      return await work(worker.runs);
    } finally {
      workerOfRun.delete(runId);
    }
  }

  return {
    session: part('session', {
      offer: () => offer,
      async connect(server, token) {
        const { engine: next, failed } = workerFor(new URL(server.base).origin);
        if (next !== current) {
          // Move the text only once the next engine is loaded.
          await Promise.race([next.session.preload(), failed]);
          const [text] = await Promise.all([current.batch.exportText(), current.session.disconnect()]);
          current = next;
          // Not awaited, because later calls reach the worker after this one.
          if (text) void current.batch.importText(transferText(text));
        }
        // Load the other parts while the server answers. If that fails, the next call reports it.
        void current.session.preload().catch(() => {});
        return current.session.connect(server, token);
      },
    }),
    batch: part('batch'),
    tasks: part('tasks'),
    runs: part(
      'runs',
      {
        start: (runId, onChange) => whileRunning(runId, (runs) => runs.start(runId, proxy(onChange))),
        startFirst: (runId, rows, onChange) =>
          whileRunning(runId, (runs) => runs.startFirst(runId, rows, proxy(onChange))),
        checkUnknown: (runId, onChange) =>
          whileRunning(runId, (runs) => runs.checkUnknown(runId, proxy(onChange))),
        sendAgain: (runId, query, onChange) =>
          whileRunning(runId, (runs) => runs.sendAgain(runId, query, proxy(onChange))),
        undo: (runId, choice, onChange) =>
          whileRunning(runId, (runs) => runs.undo(runId, choice, proxy(onChange))),
      },
      ([runId]) => workerOfRun.get(runId) ?? current,
    ),
  };
}

interface StartedWorker {
  /** A worker’s calls have the engine’s own types, because all of them are asynchronous. */
  engine: Engine;
  /** Rejects if the script can’t be loaded; then no call is ever answered. */
  failed: Promise<never>;
}

function startWorker(connectTo: string): StartedWorker {
  const url = new URL(workerUrl, location.href);
  if (connectTo !== location.origin) url.searchParams.set('connect-to', connectTo);
  const worker = new Worker(trusted(url.href) as string, { type: 'module', name: 'engine' });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      // An error in the running script is an ErrorEvent, which the failed call reports.
      if (!(event instanceof ErrorEvent)) reject(new Error(`Failed to load the engine: ${url.href}`));
    });
  });
  return { engine: wrap(worker) as unknown as Engine, failed };
}

/**
 * Whether an error says that a script or style sheet couldn’t be loaded, in the words of browsers, Vite or this file.
 */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && loadFailures.test(error.message);
}

const loadFailures =
  /^(?:TypeError: )?(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS|Failed to load the engine)/i;

/** Under Trusted Types, a worker’s URL must come from a policy. This one allows only the engine’s script. */
function trusted(url: string): unknown {
  policy ??= globalThis.trustedTypes?.createPolicy('sheaf-engine', {
    createScriptURL(candidate) {
      const { origin, pathname } = new URL(candidate);
      if (origin !== location.origin || pathname !== new URL(workerUrl, location.href).pathname)
        throw new TypeError('Only the engine’s own script may be started.');
      return candidate;
    },
  });
  return policy ? policy.createScriptURL(url) : url;
}

let policy: { createScriptURL(url: string): unknown } | undefined;

declare global {
  // Missing in TypeScript’s library.
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL(url: string): string },
        ): { createScriptURL(url: string): unknown };
      }
    | undefined;
}
