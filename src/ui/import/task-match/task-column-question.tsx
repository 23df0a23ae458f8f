import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import type { TaskCandidate } from '#domain/parse/records/grid.ts';
import { figure } from '#ui/components/numbers.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** Asks which column has the task IDs if no name makes it clear. Nothing is chosen until a person answers. */
export function TaskColumnQuestion({ checked }: { checked: CheckSummary }) {
  const engine = useEngine();
  const { importSettings: settings, history } = useBatch();
  const { data: candidates = [] } = useQuery({
    queryKey: ['task-candidates', objectId(checked)],
    queryFn: () => engine.batch.taskCandidates(),
    staleTime: Infinity,
    gcTime: 10_000,
  });
  if (candidates.length === 0) return null;
  const choose = (name: string) =>
    void history.read({ ...settings, columns: { ...settings.columns, [name]: 'task' } });
  return (
    <Box
      role="group"
      aria-label="Which column has the task IDs?"
      sx={{ width: 1, display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 3, rowGap: 1 }}
    >
      <Box component="span" sx={{ fontWeight: 'fontWeightBold' }}>
        Which column has the task IDs?
      </Box>
      {candidates.map((candidate) => (
        <Button
          key={candidate.name}
          variant="outlined"
          size="small"
          onClick={() => choose(candidate.name)}
          sx={{ minWidth: 0, overflowWrap: 'anywhere' }}
        >
          {wordsOf(candidate)}
        </Button>
      ))}
    </Box>
  );
}

function wordsOf({ name, samples, known, rows }: TaskCandidate): string {
  const values = `${name}: ${samples.join(', ')}, …`;
  return known === undefined
    ? values
    : `${values} (${figure(known)} of ${figure(rows)} are tasks of the project)`;
}
