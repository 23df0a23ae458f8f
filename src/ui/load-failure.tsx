import { useEffect, useState } from 'react';
import Alert, { type AlertColor } from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Engine } from '#engine/engine.ts';

type DeployedPage = Awaited<ReturnType<Engine['session']['deployedPage']>>;

interface LoadFailureProps {
  engine: Engine;
  hasText: boolean;
  onReload: () => void;
  onSaveText: () => void;
}

/** Shown if a part of Sheaf can’t be loaded, usually because its web server has a newer version. */
export function LoadFailure({ engine, hasText, onReload, onSaveText }: LoadFailureProps) {
  const [deployed, setDeployed] = useState<DeployedPage>();
  useEffect(() => {
    const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? '';
    // An engine that was never loaded doesn’t answer; then the general message stays.
    void engine.session.deployedPage(script).then(setDeployed, () => setDeployed('unreachable'));
  }, [engine]);
  const { severity, title, text } = words[deployed ?? 'asking'];

  return (
    <Box component="main" sx={{ maxWidth: 640, mx: 'auto', p: 6 }}>
      <title>{`${title} · Sheaf`}</title>
      <Alert severity={severity} aria-live="polite">
        <AlertTitle component="h1">{title}</AlertTitle>
        <p>
          {text}
          {hasText && ' Your text isn’t lost.'}
        </p>
        <p>If a run was in progress in this tab, you can resume it under Runs.</p>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 4 }}>
          <Button variant="contained" onClick={onReload}>
            Reload
          </Button>
          {hasText && (
            <Button variant="outlined" onClick={onSaveText}>
              Save the text as a file
            </Button>
          )}
        </Box>
      </Alert>
    </Box>
  );
}

const words: Record<DeployedPage | 'asking', { severity: AlertColor; title: string; text: string }> = {
  asking: {
    severity: 'info',
    title: 'A part of Sheaf couldn’t be loaded',
    text: 'Looking for the reason …',
  },
  newer: {
    severity: 'info',
    title: 'A newer version is available',
    text: 'Sheaf was updated after you opened this page. Reload it to go on.',
  },
  unreachable: {
    severity: 'error',
    title: 'Can’t reach Sheaf’s server',
    text: 'A part of Sheaf couldn’t be loaded, because the server that this page came from doesn’t answer. Check your connection, then reload.',
  },
  same: {
    severity: 'error',
    title: 'A part of Sheaf is missing on its server',
    text: 'Reload the page. If that doesn’t help, ask whoever deployed Sheaf to copy all of its files.',
  },
};
