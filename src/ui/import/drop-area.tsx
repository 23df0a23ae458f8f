import { useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import Box from '@mui/material/Box';

interface DropAreaProps {
  onFile: (file: File) => void;
  children: ReactNode;
}

/** Takes a file dropped or pasted anywhere inside, before an editor or input inserts it as text. */
export function DropArea({ onFile, children }: DropAreaProps) {
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  }

  function onDrop(event: DragEvent) {
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    onFile(file);
  }

  function onPaste(event: ClipboardEvent) {
    const file = event.clipboardData.files[0];
    // Spreadsheets copy an image along with the cells' text; the text is wanted.
    if (!file || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    event.stopPropagation();
    onFile(file);
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
