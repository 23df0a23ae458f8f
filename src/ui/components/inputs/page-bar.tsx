import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { figure } from '#ui/components/numbers.ts';

/** The visible part of a list, from `first` to before `end`. */
export interface ShownPage {
  first: number;
  end: number;
  total: number;
  size: number;
  setFirst: (first: number) => void;
}

interface PagedList {
  total: number;
  /** Items that are rendered at once. */
  size: number;
  /** A requested item, as a new object each time; its page is then shown. */
  asked: { item: number } | undefined;
}

/** Shows a list page by page. */
export function usePageOf({ total, size, asked }: PagedList): ShownPage {
  const startOfPage = (item: number) => item - (item % size);
  const [at, setAt] = useState({ first: 0, asked });
  const isAsked = asked !== undefined && asked !== at.asked && asked.item >= 0;
  const wanted = isAsked ? startOfPage(asked.item) : at.first;
  const first = Math.min(wanted, startOfPage(Math.max(0, total - 1)));
  if (first !== at.first || asked !== at.asked) setAt({ first, asked });
  return {
    first,
    end: Math.min(total, first + size),
    total,
    size,
    setFirst: (next) => setAt({ first: startOfPage(next), asked }),
  };
}

interface PageBarProps {
  page: ShownPage;
  /** The name of the items at the start of a sentence: `Regions`. */
  what: string;
}

/** Shows which part of a list is visible, with buttons for other parts. Renders nothing for a short list. */
export function PageBar({ page: { first, end, total, size, setFirst }, what }: PageBarProps) {
  if (total <= size) return null;
  return (
    <Box role="group" aria-label={`Part of the list: ${what}`} sx={bar}>
      <Box role="status">
        {what} {figure(first + 1)}–{figure(end)} of {figure(total)}
      </Box>
      <Button size="small" disabled={first === 0} onClick={() => setFirst(first - size)}>
        Earlier
      </Button>
      <Button size="small" disabled={end === total} onClick={() => setFirst(end)}>
        Later
      </Button>
    </Box>
  );
}

const bar = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 3,
  color: 'text.secondary',
  typography: 'body2',
} as const;
