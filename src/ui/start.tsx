import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient } from '@tanstack/react-query';
import { isLoadFailure } from '#engine/engine-client.ts';
import type { Engine } from '#engine/engine.ts';
import { App, screensToCome } from './app.tsx';
import { carryDraft, takeCarried } from '#ui/state/drafts/carried-text.ts';
import type { DraftStore } from '#ui/state/drafts/draft-store.ts';
import { claimTab } from '#ui/state/drafts/draft-tab.ts';
import { keepDrafts } from '#ui/state/drafts/keep-drafts.ts';
import { offerQuery } from '#ui/state/offer-query.ts';
import { untilRoute } from '#ui/state/route.ts';
import { createWorkbench } from '#ui/state/workbench.ts';

/** If the server’s offer takes longer than this, the first screen is drawn without it. */
const maxWaitMs = 100;

/** Background loading starts after this time, so that it can’t delay the first interactions. */
const loadAfterMs = 500;

/** Draws the first screen, then loads the others in the background. */
export async function start(engine: Engine) {
  const workbench = createWorkbench(engine);
  // A click can also load a part: a file to open, another server. No screen handles these failures.
  addEventListener('unhandledrejection', (event) => {
    if (!isLoadFailure(event.reason)) return;
    event.preventDefault();
    workbench.crashed(event.reason);
  });
  const isBatchAsked = untilRoute(({ at }) => at === 'import' || at === 'review');
  let loadOthers = () => {};
  const isFirstDone = new Promise<void>((resolve) => {
    loadOthers = resolve;
  });
  const drafts = keepDrafts({
    workbench,
    store: lazyDraftStore(Promise.race([isBatchAsked, isFirstDone])),
    tab: claimTab(),
    isBatchShown: isBatchAsked.then(untilVisible),
    carried: { take: takeCarried, put: carryDraft },
    page: window,
  });

  // Failed calls are values that a screen shows with their fix, so queries never retry.
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false } },
  });
  const offered = queryClient.prefetchQuery(offerQuery(engine));
  await Promise.race([offered, pause(maxWaitMs)]);

  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App engine={engine} queryClient={queryClient} workbench={workbench} drafts={drafts} />
    </StrictMode>,
  );

  await offered;
  await pause(loadAfterMs);
  // A slow page may not have drawn the first screen yet.
  await untilIdle();
  loadOthers();
  // A failed load is retried, and reported, where the part is needed.
  void engine.session.preload().catch(() => {});
  for (const load of screensToCome) {
    await untilIdle();
    await load().catch(() => {});
  }
}

/** A store that isn’t part of the first screen. If it can’t be loaded, the browser counts as one without storage. */
function lazyDraftStore(isNeeded: Promise<unknown>): DraftStore {
  let loading: Promise<DraftStore | undefined> | undefined;
  const load = () =>
    (loading ??= isNeeded
      .then(() => import('#ui/state/drafts/draft-store.ts'))
      .then(
        ({ draftStore }) => draftStore,
        () => (loading = undefined),
      ));
  return {
    list: async () => (await load())?.list(),
    read: async (id) => (await load())?.read(id),
    async write(id, draft) {
      const store = await load();
      return store ? store.write(id, draft) : 'unavailable';
    },
    remove: async (ids) => (await load())?.remove(ids),
    markOpening: async (id) => (await load())?.markOpening(id),
  };
}

/** Browsers don’t draw background tabs, so whether the page survives its draft shows only later. */
const untilVisible = () =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    check();
  });

const pause = (milliseconds: number) =>
  new Promise<unknown>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Resolves when the page is idle. Screens are loaded one by one, so that none blocks input. */
const untilIdle = () =>
  // Safari lacks requestIdleCallback.
  'requestIdleCallback' in window
    ? new Promise<unknown>((resolve) => {
        requestIdleCallback(resolve, { timeout: 2000 });
      })
    : pause(50);
