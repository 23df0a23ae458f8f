import type { Breakpoint, Theme } from '@mui/material/styles';

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

/** For words without which a narrow window can do. Screen readers still read them. */
export const hiddenBelow = (width: Breakpoint | number) => (theme: Theme) => ({
  [theme.breakpoints.down(width)]: visuallyHidden,
});

/** For the words of a button that has an icon on a phone. */
export const hiddenOnPhone = hiddenBelow('sm');

/** For the icon that a button has on a phone only. */
export const phoneOnly = { display: { sm: 'none' } } as const;
