import { useRef } from 'react';
import Button from '@mui/material/Button';
import { useBatchActions } from './batch-context.tsx';

export function OpenFileButton() {
  const { openFile } = useBatchActions();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>Open a file…</Button>
      <input
        ref={input}
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
    </>
  );
}
