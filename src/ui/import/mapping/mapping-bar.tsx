import type { KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import type { CheckSummary } from '#domain/check.ts';
import type { ColumnTarget, Format, ImportSummary, ImportSettings } from '#domain/parse/import-settings.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { UndoButtons, undoActionOfKey } from '#ui/import/history/undo-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Choice } from './choice.tsx';
import { ColumnStrip } from './column-strip.tsx';
import { ExportPartsChoice } from './export-parts.tsx';
import { Values } from './values.tsx';

interface MappingBarProps {
  checked: CheckSummary;
  reading: ImportSummary;
  history: BatchHistory;
}

/** How the text was read, and controls to change it. Hidden for a plain list of requests. */
export function MappingBar({ checked, reading, history }: MappingBarProps) {
  const { importSettings: choice } = useBatch();
  const { format, dialect, columns } = reading;
  const engine = useEngine();
  const onChoice = (next: ImportSettings) => void history.read(next);
  const isChosen = choice.format !== undefined;
  if ((format === 'request' || format === 'requests') && !isChosen) return null;

  /** The other column that had this target loses it. */
  async function choose(name: string, target: ColumnTarget) {
    const others = target === 'nothing' ? [] : await engine.batch.columnsMappedTo(target);
    const cleared = Object.fromEntries(others.map((other) => [other, 'nothing' as const]));
    onChoice({ ...choice, columns: { ...choice.columns, ...cleared, [name]: target } });
  }

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
        {reading.export && <ExportPartsChoice found={reading.export} choice={choice} onChoice={onChoice} />}
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
      {columns > 0 && (
        <ColumnStrip checked={checked} reading={reading} onTarget={(...chosen) => void choose(...chosen)} />
      )}
      {columns > 0 && <Values checked={checked} choice={choice} onChoice={onChoice} />}
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

const formatGroup = (format: Format) => (format === 'table' || format === 'records' ? format : 'requests');
