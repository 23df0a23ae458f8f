import { Batch } from './batch/batch.ts';
import { createBatchPart } from './batch/batch-part.ts';
import { ProjectConfigs } from './batch/project-configs.ts';
import type { Engine } from './engine.ts';
import type { RunOptions } from './runs/execute-run.ts';
import type { RunChannel } from './runs/run-channel.ts';
import { createRunsPart } from './runs/runs-part.ts';
import type { CurrentSession, Session } from './session/open-session.ts';
import { createSessionPart, type SessionPartOptions } from './session/session-part.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { TaskCache } from './tasks/task-cache.ts';
import { createTasksPart } from './tasks/tasks-part.ts';

export interface EngineOptions extends SessionPartOptions, RunOptions {
  store: RunStore;
  channel: RunChannel;
}

/** Creates an engine from its parts. Needs neither a worker nor a page: specs run it with a sandbox as `fetch`. */
export function createEngine(
  options: EngineOptions,
  current: CurrentSession = {},
  session = createSessionPart(options, current),
): Engine {
  const configs = ofSession(current, ({ client, connection }) => {
    return new ProjectConfigs(client, connection.edition === 'Enterprise', options.now);
  });
  const tasks = ofSession(current, ({ client }) => new TaskCache(client, options.now));
  const batch = new Batch(configs, tasks);
  return {
    session,
    batch: createBatchPart(batch, current, configs),
    tasks: createTasksPart(current, configs, tasks),
    runs: createRunsPart(batch, current, options, configs, tasks),
  };
}

/** Caches what is created once for each session; undefined while disconnected. */
function ofSession<T>(current: CurrentSession, make: (session: Session) => T): () => T | undefined {
  let known: { session: Session; made: T } | undefined;
  return () => {
    const { session } = current;
    if (!session) known = undefined;
    else if (known?.session !== session) known = { session, made: make(session) };
    return known?.made;
  };
}
