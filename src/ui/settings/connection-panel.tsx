import type { ReactNode } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import { fontSize } from '#ui/theme/tokens.ts';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { Connection } from '#engine/session/open-session.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

interface ConnectionPanelProps {
  connection: Connection;
  /** A run needs its connection until it has ended. */
  isRunning: boolean;
  onDisconnect: () => void;
  /** The screen’s main action, if any. */
  action?: ReactNode;
}

/** The connected account and server, with actions. */
export function ConnectionPanel({ connection, isRunning, onDisconnect, action }: ConnectionPanelProps) {
  const { server, user, organisation, edition, version, token, abilities } = connection;
  return (
    <Box
      ref={takeLostFocus}
      tabIndex={-1}
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 5, outline: 'none' }}
    >
      <Box component="dl" sx={facts}>
        <dt>Server</dt>
        <dd>
          {server.name}
          <Box sx={{ color: 'text.secondary', typography: 'body2' }}>{server.base}</Box>
        </dd>
        <dt>You are</dt>
        <dd>
          {user.name}
          {user.role !== undefined && `, ${user.role}`}
          <Box sx={{ color: 'text.secondary', typography: 'body2' }}>{user.email}</Box>
        </dd>
        {organisation !== undefined && (
          <>
            <dt>Organisation</dt>
            <dd>{organisation}</dd>
          </>
        )}
        <dt>Edition</dt>
        <dd>
          {edition}, version {version}
        </dd>
        <dt>Token</dt>
        <dd>
          {tokenKinds[token.kind]}
          {token.expiresAt !== undefined && `, ${expiry(token.expiresAt)}`}
        </dd>
        <dt>Time limit</dt>
        <dd>{server.timeLimitSeconds} seconds a request</dd>
      </Box>

      <section aria-label="What this server can do">
        <Typography variant="h3" component="h2" gutterBottom>
          What you can do here
        </Typography>
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
          {abilities.map(({ text, there }) => (
            <Box component="li" key={text} sx={{ display: 'flex', gap: 2 }}>
              <Box
                component={there ? CheckIcon : CloseIcon}
                aria-hidden
                sx={{
                  fontSize: fontSize.iconLarge,
                  mt: 0.5,
                  color: there ? 'success.main' : 'text.secondary',
                }}
              />
              <Box component="span" sx={there ? {} : { color: 'text.secondary' }}>
                {!there && (
                  <Box component="span" sx={visuallyHidden}>
                    Not available:{' '}
                  </Box>
                )}
                {text}
              </Box>
            </Box>
          ))}
        </Box>
      </section>

      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
        {action}
        <Button variant="outlined" onClick={onDisconnect} disabled={isRunning}>
          Disconnect
        </Button>
        <Box component="span" sx={{ color: 'text.secondary', typography: 'body2' }}>
          {isRunning ? 'A run in progress needs this connection.' : 'to use another server, user or token'}
        </Box>
      </Box>
    </Box>
  );
}

const facts = {
  m: 0,
  display: 'grid',
  gridTemplateColumns: 'max-content 1fr',
  columnGap: 5,
  rowGap: 2,
  '& dt': { color: 'text.secondary' },
  '& dd': { m: 0, overflowWrap: 'anywhere' },
} as const;

const tokenKinds: Record<Connection['token']['kind'], string> = {
  legacy: 'Legacy token',
  personal: 'Personal access token',
  access: 'Access token',
};

function expiry(at: number) {
  const when = new Date(at);
  if (when.getTime() <= Date.now()) return 'expired';
  const isToday = at - Date.now() < 24 * 60 * 60 * 1000;
  return isToday
    ? `good until ${when.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })}`
    : `good until ${when.toLocaleDateString('en', { dateStyle: 'long' })}`;
}
