import type { ReactNode } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { useEntry } from './use-entries.ts';

interface EntryListProps {
  checked: CheckSummary;
  entry: number;
  onEntry: (entry: number) => void;
  onAdd: () => void;
  /** Problems of the batch as a whole. */
  problems: ReactNode;
}

/** The batch's requests, one of which is in the form. */
export function EntryList({ checked, entry, onEntry, onAdd, problems }: EntryListProps) {
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, pl: { xs: 3, sm: 4 }, pr: 2, minHeight: 44 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {count(checked.entries, 'request')}
        </Typography>
        {problems}
        <Button size="small" startIcon={<AddIcon />} onClick={onAdd}>
          Add
        </Button>
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        <WindowedList
          label="Requests"
          rows={{ count: checked.entries, height: 52 }}
          cursor={{ index: entry, onMove: onEntry, follows: true }}
        >
          {(index) => <EntryRow checked={checked} entry={index} />}
        </WindowedList>
      </Box>
    </Box>
  );
}

function EntryRow({ checked, entry }: { checked: CheckSummary; entry: number }) {
  const summary = useEntry(checked, entry);
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(1.5rem, auto) 1fr',
        columnGap: 2,
        pl: { xs: 3, sm: 4 },
        pr: 3,
        py: 1.5,
        minHeight: 52,
        typography: 'body2',
      }}
    >
      <Box component="span" sx={{ textAlign: 'right', color: 'text.secondary' }}>
        {figure(entry + 1)}
      </Box>
      {summary && (
        <Box sx={{ minWidth: 0 }}>
          <Box sx={cut}>{summary.unreadable ? 'Not a request' : summary.targets}</Box>
          <Box sx={{ display: 'flex', columnGap: 3, color: 'text.secondary' }}>
            <Box sx={{ ...cut, flex: 1 }}>{summary.summary}</Box>
            {summary.errors > 0 && (
              <SeverityLabel severity="error">{count(summary.errors, 'error')}</SeverityLabel>
            )}
            {summary.errors === 0 && summary.warnings > 0 && (
              <SeverityLabel severity="warning">{count(summary.warnings, 'warning')}</SeverityLabel>
            )}
          </Box>
        </Box>
      )}
    </Box>
  );
}

const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
