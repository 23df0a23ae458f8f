import { expose } from 'comlink';
import { lazyEngine } from './lazy-engine.ts';
import type { CurrentSession } from './session/open-session.ts';
import { createSessionPart } from './session/session-part.ts';

/** Origins that were blocked by this worker’s `connect-src`. */
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
  // The event may arrive shortly after the request has failed.
  isBlockedByPolicy: async (base: string) => {
    await sleep(100);
    return blockedOrigins.has(new URL(base).origin);
  },
  // In a build, the worker is in `assets/` beside the page; in development, the page is at the root.
  pageBase: new URL(import.meta.env.DEV ? '/' : '..', location.href).href,
};

// The first screen needs only the session part; the others are loaded after it.
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
