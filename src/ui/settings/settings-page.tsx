import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { href } from '#ui/state/route.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { Settings, type SettingsProps } from './settings.tsx';

/** The first visit. */
export function SettingsPage(props: Omit<SettingsProps, 'action'>) {
  const isConnected = props.connection !== undefined;
  return (
    <Box sx={{ maxWidth: 560, mx: 'auto', px: { xs: 3, sm: 4 }, py: { xs: 6, sm: 12 } }}>
      <title>Connect · Sheaf</title>
      <Typography variant="h1">{isConnected ? 'Connected' : 'Connect to Label Studio'}</Typography>
      <Typography sx={{ mt: 1, mb: 6, color: 'text.secondary' }}>
        {isConnected
          ? 'What you create is created under this name.'
          : 'Sheaf creates annotations in bulk, and reads every one of them back. Choose where.'}
      </Typography>
      <Settings
        {...props}
        action={
          <Button variant="contained" href={href({ at: 'import' })} ref={takeLostFocus}>
            Import annotations
          </Button>
        }
      />
      {!isConnected && (
        <Typography variant="body2" sx={{ mt: 6, color: 'text.secondary' }}>
          Or <a href={href({ at: 'import' })}>look around first</a> and connect when there is something to
          send.
        </Typography>
      )}
    </Box>
  );
}
