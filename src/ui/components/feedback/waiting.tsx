import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';

/** A progress indicator with the name of what is loading. */
export function Waiting({ children }: { children: string }) {
  return (
    <Box
      role="status"
      sx={{ display: 'flex', alignItems: 'center', gap: 3, minHeight: 40, color: 'text.secondary' }}
    >
      <CircularProgress size={16} thickness={5} color="primary" aria-hidden />
      {children}
    </Box>
  );
}

/** Appears after a delay, for what usually takes no time. */
export const onlyWhenSlow = {
  '@keyframes appear': { from: { opacity: 0 } },
  animation: 'appear 0s 400ms backwards',
} as const;
