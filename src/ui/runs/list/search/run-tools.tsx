import { useEffect, useRef } from 'react';
import PinIcon from '@mui/icons-material/PushPinOutlined';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { FilterMenu } from './filter-menu.tsx';
import { filterChoices, stageOf, type RunFilter, type RunStage } from './run-filter.ts';

interface RunToolsProps {
  runs: ListedRun[];
  search: string;
  onSearch: (search: string) => void;
  filter: RunFilter;
  onFilter: (filter: RunFilter) => void;
  /** The number of found runs, in words. */
  words: string;
}

const stages: [stage: RunStage, name: string][] = [
  ['unfinished', 'Unfinished'],
  ['attention', 'Needs attention'],
  ['finished', 'Finished'],
];

/** Search and filters of the runs. The `/` key focuses the search. */
export function RunTools({ runs, search, onSearch, filter, onFilter, words }: RunToolsProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlashKey(() => input.current?.focus());
  const { projects, users, servers } = filterChoices(runs);
  const states = stages.map(([key, name]) => ({
    key,
    name,
    runs: runs.filter((run) => stageOf(run) === key).length,
  }));

  return (
    <Box sx={searchField}>
      <OutlinedInput
        type="search"
        placeholder="File, project, task ID or annotation ID"
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        inputRef={input}
        startAdornment={<SearchIcon aria-hidden sx={{ color: 'text.secondary', mr: 1.5 }} />}
        slotProps={{ input: { 'aria-label': 'Search runs', 'aria-keyshortcuts': '/' } }}
        sx={{ width: { xs: 1, sm: 340 } }}
      />
      <Box role="group" aria-label="Filter runs" sx={filters}>
        <FilterMenu
          label="Project"
          all="All projects"
          choices={projects}
          chosen={filter.project}
          onChoose={(project) => onFilter({ ...filter, project })}
        />
        <FilterMenu
          label="State"
          all="Any state"
          choices={states}
          chosen={filter.state}
          onChoose={(state) => onFilter({ ...filter, state: stages.find(([key]) => key === state)?.[0] })}
        />
        <FilterMenu
          label="User"
          all="Anyone"
          choices={users}
          chosen={filter.user}
          onChoose={(user) => onFilter({ ...filter, user })}
        />
        {servers.length > 1 && (
          <FilterMenu
            label="Server"
            all="All servers"
            choices={servers}
            chosen={filter.server}
            onChoose={(server) => onFilter({ ...filter, server })}
          />
        )}
        <Button
          variant="outlined"
          startIcon={<PinIcon />}
          aria-pressed={filter.isPinned}
          onClick={() => onFilter({ ...filter, isPinned: !filter.isPinned })}
          sx={{ flex: 'none', ...(filter.isPinned && { bgcolor: 'action.selected' }) }}
        >
          Pinned
        </Button>
      </Box>
      <Box role="status" sx={{ ml: 'auto', typography: 'caption', color: 'text.secondary' }}>
        {words}
      </Box>
    </Box>
  );
}

/** Calls `act` when `/` is pressed outside fields. */
function useSlashKey(act: () => void) {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  }, [act]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, [role=menu]');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const searchField = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  p: 2,
  borderBottom: 1,
  borderColor: 'divider',
} as const;

/** Scrolls sideways in a narrow window; the inset leaves room for the focus ring. */
const filters = {
  display: 'flex',
  gap: 2,
  minWidth: 0,
  overflowX: { xs: 'auto', md: 'visible' },
  p: 0.5,
  m: -0.5,
} as const;
