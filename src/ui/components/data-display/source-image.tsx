import { useCallback, useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';

interface SourceImageProps {
  /** An address, or the image itself. */
  source: string | Blob;
  fit?: 'cover' | 'contain';
  /** Shown if the image can’t be loaded. */
  children: ReactNode;
}

/**
 * A decorative image that fills its box in width. Revokes a blob’s URL on unmount, because the browser keeps the blob
 * until then.
 */
export function SourceImage({ source, fit = 'contain', children }: SourceImageProps) {
  const [isBroken, setBroken] = useState(false);
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = typeof source === 'string' ? source : URL.createObjectURL(source);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [source],
  );
  if (isBroken) return <>{children}</>;
  return (
    <Box
      component="img"
      ref={show}
      alt=""
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      draggable={false}
      onError={() => setBroken(true)}
      sx={{ display: 'block', width: 1, ...(fit === 'cover' && { height: 1, objectFit: 'cover' }) }}
    />
  );
}
