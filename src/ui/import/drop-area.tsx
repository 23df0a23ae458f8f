import { useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import Box from '@mui/material/Box';

interface DropAreaProps {
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}

/** Takes files dropped or pasted anywhere inside, before an editor or input inserts it as text. */
export function DropArea({ onFiles, children }: DropAreaProps) {
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  }

  function onDrop(event: DragEvent) {
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(files);
  }

  function onPaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files];
    // Spreadsheets copy an image along with the cells' text; the text is wanted.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(files);
  }

  return (
    <Box
      onDragEnterCapture={onDragOver}
      onDragOverCapture={onDragOver}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDropCapture={onDrop}
      onPasteCapture={onPaste}
      sx={{ flex: 1, minHeight: 0, position: 'relative' }}
    >
      {children}
      {isOver && <DropHint />}
    </Box>
  );
}

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
      // Otherwise dragging over the hint would count as leaving the area.
      pointerEvents: 'none',
    }}
  >
    Drop to import
  </Box>
);
