import ClearIcon from '@mui/icons-material/Close';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { RowState } from '#domain/results/account.ts';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { CopyButton } from '#ui/components/inputs/copy-button.tsx';
import { figure } from '#ui/components/numbers.ts';
import { StateLabel, stateOrder } from '#ui/runs/state-label.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

interface ResultsToolsProps {
  view: RunView;
  query: RowQuery;
  onQuery: (query: RowQuery) => void;
}

/** Filters and search, and a button that copies the IDs of matching rows. */
export function ResultsTools({ view, query, onQuery }: ResultsToolsProps) {
  const engine = useEngine();
  const shown = stateOrder.filter((state) => view.totals[state] > 0);

  function toggle(state: RowState) {
    const states = query.states.includes(state)
      ? query.states.filter((other) => other !== state)
      : [...query.states, state];
    onQuery({ ...query, states, reason: undefined });
  }

  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 2,
        p: 2,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        role="group"
        aria-label="Filter by state"
        sx={{
          display: 'flex',
          flexWrap: { sm: 'wrap' },
          gap: 1.5,
          overflowX: { xs: 'auto', sm: 'visible' },
          p: 0.5,
          m: -0.5,
        }}
      >
        {query.reason !== undefined && (
          <Button
            variant="outlined"
            size="small"
            endIcon={<ClearIcon />}
            onClick={() => onQuery({ ...query, states: [], reason: undefined })}
          >
            One reason
          </Button>
        )}
        {shown.map((state) => (
          <StateChip
            key={state}
            state={state}
            notFoundAt={view.notFoundAt}
            rows={view.totals[state]}
            isOn={query.states.includes(state)}
            onToggle={() => toggle(state)}
          />
        ))}
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: { xs: 1, sm: 2 },
          ml: { sm: 'auto' },
          width: { xs: 1, sm: 'auto' },
        }}
      >
        <OutlinedInput
          type="search"
          placeholder="Task or annotation ID"
          value={query.search}
          onChange={(event) => onQuery({ ...query, search: event.target.value })}
          startAdornment={<SearchIcon aria-hidden sx={{ color: 'text.secondary' }} />}
          slotProps={{ input: { 'aria-label': 'Search by task or annotation ID', inputMode: 'numeric' } }}
          sx={{ width: { xs: 1, sm: 210 } }}
        />
        <CopyButton worded label="Copy the IDs" text={() => engine.runs.annotationIds(view.id, query)} />
      </Box>
    </Box>
  );
}

interface StateChipProps {
  state: RowState;
  notFoundAt: number | undefined;
  rows: number;
  isOn: boolean;
  onToggle: () => void;
}

const StateChip = ({ state, notFoundAt, rows, isOn, onToggle }: StateChipProps) => (
  <Button
    variant="outlined"
    size="small"
    aria-pressed={isOn}
    onClick={onToggle}
    sx={{
      flex: 'none',
      fontWeight: 'fontWeightRegular',
      gap: 1.5,
      '&[aria-pressed=true]': {
        bgcolor: 'sunken.main',
        borderColor: 'text.secondary',
        boxShadow: 'inset 0 0 0 1px currentColor',
      },
    }}
  >
    <StateLabel state={state} notFoundAt={notFoundAt} />
    <span>{figure(rows)}</span>
  </Button>
);
