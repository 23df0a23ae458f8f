import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient } from '@tanstack/react-query';
import { isLoadFailure } from '#engine/engine-client.ts';
import type { Engine } from '#engine/engine.ts';
import { App, screensToCome } from './app.tsx';
import { takeCarriedText } from '#ui/state/drafts/carried-text.ts';
import { draftStore } from '#ui/state/drafts/draft-store.ts';
import { claimTab } from '#ui/state/drafts/draft-tab.ts';
import { keepDrafts } from '#ui/state/drafts/keep-drafts.ts';
import { offerQuery } from '#ui/state/offer-query.ts';
import { untilRoute } from '#ui/state/route.ts';
import { createWorkbench } from '#ui/state/workbench.ts';

/** The first screen is drawn without its offer only where that takes longer than this. */
const patienceMs = 100;

/** Nobody is through with the first screen sooner, and until then the page is all theirs. */
const readingMs = 500;

/** Draws the first screen. What comes after it is fetched while it is being read. */
export async function start(engine: Engine) {
  const workbench = createWorkbench(engine);
  // Parts are also loaded by clicks: a file to open, another server. No screen waits for those.
  addEventListener('unhandledrejection', (event) => {
    if (!isLoadFailure(event.reason)) return;
    event.preventDefault();
    workbench.crashed(event.reason);
  });
  const drafts = keepDrafts({
    workbench,
    store: draftStore,
    tab: claimTab(),
    isBatchShown: untilRoute(({ at }) => at === 'import' || at === 'review').then(untilVisible),
    takeCarried: takeCarriedText,
    page: window,
  });

  // Outcomes are values: a failed call to a server is shown with its way out, not tried again behind the screen's back.
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false } },
  });
  const offered = queryClient.prefetchQuery(offerQuery(engine));
  await Promise.race([offered, pause(patienceMs)]);

  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App engine={engine} queryClient={queryClient} workbench={workbench} drafts={drafts} />
    </StrictMode>,
  );

  await offered;
  await pause(readingMs);
  // What does not come now is asked for again where it is needed, and told of there.
  void engine.session.preload().catch(() => {});
  for (const load of screensToCome) {
    await leisure();
    await load().catch(() => {});
  }
}

/** Browsers don’t draw a tab in the background, so whether it survives its draft shows only later. */
const untilVisible = () =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });

const pause = (milliseconds: number) =>
  new Promise<unknown>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Until the page has nothing else to do. One screen at a time, so that none of them is in anybody's way. */
const leisure = () =>
  // Safari does not know when that is.
  'requestIdleCallback' in window
    ? new Promise<unknown>((resolve) => {
        requestIdleCallback(resolve, { timeout: 2000 });
      })
    : pause(50);
