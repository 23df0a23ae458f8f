import { Suspense, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { lengthOf } from '#ui/state/text-on-screen.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { Typed } from '#ui/state/workbench.ts';
import type { OnFix } from '#ui/import/problems/fix-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import { MappingBar } from '#ui/import/mapping/mapping-bar.tsx';
import type { JsonEditorHandle } from './json-editor.tsx';
import { isShown, type ProblemFilterState } from '#ui/import/problems/problem-filter.tsx';
import { TextEditor } from './text-editor.tsx';
import { ProblemPanel } from '#ui/import/problems/problem-panel.tsx';

interface JsonViewProps {
  text: TextOnScreen;
  onTextChange: (text: TextOnScreen) => void;
  onTyped: (typed: Typed) => void;
  /** Puts a text that is too long for the editor into the batch. */
  onLongText: (place: { from: number; to: number }, words: string) => Promise<void>;
  checked: CheckSummary | undefined;
  checking: boolean;
  /** Where to put the cursor when it opens. */
  startAt: { from: number; to: number } | undefined;
  reading: ImportSettings;
  history: BatchHistory;
  onFix: OnFix;
  /** The way out of a text that cannot be read, where there is one. */
  repair: ReactNode;
  problemsRef: Ref<HTMLDivElement>;
  /** What to do first, shown over the editor while it is empty. */
  whenEmpty: ReactNode;
}

/** The batch as text, and below it what the check found. */
export function JsonView(props: JsonViewProps) {
  const {
    text,
    onTextChange,
    onTyped,
    onLongText,
    checked,
    checking,
    startAt,
    reading,
    history,
    onFix,
    repair,
    problemsRef,
    whenEmpty,
  } = props;
  const editor = useRef<JsonEditorHandle>(null);
  const [active, setActive] = useState<number>();

  const [look, setLook] = useState<ProblemFilterState>({ show: 'all', grouped: false });

  const step = (direction: 1 | -1) => {
    const isListed = (problem: number) => isShown(look, checked?.problems[problem]?.severity ?? 'info');
    setActive(editor.current?.step(direction, isListed));
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'F8') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }

  return (
    <Box onKeyDown={onKeyDown} sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      {checked?.reading && (
        <MappingBar checked={checked} reading={checked.reading} choice={reading} history={history} />
      )}
      <Box
        sx={{ flex: 1, minHeight: { xs: 280, sm: 200 }, position: 'relative', bgcolor: 'background.paper' }}
      >
        <Suspense fallback={<EditorIsLoading />}>
          <TextEditor
            ref={editor}
            text={text}
            onTextChange={onTextChange}
            onTyped={onTyped}
            onLongText={onLongText}
            problems={checking ? undefined : checked?.problems}
            startAt={startAt}
          />
        </Suspense>
        {lengthOf(text) === 0 && whenEmpty}
      </Box>
      <ProblemPanel
        listRef={problemsRef}
        checked={checked}
        checking={checking}
        active={active}
        onActive={setActive}
        onGoTo={(problem) => editor.current?.goTo(problem)}
        onGoToPlace={(place) => editor.current?.select(place)}
        look={look}
        onLook={setLook}
        onStep={step}
        onFix={onFix}
        repair={repair}
      />
    </Box>
  );
}

const EditorIsLoading = () => (
  <Box sx={{ p: 4 }}>
    <Waiting>Loading the editor …</Waiting>
  </Box>
);
