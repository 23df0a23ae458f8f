import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { loadConnectionPanel, SettingsPage } from '#ui/settings/settings.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { go, useRoute, type Route } from '#ui/state/route.ts';
import { DropArea } from '#ui/components/inputs/drop-area.tsx';
import { useLater } from '#ui/components/use-later.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { theme } from '#ui/theme/theme.ts';
import { TopBar } from './top-bar.tsx';
import type { Drafts } from '#ui/state/drafts/keep-drafts.ts';
import { DraftsContext } from '#ui/state/drafts/use-drafts.ts';
import { EngineContext } from '#ui/state/use-engine.ts';
import { useRuns } from '#ui/state/runs/use-runs.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { WorkbenchStore } from '#ui/state/workbench.ts';

const loadImport = () => import('#ui/import/import-screen.tsx');
const loadReview = () => import('#ui/review/review-screen.tsx');
const loadRun = () => import('#ui/runs/run-page.tsx');
const loadRuns = () => import('#ui/runs/list/runs-screen.tsx');
const loadDrawer = () => import('./settings/settings-drawer.tsx');

const ImportScreen = lazy(() => loadImport().then((module) => ({ default: module.ImportScreen })));
const Review = lazy(() => loadReview().then((module) => ({ default: module.ReviewScreen })));
const RunPage = lazy(() => loadRun().then((module) => ({ default: module.RunPage })));
const RunList = lazy(() => loadRuns().then((module) => ({ default: module.RunsScreen })));
const ReturnNotices = lazy(() =>
  import('#ui/runs/list/return-notices.tsx').then((module) => ({ default: module.ReturnNotices })),
);
const SettingsDrawer = lazy(() => loadDrawer().then((module) => ({ default: module.SettingsDrawer })));

/** Loads the next screens in advance, in probable order. */
export const screensToCome = [loadImport, loadConnectionPanel, loadDrawer, loadReview, loadRun, loadRuns];

interface AppProps {
  engine: Engine;
  queryClient: QueryClient;
  workbench: WorkbenchStore;
  drafts: Drafts;
}

/** In a low window, such as at 400 % zoom, the page scrolls, so that the bars leave room for the content. */
const minHeight = 520;

export function App({ engine, queryClient, workbench, drafts }: AppProps) {
  return (
    <ThemeProvider theme={theme} noSsr modeStorageKey="sheaf-theme" colorSchemeStorageKey="sheaf-scheme">
      <CssBaseline enableColorScheme />
      <ErrorBoundary engine={engine} workbench={workbench}>
        <EngineContext value={engine}>
          <QueryClientProvider client={queryClient}>
            <DraftsContext value={drafts}>
              <Shell workbench={workbench} />
            </DraftsContext>
          </QueryClientProvider>
        </EngineContext>
      </ErrorBoundary>
    </ThemeProvider>
  );
}

/** The content below the top bar. */
type Screen =
  | { name: 'settings' }
  | { name: 'import' }
  | { name: 'review' }
  | { name: 'runs' }
  | { name: 'results'; runId: string };

function chooseScreen(route: Route): Screen {
  switch (route.at) {
    case 'start':
      return { name: 'settings' };
    case 'import':
      return { name: 'import' };
    case 'review':
      return { name: 'review' };
    case 'runs':
      return { name: 'runs' };
    case 'run':
      return { name: 'results', runId: route.id };
  }
}

function Shell({ workbench }: { workbench: WorkbenchStore }) {
  const state = useSyncExternalStore(workbench.subscribe, workbench.get);
  const screen = chooseScreen(useRoute());
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const isLater = useLater();
  const openSettings = () => setDrawerOpen(true);
  const runs = useRuns(workbench, openSettings);
  const startImport = (connection: Connection) => {
    workbench.connected(connection);
    // Without permission to create anything, the message about it stays on the connect page.
    if (connection.abilities.some(({ there }) => there)) go({ at: 'import' });
  };
  const importFiles = (files: readonly File[]) => {
    workbench.dropFiles(files);
    go({ at: 'import' });
  };
  const reviewValidRows = () => {
    workbench.skipInvalidRows();
    go({ at: 'review' });
  };

  // A crashed engine is a bug, so the error boundary shows it.
  if (state.crash !== undefined) throw state.crash;

  const settings = {
    connection: state.connection,
    isRunning: runs.isRunning,
    onConnected: workbench.connected,
    onDisconnected: workbench.disconnected,
  };

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100dvh', minHeight: minHeight }}>
      <TopBar screen={screen.name} workbench={state} onSettings={openSettings} isRunning={runs.isRunning} />
      {isLater && (screen.name === 'settings' || screen.name === 'import') && !runs.isRunning && (
        <Suspense>
          <ReturnNotices />
        </Suspense>
      )}
      <DropArea onFiles={importFiles}>
        <Box
          component="main"
          key={screen.name}
          ref={takeLostFocus}
          tabIndex={-1}
          sx={{ flex: 1, minHeight: 0, overflow: 'auto', outline: 'none', position: 'relative' }}
        >
          <Suspense fallback={<ScreenIsWaiting>Loading …</ScreenIsWaiting>}>{show(screen)}</Suspense>
        </Box>
      </DropArea>
      {isDrawerOpen && (
        <Suspense>
          <SettingsDrawer {...settings} onClose={() => setDrawerOpen(false)} />
        </Suspense>
      )}
    </Box>
  );

  function show(shown: Screen) {
    switch (shown.name) {
      case 'settings':
        return <SettingsPage {...settings} onConnected={startImport} />;
      case 'import':
        return (
          <ImportScreen
            workbench={workbench}
            onReview={() => go({ at: 'review' })}
            onReviewValidRows={reviewValidRows}
          />
        );
      case 'review':
        return (
          <Review
            workbench={state}
            checks={workbench}
            runs={runs}
            onSettings={openSettings}
            onReviewValidRows={reviewValidRows}
          />
        );
      case 'runs':
        return <RunList />;
      case 'results':
        return (
          <RunPage
            key={shown.runId}
            runId={shown.runId}
            runs={runs}
            address={state.connection?.server.linkBase}
            onNewBatch={() => {
              workbench.clear();
              go({ at: 'import' });
            }}
          />
        );
    }
  }
}

const ScreenIsWaiting = ({ children }: { children: string }) => (
  <Box sx={{ p: 6 }}>
    <Waiting>{children}</Waiting>
  </Box>
);
