import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';

interface DropAreaProps {
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}

/** Takes files dropped anywhere on the page, before an editor, an input or the browser opens them. */
export function DropArea({ onFiles, children }: DropAreaProps) {
  const [isOver, setOver] = useState(false);

  const onDragOver = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    take(event);
    if (!isAsking()) setOver(true);
  });

  const onDrop = useEffectEvent((event: DragEvent) => {
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    take(event);
    if (!isAsking()) onFiles(files);
  });

  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    document.addEventListener('dragenter', (event) => onDragOver(event), options);
    document.addEventListener('dragover', (event) => onDragOver(event), options);
    // The pointer has left the page.
    document.addEventListener(
      'dragleave',
      (event) => event.relatedTarget === null && setOver(false),
      options,
    );
    document.addEventListener('drop', (event) => onDrop(event), options);
    return () => listening.abort();
  }, []);

  return (
    <Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', position: 'relative' }}>
      {children}
      {isOver && <DropHint />}
    </Box>
  );
}

function take(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}

/** True while a dialog waits for an answer. */
export const isAsking = () => document.querySelector('[aria-modal=true]') !== null;

const DropHint = () => (
  <Box
    sx={{
      position: 'absolute',
      inset: 8,
      zIndex: 'modal',
      display: 'grid',
      placeItems: 'center',
      typography: 'h2',
      border: '2px dashed',
      borderColor: 'primary.main',
      borderRadius: 1,
      bgcolor: 'color-mix(in srgb, var(--sheaf-palette-background-paper) 88%, transparent)',
      // Otherwise, dragging over the hint would count as leaving the area.
      pointerEvents: 'none',
    }}
  >
    Drop to import
  </Box>
);
