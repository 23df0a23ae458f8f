import { useId, useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { CheckSummary } from '#domain/check.ts';
import type { ValueReading } from '#domain/parse/grid/unmatched-values.ts';
import type { Label, NamedLabel } from '#engine/batch/calls/grid-calls.ts';
import { ListNote, PaperWithNote, WindowedListbox } from '#ui/components/inputs/windowed-listbox.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { formatLabel } from '#ui/state/value-words.ts';
import { useLabels } from './use-column-values.ts';

interface ValueRowProps {
  checked: CheckSummary;
  control: string;
  value: ValueReading;
  /** Undefined removes the mapping. */
  onLabel: (label: Label | undefined) => void;
}

/** One value with its rows, and its label: suggested, chosen or none yet. */
export function ValueRow({ checked, control, value, onLabel }: ValueRowProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const { labels, total, isPending } = useLabels(checked, control, search);
  const { written, rows, label, suggestion, isDisplayedName = false } = value;
  const chosen: NamedLabel | null =
    label === undefined
      ? null
      : (labels.find((one) => isSame(one.label, label)) ?? { label, displayed: formatLabel(label) });
  const note = `The first ${figure(labels.length)} of ${count(total, 'label')}. Type to find others.`;
  return (
    <Box sx={layout}>
      <Box id={id} sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', minWidth: 0 }}>
        “{written}”
        {isDisplayedName && suggestion !== undefined && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {' '}
            is how “{formatLabel(suggestion)}” is shown
          </Box>
        )}
      </Box>
      <Box sx={{ color: 'text.secondary', textAlign: 'right', whiteSpace: 'nowrap' }}>
        {count(rows, 'row')}
      </Box>
      <ListNote value={labels.length < total ? note : undefined}>
        <Autocomplete
          value={chosen}
          options={labels}
          slots={{ paper: PaperWithNote }}
          slotProps={{ listbox: { component: WindowedListbox } }}
          onInputChange={(_, input, reason) => setSearch(reason === 'input' ? input : '')}
          getOptionLabel={nameOf}
          getOptionKey={(option) => formatLabel(option.label)}
          isOptionEqualToValue={(option, other) => isSame(option.label, other.label)}
          onChange={(_, option) => onLabel(option?.label)}
          loading={isPending}
          loadingText="Loading the labels …"
          noOptionsText="No label with this name"
          autoHighlight
          size="small"
          sx={field}
          renderInput={({ slotProps, ...params }) => (
            <OutlinedInput
              {...params}
              {...slotProps.input}
              placeholder="Choose a label"
              slotProps={{ input: { ...slotProps.htmlInput, 'aria-label': `“${written}” is read as` } }}
            />
          )}
        />
      </ListNote>
      {label !== undefined ? (
        <Button size="small" aria-describedby={id} onClick={() => onLabel(undefined)}>
          Remove
        </Button>
      ) : suggestion !== undefined ? (
        <Button size="small" variant="outlined" aria-describedby={id} onClick={() => onLabel(suggestion)}>
          Read as “{formatLabel(suggestion)}”
        </Button>
      ) : (
        <span />
      )}
    </Box>
  );
}

const isSame = (one: Label, other: Label) => formatLabel(one) === formatLabel(other);

/** The displayed name, with the value in results if it differs. */
const nameOf = ({ label, displayed }: NamedLabel) =>
  displayed === formatLabel(label) ? displayed : `${displayed} (${formatLabel(label)})`;

/** Lower than a form field, because there may be many. */
const field = {
  minWidth: 0,
  '& .MuiOutlinedInput-root.MuiInputBase-sizeSmall': { py: 0, bgcolor: 'background.paper' },
  '& .MuiOutlinedInput-root.MuiInputBase-sizeSmall .MuiAutocomplete-input': {
    py: '3px',
    pl: 1,
    fontSize: 'body2.fontSize',
  },
} as const;

const layout = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  alignItems: 'center',
  columnGap: 2,
  px: 4,
  py: 1,
  '& > button': { justifySelf: 'end', maxWidth: 150, overflowWrap: 'anywhere' },
} as const;
