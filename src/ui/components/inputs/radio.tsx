import type { ComponentPropsWithRef } from 'react';
import Box from '@mui/material/Box';

/** The browser's own radio button, in our colour. */
export const Radio = (props: ComponentPropsWithRef<'input'>) => (
  <Box
    component="input"
    type="radio"
    {...props}
    sx={{
      accentColor: 'var(--sheaf-palette-primary-main)',
      width: 16,
      height: 16,
      m: 0,
      mt: 0.5,
      flex: 'none',
    }}
  />
);
