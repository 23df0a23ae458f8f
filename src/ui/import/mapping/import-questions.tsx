import Box from '@mui/material/Box';
import { useBatch } from '#ui/import/batch-context.tsx';
import { ExportNamesQuestions } from '#ui/import/mapping/export/export-names.tsx';
import { ExportQuestion } from '#ui/import/mapping/export/export-parts.tsx';

/** Questions about the source, for things that Sheaf doesn’t guess. */
export function ImportQuestions() {
  const { checked, importSettings: settings, history } = useBatch();
  const found = checked?.reading?.export;
  if (found === undefined) return null;
  return (
    <Box sx={{ flex: 'none', '&:empty': { display: 'none' } }}>
      <ExportQuestion found={found} choice={settings} onChoice={(next) => void history.read(next)} />
      <ExportNamesQuestions found={found} choice={settings} onChoice={(next) => void history.read(next)} />
    </Box>
  );
}
