import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { count } from '#ui/components/numbers.ts';
import { everything } from '#ui/state/runs/every-row.ts';
import { useExport } from '#ui/state/runs/use-export.ts';

interface RemainingRowsProps {
  planId: string;
  withErrors: PlanView['withErrors'];
}

/** The number of rows that won’t be sent because of errors, and a download to fix and import them again. */
export function RemainingRows({ planId, withErrors: { entries, unit } }: RemainingRowsProps) {
  const { isExporting, message, exportFile } = useExport(planId, everything);
  if (entries === 0) return null;
  return (
    <Box
      role="group"
      aria-label="Rows to fix"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 2 }}
    >
      <Box sx={{ flex: '1 1 280px' }}>
        {count(entries, unit)} with errors will not be sent.
        <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {message?.words}
        </Box>
      </Box>
      <Button
        variant="outlined"
        startIcon={<DownloadIcon />}
        loading={isExporting}
        onClick={() => void exportFile('to-fix')}
      >
        Download rows to fix
      </Button>
    </Box>
  );
}
