import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { Mask } from '#domain/preview/mask.ts';
import type { ImagePreview, RegionPreview } from '#domain/preview/preview.ts';
import type { Shape } from '#domain/preview/shapes.ts';
import type { TaskImage } from '#engine/tasks/image-address.ts';
import { objectId } from '#ui/state/object-id.ts';
import { SourceImage } from '#ui/components/data-display/source-image.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { radius } from '#ui/theme/tokens.ts';

interface ImageWithShapesProps {
  image: ImagePreview;
  /** Undefined while the task is unknown. */
  picture: TaskImage | undefined;
  regions: readonly RegionPreview[];
  /** The number of the highlighted region. */
  active: number | undefined;
}

/** An image with the shapes and masks of its regions. Without an image, the shapes are drawn on an empty square. */
export function ImageWithShapes({ image, picture, regions, active }: ImageWithShapesProps) {
  const { source, why } = usePicture(picture);
  const colorOf = (region: number) => regions[region - 1]?.color ?? 'currentColor';
  return (
    <Box component="figure" aria-label={image.name} sx={{ m: 0 }}>
      <Box sx={frame}>
        {source === undefined ? (
          <Box sx={empty}>{why}</Box>
        ) : (
          <SourceImage key={typeof source === 'string' ? source : objectId(source)} source={source}>
            <Box sx={empty}>The image couldn’t be loaded.</Box>
          </SourceImage>
        )}
        {image.masks.map(({ region, mask }) => (
          <MaskCanvas key={region} mask={mask} color={colorOf(region)} />
        ))}
        <Box component="svg" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden sx={over}>
          {image.shapes.map(({ region, shape }) => (
            <ShapeView key={region} shape={shape} color={colorOf(region)} isActive={region === active} />
          ))}
        </Box>
        {image.shapes.map(({ region, shape }) => (
          <Box
            key={region}
            component="span"
            aria-hidden
            sx={tag}
            style={tagStyle(shape, regions[region - 1])}
          >
            {region} {regions[region - 1]?.labels[0] ?? ''}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** The image’s address or bytes. For images on the server, only the engine has the token. */
function usePicture(picture: TaskImage | undefined): { source?: string | Blob; why: string } {
  const engine = useEngine();
  const { data, isPending } = useQuery({
    queryKey: ['preview image', picture?.url],
    queryFn: async () => {
      const read = await engine.tasks.image(picture!.url);
      return read.ok ? { source: read.value, why: '' } : { why: read.failure.message };
    },
    enabled: picture?.from === 'server',
    staleTime: Infinity,
    // Stepping through rows must not cache all their images.
    gcTime: 30_000,
    retry: false,
  });
  if (picture === undefined) return { why: 'No image' };
  if (picture.from === 'web') return { source: picture.url, why: '' };
  if (picture.from === 'nowhere') return { why: 'This image is in a storage that a page can’t read.' };
  return data ?? { why: isPending ? 'Loading the image …' : 'No image' };
}

interface ShapeViewProps {
  shape: Shape;
  color: string;
  isActive: boolean;
}

function ShapeView({ shape, color, isActive }: ShapeViewProps) {
  const paint = {
    fill: color,
    fillOpacity: isActive ? 0.35 : 0.12,
    stroke: color,
    strokeWidth: isActive ? 4 : 2,
    vectorEffect: 'non-scaling-stroke',
  } as const;
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, rotation } = shape;
      return (
        <rect
          {...{ x, y, width: Math.max(0, width), height: Math.max(0, height) }}
          transform={`rotate(${rotation} ${x} ${y})`}
          {...paint}
        />
      );
    }
    case 'ellipse': {
      const { x, y, radiusX, radiusY, rotation } = shape;
      return (
        <ellipse
          cx={x}
          cy={y}
          rx={Math.max(0, radiusX)}
          ry={Math.max(0, radiusY)}
          transform={`rotate(${rotation} ${x} ${y})`}
          {...paint}
        />
      );
    }
    case 'polygon': {
      const points = shape.points.map((point) => point.join(',')).join(' ');
      return shape.isClosed ? (
        <polygon points={points} {...paint} />
      ) : (
        <polyline points={points} {...paint} fill="none" />
      );
    }
    case 'point':
      return <ellipse cx={shape.x} cy={shape.y} rx="0.8" ry="0.8" {...paint} fillOpacity={1} />;
  }
}

/** The mask in the label’s colour. */
function MaskCanvas({ mask, color }: { mask: Mask; color: string }) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement) => {
      const { width, height, alpha } = mask;
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) return;
      const image = context.createImageData(width, height);
      for (let pixel = 0; pixel < alpha.length; pixel += 1) image.data[pixel * 4 + 3] = alpha[pixel]!;
      context.putImageData(image, 0, 0);
      // Keeps the mask’s transparency and replaces its black.
      context.globalCompositeOperation = 'source-in';
      context.fillStyle = color;
      context.fillRect(0, 0, width, height);
    },
    [mask, color],
  );
  return <Box component="canvas" ref={draw} aria-hidden sx={{ ...over, opacity: 0.5 }} />;
}

/** The label beside the shape, inside the image. */
function tagStyle(shape: Shape, region: RegionPreview | undefined) {
  const [x, y] = shape.kind === 'polygon' ? (shape.points[0] ?? [0, 0]) : [shape.x, shape.y];
  const within = (place: number) => `${Math.min(96, Math.max(0, place))}%`;
  return { left: within(x), top: within(y), backgroundColor: region?.color, color: region?.ink };
}

const frame = {
  position: 'relative',
  overflow: 'hidden',
  borderRadius: 1,
  bgcolor: 'sunken.main',
} as const;

const over = { position: 'absolute', inset: 0, width: 1, height: 1, overflow: 'visible' } as const;

const empty = {
  display: 'grid',
  placeItems: 'center',
  aspectRatio: '4 / 3',
  p: 4,
  textAlign: 'center',
  color: 'text.secondary',
} as const;

const tag = {
  position: 'absolute',
  transform: 'translateY(-100%)',
  px: 1,
  borderRadius: radius.small,
  typography: 'caption',
  whiteSpace: 'nowrap',
  maxWidth: '40%',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
} as const;
