import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { limits } from '#wire/limits.ts';
import type { ColumnValues, ValueReading } from '#domain/parse/grid/unmatched-values.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { withAccepted, withoutAccepted } from './accepted-values.ts';
import { ValueRow } from './value-row.tsx';

interface ValueListProps {
  checked: CheckSummary;
  columns: readonly ColumnValues[];
  choice: ImportSettings;
  onChoice: (choice: ImportSettings) => void;
}

type Item = { of: ColumnValues; value?: ValueReading };

/** Values that match no label, by column, each with its mapping. Renders only visible ones. */
export function ValueList({ checked, columns, choice, onChoice }: ValueListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = columns
    .filter(({ values }) => values.length > 0)
    .flatMap((of): Item[] => [{ of }, ...of.values.map((value) => ({ of, value }))]);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(items[index]!),
    estimateSize: () => 64,
    overscan: 6,
  });

  return (
    <Box ref={scroller} sx={{ maxHeight: '50vh', overflow: 'auto', overscrollBehavior: 'contain' }}>
      <Box
        component="ul"
        aria-label="Values that don’t match a label"
        sx={{ position: 'relative', m: 0, p: 0, listStyle: 'none', typography: 'body2' }}
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const { of, value } = items[index]!;
          return (
            <Box
              component="li"
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              sx={{ position: 'absolute', left: 0, right: 0 }}
              style={{ transform: `translateY(${start}px)` }}
            >
              {value === undefined ? (
                <ColumnWords of={of} />
              ) : (
                <ValueRow
                  checked={checked}
                  control={of.control}
                  value={value}
                  onLabel={(label) =>
                    onChoice(
                      label === undefined
                        ? withoutAccepted(choice, of.control, value.written)
                        : withAccepted(choice, [{ ...of, written: value.written, label }]),
                    )
                  }
                />
              )}
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}

const keyOf = ({ of, value }: Item) => `${of.control} ${value === undefined ? '' : `= ${value.written}`}`;

function ColumnWords({ of: { column, control, values, distinct, more, tooLong } }: { of: ColumnValues }) {
  const listed = values.length;
  return (
    <Box sx={{ px: 4, py: 1.5, color: 'text.secondary' }}>
      <Box component="span" sx={{ color: 'text.primary', fontWeight: 'fontWeightMedium' }}>
        {column}
      </Box>
      {column !== control && ` is ${control}`}: {figure(listed + more)} of {count(distinct, 'value')}{' '}
      {listed + more === 1 ? 'doesn’t' : 'don’t'} match a label.
      {more > tooLong && ` The ${figure(listed)} most frequent are listed.`}
      {tooLong > 0 &&
        ` ${count(tooLong, 'value')} of more than ${limits.shownUnits} characters can’t be mapped here.`}
    </Box>
  );
}
