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
import { createTasksPart } from './tasks/tasks-part.ts';

export interface EngineOptions extends SessionPartOptions, RunOptions {
  store: RunStore;
  channel: RunChannel;
}

/** Joins the parts. It needs neither a worker nor a page, so specs run it with a sandbox as its `fetch`. */
export function createEngine(
  options: EngineOptions,
  current: CurrentSession = {},
  session = createSessionPart(options, current),
): Engine {
  const configs = configsOfSession(current, options.now);
  const batch = new Batch(configs);
  return {
    session,
    batch: createBatchPart(batch, current),
    tasks: createTasksPart(current, configs),
    runs: createRunsPart(batch, current, options, configs),
  };
}

/** The configs read in the current session; each session starts with none. */
function configsOfSession(current: CurrentSession, now: () => number): () => ProjectConfigs | undefined {
  let known: { session: Session; configs: ProjectConfigs } | undefined;
  return () => {
    const { session } = current;
    if (!session) known = undefined;
    else if (known?.session !== session) {
      const isForBulk = session.connection.edition === 'Enterprise';
      known = { session, configs: new ProjectConfigs(session.client, isForBulk, now) };
    }
    return known?.configs;
  };
}
