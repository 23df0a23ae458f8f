import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { LabelColumns } from '#domain/parse/import-settings.ts';
import { count } from '#ui/components/numbers.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { ExportNamesQuestions } from '#ui/import/mapping/export/export-names.tsx';
import { ExportQuestion } from '#ui/import/mapping/export/export-parts.tsx';
import { noticeBar } from '#ui/import/task-match/task-match-notice.tsx';
import { withLabelColumns } from './label-columns-choice.tsx';

/** Questions about the source, for things that Sheaf doesn’t guess. */
export function ImportQuestions() {
  const { checked, importSettings: settings, history } = useBatch();
  const { export: found, labelColumns = [] } = checked?.reading ?? {};
  const open = labelColumns.filter(({ areUsed }) => !areUsed);
  if (found === undefined && open.length === 0) return null;
  return (
    <Box sx={{ flex: 'none', '&:empty': { display: 'none' } }}>
      {found && (
        <>
          <ExportQuestion found={found} choice={settings} onChoice={(next) => void history.read(next)} />
          <ExportNamesQuestions
            found={found}
            choice={settings}
            onChoice={(next) => void history.read(next)}
          />
        </>
      )}
      {open.map((one) => (
        <LabelColumnsQuestion
          key={one.control}
          found={one}
          onUse={() => void history.read(withLabelColumns(settings, one.control, true))}
        />
      ))}
    </Box>
  );
}

/** Asks whether columns that are named like labels mark them. */
function LabelColumnsQuestion({ found, onUse }: { found: LabelColumns; onUse: () => void }) {
  const { control, columns, names } = found;
  const quoted = names.map((name) => `“${name}”`);
  if (columns > names.length) quoted.push(count(columns - names.length, 'more column'));
  const listed = new Intl.ListFormat('en-GB').format(quoted);
  return (
    <Box role="group" aria-label={`Choices of ${control} in columns`} sx={noticeBar}>
      <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        Columns {listed} are named like choices of “{control}”. If used, TRUE, 1, yes or x in a cell selects
        the choice.
      </Box>
      <Button variant="outlined" size="small" onClick={onUse}>
        Use {count(columns, 'column')} as choices
      </Button>
    </Box>
  );
}
