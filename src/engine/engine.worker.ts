import { expose } from 'comlink';
import { createEngine } from './create-engine.ts';

expose(
  createEngine({
    fetch: (request) => fetch(request),
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    isSecurePage: location.protocol === 'https:',
    // The worker's file lies in `assets/` (in development in `src/engine/`); the page is at the root of both.
    pageBase: new URL(import.meta.env.BASE_URL, location.origin).href,
  }),
);
