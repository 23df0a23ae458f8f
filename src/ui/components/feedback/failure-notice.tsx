import type { ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import type { Failure } from '#wire/failure.ts';
import { TextWithCode } from '#ui/components/data-display/text-with-code.tsx';

interface FailureNoticeProps {
  failure: Failure;
  /** Buttons that may resolve the failure. */
  children?: ReactNode;
}

/** A failure where it happened: message, fix and the server’s message. */
export function FailureNotice({ failure, children }: FailureNoticeProps) {
  // Stopped by the user, so there is nothing to report.
  if (failure.kind === 'stopped') return null;
  return (
    <Alert severity="error">
      <AlertTitle component="div">{failure.message}</AlertTitle>
      {failure.hint !== undefined && (
        <div>
          <TextWithCode>{failure.hint}</TextWithCode>
        </div>
      )}
      <ServerSays failure={failure} />
      {children !== undefined && (
        <Box sx={{ mt: 2, display: 'flex', gap: 2, flexWrap: 'wrap' }}>{children}</Box>
      )}
    </Alert>
  );
}

function ServerSays({ failure: { kind, status, serverSays, fields } }: { failure: Failure }) {
  const isStatus = kind === 'status' && status !== undefined;
  if (serverSays === undefined && fields === undefined && !isStatus) return null;
  return (
    <Box sx={{ mt: 1, color: 'text.secondary', typography: 'body2' }}>
      {isStatus && <div>The server answered {status}.</div>}
      {serverSays !== undefined && <div>It said: “{serverSays}”</div>}
      {fields && (
        <Box component="ul" sx={{ m: 0, pl: 5 }}>
          {Object.entries(fields).map(([field, messages]) => (
            <li key={field}>
              <code>{field}</code>: {messages.join(' ')}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}
