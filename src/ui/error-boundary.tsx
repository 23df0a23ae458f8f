import { Component, type ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { isLoadFailure } from '#engine/engine-client.ts';
import type { Engine } from '#engine/engine.ts';
import { count } from '#ui/components/numbers.ts';
import { carryText } from '#ui/state/drafts/carried-text.ts';
import { download } from '#ui/components/download.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import { LoadFailure } from './load-failure.tsx';

interface Props {
  engine: Engine;
  workbench: WorkbenchStore;
  children: ReactNode;
}

interface State {
  error: unknown;
}

/** Shows a bug, with actions that keep the current text. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  retry = () => {
    this.props.workbench.recover();
    this.setState({ error: undefined });
  };

  reload = async () => {
    await carryText(this.props.workbench.textAsFile());
    window.location.reload();
  };

  saveText = async () => download(await this.props.workbench.textAsFile(), 'sheaf-batch.txt');

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const hasText = this.props.workbench.get().text.length > 0;
    if (isLoadFailure(error))
      return (
        <LoadFailure
          engine={this.props.engine}
          hasText={hasText}
          onReload={() => void this.reload()}
          onSaveText={() => void this.saveText()}
        />
      );
    return (
      <Box component="main" sx={{ maxWidth: 640, mx: 'auto', p: 6 }}>
        <Alert severity="error">
          <AlertTitle component="h1">Sheaf has a problem</AlertTitle>
          <p>
            This is a bug in Sheaf, not a mistake in your batch.
            {hasText && ' Your text isn’t lost.'}
          </p>
          <Box component="pre" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0 }}>
            {messageOf(error)}
          </Box>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 4 }}>
            <Button variant="contained" onClick={this.retry}>
              Try again
            </Button>
            <Button variant="outlined" onClick={() => void this.reload()}>
              Reload the page
            </Button>
            {hasText && (
              <Button variant="outlined" onClick={() => void this.saveText()}>
                Save the text as a file
              </Button>
            )}
          </Box>
        </Alert>
      </Box>
    );
  }
}

/** A message may contain the text that caused it. */
const maxMessage = 1000;

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : (JSON.stringify(error) ?? 'undefined');
  if (message.length <= maxMessage) return message;
  return `${message.slice(0, maxMessage)}… (${count(message.length, 'character')})`;
}
