import type { CSSProperties } from 'react';
import { height } from '#ui/theme/tokens.ts';

export const rowHeight = height.row;
/** In a narrow window a row has two lines. */
export const narrowRowHeight = 58;
/** Chromium’s maximum element height is 33.55 million px. Above this many rows, each has one line in any window. */
export const maxTwoLineRows = 500_000;

/** Column widths in a narrow window. */
const narrow = '84px minmax(96px, 1fr) 108px 140px';

/** The column widths as CSS, and their total minimum width. */
export function widthsOf(columns: readonly { width: [min: number, share: number] }[]): CSSProperties {
  const tracks = columns.map(({ width: [least, part] }) =>
    part === 0 ? `${least}px` : `minmax(${least}px, ${part}fr)`,
  );
  const least = columns.reduce((sum, { width }) => sum + width[0], 0);
  return { '--columns': tracks.join(' '), '--least-width': `${least}px` } as CSSProperties;
}

/** One set of rules for the whole table, because a thousand styled components are slow. */
export const tableStyles = {
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  typography: 'body2',
  '&:focus-visible': { outlineOffset: -2 },
  '& .head, & .body': { minWidth: { md: 'var(--least-width)' } },
  '& .head': { position: 'sticky', top: 0, zIndex: 1, bgcolor: 'sunken.main' },
  '& .body': { position: 'relative' },
  '& .row': { display: 'grid', gridTemplateColumns: { xs: narrow, md: 'var(--columns)' }, height: rowHeight },
  '& .body .row': {
    position: 'absolute',
    insetInline: 0,
    borderBottom: 1,
    borderColor: 'divider',
    cursor: 'pointer',
    '&:hover': { bgcolor: 'action.hover' },
    '&[aria-current]': {
      bgcolor: 'action.selected',
      boxShadow: 'inset 3px 0 var(--sheaf-palette-wheat-main)',
    },
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
  // Label and annotation above, state and task below.
  '&.two-lines .head': { display: 'none' },
  '&.two-lines .row': {
    height: narrowRowHeight,
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateAreas: '"label annotation" "state task"',
    alignContent: 'center',
  },
  '&.two-lines .cell': { lineHeight: '22px' },
  '&.two-lines .of-task': { gridArea: 'task', color: 'text.secondary', '&::before': { content: '"Task "' } },
  // The task’s text comes first; the task ID is in the details.
  '&.two-lines.with-text .row': { gridTemplateAreas: '"text label" "state annotation"' },
  '&.two-lines .of-text': { display: 'block', gridArea: 'text' },
  '&.two-lines.with-text .of-task': { display: 'none' },
  '&.two-lines.with-text .of-label': { textAlign: 'right' },
  '&.two-lines .of-label': { gridArea: 'label' },
  '&.two-lines .of-annotation': { gridArea: 'annotation' },
  // On the narrowest phones it reaches under the labels, beside a short ID.
  '&.two-lines .of-state': { gridArea: 'state', overflow: 'visible' },
} as const;
