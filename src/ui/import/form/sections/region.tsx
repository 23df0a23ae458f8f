import { useId, useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { FormValues } from '#domain/form/form-values.ts';
import { limits } from '#wire/limits.ts';
import { shorten } from '#wire/text/words.ts';
import { figure } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';
import { regionSummary } from './region-summary.ts';
import { radius } from '#ui/theme/tokens.ts';

interface RegionProps {
  index: number;
  /** Total number of regions. */
  total: number;
  /** True if it is new or was navigated to, so that its JSON must be rendered. */
  isAsked: boolean;
  onMove: (to: number) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** One region: a one-line summary with its JSON collapsed below. */
export function Region({ index, total, isAsked, onMove, onDuplicate, onRemove }: RegionProps) {
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const { field, fieldState } = useController({ control, name: `result.${index}.json` });
  // Regions of a long list start collapsed; after that the user decides.
  const [isOpenAtFirst] = useState(total <= 3 || isAsked);
  // Fifty regions with inputs and buttons are slow, so they are rendered when opened.
  const [wasOpened, setOpened] = useState(isOpenAtFirst);
  const isRendered = wasOpened || isAsked;
  const problem = fieldState.error;
  const name = `Region ${index + 1}`;
  const hasFault = problem?.type === 'error' || problem?.type === 'warning';

  return (
    <Box component="details" open={isOpenAtFirst} onToggle={() => setOpened(true)} sx={card}>
      <summary>
        <Box component="span" sx={{ fontWeight: 'fontWeightMedium', whiteSpace: 'nowrap' }}>
          {name}
        </Box>
        <Box component="span" sx={cut}>
          {shorten(regionSummary(field.value) ?? '', limits.shownUnits)}
        </Box>
        {hasFault && <SeverityLabel severity={problem.type === 'error' ? 'error' : 'warning'} />}
      </summary>
      {isRendered && (
        <FormControl fullWidth error={problem?.type === 'error'} sx={{ px: 2, pb: 2 }}>
          {field.value.length > limits.inputUnits ? (
            <Box sx={{ py: 1, color: 'text.secondary' }}>
              This region has {figure(field.value.length)} characters. Up to {figure(limits.inputUnits)} can
              be edited here. Edit it in the JSON view.
            </Box>
          ) : (
            <OutlinedInput
              id={id}
              name={field.name}
              value={field.value}
              inputRef={field.ref}
              onChange={field.onChange}
              onBlur={field.onBlur}
              multiline
              minRows={3}
              maxRows={16}
              slotProps={{
                input: {
                  'aria-label': `${name} as JSON`,
                  'aria-describedby': `${id}-below`,
                  spellCheck: false,
                },
              }}
              sx={{ fontFamily: 'mono', fontSize: 'body1.fontSize', lineHeight: 1.6 }}
            />
          )}
          <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2 }}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <BelowField id={`${id}-below`} problem={problem} help={undefined} />
            </Box>
            <Box sx={{ flex: 'none', pt: 1 }}>
              <IconButton
                aria-label={`Move ${name} up`}
                disabled={index === 0}
                onClick={() => onMove(index - 1)}
              >
                <UpIcon />
              </IconButton>
              <IconButton
                aria-label={`Move ${name} down`}
                disabled={index === total - 1}
                onClick={() => onMove(index + 1)}
              >
                <DownIcon />
              </IconButton>
              <IconButton aria-label={`Duplicate ${name}`} onClick={onDuplicate}>
                <CopyIcon />
              </IconButton>
              <IconButton aria-label={`Remove ${name}`} onClick={onRemove}>
                <DeleteIcon />
              </IconButton>
            </Box>
          </Box>
        </FormControl>
      )}
    </Box>
  );
}

const cut = {
  flex: 1,
  minWidth: 0,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  color: 'text.secondary',
} as const;

const card = {
  border: 1,
  borderColor: 'divider',
  borderRadius: radius.card,
  bgcolor: 'background.paper',
  '& > summary': { display: 'flex', alignItems: 'center', gap: 2, px: 3, py: 1.5, listStyle: 'none' },
  '& > summary::before': { content: '"▸"', color: 'text.secondary', transition: 'transform 100ms' },
  '&[open] > summary::before': { transform: 'rotate(90deg)' },
} as const;
