import { height } from '#ui/theme/tokens.ts';

/** Chromium's maximum element height is 33.55 million px; a million rows take 32 million. */
export const rowHeight = height.row;

/** Column widths in a narrow and in a wide window. */
const narrow = '96px minmax(96px, 1fr) 120px';
const wide = '96px 96px 112px minmax(120px, 0.6fr) 132px minmax(0, 2fr)';

/** One set of rules for the whole table, since a thousand styled components are slow. */
export const tableLook = {
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  typography: 'body2',
  '&:focus-visible': { outlineOffset: -2 },
  '& .head': { position: 'sticky', top: 0, zIndex: 1, bgcolor: 'sunken.main' },
  '& .body': { position: 'relative' },
  '& .row': { display: 'grid', gridTemplateColumns: { xs: narrow, md: wide }, height: rowHeight },
  '& .body .row': {
    position: 'absolute',
    insetInline: 0,
    borderBottom: 1,
    borderColor: 'divider',
    '&:hover': { bgcolor: 'action.hover' },
  },
  '& .cell': {
    px: 3,
    lineHeight: `${rowHeight - 1}px`,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .number': { textAlign: 'right' },
  '& .wide-only': { display: { xs: 'none', md: 'block' } },
} as const;
