import { expose } from 'comlink';
import type { EngineOptions } from './create-engine.ts';
import type { RunChannel, RunMessage } from './runs/run-channel.ts';
import { lazyEngine } from './lazy-engine.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import { memoryLocks } from '#run/store/run-locks.ts';
import type { CurrentSession } from './session/open-session.ts';
import { createSessionPart } from './session/session-part.ts';

const options: EngineOptions = {
  store: memoryStore(),
  locks: memoryLocks(),
  channel: runChannel(),
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  isSecurePage: location.protocol === 'https:',
  // The worker's file is in `assets/` (in development in `src/engine/`); the page is at the root of both.
  pageBase: new URL(import.meta.env.BASE_URL, location.origin).href,
};

function runChannel(): RunChannel {
  const channel = new BroadcastChannel('sheaf-runs');
  return {
    post: (message) => channel.postMessage(message),
    listen: (onMessage) =>
      channel.addEventListener('message', ({ data }: MessageEvent<RunMessage>) => onMessage(data)),
  };
}

// The first screen only needs the session part, so the others are loaded after it.
const current: CurrentSession = {};
const session = createSessionPart(options, current);
expose(
  lazyEngine(session, async () => {
    const { createEngine } = await import('./create-engine.ts');
    return createEngine(options, current, session);
  }),
);
