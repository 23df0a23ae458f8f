import { use } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { TaskImage } from '#engine/tasks/image-address.ts';
import { SourceImage } from '#ui/components/data-display/source-image.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { readOrThrow, type NotRead } from './not-read.ts';
import { Opening } from './use-tasks.ts';

/** In px: the same with an image, while it is loading and without one. */
const size = { width: 72, height: 54 };

/** The image of a task. Hidden from screen readers, because the row’s text says the same. */
export function TaskThumbnail({ image }: { image: TaskImage | undefined }) {
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
  const { data, isError } = useQuery<Blob, NotRead>({
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
