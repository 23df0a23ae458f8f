/** Puts an alert’s button below its text where both don’t fit side by side. */
export const actionBelow = {
  flexWrap: { xs: 'wrap', sm: 'nowrap' },
  alignItems: 'flex-start',
  // Beside the icon.
  '& .MuiAlert-message': { flexBasis: { xs: 'calc(100% - 40px)', sm: 0 } },
  '& .MuiAlert-action': {
    pt: { xs: 0, sm: 1 },
    pb: { xs: 2, sm: 0 },
    pl: { xs: 0, sm: 4 },
    mr: 0,
    ml: { xs: '26px', sm: 'auto' },
  },
} as const;
