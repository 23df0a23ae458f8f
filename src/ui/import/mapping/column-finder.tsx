import { useState } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { CheckSummary } from '#domain/check.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { allColumns, useColumns } from './use-columns.ts';

interface ColumnFinderProps {
  checked: CheckSummary;
  columns: number;
  /** Called when a column was chosen and is shown in the grid. */
  onFound: () => void;
}

/** Finds a column of a wide table by name, and shows it in the grid. */
export function ColumnFinder({ checked, columns, onFound }: ColumnFinderProps) {
  const { showColumn } = useNavigation();
  const [filter, setFilter] = useState(allColumns);
  const [first, setFirst] = useState(0);
  const [active, setActive] = useState<number>();
  const { total, columnAt } = useColumns(checked, { first }, filter);
  const mapped = checked.reading?.mapped ?? 0;
  const listed = total ?? columns;

  function choose(index: number) {
    const column = columnAt(index);
    if (column === undefined) return;
    showColumn(column.column);
    onFound();
  }

  return (
    <Box role="group" aria-label="Columns" sx={{ pt: 3, borderTop: 1, borderColor: 'divider' }}>
      <OutlinedInput
        fullWidth
        size="small"
        type="search"
        placeholder="Find a column"
        value={filter.search}
        onChange={({ target }) => setFilter({ ...filter, search: target.value })}
        slotProps={{ input: { 'aria-label': 'Find a column' } }}
      />
      <Box
        sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 3, typography: 'body2' }}
      >
        <FormControlLabel
          label="Only mapped columns"
          control={
            <Checkbox
              checked={filter.onlyMapped}
              onChange={(_, onlyMapped) => setFilter({ ...filter, onlyMapped })}
            />
          }
        />
        <Box role="status" sx={{ color: 'text.secondary' }}>
          {count(columns, 'column')}, {figure(mapped)} mapped
          {listed !== columns && `; ${figure(listed)} listed`}
        </Box>
      </Box>
      <Box
        sx={{
          height: Math.min(6, Math.max(2, listed)) * 28 + 10,
          border: 1,
          borderColor: 'outline.quiet',
          borderRadius: 1,
          overflow: 'hidden',
        }}
      >
        <WindowedList
          label="Columns"
          rows={{ count: listed, height: 28, onScroll: (last) => setFirst(Math.max(0, last - 16)) }}
          cursor={{ index: active, onMove: setActive }}
          onChoose={choose}
        >
          {(index) => {
            const column = columnAt(index);
            return (
              <Box sx={row}>
                <span>{column?.name ?? '…'}</span>
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {column?.target === 'nothing' ? 'Ignored' : column?.words}
                </Box>
              </Box>
            );
          }}
        </WindowedList>
      </Box>
    </Box>
  );
}

const row = {
  display: 'flex',
  justifyContent: 'space-between',
  gap: 3,
  px: 2,
  py: 1,
  typography: 'body2',
  '& > span': oneLine,
} as const;
