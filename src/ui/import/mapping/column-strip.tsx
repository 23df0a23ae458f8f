import { useRef, useState } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { CheckSummary } from '#domain/check.ts';
import type { ColumnTarget, ImportSummary } from '#domain/parse/import-settings.ts';
import type { GridColumn } from '#domain/parse/records/grid.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { Choice } from './choice.tsx';
import { allColumns, useColumns, type ColumnFilter } from './use-columns.ts';

interface ColumnStripProps {
  checked: CheckSummary;
  reading: ImportSummary;
  onTarget: (name: string, target: ColumnTarget) => void;
}

/** More columns than these are searched. */
const fewColumns = 20;

/** A card for each column, with its target. Only visible ones are rendered. */
export function ColumnStrip({ checked, reading, onTarget }: ColumnStripProps) {
  const [filter, setFilter] = useState(allColumns);
  const [first, setFirst] = useState(0);
  const [focused, setFocused] = useState<number>();
  const isSearched = reading.columns > fewColumns;
  const { total, columnAt } = useColumns(checked, { first }, isSearched ? filter : allColumns);
  const listed = total ?? reading.columns;
  const scroller = useRef<HTMLUListElement>(null);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const cards = useVirtualizer({
    horizontal: true,
    count: listed,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardWidth,
    gap: cardGap,
    overscan: 1,
    rangeExtractor: (range) => withFocused(range, focused),
    onChange: ({ range }) => range && setFirst(range.startIndex),
  });

  function change(next: Partial<ColumnFilter>) {
    setFilter({ ...filter, ...next });
    scroller.current?.scrollTo({ left: 0 });
  }

  return (
    <>
      {isSearched && <ColumnTools reading={reading} listed={listed} filter={filter} onFilter={change} />}
      <Box
        component="ul"
        ref={scroller}
        aria-label="Columns"
        tabIndex={0}
        // The cards are out of the flow.
        sx={{ ...strip, '&::after': { ...space, width: cards.getTotalSize() } }}
      >
        {cards.getVirtualItems().map(({ index, start }) => (
          <Box
            component="li"
            key={index}
            aria-setsize={listed}
            aria-posinset={index + 1}
            onFocus={() => setFocused(index)}
            onBlur={() => setFocused(undefined)}
            sx={card}
            style={{ transform: `translateX(${start}px)` }}
          >
            <ColumnCard column={columnAt(index)} reading={reading} onTarget={onTarget} />
          </Box>
        ))}
      </Box>
    </>
  );
}

/** The visible cards, and the one that has the focus. */
function withFocused(range: Range, focused: number | undefined): number[] {
  const inSight = defaultRangeExtractor(range);
  if (focused === undefined || focused >= range.count || inSight.includes(focused)) return inSight;
  return [...inSight, focused].toSorted((one, other) => one - other);
}

interface ColumnCardProps extends Omit<ColumnStripProps, 'checked'> {
  /** Undefined while loading. */
  column: GridColumn | undefined;
}

function ColumnCard({ column, reading, onTarget }: ColumnCardProps) {
  if (column === undefined) return '…';
  const { name, target, words, samples } = column;
  const more = reading.moreTargets;
  return (
    <Box sx={{ display: 'contents', ...(target === 'nothing' && { '& > *': { color: 'text.secondary' } }) }}>
      <Box sx={{ ...cut, fontWeight: 'fontWeightMedium' }} title={name}>
        {name}
      </Box>
      <Choice
        label={`${name} is`}
        isLabelHidden
        value={target}
        words={words}
        options={reading.targets.map((one) => [one.target, one.words])}
        more={more > 0 ? `${count(more, 'more control')}: name a column like one of them` : undefined}
        onChange={(next) => onTarget(name, next as ColumnTarget)}
      />
      <Box sx={{ ...cut, typography: 'caption', color: 'text.secondary' }}>
        {samples.join(' · ') || 'empty'}
      </Box>
    </Box>
  );
}

interface ColumnToolsProps {
  reading: ImportSummary;
  listed: number;
  filter: ColumnFilter;
  onFilter: (filter: Partial<ColumnFilter>) => void;
}

/** Finds columns of a wide table. */
function ColumnTools({ reading, listed, filter, onFilter }: ColumnToolsProps) {
  const { columns, mapped } = reading;
  const isFiltered = filter.search.trim() !== '' || filter.onlyMapped;
  return (
    <Box sx={tools}>
      <OutlinedInput
        size="small"
        type="search"
        placeholder="Find a column"
        value={filter.search}
        onChange={({ target }) => onFilter({ search: target.value })}
        slotProps={{ input: { 'aria-label': 'Find a column' } }}
        sx={{ width: 200, bgcolor: 'background.paper' }}
      />
      <FormControlLabel
        label="Only mapped columns"
        control={
          <Checkbox checked={filter.onlyMapped} onChange={(_, onlyMapped) => onFilter({ onlyMapped })} />
        }
      />
      <Box role="status" sx={{ color: 'text.secondary' }}>
        {count(columns, 'column')}, {figure(mapped)} mapped
        {isFiltered && `; ${figure(listed)} listed`}
      </Box>
    </Box>
  );
}

const cardWidth = 176;
const cardGap = 8;
const cardHeight = 82;

const tools = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 4,
  px: { xs: 3, sm: 4 },
  typography: 'body2',
} as const;

const strip = {
  position: 'relative',
  flex: 'none',
  m: 0,
  px: { xs: 3, sm: 4 },
  pt: 1,
  pb: 2,
  overflowX: 'auto',
  overscrollBehaviorX: 'contain',
  listStyle: 'none',
} as const;

const space = { content: '""', display: 'block', height: cardHeight } as const;

const card = {
  position: 'absolute',
  width: cardWidth,
  height: cardHeight,
  display: 'flex',
  flexDirection: 'column',
  gap: 0.5,
  minWidth: 0,
  p: 2,
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: 1,
  bgcolor: 'background.paper',
} as const;

const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
