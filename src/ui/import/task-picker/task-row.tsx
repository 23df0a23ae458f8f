import CheckedIcon from '@mui/icons-material/CheckBox';
import UncheckedIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import RadioOnIcon from '@mui/icons-material/RadioButtonChecked';
import RadioOffIcon from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import type { TaskInList } from '#engine/tasks/task-in-list.ts';
import { clamped } from '#ui/components/clamped.ts';
import { TaskThumbnail } from './task-thumbnail.tsx';

/** The same for every row, so that nothing moves while images and texts are loading. */
export const rowHeight = 76;

interface TaskRowProps {
  task: TaskInList;
  isPicked: boolean;
  /** True if several tasks can be picked. */
  several: boolean;
  withImages: boolean;
}

/** A row of the task picker. */
export function TaskRow({ task, isPicked, several, withImages }: TaskRowProps) {
  const [On, Off] = several ? [CheckedIcon, UncheckedIcon] : [RadioOnIcon, RadioOffIcon];
  const Mark = isPicked ? On : Off;
  return (
    <Box sx={row}>
      <Mark color={isPicked ? 'primary' : 'action'} />
      <Box component="span" sx={{ fontFamily: 'mono', flex: 'none', minWidth: '5ch', textAlign: 'right' }}>
        {task.id}
      </Box>
      {withImages && <TaskThumbnail image={task.image} />}
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Box sx={clamped(2)}>{task.text}</Box>
        <Box sx={{ ...clamped(1), typography: 'caption', color: 'text.secondary' }}>{task.details}</Box>
      </Box>
    </Box>
  );
}

const row = {
  height: rowHeight,
  boxSizing: 'border-box',
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: { xs: 4, sm: 6 },
  borderBottom: 1,
  borderColor: 'divider',
  userSelect: 'none',
};
