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

/** What loads the screens to come, in the order in which they probably do. */
export const screensToCome = [loadImport, loadConnectionPanel, loadDrawer, loadReview, loadRun, loadRuns];

interface AppProps {
  engine: Engine;
  queryClient: QueryClient;
  workbench: WorkbenchStore;
  drafts: Drafts;
}

/** In a lower window, as at 400 % zoom, the page scrolls, so that the bars leave room for the work. */
const leastHeight = 520;

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

/** Everything that can be on screen below the top bar. */
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
  const bench = useSyncExternalStore(workbench.subscribe, workbench.get);
  const screen = chooseScreen(useRoute());
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const isLater = useLater();
  const openSettings = () => setDrawerOpen(true);
  const runs = useRuns(workbench, openSettings);
  const startImport = (connection: Connection) => {
    workbench.connected(connection);
    // Who may create nothing here reads so on the first page.
    if (connection.abilities.some(({ there }) => there)) go({ at: 'import' });
  };
  const reviewValidRows = () => {
    workbench.skipInvalidRows();
    go({ at: 'review' });
  };

  // The engine failing is ours to answer for, on the same page as any other mistake of ours.
  if (bench.crash !== undefined) throw bench.crash;

  const settings = {
    connection: bench.connection,
    isRunning: runs.isRunning,
    onConnected: workbench.connected,
    onDisconnected: workbench.disconnected,
  };

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100dvh', minHeight: leastHeight }}>
      <TopBar screen={screen.name} bench={bench} onSettings={openSettings} isRunning={runs.isRunning} />
      {isLater && (screen.name === 'settings' || screen.name === 'import') && !runs.isRunning && (
        <Suspense>
          <ReturnNotices />
        </Suspense>
      )}
      <Box
        component="main"
        key={screen.name}
        ref={takeLostFocus}
        tabIndex={-1}
        sx={{ flex: 1, minHeight: 0, overflow: 'auto', outline: 'none', position: 'relative' }}
      >
        <Suspense fallback={<ScreenIsWaiting>Loading …</ScreenIsWaiting>}>{show(screen)}</Suspense>
      </Box>
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
            bench={bench}
            settled={workbench.settled}
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
            address={bench.connection?.server.linkBase}
            onNewBatch={() => {
              workbench.changeText('');
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
