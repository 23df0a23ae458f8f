import PreviewIcon from '@mui/icons-material/VisibilityOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { RowDecision } from '#engine/runs/review-choices.ts';
import type { ReviewRow } from '#engine/runs/review.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { figure } from '#ui/components/numbers.ts';
import { Swatch } from '#ui/components/data-display/card.tsx';
import { rowKinds } from '#ui/review/cards/comparison.tsx';
import { radius } from '#ui/theme/tokens.ts';
import { RowMenu } from './row-menu.tsx';

interface RowCellsProps {
  row: ReviewRow;
  unit: 'request' | 'row';
  hasTexts: boolean;
  isNarrow: boolean;
  canDecide: boolean;
  onShow: () => void;
  onPreview: (button: HTMLElement) => void;
  onDecide: (decision: RowDecision | undefined) => void;
}

/** The cells of one row, with the buttons to preview it and to decide about it. */
export function RowCells({
  row,
  unit,
  hasTexts,
  isNarrow,
  canDecide,
  onShow,
  onPreview,
  onDecide,
}: RowCellsProps) {
  const number = figure(row.entry + 1);
  return (
    <>
      <td className="number">
        <Box
          component="button"
          type="button"
          title="Show in Import"
          aria-label={`Show ${unit} ${number} in Import`}
          onClick={onShow}
          sx={jump}
        >
          {number}
        </Box>
      </td>
      <td className="number">
        <a href={row.link} target="_blank" rel="noreferrer">
          {row.task}
        </a>
      </td>
      {hasTexts && (
        <Box component="td" sx={{ color: 'text.secondary', maxWidth: 0, minWidth: 160 }}>
          <Box sx={oneLine}>{row.text}</Box>
        </Box>
      )}
      <td>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            width: 'max-content',
            minWidth: 90,
            maxWidth: { xs: 160, lg: 260 },
          }}
        >
          {row.labels.map((label) => (
            <Box component="span" key={label} title={label} sx={chip}>
              {label}
            </Box>
          ))}
          {row.moreLabels > 0 && `and ${figure(row.moreLabels)} more`}
        </Box>
        {isNarrow && <State row={row} />}
      </td>
      {!isNarrow && (
        <Box component="td" sx={{ minWidth: 216 }}>
          <State row={row} />
        </Box>
      )}
      <td>
        <Box sx={{ display: 'flex', flexDirection: isNarrow ? 'column' : 'row', rowGap: 2 }}>
          <IconButton
            className="preview"
            title="Preview"
            aria-label={`Preview ${unit} ${number}, task ${row.task}`}
            onClick={(event) => onPreview(event.currentTarget)}
            sx={{ my: '-4px' }}
          >
            <PreviewIcon fontSize="small" />
          </IconButton>
          {/* Unsendable rows can’t be decided. */}
          {!row.isUnavailable && (
            <RowMenu
              label={`Decide about ${unit} ${number}, task ${row.task}`}
              decision={row.decision}
              canDecide={canDecide}
              onDecide={onDecide}
            />
          )}
        </Box>
      </td>
    </>
  );
}

/** The task’s existing labels, and what happens to the row. */
function State({ row }: { row: ReviewRow }) {
  return (
    <>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', whiteSpace: 'nowrap' }}>
        <Swatch color={rowKinds[row.kind].color} />
        {rowKinds[row.kind].title}
        {(row.kind === 'same' || row.kind === 'other') && (row.byMe ? ', by you' : ', by others')}
      </Box>
      {row.existing !== undefined && <Box sx={note}>{row.existing}</Box>}
      {row.isRepeated && <Box sx={note}>Task has several rows</Box>}
      {row.skipped !== undefined && <Box sx={note}>Skipped: {row.skipped}</Box>}
      {row.decision === 'create' && <Box sx={note}>Created because you chose so</Box>}
    </>
  );
}

const note = { color: 'text.secondary', overflowWrap: 'anywhere' } as const;

const jump = {
  font: 'inherit',
  color: 'primary.main',
  textDecoration: 'underline',
  bgcolor: 'transparent',
  border: 0,
  p: 0,
  cursor: 'pointer',
} as const;

const chip = {
  px: 1.5,
  borderRadius: radius.small,
  bgcolor: 'sunken.hover',
  maxWidth: 160,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
