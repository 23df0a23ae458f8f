import { useRef, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';

export type View = 'json' | 'form';

interface ToolbarProps {
  /** The project picker. */
  project: ReactNode;
  view: View;
  /** A table is no JSON, and has no form but a grid. */
  isTable: boolean;
  onView: (view: View) => void;
  onExample: () => void;
  /** Beside the example: a whole batch to download. */
  sample: ReactNode;
  onFile: (file: File) => void;
  /** Undefined where there is no JSON to lay out. */
  onFormat: (() => void) | undefined;
  /** The one main action. */
  review: ReactNode;
}

export function Toolbar({
  project,
  view,
  isTable,
  onView,
  onExample,
  sample,
  onFile,
  onFormat,
  review,
}: ToolbarProps) {
  return (
    <Box
      role="group"
      aria-label="Batch"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        rowGap: 2,
        px: { xs: 3, sm: 4 },
        py: 2,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        sx={{ flex: { xs: '1 1 100%', sm: '1 1 200px' }, minWidth: 0, maxWidth: { sm: 260 }, mr: { sm: 1 } }}
      >
        {project}
      </Box>
      <ViewSwitch view={view} isTable={isTable} onView={onView} />
      <Button onClick={onExample}>Insert an example</Button>
      {sample}
      <OpenFileButton onFile={onFile} />
      {view === 'json' && onFormat && <Button onClick={onFormat}>Format</Button>}
      {review}
    </Box>
  );
}

function ViewSwitch({ view, isTable, onView }: Pick<ToolbarProps, 'view' | 'isTable' | 'onView'>) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label="View"
      value={view}
      // Pressing the pressed one again gives null, and there is no third view.
      onChange={(_, next: View | null) => next && onView(next)}
    >
      <ToggleButton value="json" sx={likeButtons}>
        {isTable ? 'Text' : 'JSON'}
      </ToggleButton>
      <ToggleButton value="form" sx={likeButtons}>
        {isTable ? 'Grid' : 'Form'}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

const likeButtons = {
  minHeight: 32,
  py: 0,
  px: 3,
  color: 'text.secondary',
  '&:hover': { bgcolor: 'action.hover', color: 'text.primary' },
  '&.Mui-selected, &.Mui-selected:hover': { bgcolor: 'sunken.hover', color: 'text.primary' },
};

export function OpenFileButton({ onFile }: Pick<ToolbarProps, 'onFile'>) {
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
          if (file) onFile(file);
          // So that the same file, changed meanwhile, can be opened again.
          target.value = '';
        }}
      />
    </>
  );
}
