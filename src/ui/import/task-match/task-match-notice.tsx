import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { TaskColumnQuestion } from './task-column-question.tsx';
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
  if (projectId !== undefined && withoutTasks.some((code) => codes.has(code)))
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
