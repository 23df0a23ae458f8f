import type { KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import NativeSelect from '@mui/material/NativeSelect';
import type { CheckSummary } from '#domain/check.ts';
import type { ColumnTarget, Format, ResolvedImport, ImportSettings } from '#domain/parse/import-settings.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { UndoButtons, undoActionOfKey } from '#ui/import/history/undo-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import { Values } from './values.tsx';

interface MappingBarProps {
  checked: CheckSummary;
  reading: ResolvedImport;
  history: BatchHistory;
}

/** How the text was read, and controls to change it. Hidden for a plain list of requests. */
export function MappingBar({ checked, reading, history }: MappingBarProps) {
  const { importSettings: choice } = useBatch();
  const { format, dialect, columns, targets } = reading;
  const onChoice = (next: ImportSettings) => void history.read(next);
  const isChosen = choice.format !== undefined;
  if ((format === 'request' || format === 'requests') && !isChosen) return null;

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const work = undoActionOfKey(event, history);
    if (work === undefined) return;
    event.preventDefault();
    work();
  }

  return (
    <Box
      component="section"
      aria-label="Import settings"
      onKeyDown={onKeyDown}
      sx={{ flex: 'none', borderBottom: 1, borderColor: 'divider' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 4,
          px: { xs: 3, sm: 4 },
          py: 1,
        }}
      >
        <Choice
          label="Read as"
          value={formatGroup(format)}
          options={formats}
          onChange={(kind) => onChoice({ ...choice, format: kind as ImportSettings['format'] & {} })}
        />
        {format === 'export' && (
          <Box sx={{ color: 'text.secondary' }}>
            Export: each annotation’s result, skip, ground truth and lead time are imported; its author and
            date aren’t.
          </Box>
        )}
        {dialect && (
          <>
            <Choice
              label="Delimiter"
              value={dialect.delimiter}
              options={delimiters}
              onChange={(delimiter) =>
                onChoice({ ...choice, delimiter: delimiter as ImportSettings['delimiter'] & {} })
              }
            />
            <FormControlLabel
              label="First row is a header"
              control={
                <Checkbox
                  checked={dialect.hasHeader}
                  onChange={(_, hasHeader) => onChoice({ ...choice, hasHeader })}
                />
              }
            />
          </>
        )}
        <UndoButtons history={history} />
      </Box>
      {columns.length > 0 && (
        <Box component="ul" aria-label="Columns" tabIndex={0} sx={strip}>
          {columns.map(({ name, target, samples }) => (
            <Box
              component="li"
              key={name}
              sx={target === 'nothing' ? { ...card, color: 'text.secondary' } : card}
            >
              <Box sx={{ ...cut, fontWeight: 'fontWeightMedium' }} title={name}>
                {name}
              </Box>
              <Choice
                label={`${name} is`}
                isLabelHidden
                value={target}
                options={targets.map((one) => [one.target, one.words])}
                onChange={(next) =>
                  onChoice({
                    ...choice,
                    columns: {
                      ...choice.columns,
                      ...clearedColumns(reading, next as ColumnTarget),
                      [name]: next as ColumnTarget,
                    },
                  })
                }
              />
              <Box sx={{ ...cut, typography: 'caption', color: 'text.secondary' }}>
                {samples.join(' · ') || 'empty'}
              </Box>
            </Box>
          ))}
        </Box>
      )}
      {columns.length > 0 && <Values checked={checked} choice={choice} onChoice={onChoice} />}
    </Box>
  );
}

/** The other column that had this target loses it. */
function clearedColumns({ columns }: ResolvedImport, target: ColumnTarget): Record<string, ColumnTarget> {
  if (target === 'nothing') return {};
  return Object.fromEntries(
    columns.filter((column) => column.target === target).map(({ name }) => [name, 'nothing' as const]),
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

const formatGroup = (format: Format) => (format === 'table' || format === 'records' ? format : 'requests');

interface ChoiceProps {
  label: string;
  isLabelHidden?: boolean;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Choice({ label, isLabelHidden = false, value, options, onChange }: ChoiceProps) {
  return (
    <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
      {!isLabelHidden && <span>{label}</span>}
      <NativeSelect
        value={value}
        onChange={({ target }) => onChange(target.value)}
        inputProps={isLabelHidden ? { 'aria-label': label } : {}}
        disableUnderline
        sx={select}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </NativeSelect>
    </Box>
  );
}

const select = {
  flex: 1,
  minWidth: 0,
  border: 1,
  borderColor: 'outline.main',
  borderRadius: 1,
  bgcolor: 'background.paper',
  '& select': { py: 0.5, pl: 2, fontSize: 'body2.fontSize' },
} as const;

const strip = {
  display: 'flex',
  gap: 2,
  m: 0,
  px: { xs: 3, sm: 4 },
  pt: 1,
  pb: 2,
  overflowX: 'auto',
  listStyle: 'none',
} as const;

const card = {
  flex: '0 0 176px',
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
