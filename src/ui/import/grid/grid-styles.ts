import { fontSize, height } from '#ui/theme/tokens.ts';

/** Chromium's maximum element height is 33.55 million px; a million rows take 28 million. */
export const rowHeight = height.rowDense;
export const headHeight = height.gridHead;

export const numberWidth = 80;

/** `aria-colindex` of the first column; the row number has 1. */
export const firstColumn = 2;

/** In px. For columns beyond the measured ones, so that positions are known before loading. */
export const columnWidth = 176;

const tinted = (tone: 'error' | 'warning') => ({
  bgcolor: `${tone}.tint`,
  boxShadow: `inset 0 -2px var(--sheaf-palette-${tone}-solid)`,
  '& .sign': { color: `${tone}.main` },
});

/** One set of rules for the whole grid, because a thousand styled components are slow. */
export const gridStyle = {
  position: 'relative',
  minHeight: 1,
  typography: 'body2',
  outline: 'none',
  '& .head': {
    position: 'sticky',
    top: 0,
    zIndex: 3,
    height: headHeight,
    bgcolor: 'sunken.main',
    borderBottom: 1,
    borderColor: 'outline.quiet',
    fontWeight: 'fontWeightMedium',
  },
  '& .body': { position: 'relative' },
  '& .row': { display: 'flex', height: 1 },
  '& .body .row': {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    height: rowHeight,
    borderBottom: 1,
    borderColor: 'divider',
  },
  '& .body .row:has(.editing)': { zIndex: 2 },
  '& .number': {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    flex: 'none',
    width: numberWidth,
    px: 2,
    textAlign: 'right',
    color: 'text.secondary',
    bgcolor: 'sunken.main',
    borderRight: 1,
    borderColor: 'divider',
    lineHeight: `${rowHeight - 1}px`,
  },
  '& .number .sign': { float: 'left', height: rowHeight - 1 },
  '& .error-sign': { color: 'error.main' },
  '& .warning-sign': { color: 'warning.main' },
  '& .head .number': { color: 'text.primary', lineHeight: `${headHeight - 1}px` },
  '& .cell': {
    position: 'absolute',
    top: 0,
    bottom: 0,
    display: 'flex',
    alignItems: 'center',
    gap: 1,
    px: 2,
    borderLeft: 1,
    borderColor: 'divider',
    cursor: 'cell',
  },
  '& .head .cell': { p: 0, cursor: 'auto' },
  '& .head button': {
    all: 'unset',
    boxSizing: 'border-box',
    width: 1,
    height: 1,
    px: 2,
    pt: 1.5,
    cursor: 'pointer',
    '&:hover, &[aria-expanded=true]': { bgcolor: 'sunken.pressed' },
    '& .title': { display: 'flex', alignItems: 'center' },
    '& .title span': { flex: 1 },
    '& .title svg': { flex: 'none', color: 'text.secondary' },
    '& .what': { display: 'block', color: 'primary.main', fontSize: fontSize.small },
    '&.unused': { color: 'text.secondary', fontWeight: 'fontWeightRegular', '& .what': { color: 'inherit' } },
    '& span': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  },
  '& .edge': {
    position: 'absolute',
    top: 0,
    bottom: 0,
    right: 0,
    width: 8,
    cursor: 'col-resize',
    touchAction: 'none',
    '@media (pointer: coarse)': { width: 20 },
    '&:hover, &:active': { borderRight: 2, borderColor: 'primary.main' },
  },
  '& .words': {
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'pre',
  },
  '& .was': { color: 'text.secondary', textDecoration: 'line-through' },
  '& .sign': { flex: 'none', fontSize: fontSize.icon },
  '& .error': tinted('error'),
  '& .warning': tinted('warning'),
  '& .ignored .words': { color: 'text.secondary' },
  '& [aria-selected=true]': { outline: '1px solid', outlineColor: 'outline.main', outlineOffset: '-1px' },
  '&:focus-visible [aria-selected=true]': {
    outline: '2px solid',
    outlineColor: 'primary.main',
    outlineOffset: '-2px',
  },
  '& .editing': { p: 0, zIndex: 2, outline: 'none !important' },
} as const;
