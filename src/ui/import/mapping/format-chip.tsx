import { useState } from 'react';
import DocumentIcon from '@mui/icons-material/DescriptionOutlined';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import type { Format, ImportSettings } from '#domain/parse/import-settings.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { count } from '#ui/components/numbers.ts';
import { hiddenBelow, hiddenOnPhone, visuallyHidden } from '#ui/components/visually-hidden.ts';
import { limits } from '#wire/limits.ts';
import { useBatch, useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { entryName, formatName, hasRows } from '#ui/import/format-words.ts';
import { batchName } from '#ui/state/workbench-state.ts';
import { Choice } from './choice.tsx';
import { ExportNamesChoice } from '#ui/import/mapping/export/export-names.tsx';
import { ExportPartsChoice } from '#ui/import/mapping/export/export-parts.tsx';
import { LabelColumnsChoice } from './label-columns-choice.tsx';
import { ColumnFinder } from './column-finder.tsx';

/** The source in one line: `job.csv · 3,009 rows · comma`. Opens the import settings. */
export function FormatChip() {
  const { workbench, checked } = useBatch();
  const { view } = useNavigation();
  const [anchor, setAnchor] = useState<HTMLElement>();
  if (!checked || checked.format === 'empty') return null;
  const name = batchName(workbench.get()) ?? 'Pasted';
  const isInForm = view === 'form' && (checked.format === 'request' || checked.format === 'requests');
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="dialog"
        aria-expanded={anchor !== undefined}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{
          position: 'relative',
          minWidth: 0,
          maxWidth: 380,
          overflow: 'hidden',
          gap: 2,
          px: { xs: 2, sm: 3 },
        }}
      >
        <DocumentIcon />
        <Box component="span" sx={[oneLine, hiddenOnPhone]}>
          {name}
          <Box
            component="span"
            sx={[{ color: 'text.secondary', fontWeight: 'fontWeightRegular' }, hiddenBelow('lg')]}
          >
            {wordsOf(checked, isInForm).map((words) => ` · ${words}`)}
          </Box>
          <Box component="span" sx={visuallyHidden}>
            , import settings
          </Box>
        </Box>
        <ExpandIcon sx={{ display: { xs: 'none', sm: 'block' } }} />
      </Button>
      {anchor && (
        <Popover
          open
          anchorEl={anchor}
          onClose={() => setAnchor(undefined)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          slotProps={{ paper: { role: 'dialog', 'aria-label': 'Import settings', sx: { width: 420, p: 4 } } }}
        >
          <Settings checked={checked} onDone={() => setAnchor(undefined)} />
        </Popover>
      )}
    </>
  );
}

/** Options for the header row: how many rows are above the table. */
const headerRows = Array.from(
  { length: limits.rowsAbove + 1 },
  (_, above) => [String(above), String(above + 1)] as const,
);

function wordsOf(
  { format, entries, reading, gridRows = entries }: CheckSummary,
  isInForm: boolean,
): string[] {
  if (format === 'unreadable') return ['can’t be read yet'];
  const { dialect } = reading ?? {};
  return [
    isInForm ? count(entries, 'set of labels', 'sets of labels') : count(gridRows, entryName(format)),
    dialect
      ? (delimiters.find(([one]) => one === dialect.delimiter)?.[1] ?? '').toLowerCase()
      : formatName(format),
  ];
}

function Settings({ checked, onDone }: { checked: CheckSummary; onDone: () => void }) {
  const { importSettings: settings, history } = useBatch();
  const { writeAsRequests } = useBatchActions();
  const { format, reading, rows, errors } = checked;
  const change = (next: ImportSettings) => void history.read(next);
  const { dialect, columns = 0 } = reading ?? {};
  const isConvertible = format !== 'request' && format !== 'requests' && format !== 'unreadable';
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 3, '& .label': { minWidth: 96 } }}>
      <Typography variant="h3" component="h2">
        Import settings
      </Typography>
      <Choice
        label="Read as"
        value={formatGroup(format)}
        words={formatName(format)}
        options={formats}
        onChange={(kind) => change({ ...settings, format: kind as ImportSettings['format'] & {} })}
      />
      {dialect && (
        <>
          <Choice
            label="Delimiter"
            value={dialect.delimiter}
            options={delimiters}
            onChange={(delimiter) =>
              change({ ...settings, delimiter: delimiter as ImportSettings['delimiter'] & {} })
            }
          />
          <Choice
            label={dialect.hasHeader ? 'Header in row' : 'First row'}
            value={String(dialect.rowsAbove ?? 0)}
            options={headerRows}
            onChange={(rows) => change({ ...settings, rowsAbove: Number(rows) })}
          />
          <FormControlLabel
            label="First row is a header"
            sx={{ my: -2 }}
            control={
              <Checkbox
                checked={dialect.hasHeader}
                onChange={(_, hasHeader) => change({ ...settings, hasHeader })}
              />
            }
          />
        </>
      )}
      {format === 'export' && (
        <Box sx={{ color: 'text.secondary', typography: 'body2' }}>
          Each annotation’s result, skip, ground truth and lead time are imported; its date isn’t, nor is its
          annotator unless you keep them.
        </Box>
      )}
      {reading?.export && <ExportPartsChoice found={reading.export} choice={settings} onChoice={change} />}
      {reading?.export && <ExportNamesChoice found={reading.export} choice={settings} onChoice={change} />}
      {reading?.labelColumns && (
        <LabelColumnsChoice found={reading.labelColumns} choice={settings} onChoice={change} />
      )}
      {columns > 0 && <ColumnFinder checked={checked} columns={columns} onFound={onDone} />}
      {isConvertible && (
        <Box sx={{ pt: 3, borderTop: 1, borderColor: 'divider' }}>
          <Button
            variant="outlined"
            size="small"
            disabled={rows === 0 || errors > 0}
            onClick={() => {
              onDone();
              writeAsRequests();
            }}
          >
            Convert to requests
          </Button>
          <Box sx={{ mt: 1, color: 'text.secondary', typography: 'caption' }}>
            {errors > 0 ? 'Fix the errors first. ' : ''}Rows with the same labels become one JSON request,
            which the form can edit. You can undo this.
          </Box>
        </Box>
      )}
    </Box>
  );
}

const formats: [string, string][] = [
  ['requests', 'Requests (JSON)'],
  ['records', 'Records (JSON)'],
  ['table', 'A table'],
];

const delimiters: [string, string][] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Pipe'],
];

/** Other formats can’t be chosen, only detected. */
const formatGroup = (format: Format) => (hasRows(format) || format === 'export' ? format : 'requests');
