import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { ColumnValues } from '#domain/parse/grid/unmatched-values.ts';
import { figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { withAccepted, type Acceptance } from '#ui/import/mapping/accepted-values.ts';
import { useColumnValues } from '#ui/import/mapping/use-column-values.ts';
import { ValueList } from '#ui/import/mapping/value-list.tsx';
import { focusPanel } from './focus-panel.ts';
import { formatLabel, summarizeValues } from '#ui/state/value-words.ts';

/** Values in label columns that match no label, and their mapping. */
export function ValueSection({ checked }: { checked: CheckSummary }) {
  const { importSettings: settings, history } = useBatch();
  const columns = useColumnValues(checked);
  const { open, accepted } = summarizeValues(columns ?? []);
  if (columns === undefined || (open === '' && accepted === '')) return null;
  const change = (next: ImportSettings) => void history.read(next);
  const suggested = suggestionsIn(columns);
  return (
    <Box
      role="group"
      aria-label="Values"
      sx={{ position: 'relative', borderBottom: 1, borderColor: 'divider', pb: 3, typography: 'body2' }}
    >
      <Box sx={{ px: 4, pt: 3, pb: 1 }}>
        <Typography variant="h3" component="h2">
          Values
        </Typography>
        {/* The list below shows the same. */}
        <Box role="status" sx={visuallyHidden}>
          {open !== '' && <div>{open}</div>}
          {accepted !== '' && <div>{accepted}</div>}
        </Box>
        {suggested.length > 0 && (
          <Button
            size="small"
            variant="outlined"
            onClick={({ currentTarget }) => {
              focusPanel(currentTarget);
              change(withAccepted(settings, suggested));
            }}
            sx={{ mt: 2 }}
          >
            {suggested.length === 1
              ? `Read “${short(suggested[0]!.written)}” as “${short(formatLabel(suggested[0]!.label))}”`
              : `Accept all ${figure(suggested.length)} suggestions`}
          </Button>
        )}
      </Box>
      <ValueList checked={checked} columns={columns} choice={settings} onChoice={change} />
      <Box sx={{ px: 4, pt: 1, typography: 'caption', color: 'text.secondary' }}>
        Saved for this project in this browser. Your file isn’t changed.
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
