import { use } from 'react';
import { useQuery } from '@tanstack/react-query';
import CheckedIcon from '@mui/icons-material/CheckBox';
import UncheckedIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import RadioOnIcon from '@mui/icons-material/RadioButtonChecked';
import RadioOffIcon from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import type { TaskInList } from '#engine/tasks/task-in-list.ts';
import { clamped } from '#ui/components/clamp.ts';
import type { TaskImage } from '#engine/tasks/image-address.ts';
import { SourceImage } from '#ui/components/data-display/source-image.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { readOrThrow, type ReadFailure } from './read-or-throw.ts';
import { Opening } from './use-tasks.ts';

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

/** In px: the same with an image, while it is loading and without one. */
const size = { width: 72, height: 54 };

/** The image of a task. Hidden from screen readers, because the row’s text says the same. */
function TaskThumbnail({ image }: { image: TaskImage | undefined }) {
  return (
    <Box aria-hidden sx={frame}>
      {image && <Picture key={image.url} image={image} />}
    </Box>
  );
}

function Picture({ image }: { image: TaskImage }) {
  switch (image.from) {
    case 'server':
      return <OwnPicture url={image.url} />;
    case 'web':
      return <Shown source={image.url} />;
    case 'nowhere':
      return <>No preview</>;
  }
}

/** Read by the engine, because only it has the token. */
function OwnPicture({ url }: { url: string }) {
  const engine = useEngine();
  const opening = use(Opening);
  const { data, isError } = useQuery<Blob, ReadFailure>({
    queryKey: ['task image', opening, url],
    queryFn: () => readOrThrow(engine.tasks.image(url)),
    staleTime: Infinity,
    // Scrolling must not cache a hundred thousand images.
    gcTime: 30_000,
    retry: false,
  });
  if (isError) return <>No preview</>;
  return data && <Shown source={data} />;
}

const Shown = ({ source }: { source: Blob | string }) => (
  <SourceImage source={source} fit="cover">
    No preview
  </SourceImage>
);

const frame = {
  ...size,
  flex: 'none',
  borderRadius: 1,
  overflow: 'hidden',
  bgcolor: 'sunken.main',
  color: 'text.secondary',
  typography: 'caption',
  display: 'grid',
  placeItems: 'center',
};

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
