import type { PlacedProblem } from '#wire/problem.ts';
import { useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { isSameText } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { OnFix } from '#ui/import/problems/fix-buttons.tsx';
import { GridView } from '#ui/import/grid/grid-view.tsx';
import { undoActionOfKey, type UndoActions } from '#ui/import/history/undo-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import type { Word } from '#ui/import/use-new-text.ts';
import { ProblemsByGroup } from '#ui/import/problems/problems-by-group.tsx';
import type { TextQueue } from '#ui/import/text-queue.ts';
import { EntryList } from './entry-list.tsx';
import { EntryPane } from './entry-pane.tsx';

export interface FormViewProps {
  text: TextOnScreen;
  checked: CheckSummary | undefined;
  checking: boolean;
  /** How the text is to be read, where that is not found out. */
  reading: ImportSettings;
  history: BatchHistory;
  /** The request in the form, or the active row; the last one where there are fewer. */
  entry: number;
  onEntry: (entry: number) => void;
  /** Leads to what is wrong with a request. */
  onGoToEntry: (entry: number) => void;
  queue: TextQueue;
  /** What stands in the form and cannot be put into the text. */
  onUnwritten: (problems: FieldProblem[]) => void;
  /** Does what takes the request out of the form, once nothing would be lost by it. */
  leave: (go: () => void) => void;
  onSay: (word: Word) => void;
  onFix: OnFix;
  onRemove: (entry: number) => void;
  /** The way out of a text that cannot be read, where there is one. */
  repair: ReactNode;
  onShowInText: (place: { from: number; to: number }) => void;
  onExample: () => void;
  /** Writes a table, and whatever else is no list of requests, as one. */
  onRequests: () => void;
  summaryRef: Ref<HTMLElement>;
  connected: boolean;
}

/** The batch as a list of requests and a form for one of them; a table, as a grid of its rows. */
export function FormView(props: FormViewProps) {
  const { text, checked, checking, queue, history, leave, onEntry, onSay } = props;
  const engine = useEngine();
  const version = useOutsideVersion(text, queue);
  const [added, setAdded] = useState<number>();

  if (!checked) return <Box sx={{ p: 6 }}>{checking && <Waiting>Reading the batch …</Waiting>}</Box>;
  const { entries } = checked;
  const entry = Math.max(0, Math.min(props.entry, entries - 1));

  function add() {
    leave(() => {
      setAdded(entries);
      void history.edit(() => engine.batch.addEntry()).then(() => onEntry(entries));
    });
  }
  const duplicate = () =>
    leave(() => void history.edit(() => engine.batch.duplicateEntry(entry)).then(() => onEntry(entry + 1)));

  async function takeBack(take: typeof history.undo) {
    const step = await take();
    if (step !== 'gone' && step?.form) onEntry(step.form.entry);
    return step;
  }
  const waysBack: UndoActions = {
    ...history,
    // What is taken back takes the request out of the form, too.
    undo: () => leave(() => void takeBack(history.undo)),
    redo: () => leave(() => void takeBack(history.redo)),
  };

  function onKeyDown(event: KeyboardEvent) {
    const take = undoActionOfKey(event, waysBack);
    if (take === undefined) return;
    event.preventDefault();
    take();
  }

  const goTo = (problem: PlacedProblem) =>
    problem.entry === undefined ? props.onShowInText(problem) : props.onGoToEntry(problem.entry);

  switch (checked.shape) {
    case 'unreadable':
      return (
        <UnreadableText
          problem={checked.problems[0]}
          onShowInText={props.onShowInText}
          repair={props.repair}
        />
      );
    case 'empty':
      return <NoRequest onAdd={add} onExample={props.onExample} />;
    case 'records':
    case 'table':
      return (
        <GridView
          text={text}
          checked={checked}
          queue={queue}
          row={props.entry}
          onRow={onEntry}
          onGoToRow={props.onGoToEntry}
          reading={props.reading}
          history={history}
          onFix={props.onFix}
          onSay={onSay}
          onShowInText={props.onShowInText}
          onRequests={props.onRequests}
          gridRef={props.summaryRef}
        />
      );
    case 'lines':
    case 'export':
      return <NotForForm checked={checked} onRequests={props.onRequests} />;
    case 'one':
    case 'array':
      if (entries === 0) return <NoRequest onAdd={add} onExample={props.onExample} />;
      return (
        <Box sx={panes} onKeyDown={onKeyDown}>
          <EntryList
            checked={checked}
            entry={entry}
            onEntry={(next) => leave(() => onEntry(next))}
            onAdd={add}
            problems={
              <ProblemsByGroup
                checked={checked}
                onGoTo={(problem) => leave(() => goTo(problem))}
                onFix={(problem, scope) => leave(() => props.onFix(problem, scope))}
              />
            }
          />
          <EntryPane
            {...props}
            waysBack={waysBack}
            checked={checked}
            entry={entry}
            version={version}
            startsInTasks={entry === added}
            onDuplicate={duplicate}
            onRemove={() => props.onRemove(entry)}
          />
        </Box>
      );
  }
}

const panes = {
  height: '100%',
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', md: '300px 1fr' },
  gridTemplateRows: { xs: '196px auto', md: '1fr' },
  // Narrow, the two follow one another and the page scrolls; wide, each scrolls by itself.
  overflow: { xs: 'auto', md: 'hidden' },
  '& > :first-of-type': {
    minHeight: 0,
    bgcolor: 'background.paper',
    borderRight: { md: 1 },
    borderBottom: { xs: 1, md: 0 },
    borderColor: { xs: 'divider', md: 'divider' },
  },
};

const NoRequest = ({ onAdd, onExample }: { onAdd: () => void; onExample: () => void }) => (
  <EmptyState
    title="Nothing here yet"
    action={
      <>
        <Button variant="outlined" startIcon={<AddIcon />} onClick={onAdd} autoFocus>
          Add a request
        </Button>
        <Button onClick={onExample}>Insert an example</Button>
      </>
    }
  >
    Apply one set of labels to any number of tasks.
  </EmptyState>
);

const formats = {
  lines: 'lines of JSON',
  export: 'an export of Label Studio',
};

/** What is no list of requests keeps its own shape, until somebody wants another one. */
function NotForForm({ checked, onRequests }: { checked: CheckSummary; onRequests: () => void }) {
  const { shape, rows, errors } = checked;
  const isReady = rows > 0 && errors === 0;
  return (
    <EmptyState
      title={`This batch is ${formats[shape as keyof typeof formats]}`}
      action={
        <Button variant="outlined" onClick={onRequests} disabled={!isReady}>
          Convert to requests
        </Button>
      }
    >
      The form shows requests. Rows with the same labels become one request; you can undo this.
      {!isReady && ' Fix the errors first.'}
    </EmptyState>
  );
}

/** Grows whenever the text became another by anything but the form on screen, which must then be read anew. */
function useOutsideVersion(text: TextOnScreen, queue: TextQueue) {
  const [seen, setSeen] = useState({ text, version: 0 });
  if (isSameText(text, seen.text)) return seen.version;
  const version = queue.isWrittenByForm(text) ? seen.version : seen.version + 1;
  setSeen({ text, version });
  return version;
}

interface UnreadableTextProps {
  problem: PlacedProblem | undefined;
  onShowInText: (place: PlacedProblem) => void;
  /** The way out, where there is a certain one. */
  repair: ReactNode;
}

/** The form has nothing to show while the text is no JSON. Nothing of it is lost; it wants mending where it stands. */
function UnreadableText({ problem, onShowInText, repair }: UnreadableTextProps) {
  const where = problem ? ` at line ${problem.line}, column ${problem.column}` : '';
  return (
    <EmptyState
      title={`The text has an error${where}`}
      action={
        problem && (
          <>
            <Button variant="outlined" onClick={() => onShowInText(problem)}>
              Go to the error
            </Button>
            {repair}
          </>
        )
      }
    >
      <Box>{problem?.message}</Box>
      <Box sx={{ mt: 2 }}>Fix the text to use the form again. Nothing is lost.</Box>
    </EmptyState>
  );
}
