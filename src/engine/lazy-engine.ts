import type { Engine } from './engine.ts';
import { callByName, forwardCalls } from './forward-calls.ts';
import type { SessionPart } from './session/session-part.ts';

/**
 * An engine that starts with only the session part. The first call to another part loads all of them, and calls wait in
 * order. If loading fails, the next call tries again.
 */
export function lazyEngine(session: SessionPart, load: () => Promise<Engine>): Engine {
  let loading: Promise<Engine> | undefined;
  const loaded = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
  const lazyPart = <Name extends 'batch' | 'tasks' | 'runs'>(name: Name, own?: Partial<Engine[Name]>) =>
    forwardCalls<Engine[Name]>(
      async (call, args) => callByName<Engine[Name]>((await loaded())[name], call, args),
      own,
    );

  return {
    session: {
      ...session,
      async preload() {
        await loaded();
      },
    },
    batch: lazyPart('batch', {
      // There is no text before the batch part is loaded.
      exportText: async () => (loading ? (await loading).batch.exportText() : undefined),
    }),
    tasks: lazyPart('tasks'),
    runs: lazyPart('runs'),
  };
}
