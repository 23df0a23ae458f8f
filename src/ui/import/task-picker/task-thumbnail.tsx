import { use } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { TaskImage } from '#engine/tasks/image-address.ts';
import { SourceImage } from '#ui/components/data-display/source-image.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { readOrThrow, type NotRead } from './not-read.ts';
import { Opening } from './use-tasks.ts';

/** In px: what it takes in a row is the same whether there is an image, none yet, or none to be had. */
const size = { width: 72, height: 54 };

/** The image of a task. It says nothing that the row's text does not, so a screen reader is not told of it. */
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

/** The engine reads it, for it alone has the token; the page shows what it was given. */
function OwnPicture({ url }: { url: string }) {
  const engine = useEngine();
  const opening = use(Opening);
  const { data, isError } = useQuery<Blob, NotRead>({
    queryKey: ['task image', opening, url],
    queryFn: () => readOrThrow(engine.tasks.image(url)),
    staleTime: Infinity,
    // Rows come and go while one scrolls; a hundred thousand images must not gather.
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
