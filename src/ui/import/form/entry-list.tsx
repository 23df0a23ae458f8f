import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { count } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { height } from '#ui/theme/tokens.ts';
import { useEntry } from './use-entries.ts';

interface EntryListProps {
  checked: CheckSummary;
  entry: number;
  onEntry: (entry: number) => void;
  onAdd: () => void;
}

/** The list of sets of labels; the selected one is in the form. */
export function EntryList({ checked, entry, onEntry, onAdd }: EntryListProps) {
  return (
    <Box sx={pane}>
      <Box sx={head}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          Sets of labels
        </Typography>
        <Button size="small" startIcon={<AddIcon />} aria-keyshortcuts="Alt+N" onClick={onAdd}>
          Add
        </Button>
      </Box>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <WindowedList
          label="Sets of labels"
          rows={{ count: checked.entries, height: 57 }}
          cursor={{ index: entry, onMove: onEntry, follows: true }}
        >
          {(index) => <EntryRow checked={checked} entry={index} />}
        </WindowedList>
      </Box>
    </Box>
  );
}

function EntryRow({ checked, entry }: { checked: CheckSummary; entry: number }) {
  const { freshSet } = useNavigation();
  const summary = useEntry(checked, entry);
  if (!summary) return <Box sx={row} />;
  const { title, details, tasks, targets, errors, warnings } = summary;
  const isQuiet = entry === freshSet;
  return (
    <Box sx={row}>
      <Box sx={{ display: 'flex', columnGap: 3, alignItems: 'baseline' }}>
        <Box sx={{ ...cut, flex: 1, fontWeight: 'fontWeightMedium' }}>{title}</Box>
        <Box sx={{ flex: 'none', typography: 'caption', color: 'text.secondary' }}>
          {tasks > 0 ? count(tasks, 'task') : targets}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', columnGap: 3, typography: 'caption', color: 'text.secondary' }}>
        <Box sx={{ ...cut, flex: 1 }}>{details}</Box>
        {!isQuiet && errors > 0 && <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>}
        {!isQuiet && errors === 0 && warnings > 0 && (
          <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>
        )}
      </Box>
    </Box>
  );
}

const pane = {
  height: '100%',
  minHeight: 0,
  display: 'flex',
  flexDirection: 'column',
  bgcolor: 'background.paper',
  borderRight: { md: 1 },
  borderBottom: { xs: 1, md: 0 },
  borderColor: { xs: 'divider', md: 'divider' },
} as const;

const head = {
  flex: 'none',
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: height.bar,
  pl: { xs: 3, sm: 4 },
  pr: 2,
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const row = {
  minHeight: 57,
  px: { xs: 3, sm: 4 },
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;

const cut = { minWidth: 0, ...oneLine } as const;
