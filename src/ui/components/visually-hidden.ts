import type { Theme } from '@mui/material/styles';

/** For text that only screen readers need. */
export const visuallyHidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  m: '-1px',
  p: 0,
  border: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

/** For the words of a button that has an icon on a phone. Screen readers still read them. */
export const hiddenOnPhone = (theme: Theme) => ({ [theme.breakpoints.down('sm')]: visuallyHidden });

/** For the icon that a button has on a phone only. */
export const phoneOnly = { display: { sm: 'none' } } as const;
