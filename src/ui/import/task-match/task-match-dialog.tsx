import { useId } from 'react';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { useProject } from '#ui/import/projects/use-projects.ts';
import { MatchChoice } from './match-choice.tsx';
import { TaskReadingState } from './task-reading.tsx';
import { useProjectTasks } from './use-project-tasks.ts';

/** Chooses a column of the file and a matching field of the tasks’ data. */
export function TaskMatchDialog() {
  const { taskMatch, summary } = useNavigation();
  const title = useId();
  const isNarrow = useMediaQuery('(max-width: 899px)');
  // The notice that opened the dialog is gone if matching solved its problem.
  function takeFocus() {
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest('[role=dialog]')) summary.focus();
  }
  return (
    <Dialog
      open={taskMatch.request !== undefined}
      onClose={taskMatch.close}
      fullScreen={isNarrow}
      maxWidth={false}
      aria-labelledby={title}
      slotProps={{
        paper: { sx: isNarrow ? {} : { width: 1000 } },
        transition: { onExited: takeFocus },
      }}
    >
      <Box
        sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, pl: { xs: 4, sm: 6 }, pr: 4, pt: 4, pb: 3 }}
      >
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box component="h2" id={title} sx={{ typography: 'h2', m: 0 }}>
            Match rows to tasks
          </Box>
          <Box sx={{ color: 'text.secondary' }}>
            Choose a column and the task data that its values should be found in.
          </Box>
        </Box>
        <IconButton aria-label="Close" onClick={taskMatch.close}>
          <CloseIcon />
        </IconButton>
      </Box>
      {taskMatch.request && <Content key={taskMatch.request.opening} column={taskMatch.request.column} />}
    </Dialog>
  );
}

function Content({ column }: { column: string | undefined }) {
  const { connected, projectId } = useBatch();
  const { taskMatch, projectInput } = useNavigation();
  const reading = useProjectTasks(true);
  const { data: project } = useProject(projectId, { connected });
  if (!connected || projectId === undefined)
    return (
      <Box sx={state}>
        <span>{connected ? 'Choose the project of these tasks first.' : 'Connect to a server first.'}</span>
        <Button
          variant="outlined"
          autoFocus
          onClick={() => {
            taskMatch.close();
            projectInput.current?.focus();
          }}
        >
          {connected ? 'Choose a project' : 'Close'}
        </Button>
      </Box>
    );
  const { tasks } = reading;
  if (tasks === undefined)
    return (
      <Box sx={state}>
        <TaskReadingState reading={reading} />
      </Box>
    );
  const title = project?.ok ? project.value.title : tasks.title;
  if (tasks.tasks === 0)
    return <Box sx={state}>{title} has no tasks yet. Import them in Label Studio first.</Box>;
  return <MatchChoice column={column} title={title} tasks={tasks} reading={reading} />;
}

const state = {
  display: 'grid',
  gap: 4,
  justifyItems: 'start',
  px: { xs: 4, sm: 6 },
  py: 6,
  borderTop: 1,
  borderColor: 'outline.quiet',
} as const;
