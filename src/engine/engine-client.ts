import { proxy, wrap } from 'comlink';
import { transferText } from './batch/transfer-text.ts';
import type { Engine } from './engine.ts';
import { callByName, forwardCalls } from './forward-calls.ts';
// oxlint-disable-next-line import/default -- Vite gives the URL of the built script.
import workerUrl from './engine.worker.ts?worker&url';

/**
 * The screen's side of the engine. Each server origin has a worker of its own: the page's server answers the script's
 * `?connect-to=<origin>` with a policy that lets this worker connect there only. A worker that is left forgets its token;
 * runs are in a store that all of them share.
 */
export function createEngineClient(): Engine {
  const workers = new Map<string, StartedWorker>();
  const workerFor = (origin: string): StartedWorker => {
    const worker = workers.get(origin) ?? startWorker(origin);
    workers.set(origin, worker);
    // One that couldn't be loaded is started again by the next attempt.
    worker.failed.catch(() => workers.delete(origin));
    return worker;
  };
  const first = workerFor(location.origin);
  let current = first.engine;
  // Asked at once, since the first screen waits only for this.
  const offer = Promise.race([current.session.offer(), first.failed]);
  /** Where runs are being carried out; all others are read from the store, by whichever engine is connected. */
  const workerOfRun = new Map<unknown, Engine>();

  /** Forwards a part's calls to the current worker, or to the one that `choose` finds by their arguments. */
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
          // Moves the text only once the next engine is completely loaded.
          await Promise.race([next.session.preload(), failed]);
          const [text] = await Promise.all([current.batch.exportText(), current.session.disconnect()]);
          current = next;
          // Not awaited: later calls reach the worker after this one.
          if (text) void current.batch.importText(transferText(text));
        }
        // Loads the other parts while the server answers. If that fails, the next call reports it.
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
  /** Its calls have the engine's own types, since all of them are asynchronous. */
  engine: Engine;
  /** Rejects if its script can’t be loaded: no call of it is ever answered then. */
  failed: Promise<never>;
}

function startWorker(connectTo: string): StartedWorker {
  const url = new URL(workerUrl, location.href);
  if (connectTo !== location.origin) url.searchParams.set('connect-to', connectTo);
  const worker = new Worker(trusted(url.href) as string, { type: 'module', name: 'engine' });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      // An error in the running script is an ErrorEvent, and answered by the call that it ends.
      if (!(event instanceof ErrorEvent)) reject(new Error(`Failed to load the engine: ${url.href}`));
    });
  });
  return { engine: wrap(worker) as unknown as Engine, failed };
}

/** True for the error of a script or style sheet that can’t be loaded, in the words of the browsers, of Vite and of this file. */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && loadFailures.test(error.message);
}

const loadFailures =
  /^(?:TypeError: )?(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS|Failed to load the engine)/i;

/** Under Trusted Types a worker's URL must come from a policy. This one allows only the engine's own script. */
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
