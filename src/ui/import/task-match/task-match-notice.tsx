import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { TaskReadingState } from './task-reading.tsx';
import { readWords, useProjectTasks } from './use-project-tasks.ts';

/** Problems that matching rows to tasks solves. */
const withoutTasks = new Set(['task-column-missing', 'tasks-without-id', 'task-matching-missing']);
/** Problems that may be gone when the tasks are read again. */
const ofKnownTasks = new Set(['task-not-found', 'task-ambiguous', 'task-not-in-project']);

/** What is to be said about the tasks of rows: that they can be matched, are being read, or may have changed. */
export function TaskMatchNotice() {
  const { checked, connected } = useBatch();
  const { taskMatch } = useNavigation();
  const codes = new Set(checked?.problemGroups.map(({ code }) => code));
  const isUnread = codes.has('tasks-not-read');
  const reading = useProjectTasks(isUnread);
  const { tasks, isReading } = reading;
  if (connected && isUnread && (isReading || tasks === undefined))
    return (
      <Box sx={bar}>
        <TaskReadingState reading={reading} />
      </Box>
    );
  if ([...withoutTasks].some((code) => codes.has(code)))
    return (
      <Box sx={bar}>
        <span>Match rows to tasks by a file name, an SKU, or the text itself.</span>
        <Button variant="outlined" size="small" onClick={() => taskMatch.open()}>
          Match rows to tasks…
        </Button>
      </Box>
    );
  if (tasks === undefined || ![...ofKnownTasks].some((code) => codes.has(code))) return null;
  return (
    <Box sx={bar}>
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

const bar = {
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
