import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { useBatch, useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { OpenFileButton } from '#ui/import/open-file-button.tsx';
import { isShown, type ProblemFilterState } from '#ui/import/problems/problem-filter.tsx';
import { ProblemPanel } from '#ui/import/problems/problem-panel.tsx';
import { useDrafts } from '#ui/state/drafts/use-drafts.ts';
import { TextEditor, type TextEditorHandle } from './text-editor.tsx';

/** The batch as text, with the check’s results below it. */
export function JsonView() {
  const { workbench, text, checked, checking, history } = useBatch();
  const { insertLongText } = useBatchActions();
  const { startAt, keepView } = useNavigation();
  const drafts = useDrafts();
  const editor = useRef<TextEditorHandle>(null);
  const [active, setActive] = useState<number>();
  const [filter, setFilter] = useState<ProblemFilterState>({ show: 'all', grouped: false });

  useEffect(() => {
    const remove = workbench.addEditor(() => editor.current?.flush());
    return () => void remove();
  }, [workbench]);

  const step = (direction: 1 | -1) => {
    const isListed = (problem: number) => isShown(filter, checked?.problems[problem]?.severity ?? 'info');
    setActive(editor.current?.step(direction, isListed));
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'F8') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }

  return (
    <Box onKeyDown={onKeyDown} sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box
        sx={{ flex: 1, minHeight: { xs: 280, sm: 200 }, position: 'relative', bgcolor: 'background.paper' }}
      >
        <Suspense fallback={<EditorIsLoading />}>
          <TextEditor
            ref={editor}
            text={text}
            onTyped={(typed) => {
              keepView();
              return workbench.type(typed);
            }}
            onUndo={(way) => history[way]()}
            onShow={workbench.showPart}
            onLongText={insertLongText}
            problems={checked?.problems}
            checking={checking}
            startAt={startAt}
          />
          <AfterEditor onShown={drafts.batchDrawn} />
        </Suspense>
        {text.length === 0 && <EmptyEditor />}
      </Box>
      <ProblemPanel
        active={active}
        onActive={setActive}
        onGoTo={(problem) => editor.current?.goTo(problem)}
        onGoToPlace={(place) => editor.current?.select(place)}
        filter={filter}
        onFilter={setFilter}
        onStep={step}
      />
    </Box>
  );
}

/** Mounted together with the editor, once that is loaded. */
function AfterEditor({ onShown }: { onShown: () => void }) {
  useEffect(onShown, [onShown]);
  return null;
}

const EditorIsLoading = () => (
  <Box sx={{ p: 4 }}>
    <Waiting>Loading the editor …</Waiting>
  </Box>
);

/** First steps, over the empty editor. Clicks pass through to the editor. */
function EmptyEditor() {
  const { insertExample, fillInForm } = useBatchActions();
  return (
    <Box
      sx={{
        position: 'absolute',
        inset: '0 0 0 56px',
        display: 'grid',
        alignContent: 'center',
        px: 4,
        overflow: 'hidden',
        pointerEvents: 'none',
        '& button': { pointerEvents: 'auto' },
        '& > *': { my: 0 },
      }}
    >
      <EmptyState
        title="Paste or drop your batch"
        action={
          <>
            <Button variant="outlined" onClick={insertExample}>
              Insert an example
            </Button>
            <OpenFileButton />
            <Button onClick={fillInForm}>Fill in the form</Button>
          </>
        }
      >
        Paste cells from a spreadsheet, JSON or a Label Studio export, or drop a file. Everything is checked
        before it is sent.
      </EmptyState>
    </Box>
  );
}
