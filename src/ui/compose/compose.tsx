import { useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { FieldProblem } from '#engine/engine.ts';
import { FailureNotice } from '#ui/shared/failure-notice.tsx';
import { useEngine } from '#ui/shared/use-engine.ts';
import { visuallyHidden } from '#ui/shared/visually-hidden.ts';
import type { ComposeProps } from '#ui/shared/workbench.ts';
import { DropArea } from './drop-area.tsx';
import { FormView } from './form/form-view.tsx';
import { LeaveDialog } from './form/leave-dialog.tsx';
import { EmptyEditor } from './json/empty-editor.tsx';
import { JsonView } from './json/json-view.tsx';
import { ProjectPicker } from './project-picker.tsx';
import { ReviewAction } from './review-action.tsx';
import { OpenFileButton, Toolbar, type View } from './toolbar.tsx';
import { useNewText } from './use-new-text.ts';
import { useProject, useProjects } from './use-projects.ts';
import { useSummaryFocus } from './use-summary-focus.ts';
import { useTextQueue } from './use-text-queue.ts';
import { Said } from './said.tsx';
import { noProject, whyNoReview } from './why-no-review.ts';

/** Coming back from another screen, one finds the view that one left. */
let viewLeft: View = 'json';

/** One batch in two views. Its text is the one truth; the form reads a request from it and writes changes into it. */
export function Compose(props: ComposeProps) {
  const { text, onTextChange, checked, checking, projectId, onProjectChange, connected, onReview } = props;
  const engine = useEngine();
  const queue = useTextQueue({ text, onTextChange, checking });
  const projects = useProjects({ enabled: connected });
  const chosen = useProject(projectId, { enabled: connected });
  const summary = useSummaryFocus();
  const projectInput = useRef<HTMLInputElement>(null);

  const [view, setView] = useState(viewLeft);
  const [entry, setEntry] = useState(0);
  const [startAt, setStartAt] = useState<{ from: number; to: number }>();
  const { said, say, hush, openFile, insertExample } = useNewText(queue);

  const [unwritten, setUnwritten] = useState<FieldProblem[]>([]);
  const [leaving, setLeaving] = useState<() => void>();
  /** Leaves the request in the form, unless something stands there that the text does not hold. */
  const leave = (go: () => void) => (unwritten.length > 0 ? setLeaving(() => go) : go());

  function show(next: View, at?: { from: number; to: number }) {
    viewLeft = next;
    setStartAt(at);
    setView(next);
  }

  function leadToReason() {
    const first = checked?.problems.find(({ severity }) => severity === 'error')?.entry;
    const isElsewhere = view === 'form' && unwritten.length === 0 && first !== undefined && first !== entry;
    if (whyNot === noProject) projectInput.current?.focus();
    else if (isElsewhere) {
      summary.focusNext();
      setEntry(first);
    } else summary.focus();
  }

  const whyNot = whyNoReview({ text, checked, connected, projectId, unwritten: unwritten.length });
  const failure = connected && projects.data?.ok === false ? projects.data.failure : undefined;
  const example = (
    <>
      <Button variant="outlined" onClick={() => leave(insertExample)}>
        Insert an example
      </Button>
      <OpenFileButton onFile={openFile} />
      <Button onClick={() => show('form')}>Fill in the form</Button>
    </>
  );

  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box component="h1" sx={visuallyHidden}>
        Compose
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
        onView={(next) => leave(() => show(next))}
        onExample={() => leave(insertExample)}
        onFile={(file) => leave(() => openFile(file))}
        onFormat={() => void queue.edit((before) => engine.format(before))}
        review={
          <ReviewAction
            annotations={checked?.rows ?? 0}
            whyNot={whyNot}
            onReview={() => void queue.settled().then(onReview)}
            onRefused={leadToReason}
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
              Read the projects again
            </Button>
          </FailureNotice>
        </Box>
      )}
      <DropArea onFile={(file) => leave(() => openFile(file))}>
        {view === 'json' ? (
          <JsonView
            text={text}
            onTextChange={onTextChange}
            checked={checked}
            checking={checking}
            startAt={startAt}
            problemsRef={summary.ref}
            whenEmpty={<EmptyEditor>{example}</EmptyEditor>}
          />
        ) : (
          <FormView
            text={text}
            checked={checked}
            checking={checking}
            entry={entry}
            onEntry={setEntry}
            queue={queue}
            onUnwritten={setUnwritten}
            leave={leave}
            onSay={say}
            onShowInText={(place) => leave(() => show('json', place))}
            onExample={insertExample}
            summaryRef={summary.ref}
            connected={connected}
          />
        )}
      </DropArea>
      <LeaveDialog
        problems={leaving ? unwritten : []}
        onStay={() => setLeaving(undefined)}
        onLeave={() => {
          setLeaving(undefined);
          setUnwritten([]);
          leaving?.();
        }}
      />
      <Said said={said?.after === undefined || said.after === text ? said : undefined} onClose={hush} />
    </Box>
  );
}
