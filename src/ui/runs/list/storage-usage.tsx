import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { sizeInWords } from '#wire/text/words.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { runsKey } from '#ui/state/runs/use-runs.ts';

/** How much this browser stores, and whether it may evict it. */
export function StorageUsage({ onSaveAll, onDelete }: { onSaveAll: () => void; onDelete: () => void }) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: [...runsKey, 'usage'],
    queryFn: async () => (await engine.runs.usage()) ?? null,
  });
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', color: 'text.secondary' }}>
      <Box sx={{ flex: '1 1 260px', typography: 'body2' }}>
        {data
          ? `Sheaf uses ${sizeInWords(data.used)} of ${sizeInWords(data.granted)} in this browser. ${
              data.persisted
                ? 'The browser keeps it until you delete it.'
                : 'The browser may delete it if the disk is full.'
            }`
          : 'Over plain http the browser doesn’t say how much it stores, and locks between tabs are weaker: https is safer.'}
      </Box>
      {data && data.granted > 0 && (
        <Box
          aria-hidden
          sx={{ width: 120, height: 6, borderRadius: 1, overflow: 'hidden', bgcolor: 'sunken.pressed' }}
        >
          <Box
            sx={{ height: 1, minWidth: 2, bgcolor: 'wheat.main' }}
            style={{ width: `${Math.min(100, (100 * data.used) / data.granted)}%` }}
          />
        </Box>
      )}
      <Button variant="text" onClick={onSaveAll}>
        Save all to a file
      </Button>
      <Button variant="text" onClick={onDelete}>
        Delete old runs…
      </Button>
    </Box>
  );
}
