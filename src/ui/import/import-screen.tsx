import '@fontsource-variable/jetbrains-mono/wght.css';
import { useEffect, useEffectEvent } from 'react';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { download } from '#ui/components/download.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { DraftOffers } from '#ui/drafts/draft-offers.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import { JsonView } from '#ui/import/editor/json-view.tsx';
import { FormView } from '#ui/import/form/form-view.tsx';
import { LeaveDialog } from '#ui/import/form/leave-dialog.tsx';
import { useUndoKeys } from '#ui/import/history/use-undo-keys.ts';
import { ImportQuestions } from '#ui/import/mapping/import-questions.tsx';
import { useProjects, type Projects } from '#ui/import/projects/use-projects.ts';
import type { ReviewActionProps } from '#ui/import/toolbar/review-action.tsx';
import { StartView } from '#ui/import/start/start-view.tsx';
import { ProjectProposalNotice } from '#ui/import/task-match/project-proposal.tsx';
import { TaskMatchDialog } from '#ui/import/task-match/task-match-dialog.tsx';
import { TaskMatchNotice } from '#ui/import/task-match/task-match-notice.tsx';
import { Toolbar } from '#ui/import/toolbar/toolbar.tsx';
import { AppendDialog, SheetDialog } from './open-dialogs.tsx';
import { BatchProvider, useBatch, useBatchActions, useNavigation, useNotices } from './batch-context.tsx';
import { DraftNote } from './draft-note.tsx';
import type { ShownView } from './use-place.ts';
import { useClipboardOutsideFields, usePasteAnywhere, usePasteFiles } from './use-paste.ts';

interface ImportScreenProps extends ReviewActionProps {
  workbench: WorkbenchStore;
}

/** One batch in two views: as text, and as a form or grid that reads and writes this text. */
export function ImportScreen({ workbench, ...review }: ImportScreenProps) {
  return (
    <BatchProvider workbench={workbench}>
      <ImportLayout {...review} />
    </BatchProvider>
  );
}

function ImportLayout(review: ReviewActionProps) {
  const { workbench, connected, draft } = useBatch();
  const { discardDraft } = useBatchActions();
  const { view, leaveDialog } = useNavigation();
  const projects = useProjects({ connected });
  const downloadText = async () => download(await workbench.textAsFile(), 'sheaf-batch.txt');
  useDroppedFiles();
  useUndoKeys();
  usePasteFiles();
  usePasteAnywhere();
  useClipboardOutsideFields();
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box component="h1" sx={visuallyHidden}>
        Import
      </Box>
      {view !== 'start' && <Toolbar projects={projects} {...review} />}
      {connected && <ProjectsFailure projects={projects} />}
      {view !== 'start' && <ImportQuestions />}
      {view !== 'start' && <ProjectProposalNotice />}
      {view !== 'start' && <TaskMatchNotice />}
      <DraftNote note={draft} onDiscard={discardDraft} onDownload={() => void downloadText()} />
      {view === 'json' && <EmptyTextOffers />}
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <View view={view} projects={projects} />
      </Box>
      <TaskMatchDialog />
      <SheetDialog />
      <AppendDialog />
      <LeaveDialog {...leaveDialog} />
      <NoticeBar />
    </Box>
  );
}

function View({ view, projects }: { view: ShownView; projects: Projects }) {
  switch (view) {
    case 'start':
      return <StartView projects={projects} />;
    case 'reading':
      return (
        <Box sx={{ p: 6 }}>
          <Waiting>Reading the batch …</Waiting>
        </Box>
      );
    case 'json':
      return <JsonView />;
    case 'form':
      return <FormView />;
  }
}

/** Offers drafts in an empty editor, too. */
function EmptyTextOffers() {
  const { text } = useBatch();
  return text.length === 0 && <DraftOffers />;
}

/** Opens files that were dropped here or on another screen. */
function useDroppedFiles() {
  const { workbench, dropped } = useBatch();
  const { openFiles } = useBatchActions();
  const open = useEffectEvent(() => {
    const files = workbench.takeDropped();
    if (files.length > 0) openFiles(files);
  });
  useEffect(() => {
    if (dropped.length > 0) open();
  }, [dropped]);
}

function ProjectsFailure({ projects }: { projects: Projects }) {
  if (projects.failure === undefined) return null;
  return (
    <Box sx={{ px: { xs: 3, sm: 4 }, py: 2 }}>
      <FailureNotice failure={projects.failure}>
        <Button variant="outlined" size="small" loading={projects.isFetching} onClick={projects.readAgain}>
          Reload projects
        </Button>
      </FailureNotice>
    </Box>
  );
}

/** The last action, with an Undo button. Stays until dismissed, because its effect may be noticed late. */
function NoticeBar() {
  const { history } = useBatch();
  const { notice, dismiss } = useNotices();
  const shown = notice?.step === undefined || notice.step === history.last ? notice : undefined;
  return (
    <Snackbar
      open={shown !== undefined}
      message={shown?.words}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      action={
        <>
          {shown?.step !== undefined && (
            <Button
              color="inherit"
              onClick={() => {
                history.undo();
                dismiss();
              }}
              sx={{ textDecoration: 'underline', textUnderlineOffset: '0.2em' }}
            >
              Undo
            </Button>
          )}
          <IconButton aria-label="Dismiss" onClick={dismiss} sx={{ color: 'inherit', ml: 1 }}>
            <CloseIcon />
          </IconButton>
        </>
      }
    />
  );
}
