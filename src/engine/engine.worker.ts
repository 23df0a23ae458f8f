import { expose } from 'comlink';
import { lazyEngine } from './lazy-engine.ts';
import type { CurrentSession } from './session/open-session.ts';
import { createSessionPart } from './session/session-part.ts';

/** Origins that this worker’s `connect-src` has kept it from. */
const blockedOrigins = new Set<string>();
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective === 'connect-src' && URL.canParse(blockedURI))
    blockedOrigins.add(new URL(blockedURI).origin);
});

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const options = {
  fetch: (request: Request) => fetch(request),
  now: () => Date.now(),
  sleep,
  isSecurePage: location.protocol === 'https:',
  // The event may come a moment after the request has failed.
  isBlockedByPolicy: async (base: string) => {
    await sleep(100);
    return blockedOrigins.has(new URL(base).origin);
  },
  // A built worker is in `assets/` beside the page, in any folder of a web server; in development the page is at the root.
  pageBase: new URL(import.meta.env.DEV ? '/' : '..', location.href).href,
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
