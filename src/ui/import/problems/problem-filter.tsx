import type { Severity } from '#wire/problem.ts';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import NativeSelect from '@mui/material/NativeSelect';

/** Which problems are listed, and whether similar ones are grouped. */
export interface ProblemFilterState {
  show: 'all' | 'error' | 'warning';
  grouped: boolean;
}

/** Whether a problem of this severity is listed. */
export const isShown = ({ show }: ProblemFilterState, severity: Severity) =>
  show === 'all' || show === severity;

interface ProblemFilterProps {
  filter: ProblemFilterState;
  onFilter: (filter: ProblemFilterState) => void;
}

export function ProblemFilter({ filter, onFilter }: ProblemFilterProps) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
      <NativeSelect
        value={filter.show}
        onChange={({ target }) => onFilter({ ...filter, show: target.value as ProblemFilterState['show'] })}
        inputProps={{ 'aria-label': 'Problems to list' }}
        disableUnderline
        sx={select}
      >
        <option value="all">All</option>
        <option value="error">Errors</option>
        <option value="warning">Warnings</option>
      </NativeSelect>
      <Button
        size="small"
        variant="outlined"
        aria-pressed={filter.grouped}
        onClick={() => onFilter({ ...filter, grouped: !filter.grouped })}
        sx={pressed}
      >
        Group alike
      </Button>
    </Box>
  );
}

const select = {
  border: 1,
  borderColor: 'outline.main',
  borderRadius: 1,
  bgcolor: 'background.paper',
  '& select': { py: '3px', pl: 2, fontSize: 'body2.fontSize' },
} as const;

const pressed = {
  fontWeight: 'fontWeightRegular',
  whiteSpace: 'nowrap',
  '&[aria-pressed=true]': {
    bgcolor: 'sunken.main',
    borderColor: 'text.secondary',
    boxShadow: 'inset 0 0 0 1px currentColor',
  },
} as const;
