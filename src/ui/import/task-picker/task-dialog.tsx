import { useId, useReducer, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import useMediaQuery from '@mui/material/useMediaQuery';
import { count } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { useProject } from '#ui/import/projects/use-projects.ts';
import { BySearch } from './by-search.tsx';
import { ByView } from './by-view.tsx';
import { changeSelection, inOrder, selectionOf } from './selection.ts';
import { Opening } from './use-tasks.ts';

export interface TaskDialogProps {
  /** Number of the opening, from 1. */
  opening: number;
  open: boolean;
  project: number;
  /** True if several tasks can be picked. */
  several: boolean;
  /** The IDs as typed in the field. */
  text: string;
  onUse: (text: string) => void;
  onClose: () => void;
}

/** Picks tasks from the project’s list. Starts with the IDs in the field, and returns all of them. */
export function TaskDialog(props: TaskDialogProps) {
  const { opening, open, project, onClose } = props;
  const id = useId();
  const isNarrow = useMediaQuery('(max-width: 599px)');
  const { data: read } = useProject(project, { connected: open });
  const title = read?.ok ? read.value.title : `project ${project}`;

  return (
    <Dialog
      open={open}
      // A click outside would lose the selection.
      onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()}
      fullScreen={isNarrow}
      fullWidth
      maxWidth="md"
      aria-labelledby={id}
      // A fixed height, so that a search with few results moves nothing.
      slotProps={{ paper: { sx: isNarrow ? {} : { height: 'min(760px, calc(100% - 64px))' } } }}
    >
      <Box
        component="h2"
        id={id}
        sx={{ typography: 'h2', m: 0, px: { xs: 4, sm: 6 }, pt: 5, pb: 3, overflowWrap: 'anywhere' }}
      >
        {props.several ? 'Pick tasks of' : 'Pick a task of'} {title}
      </Box>
      <Opening value={opening}>
        <Start {...props} key={opening} />
      </Opening>
    </Dialog>
  );
}

/** Parses the IDs in the field. Unreadable ones would be lost, so then nothing can be picked. */
function Start(props: TaskDialogProps) {
  const engine = useEngine();
  const { opening, text, onClose } = props;
  const { data: typed } = useQuery({
    queryKey: ['typed task ids', opening],
    queryFn: () => engine.tasks.parseIds(text),
    gcTime: 0,
  });
  if (!typed)
    return (
      <Box sx={{ p: 6 }}>
        <Waiting>Reading the ids …</Waiting>
      </Box>
    );
  if (typed.problems.length === 0)
    return (
      <Picking
        opening={opening}
        project={props.project}
        several={props.several}
        before={typed.ids}
        onUse={props.onUse}
        onClose={onClose}
      />
    );
  return (
    <>
      <Box sx={{ px: { xs: 4, sm: 6 }, flex: 1 }}>
        <Alert severity="warning">
          The field has text that isn’t task IDs. Fix or clear it first.
          <div>{typed.problems[0]}</div>
        </Alert>
      </Box>
      <DialogActions sx={actions}>
        <Button variant="contained" autoFocus onClick={onClose}>
          Back to the field
        </Button>
      </DialogActions>
    </>
  );
}

interface PickingProps extends Pick<
  TaskDialogProps,
  'opening' | 'project' | 'several' | 'onUse' | 'onClose'
> {
  /** The IDs already in the field. */
  before: number[];
}

function Picking({ opening, project, several, before, onUse, onClose }: PickingProps) {
  const engine = useEngine();
  const [tab, setTab] = useState<'search' | 'view'>('search');
  const [{ ids: picked, version }, change] = useReducer(changeSelection, before, selectionOf);
  const ids = () => inOrder(before, picked);
  const written = useQuery({
    queryKey: ['picked task ids', opening, version],
    queryFn: () => engine.tasks.formatIds(ids()),
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Infinity,
  });
  const use = async () => onUse((await engine.tasks.formatIds(ids())).text);

  return (
    <>
      {several && (
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Pick by"
          value={tab}
          // Pressing the active button gives null.
          onChange={(_, next: typeof tab | null) => next && setTab(next)}
          sx={{ px: { xs: 4, sm: 6 }, pb: 4, maxWidth: '100%' }}
        >
          <ToggleButton value="search">From the list</ToggleButton>
          <ToggleButton value="view">By a Data Manager view</ToggleButton>
        </ToggleButtonGroup>
      )}
      {/* Both stay mounted, so that switching loses neither position nor search. */}
      <Box hidden={tab !== 'search'} sx={{ flex: 1, minHeight: 0 }}>
        <BySearch {...{ project, several, picked, change }} />
      </Box>
      {tab === 'view' && (
        <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
          <ByView {...{ project, picked, change }} />
        </Box>
      )}
      <DialogActions sx={actions}>
        <Box role="status" aria-label="Picked" sx={summary}>
          {written.data && (picked.size === 0 ? 'Nothing picked.' : `Picked: ${written.data.short}`)}
        </Box>
        {several && picked.size > 0 && <Button onClick={() => change({ kind: 'clear' })}>Clear</Button>}
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="contained"
          disabled={picked.size === 0 && before.length === 0}
          onClick={() => void use()}
        >
          {wordsOf(picked.size, several)}
        </Button>
      </DialogActions>
    </>
  );
}

function wordsOf(picked: number, several: boolean): string {
  if (picked === 0) return 'Select tasks';
  if (!several && picked === 1) return 'Use this task';
  return picked === 1 ? 'Use 1 task' : `Use ${count(picked, 'task')}`;
}

const actions = {
  px: { xs: 4, sm: 6 },
  py: 3,
  gap: 2,
  flexWrap: 'wrap',
  borderTop: 1,
  borderColor: 'divider',
  '& > :not(style) ~ :not(style)': { ml: 0 },
};

const summary = {
  flex: { xs: '1 1 100%', sm: '1 1 0' },
  minWidth: 0,
  color: 'text.secondary',
  typography: 'body2',
  overflowWrap: 'anywhere',
};
