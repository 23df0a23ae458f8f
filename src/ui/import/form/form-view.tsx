import { isSameVersion } from '#wire/text/text-version.ts';
import { useMemo, useState, type KeyboardEvent } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { CheckSummary } from '#domain/check.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { useBatch, useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { GridView } from '#ui/import/grid/grid-view.tsx';
import { RepairAction } from '#ui/import/problems/repair-action.tsx';
import type { TextQueue } from '#ui/import/history/text-queue.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { PreviewedTask, TaskPreview } from './task-preview.tsx';
import { FormBar } from './form-bar.tsx';
import { EntryList } from './entry-list.tsx';
import { EntryPane } from './entry-pane.tsx';

/** The batch as a list of sets of labels with a form for one, or as a grid of its rows. */
export function FormView() {
  const { text, checked, checking, queue } = useBatch();
  const version = useOutsideVersion(text, queue);
  const requests = useRequests(checked);

  if (!checked) return <Box sx={{ p: 6 }}>{checking && <Waiting>Reading the batch …</Waiting>}</Box>;
  switch (checked.format) {
    case 'unreadable':
      return <UnreadableText problem={checked.problems[0]} />;
    case 'empty':
      return <NoRequest onAdd={requests.add} />;
    case 'records':
    case 'table':
    case 'coco':
    case 'yolo':
    case 'doccano':
    case 'prodigy':
      return <GridView checked={checked} />;
    case 'json-lines':
    case 'export':
      return <NotForForm checked={checked} />;
    case 'request':
    case 'requests':
      if (checked.entries === 0) return <NoRequest onAdd={requests.add} />;
      return <RequestsView checked={checked} version={version} requests={requests} />;
  }
}

/** The current request, and changes of the list. */
function useRequests(checked: CheckSummary | undefined) {
  const engine = useEngine();
  const { queue } = useBatch();
  const { entry: wanted, setEntry, openFreshSet, leave } = useNavigation();
  const entries = checked?.entries ?? 0;
  const entry = Math.max(0, Math.min(wanted, entries - 1));

  return {
    entry,
    select: (next: number) => leave(() => setEntry(next)),
    add: () =>
      leave(() => {
        void queue.edit(() => engine.batch.addEntry()).then(() => openFreshSet(entries));
      }),
    duplicate: () =>
      leave(
        () => void queue.edit(() => engine.batch.duplicateEntry(entry)).then(() => openFreshSet(entry + 1)),
      ),
  };
}

interface RequestsViewProps {
  checked: CheckSummary;
  version: number;
  requests: ReturnType<typeof useRequests>;
}

function RequestsView({ checked, version, requests }: RequestsViewProps) {
  const { entry } = requests;
  const { showInText, goToEntry, leave } = useNavigation();
  const [shown, setShown] = useState({ entry, place: 0 });
  const [isPreviewOpen, setPreviewOpen] = useState(false);
  const isBeside = useMediaQuery((theme: Theme) => theme.breakpoints.up('lg'));
  const previewed = useMemo(
    () => ({
      place: shown.entry === entry ? shown.place : 0,
      onPlace: (place: number) => setShown({ entry, place }),
    }),
    [shown, entry],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || event.code !== 'KeyN') return;
    event.preventDefault();
    requests.add();
  }

  const goTo = (problem: PlacedProblem) => {
    const { entry: at } = problem;
    if (at === undefined) showInText(problem);
    else leave(() => goToEntry(at));
  };

  const preview = <TaskPreview checked={checked} entry={entry} />;
  return (
    <PreviewedTask value={previewed}>
      <Box sx={page} onKeyDown={onKeyDown}>
        <Box sx={panes}>
          <EntryList checked={checked} entry={entry} onEntry={requests.select} onAdd={requests.add} />
          <EntryPane
            checked={checked}
            entry={entry}
            version={version}
            onDuplicate={requests.duplicate}
            onPreview={isBeside ? undefined : () => setPreviewOpen(true)}
          />
          {isBeside && (
            <Box component="aside" aria-label="Beside the form" tabIndex={0} sx={beside}>
              {preview}
            </Box>
          )}
        </Box>
        <FormBar checked={checked} onGoTo={goTo} />
        {!isBeside && (
          <Drawer
            anchor="bottom"
            open={isPreviewOpen}
            onClose={() => setPreviewOpen(false)}
            slotProps={{ paper: { 'aria-label': 'Preview', sx: { height: '60%' } } }}
          >
            {preview}
          </Drawer>
        )}
      </Box>
    </PreviewedTask>
  );
}

const page = { height: '100%', display: 'flex', flexDirection: 'column' } as const;

const panes = {
  flex: 1,
  minHeight: 0,
  display: 'grid',
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr)',
    md: '216px minmax(0, 1fr)',
    lg: '256px minmax(0, 1fr) clamp(320px, 31vw, 440px)',
  },
  gridTemplateRows: { xs: '196px auto', md: 'minmax(0, 1fr)' },
  // On narrow windows the page scrolls; on wide ones each pane does.
  overflow: { xs: 'auto', md: 'hidden' },
};

const beside = {
  minHeight: 0,
  bgcolor: 'background.default',
  overflow: 'auto',
  overscrollBehavior: 'contain',
  borderLeft: 1,
  borderColor: 'divider',
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

function NoRequest({ onAdd }: { onAdd: () => void }) {
  const { insertExample } = useBatchActions();
  return (
    <EmptyState
      title="Nothing here yet"
      action={
        <>
          <Button variant="outlined" startIcon={<AddIcon />} onClick={onAdd} autoFocus>
            Add a set of labels
          </Button>
          <Button onClick={insertExample}>Insert an example</Button>
        </>
      }
    >
      Apply one set of labels to any number of tasks.
    </EmptyState>
  );
}

const formats = {
  'json-lines': 'lines of JSON',
  export: 'an export of Label Studio',
};

/** Table rows and exports have no form, but can be rewritten as requests. */
function NotForForm({ checked }: { checked: CheckSummary }) {
  const { writeAsRequests } = useBatchActions();
  const { format, rows, errors } = checked;
  const isReady = rows > 0 && errors === 0;
  return (
    <EmptyState
      title={`This batch is ${formats[format as keyof typeof formats]}`}
      action={
        <Button variant="outlined" onClick={writeAsRequests} disabled={!isReady}>
          Convert to requests
        </Button>
      }
    >
      The form shows requests. Rows with the same labels become one request; you can undo this.
      {!isReady && ' Fix the errors first.'}
    </EmptyState>
  );
}

/** Increases when the text is changed outside the form, which then reads it again. */
function useOutsideVersion(text: TextOnScreen, queue: TextQueue) {
  const [seen, setSeen] = useState({ text, version: 0 });
  if (isSameVersion(text, seen.text)) return seen.version;
  const version = queue.isWrittenByForm(text) ? seen.version : seen.version + 1;
  setSeen({ text, version });
  return version;
}

/** Replaces the form while the text isn’t valid JSON. */
function UnreadableText({ problem }: { problem: PlacedProblem | undefined }) {
  const { showInText } = useNavigation();
  const where = problem ? ` at line ${problem.line}, column ${problem.column}` : '';
  return (
    <EmptyState
      title={`The text has an error${where}`}
      action={
        problem && (
          <>
            <Button variant="outlined" onClick={() => showInText(problem)}>
              Go to the error
            </Button>
            <RepairAction />
          </>
        )
      }
    >
      <Box>{problem?.message}</Box>
      <Box sx={{ mt: 2 }}>Fix the text to use the form again. Nothing is lost.</Box>
    </EmptyState>
  );
}
