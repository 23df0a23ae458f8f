import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import type { CheckSummary } from '#domain/check.ts';
import type { TaskCandidate } from '#domain/parse/grid/grid-columns.ts';
import { figure } from '#ui/components/numbers.ts';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { TaskReadingState } from './task-reading.tsx';
import { readWords, useProjectTasks } from './use-project-tasks.ts';

/** Problems that task matching solves. */
export const withoutTasks: readonly string[] = [
  'task-column-missing',
  'task-matching-missing',
  'tasks-without-id',
];
/** Problems that may disappear when the tasks are read again. */
const ofKnownTasks = ['task-not-found', 'task-ambiguous', 'task-not-in-project'];

/** The state of task matching: possible, in progress or outdated. */
export function TaskMatchNotice() {
  const { checked, connected, projectId, importSettings } = useBatch();
  const { taskMatch } = useNavigation();
  const codes = new Set(checked?.problemGroups.map(({ code }) => code));
  const isUnread = codes.has('tasks-not-read');
  const reading = useProjectTasks(isUnread);
  const { tasks, isReading } = reading;
  if (connected && isUnread && (isReading || tasks === undefined))
    return (
      <Box sx={noticeBar}>
        <TaskReadingState reading={reading} />
      </Box>
    );
  const needsTasks = withoutTasks.some((code) => codes.has(code));
  if (projectId === undefined && needsTasks)
    return (
      <Box sx={noticeBar}>
        Choose a project first. Then rows can be matched to its tasks by ID, a file name, an SKU, or the text
        itself.
      </Box>
    );
  if (projectId !== undefined && needsTasks)
    return (
      <Box sx={noticeBar}>
        {checked && <TaskColumnQuestion checked={checked} />}
        <span>Match rows to tasks by a file name, an SKU, or the text itself.</span>
        <Button variant="outlined" size="small" onClick={() => taskMatch.open()}>
          Match rows to tasks…
        </Button>
      </Box>
    );
  const isOfOtherProject = checked?.format === 'export' && importSettings.controls !== undefined;
  if (projectId !== undefined && isOfOtherProject && importSettings.matching === undefined)
    return (
      <Box sx={noticeBar}>
        <span>This export is of another project, where its task IDs may be other tasks.</span>
        <Button variant="outlined" size="small" onClick={() => taskMatch.open()}>
          Match rows to tasks…
        </Button>
      </Box>
    );
  if (tasks === undefined || !ofKnownTasks.some((code) => codes.has(code))) return null;
  return (
    <Box sx={noticeBar}>
      <Box component="span" role="status">
        {isReading ? 'Reading what changed …' : `Compared with ${tasks.title}: ${readWords(tasks)}.`}
      </Box>
      <Button size="small" onClick={reading.read} disabled={isReading}>
        Read again
      </Button>
      <Button size="small" onClick={() => taskMatch.open()}>
        Change matching…
      </Button>
    </Box>
  );
}

/** Asks which column has the task IDs if no name makes it clear. Nothing is chosen until a person answers. */
function TaskColumnQuestion({ checked }: { checked: CheckSummary }) {
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

/** A bar above the source. */
export const noticeBar = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 3,
  rowGap: 1,
  px: { xs: 3, sm: 4 },
  py: 1.5,
  borderBottom: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  typography: 'body2',
} as const;
