import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient } from '@tanstack/react-query';
import type { Engine } from '#engine/engine.ts';
import { App, screensToCome } from './app.tsx';
import { takeCarriedText } from './shared/carried-text.ts';
import { keepDraft } from './shared/keep-draft.ts';
import { offerQuery } from './shared/offer-query.ts';
import { createWorkbench } from './shared/workbench.ts';

/** A screen that waits for something shows that from here on; what comes sooner needs no screen that waits. */
const patienceMs = 100;

/** Draws the first screen; what comes after it is fetched while it is being read. */
export async function start(engine: Engine) {
  const workbench = createWorkbench(engine);
  workbench.changeText(takeCarriedText());
  void keepDraft(workbench);

  // Outcomes are values: a failed call to a server is shown with its way out, not tried again behind the screen's back.
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false } },
  });
  const offered = queryClient.prefetchQuery(offerQuery(engine));
  await Promise.race([offered, new Promise((resolve) => setTimeout(resolve, patienceMs))]);

  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App engine={engine} queryClient={queryClient} workbench={workbench} />
    </StrictMode>,
  );

  await offered;
  await leisure();
  // What fails to come now is asked for again when it is needed, and is told of there.
  void engine.getReady().catch(() => {});
  for (const load of screensToCome) {
    await leisure();
    await load().catch(() => {});
  }
}

/** One piece at a time, each when the page has nothing else to do, so that none of them is in a person's way. */
function leisure() {
  return new Promise<unknown>((resolve) => {
    // Safari has no such call.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout: 2000 });
    else setTimeout(resolve, 200);
  });
}
