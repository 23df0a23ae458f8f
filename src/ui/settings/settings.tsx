import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { Connection } from '#engine/engine.ts';
import { offerQuery } from '#ui/state/offer-query.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { SettingsForm } from './settings-form.tsx';

export interface SettingsProps {
  connection: Connection | undefined;
  isRunning: boolean;
  onConnected: (connection: Connection) => void;
  onDisconnected: () => void;
  /** The main action once connected, where the place has one. */
  action?: ReactNode;
}

/** The settings, wherever they are shown: the connection there is, or the form that makes one. */
export function Settings({ connection, isRunning, onConnected, onDisconnected, action }: SettingsProps) {
  const engine = useEngine();
  const offer = useQuery({ ...offerQuery(engine), throwOnError: true });

  async function disconnect() {
    await engine.disconnect();
    onDisconnected();
  }

  if (connection) {
    return (
      <ConnectionPanel
        connection={connection}
        isRunning={isRunning}
        onDisconnect={() => void disconnect()}
        action={action}
      />
    );
  }
  if (!offer.data) return <Waiting>Asking this page’s server what it offers …</Waiting>;
  return (
    <Box ref={takeLostFocus} tabIndex={-1} sx={{ outline: 'none' }}>
      <SettingsForm offer={offer.data} onConnected={onConnected} />
    </Box>
  );
}
