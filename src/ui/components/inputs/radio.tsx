import type { ComponentPropsWithRef } from 'react';
import Box from '@mui/material/Box';
import { radius } from '#ui/theme/tokens.ts';

/** A native radio button styled like MUI's. */
export const Radio = (props: ComponentPropsWithRef<'input'>) => (
  <Box
    component="input"
    type="radio"
    {...props}
    sx={{
      appearance: 'none',
      color: 'text.secondary',
      border: '2px solid',
      borderRadius: radius.round,
      '&:checked': {
        color: 'primary.main',
        backgroundImage: 'radial-gradient(circle, currentColor 3.5px, transparent 4.5px)',
      },
      '&:disabled': { color: 'text.disabled' },
      '@media (forced-colors: active)': { appearance: 'auto' },
      width: 16,
      height: 16,
      m: 0,
      mt: 0.5,
      flex: 'none',
    }}
  />
);
