import { useRef } from 'react';
import FolderOpenIcon from '@mui/icons-material/FolderOpenOutlined';
import Button from '@mui/material/Button';

/** Adds a run from a file that was saved here or in another browser. */
export function OpenRunFile({ onOpen }: { onOpen: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FolderOpenIcon />} onClick={() => input.current?.click()}>
        Open a saved run…
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Run file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) onOpen(file);
        }}
      />
    </>
  );
}
