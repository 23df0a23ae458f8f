import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ProjectProposal } from '#engine/batch/calls/proposal-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { noticeBar, withoutTasks } from './task-match-notice.tsx';

/** Proposes a project for the batch while none is chosen. */
export function ProjectProposalNotice() {
  const engine = useEngine();
  const { workbench, checked, checking, text, projectId } = useBatch();
  const { taskMatch } = useNavigation();
  const { connection } = workbench.get();
  const hasRows = checked !== undefined && (checked.entries > 0 || (checked.reading?.columns ?? 0) > 0);
  const { data } = useQuery({
    // Typing in a row changes neither.
    queryKey: [
      'project-proposal',
      connection && objectId(connection),
      text.firstLine.slice(0, maxKeyUnits),
      checked?.entries,
      checked?.reading?.columns,
    ],
    queryFn: async () => (await engine.batch.proposeProject()) ?? null,
    enabled: connection !== undefined && projectId === undefined && hasRows && !checking,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (!data || projectId !== undefined || connection === undefined || !hasRows) return null;
  // Without task IDs, the next step is task matching, which needs a project.
  const needsMatching = checked.problemGroups.some(({ code }) => withoutTasks.includes(code));

  function use(project: number) {
    workbench.chooseProject(project);
    if (needsMatching) taskMatch.open();
  }

  return (
    <Box sx={noticeBar} role="status">
      <span>
        Is this for <strong>{data.title}</strong>? {wordsOf(data)}
      </span>
      <Button variant="outlined" size="small" onClick={() => use(data.project)}>
        Use {data.title}
        {needsMatching && ' and match rows…'}
      </Button>
    </Box>
  );
}

const maxKeyUnits = 300;

function wordsOf({ why }: ProjectProposal): string {
  if (why.by === 'labels') return `Its labels fit ${why.columns.map((name) => `“${name}”`).join(', ')}.`;
  return why.of === 1 ? 'The task is in it.' : `${figure(why.found)} of ${count(why.of, 'task')} are in it.`;
}
