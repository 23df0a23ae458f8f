import { expose, transfer } from 'comlink';
import { buffersOf } from './buffers-of.ts';
import type { EngineOptions } from './create-engine.ts';
import type { Engine } from './engine.ts';
import { engineInParts } from './engine-in-parts.ts';
import { createSignIn } from './sign-in.ts';

const options: EngineOptions = {
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  isSecurePage: location.protocol === 'https:',
  // The worker's file lies in `assets/` (in development in `src/engine/`); the page is at the root of both.
  pageBase: new URL(import.meta.env.BASE_URL, location.origin).href,
};

// The first screen waits for the offer alone, so all that reads, checks and sends a batch is loaded after it.
const signIn = createSignIn(options);
expose(
  engineInParts(signIn.calls, { handOver: async () => [] }, async () => {
    const { createEngine } = await import('./create-engine.ts');
    return handingOverWithoutCopies(createEngine(options, signIn));
  }),
);

/** What is handed over is moved: the page that passes it on must not stand still for it. */
function handingOverWithoutCopies(engine: Engine): Engine {
  return {
    ...engine,
    async handOver() {
      const texts = await engine.handOver();
      return transfer(texts, buffersOf(texts));
    },
  };
}
