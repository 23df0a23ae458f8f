import { expose, transfer } from 'comlink';
import { buffersOf } from './buffers-of.ts';
import { createEngine } from './create-engine.ts';
import type { Engine } from './engine.ts';

const engine = createEngine({
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  isSecurePage: location.protocol === 'https:',
  // The worker's file lies in `assets/` (in development in `src/engine/`); the page is at the root of both.
  pageBase: new URL(import.meta.env.BASE_URL, location.origin).href,
});

expose({
  ...engine,
  // Moved, not copied: the page that passes it on must not stand still for it.
  async handOver() {
    const texts = await engine.handOver();
    return transfer(texts, buffersOf(texts));
  },
} satisfies Engine);
