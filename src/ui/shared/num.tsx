import Box from '@mui/material/Box';
import { figure } from './numbers.ts';

/** A number among others, for comparing down a column. */
export function Num({ children }: { children: number }) {
  return (
    <Box component="span" sx={{ display: 'block', textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}>
      {figure(children)}
    </Box>
  );
}
