import '@fontsource-variable/jetbrains-mono/wght.css';
import { useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import type { ImportProps } from '#ui/state/workbench.ts';
import { DraftNote } from './draft-note.tsx';
import { DropArea } from './drop-area.tsx';
import type { OnFix } from '#ui/import/problems/fix-buttons.tsx';
import { FormView } from '#ui/import/form/form-view.tsx';
import { LeaveDialog } from '#ui/import/form/leave-dialog.tsx';
import { useHistory } from '#ui/import/history/use-history.ts';
import { EmptyEditor } from '#ui/import/editor/empty-editor.tsx';
import { JsonView } from '#ui/import/editor/json-view.tsx';
import { ProjectPicker } from '#ui/import/projects/project-picker.tsx';
import { RepairAction } from '#ui/import/problems/repair-action.tsx';
import { ReviewAction } from './review-action.tsx';
import { ChosenProject } from '#ui/import/projects/chosen-project.ts';
import { SampleMenu } from './sample-menu.tsx';
import { OpenFileButton, Toolbar, type View } from './toolbar.tsx';
import { useLeave } from '#ui/import/form/leave-dialog.tsx';
import { useNewText } from './use-new-text.ts';
import { useProject, useProjects } from '#ui/import/projects/use-projects.ts';
import { useSummaryFocus } from './use-summary-focus.ts';
import { useTextQueue } from './use-text-queue.ts';
import { Said } from './notice.tsx';
import { goodOnes, whyNoReview } from './review-blocker.ts';

/** Coming back from another screen, one finds the view that one left. */
let viewLeft: View = 'json';

/** One batch in two views. Its text is the one truth; the form reads a request from it and writes changes into it. */
export function ImportScreen(props: ImportProps) {
  const { text, onTextChange, checked, checking, projectId, onProjectChange, connected, onReview } = props;
  const { unwritten, onUnwritten } = props;
  const engine = useEngine();
  const queue = useTextQueue({ text, onTextChange, checking });
  const history = useHistory({ text, reading: props.reading }, props.onReading, queue);
  const projects = useProjects({ connected });
  const chosen = useProject(projectId, { connected });
  const summary = useSummaryFocus();
  const projectInput = useRef<HTMLInputElement>(null);

  const [view, setView] = useState(viewLeft);
  const [entry, setEntry] = useState(0);
  const [startAt, setStartAt] = useState<{ from: number; to: number }>();
  const {
    said,
    say,
    hush,
    openFile,
    insertExample,
    writeAsRequests,
    layOut,
    fix: mend,
    repair: mendWriting,
    putIn,
    discard,
    removeRequest,
  } = useNewText(queue, history);

  const { leave, dialog } = useLeave(unwritten, onUnwritten);

  function show(next: View, at?: { from: number; to: number }) {
    viewLeft = next;
    setStartAt(at);
    setView(next);
  }

  const isTable = checked?.shape === 'table' || checked?.shape === 'records';
  const batch = { text, checked, connected, projectId, unwritten: unwritten.length };
  const whyNot = whyNoReview(batch);

  function goToEntry(next: number) {
    // The grid stays, whichever of its rows is the active one.
    if (isTable || next === entry) summary.focus();
    else summary.focusNext();
    setEntry(next);
  }

  function leadToHindrance() {
    const errors = checked?.problems.filter(({ severity }) => severity === 'error') ?? [];
    const first = errors[0];
    switch (whyNot?.at) {
      case 'project':
        return projectInput.current?.focus();
      case 'text':
        return view === 'json' ? summary.focus() : show('json', first);
      case 'problems':
        if (view === 'json' || first?.entry === undefined) return summary.focus();
        if (errors.some((error) => error.entry === entry)) return summary.focus();
        return goToEntry(first.entry);
      case 'form':
        return summary.focus();
      case 'elsewhere':
      case undefined:
    }
  }

  async function takeBack(take: typeof history.undo) {
    const step = await take();
    if (step === 'gone') say({ words: 'The previous text was too large to keep.' });
    await queue.settled();
    // Columns that hold something else are drawn anew, and take the focus with them.
    if (document.activeElement === document.body) summary.focus();
    return step;
  }
  const historyHere = {
    ...history,
    undo: () => takeBack(history.undo),
    redo: () => takeBack(history.redo),
  };

  async function fix(...asked: Parameters<OnFix>) {
    await mend(...asked);
    await queue.settled();
    // The button went with the problem, and took the focus with it.
    if (document.activeElement === document.body) summary.focus();
  }

  async function repair(words: string) {
    await mendWriting(words);
    await queue.settled();
    if (document.activeElement === document.body) summary.focus();
  }
  const repairAction = (
    <RepairAction checked={checked} checking={checking} onRepair={(words) => void repair(words)} />
  );

  const fillInForm = () => void history.edit(() => engine.batch.addEntry()).then(() => show('form'));
  const failure = connected && projects.data?.ok === false ? projects.data.failure : undefined;
  const example = (
    <>
      <Button variant="outlined" onClick={insertExample}>
        Insert an example
      </Button>
      <OpenFileButton onFile={openFile} />
      <Button onClick={fillInForm}>Fill in the form</Button>
    </>
  );

  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box component="h1" sx={visuallyHidden}>
        Import
      </Box>
      <Toolbar
        project={
          <ProjectPicker
            projectId={projectId}
            onProjectChange={onProjectChange}
            connected={connected}
            projects={projects}
            chosen={chosen}
            inputRef={projectInput}
          />
        }
        view={view}
        isTable={isTable}
        onView={(next) => leave(() => show(next))}
        onExample={() => leave(insertExample)}
        sample={
          <SampleMenu
            whyNot={
              connected && projectId !== undefined
                ? undefined
                : 'Choose a project to get a sample with its labels.'
            }
            onSay={say}
            onRefused={() => projectInput.current?.focus()}
          />
        }
        onFile={(file) => leave(() => openFile(file))}
        onFormat={isJson(checked) ? layOut : undefined}
        review={
          <ReviewAction
            annotations={checked?.rows ?? 0}
            whyNot={whyNot?.words}
            onReview={() => void queue.settled().then(onReview)}
            good={goodOnes(batch)}
            onReviewGood={() => void queue.settled().then(props.onReviewGood)}
            onRefused={leadToHindrance}
          />
        }
      />
      {failure && (
        <Box sx={{ px: { xs: 3, sm: 4 }, py: 2 }}>
          <FailureNotice failure={failure}>
            <Button
              variant="outlined"
              size="small"
              loading={projects.isFetching}
              onClick={() => void projects.refetch()}
            >
              Reload projects
            </Button>
          </FailureNotice>
        </Box>
      )}
      <DraftNote note={props.draft} onDiscard={() => leave(discard)} />
      <DropArea onFile={(file) => leave(() => openFile(file))}>
        {view === 'json' ? (
          <JsonView
            text={text}
            onTextChange={onTextChange}
            onTyped={props.onTyped}
            onLongText={putIn}
            checked={checked}
            checking={checking}
            startAt={startAt}
            reading={props.reading}
            history={historyHere}
            onFix={(...asked) => void fix(...asked)}
            repair={repairAction}
            problemsRef={summary.ref}
            whenEmpty={<EmptyEditor>{example}</EmptyEditor>}
          />
        ) : (
          <ChosenProject value={projectId}>
            <FormView
              text={text}
              checked={checked}
              checking={checking}
              reading={props.reading}
              history={historyHere}
              entry={entry}
              onEntry={setEntry}
              onGoToEntry={goToEntry}
              queue={queue}
              onUnwritten={onUnwritten}
              leave={leave}
              onSay={say}
              onFix={(...asked) => void fix(...asked)}
              onRemove={removeRequest}
              repair={repairAction}
              onRequests={writeAsRequests}
              onShowInText={(place) => leave(() => show('json', place))}
              onExample={insertExample}
              summaryRef={summary.ref}
              connected={connected}
            />
          </ChosenProject>
        )}
      </DropArea>
      <LeaveDialog {...dialog} />
      <Said
        said={said?.step === undefined || said.step === history.last ? said : undefined}
        onUndo={() => void historyHere.undo()}
        onClose={hush}
      />
    </Box>
  );
}

/** Whether the text is one JSON value, which can be laid out. */
const isJson = (checked: CheckSummary | undefined) =>
  checked?.shape !== 'table' && checked?.shape !== 'lines';
