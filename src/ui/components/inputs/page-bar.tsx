import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { figure } from '#ui/components/numbers.ts';

/** Items of a long list that are rendered at once, where each has inputs of its own. */
const pageSize = 50;

/** The visible part of a list: from `first` up to but not including `end`. */
export interface ShownPage {
  first: number;
  end: number;
  total: number;
  setFirst: (first: number) => void;
}

/** Shows a list page by page. An item that is asked for, as a new object each time, brings its page. */
export function usePageOf(total: number, asked: { item: number } | undefined): ShownPage {
  const [at, setAt] = useState({ first: 0, asked });
  const isAsked = asked !== undefined && asked !== at.asked && asked.item >= 0;
  const wanted = isAsked ? startOfPage(asked.item) : at.first;
  const first = Math.min(wanted, startOfPage(Math.max(0, total - 1)));
  if (first !== at.first || asked !== at.asked) setAt({ first, asked });
  return {
    first,
    end: Math.min(total, first + pageSize),
    total,
    setFirst: (next) => setAt({ first: startOfPage(next), asked }),
  };
}

const startOfPage = (item: number) => item - (item % pageSize);

interface PageBarProps {
  page: ShownPage;
  /** What the items are called, at the start of a sentence: `Regions`. */
  what: string;
}

/** Says which part of a list is shown, and leads to the other ones. Nothing if the list is short. */
export function PageBar({ page: { first, end, total, setFirst }, what }: PageBarProps) {
  if (total <= pageSize) return null;
  return (
    <Box role="group" aria-label={`Part of the list: ${what}`} sx={bar}>
      <Box role="status">
        {what} {figure(first + 1)}–{figure(end)} of {figure(total)}
      </Box>
      <Button size="small" disabled={first === 0} onClick={() => setFirst(first - pageSize)}>
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
