import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import CloseIcon from '@mui/icons-material/Close';
import DownIcon from '@mui/icons-material/KeyboardArrowDown';
import UpIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { CheckSummary } from '#domain/check.ts';
import type { CellSearch } from '#domain/parse/grid/cell-edits.ts';
import type { CellsFound } from '#engine/batch/calls/cell-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** Pause in typing before a large table is searched. */
const pauseMs = 200;

interface FindBarProps {
  checked: CheckSummary;
  grid: Grid;
  /** Increases with each request to open, which moves the focus here. */
  opening: number;
  onClose: () => void;
}

/** Finds a text in the listed rows, and replaces it in one cell or in all. */
export function FindBar({ checked, grid, opening, onClose }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState<CellSearch>({ search: '', matchCase: false });
  const [replacement, setReplacement] = useState('');
  const [at, setAt] = useState<CellsFound['at']>();
  const { batch } = useEngine();
  const found = useFound(checked, grid, query);

  useEffect(() => {
    if (opening > 0) input.current?.select();
  }, [opening]);

  function ask(next: Partial<CellSearch>) {
    setQuery({ ...query, ...next });
    setAt(undefined);
  }

  async function step(direction: 1 | -1) {
    const { row, column } = at ?? { row: grid.rowAt(grid.active.index), column: grid.active.column - 1 };
    const next = await batch.findCells(query, grid.listed, { row, column, direction });
    setAt(next.at);
    if (next.at) grid.goTo(next.at.row, next.at.column);
  }

  async function replaceOne() {
    if (at) await grid.replaceInCells(query, replacement, { row: at.row, column: at.column });
    await step(1);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && event.target === input.current) void step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const hasNoMatches = found?.cells === 0 || query.search === '';
  return (
    <Box role="search" aria-label="Find and replace" onKeyDown={onKeyDown} sx={bar}>
      <OutlinedInput
        size="small"
        autoFocus
        placeholder="Find"
        value={query.search}
        onChange={({ target }) => ask({ search: target.value })}
        inputRef={input}
        slotProps={{ input: { 'aria-label': 'Find in cells' } }}
        sx={field}
      />
      <IconButton
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        disabled={hasNoMatches}
        onClick={() => void step(-1)}
      >
        <UpIcon />
      </IconButton>
      <IconButton
        aria-label="Next match"
        title="Next match (Enter)"
        disabled={hasNoMatches}
        onClick={() => void step(1)}
      >
        <DownIcon />
      </IconButton>
      <Box role="status" sx={{ minWidth: '8rem', color: 'text.secondary' }}>
        {foundWords(query, found, at)}
      </Box>
      <FormControlLabel
        label="Match case"
        control={
          <Checkbox size="small" checked={query.matchCase} onChange={(_, matchCase) => ask({ matchCase })} />
        }
      />
      <OutlinedInput
        size="small"
        placeholder="Replace with"
        value={replacement}
        onChange={({ target }) => setReplacement(target.value)}
        slotProps={{ input: { 'aria-label': 'Replace with' } }}
        sx={field}
      />
      <Button variant="outlined" size="small" disabled={hasNoMatches} onClick={() => void replaceOne()}>
        {at === undefined ? 'Find first' : 'Replace'}
      </Button>
      <Button
        variant="outlined"
        size="small"
        disabled={hasNoMatches || found === undefined}
        onClick={() => void grid.replaceInCells(query, replacement, grid.listed)}
      >
        Replace all{found !== undefined && !hasNoMatches && ` ${figure(found.cells)}`}
      </Button>
      <IconButton
        aria-label="Close find and replace"
        title="Close (Esc)"
        onClick={onClose}
        sx={{ ml: 'auto' }}
      >
        <CloseIcon />
      </IconButton>
    </Box>
  );
}

function foundWords({ search }: CellSearch, found: CellsFound | undefined, at: CellsFound['at']): string {
  if (search === '') return '';
  if (found === undefined) return 'Searching …';
  if (found.cells === 0) return 'No match';
  if (at) return `${figure(at.number)} of ${count(found.cells, 'cell')}`;
  return `${count(found.cells, 'cell')} in ${count(found.rows, 'row')}`;
}

/** The number of matches; undefined while searching. */
function useFound(checked: CheckSummary, { listed }: Grid, query: CellSearch): CellsFound | undefined {
  const { batch } = useEngine();
  const asked = useAfterPause(query);
  const { data } = useQuery({
    queryKey: ['find-cells', objectId(checked), listed ? objectId(listed) : 'all', asked],
    queryFn: () => batch.findCells(asked, listed),
    enabled: asked.search !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return asked === query ? data : undefined;
}

/** The query once it has stayed the same for a moment. */
function useAfterPause(query: CellSearch): CellSearch {
  const [asked, setAsked] = useState(query);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query), pauseMs);
    return () => clearTimeout(timer);
  }, [query]);
  return asked;
}

/** Opens the bar with Ctrl+F and Ctrl+H, even with the focus outside the grid. */
export function useFindKeys(open: () => void) {
  const onKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const isForFind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isForFind || !['f', 'h'].includes(event.key.toLowerCase())) return;
    if (document.querySelector('[role=dialog], [role=menu]')) return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

const bar = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  px: { xs: 3, sm: 4 },
  py: 1,
  borderBottom: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  typography: 'body2',
  '& .MuiFormControlLabel-root': { mr: 1 },
} as const;
const field = { width: { xs: 1, sm: '11rem' } } as const;
