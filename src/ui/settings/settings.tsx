import { lazy, Suspense, type ReactNode } from 'react';
import { useLater } from '#ui/components/use-later.ts';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { Connection } from '#engine/session/open-session.ts';
import { offerQuery } from '#ui/state/offer-query.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { SettingsForm } from './settings-form.tsx';
import { href } from '#ui/state/route.ts';

export interface SettingsProps {
  connection: Connection | undefined;
  isRunning: boolean;
  onConnected: (connection: Connection) => void;
  onDisconnected: () => void;
  /** The main action once connected, if any. */
  action?: ReactNode;
}

/** Not needed before there is a connection. */
export const loadConnectionPanel = () => import('./connection-panel.tsx');
const ConnectionPanel = lazy(() =>
  loadConnectionPanel().then((module) => ({ default: module.ConnectionPanel })),
);
const PlainHttpNotice = lazy(() =>
  import('./plain-http-notice.tsx').then((module) => ({ default: module.PlainHttpNotice })),
);
const DraftSettings = lazy(() =>
  import('#ui/drafts/draft-settings.tsx').then((module) => ({ default: module.DraftSettings })),
);

/** The current connection or a form to connect, and the drafts of this browser. */
export function Settings(props: SettingsProps) {
  const isLater = useLater();
  return (
    <>
      <ConnectionSettings {...props} />
      <Suspense>{isLater && <DraftSettings />}</Suspense>
    </>
  );
}

function ConnectionSettings({ connection, isRunning, onConnected, onDisconnected, action }: SettingsProps) {
  const engine = useEngine();
  const offer = useQuery({ ...offerQuery(engine), throwOnError: true });

  async function disconnect() {
    await engine.session.disconnect();
    onDisconnected();
  }

  if (connection) {
    return (
      <Suspense>
        <ConnectionPanel
          connection={connection}
          isRunning={isRunning}
          onDisconnect={() => void disconnect()}
          action={action}
        />
      </Suspense>
    );
  }
  if (!offer.data) return <Waiting>Loading the servers …</Waiting>;
  return (
    <Box ref={takeLostFocus} tabIndex={-1} sx={{ outline: 'none' }}>
      <SettingsForm offer={offer.data} onConnected={onConnected} />
    </Box>
  );
}

/** The settings as a screen, for the first visit. */
export function SettingsPage(props: Omit<SettingsProps, 'action'>) {
  const isConnected = props.connection !== undefined;
  return (
    <Box sx={{ maxWidth: 560, mx: 'auto', px: { xs: 3, sm: 4 }, py: { xs: 6, sm: 12 } }}>
      <title>Connect · Sheaf</title>
      <Typography variant="h1">{isConnected ? 'Connected' : 'Connect to Label Studio'}</Typography>
      <Typography sx={{ mt: 1, mb: 6, color: 'text.secondary' }}>
        {isConnected
          ? 'Annotations will be created under this account.'
          : 'Create annotations in bulk and verify every one. Choose a server.'}
      </Typography>
      <Settings
        {...props}
        action={
          <Button variant="contained" href={href({ at: 'import' })} ref={takeLostFocus}>
            Import annotations
          </Button>
        }
      />
      <Suspense>{!window.isSecureContext && <PlainHttpNotice />}</Suspense>
      {!isConnected && (
        <Typography variant="body2" sx={{ mt: 6, color: 'text.secondary' }}>
          Or <a href={href({ at: 'import' })}>explore first</a> and connect later.
        </Typography>
      )}
    </Box>
  );
}
