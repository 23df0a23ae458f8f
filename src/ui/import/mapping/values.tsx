import { useId, useRef, useState } from 'react';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { ColumnValues } from '#domain/parse/records/unmatched-values.ts';
import { figure } from '#ui/components/numbers.ts';
import { formatLabel, summarizeValues } from '#ui/state/value-words.ts';
import { withAccepted, type Acceptance } from './accepted-values.ts';
import { useColumnValues } from './use-column-values.ts';
import { ValueList } from './value-list.tsx';

interface ValuesProps {
  checked: CheckSummary;
  choice: ImportSettings;
  onChoice: (choice: ImportSettings) => void;
}

/**
 * What stands in columns of labels and is none, and what of that is read as one. It is always there where labels are read,
 * so that nothing jumps as values come and go.
 */
export function Values({ checked, choice, onChoice }: ValuesProps) {
  const id = useId();
  const columns = useColumnValues(checked);
  const [isOpen, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  if (columns === undefined || columns.length === 0) return null;

  const { open, accepted } = summarizeValues(columns);
  const suggested = suggestionsIn(columns);
  const isNothing = open === '' && accepted === '';

  function acceptAll() {
    onChoice(withAccepted(choice, suggested));
    // The button goes with the suggestions.
    toggle.current?.focus();
  }

  return (
    <Box role="group" aria-label="Values" sx={{ borderTop: 1, borderColor: 'divider' }}>
      <Box sx={line}>
        <Button
          ref={toggle}
          size="small"
          disabled={isNothing}
          aria-expanded={isOpen && !isNothing}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          startIcon={<ExpandIcon sx={{ transform: isOpen && !isNothing ? 'none' : 'rotate(-90deg)' }} />}
          sx={{ ml: -2 }}
        >
          Values
        </Button>
        <Box
          role="status"
          sx={{ flex: '1 1 240px', minWidth: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4 }}
        >
          {isNothing && <Box sx={{ color: 'text.secondary' }}>All values match labels.</Box>}
          {open !== '' && <Box sx={wrapped}>{open}</Box>}
          {accepted !== '' && <Box sx={{ ...wrapped, color: 'text.secondary' }}>{accepted}</Box>}
        </Box>
        {suggested.length > 0 && (
          <Button size="small" variant="outlined" onClick={acceptAll}>
            {suggested.length === 1
              ? `Read “${short(suggested[0]!.written)}” as “${short(formatLabel(suggested[0]!.label))}”`
              : `Accept all ${figure(suggested.length)} suggestions`}
          </Button>
        )}
      </Box>
      <Box id={id}>
        {isOpen && !isNothing && (
          <ValueList checked={checked} columns={columns} choice={choice} onChoice={onChoice} />
        )}
      </Box>
    </Box>
  );
}

const suggestionsIn = (columns: readonly ColumnValues[]): Acceptance[] =>
  columns.flatMap(({ column, control, values }) =>
    values.flatMap(({ written, label, suggestion }) =>
      label === undefined && suggestion !== undefined
        ? [{ column, control, written, label: suggestion }]
        : [],
    ),
  );

const longest = 24;
const short = (text: string) => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);

const wrapped = { minWidth: 0, overflowWrap: 'anywhere' } as const;

const line = {
  display: 'flex',
  flexWrap: { xs: 'wrap', sm: 'nowrap' },
  alignItems: 'center',
  columnGap: 3,
  rowGap: 1,
  minHeight: 40,
  py: 0.5,
  px: { xs: 3, sm: 4 },
  typography: 'body2',
} as const;
