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
