import { expose } from 'comlink';
import { lazyEngine } from './lazy-engine.ts';
import type { CurrentSession } from './session/open-session.ts';
import { createSessionPart } from './session/session-part.ts';

const options = {
  fetch: (request: Request) => fetch(request),
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  isSecurePage: location.protocol === 'https:',
  // The worker's file is in `assets/` (in development in `src/engine/`); the page is at the root of both.
  pageBase: new URL(import.meta.env.BASE_URL, location.origin).href,
};

// The first screen only needs the session part, so the others are loaded after it.
const current: CurrentSession = {};
const session = createSessionPart(options, current);
expose(
  lazyEngine(session, async () => {
    const [{ createEngine }, { browserStorage }] = await Promise.all([
      import('./create-engine.ts'),
      import('./browser-storage.ts'),
    ]);
    return createEngine({ ...options, ...browserStorage(options) }, current, session);
  }),
);
