import { useRef, type Ref } from 'react';
import FolderIcon from '@mui/icons-material/FolderOpenOutlined';
import Button from '@mui/material/Button';
import { useBatchActions } from './batch-context.tsx';

export function OpenFileButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FolderIcon />} onClick={() => input.current?.click()}>
        Choose files…
      </Button>
      <FileInput ref={input} />
    </>
  );
}

/** The browser’s file dialog; `click` opens it. */
export function FileInput({ ref }: { ref: Ref<HTMLInputElement> }) {
  const { openFiles } = useBatchActions();
  return (
    <input
      ref={ref}
      type="file"
      multiple
      accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,.xlsx,.zip,.names,.yaml,.yml,application/json,text/csv,text/plain"
      aria-label="File to open"
      hidden
      onChange={({ target }) => {
        if (target.files && target.files.length > 0) openFiles([...target.files]);
        // Allows opening the same files again.
        target.value = '';
      }}
    />
  );
}
