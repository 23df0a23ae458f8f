import { useRef, type Ref } from 'react';
import FolderIcon from '@mui/icons-material/FolderOpenOutlined';
import Button from '@mui/material/Button';
import { useBatchActions } from './batch-context.tsx';

export function OpenFileButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FolderIcon />} onClick={() => input.current?.click()}>
        Choose a file…
      </Button>
      <FileInput ref={input} />
    </>
  );
}

/** The browser's file dialog; `click` on it opens the dialog. */
export function FileInput({ ref }: { ref: Ref<HTMLInputElement> }) {
  const { openFile } = useBatchActions();
  return (
    <input
      ref={ref}
      type="file"
      accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,application/json,text/csv,text/plain"
      aria-label="File to open"
      hidden
      onChange={({ target }) => {
        const file = target.files?.[0];
        if (file) openFile(file);
        // Lets the same file be opened again.
        target.value = '';
      }}
    />
  );
}
