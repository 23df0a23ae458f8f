import { createContext, use, useState, useSyncExternalStore, type ReactNode, type RefObject } from 'react';
import type { CheckSummary } from '#domain/check.ts';
import type { SampleKind } from '#domain/samples/task-samples.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Added } from '#engine/batch/calls/append-calls.ts';
import { isBlank } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { DraftNote, Workbench } from '#ui/state/workbench-state.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import { useLeaveGuard, type LeaveGuard } from './form/leave-dialog.tsx';
import { useHistory, type OwnHistory } from './history/use-history.ts';
import type { FixScope } from './problems/fix-buttons.tsx';
import { useTextQueue, type TextQueue } from '#ui/import/history/text-queue.ts';
import { useReplaceText, type Notice, type AppendQuestion, type SheetQuestion } from './use-replace-text.ts';
import { usePlace, type ShownView, type Span, type SummaryFocus, type View } from './use-place.ts';

/** The undo history; undo and redo ask first if unsaved fields of the form would be lost. */
export interface BatchHistory extends Omit<OwnHistory, 'undo' | 'redo'> {
  undo: () => void;
  redo: () => void;
}

/** The batch and its check. */
export interface Batch {
  workbench: WorkbenchStore;
  text: TextOnScreen;
  /** The last finished check; while `checking`, that of an earlier text. */
  checked: CheckSummary | undefined;
  checking: boolean;
  importSettings: ImportSettings;
  columnWidths: Workbench['columnWidths'];
  projectId: number | undefined;
  dropped: Workbench['dropped'];
  connected: boolean;
  draft: DraftNote | undefined;
  /** Number of form fields that can’t be written into the text. */
  unsaved: number;
  queue: TextQueue;
  history: BatchHistory;
}

/** Changes of the whole text. Those that would discard unsaved form fields ask first. */
export interface BatchActions extends Omit<
  ReturnType<typeof useReplaceText>,
  | 'notice'
  | 'insertExample'
  | 'trySample'
  | 'openFiles'
  | 'askFiles'
  | 'sheetQuestion'
  | 'closeSheetQuestion'
  | 'appendQuestion'
  | 'closeAppendQuestion'
  | 'append'
  | 'discardDraft'
  | 'fix'
  | 'repair'
  | 'notify'
  | 'dismiss'
> {
  /** Opens files, after asking if there is a batch; `sheet` names one of a workbook. */
  openFiles: (files: readonly File[], sheet?: string) => void;
  /** Replaces the text by that of files, and shows it as its format suggests. */
  replaceByFiles: (files: readonly File[], sheet?: string) => void;
  insertExample: () => void;
  /** Starts a batch with a sample for tasks of the chosen project. */
  trySample: (kind: SampleKind, project: number) => void;
  discardDraft: () => void;
  /** Appends pasted text or files to the batch. */
  append: (added: Added) => void;
  /** Replaces the batch by pasted text. */
  pasteText: (pasted: string) => void;
  /** Fixes one problem, or all problems with the same fix. */
  fix: (problem: PlacedProblem, scope: FixScope) => void;
  /** Repairs almost valid JSON; `words` describe the repair. */
  repair: (words: string) => void;
  /** Adds a request and opens its form. */
  fillInForm: () => void;
}

export interface Notices {
  notice: Notice | undefined;
  notify: (notice: Notice) => void;
  dismiss: () => void;
  /** Set while a workbook with several sheets is being opened. */
  sheetQuestion: SheetQuestion | undefined;
  closeSheetQuestion: () => void;
  /** Set while pasted text or opened files wait for an answer, because there is a batch. */
  appendQuestion: AppendQuestion | undefined;
  closeAppendQuestion: () => void;
}

/** The current place in the batch, and navigation. */
export interface Navigation {
  view: ShownView;
  setView: (view: View) => void;
  /** The text view's cursor when it opens. */
  startAt: Span | undefined;
  showInText: (place: Span | undefined) => void;
  /** Shows a new text in the view for its format. */
  showByFormat: () => void;
  /** Keeps the current view when the text changes. */
  keepView: () => void;
  /** The grid's active column. */
  column: number;
  setColumn: (column: number) => void;
  /** Goes to a column of the grid. */
  showColumn: (column: number) => void;
  /** The request in the form, or the active row of the grid. */
  entry: number;
  setEntry: (entry: number) => void;
  /** The set of labels that was just added. Its problems are hidden until a field was filled in. */
  freshSet: number | undefined;
  openFreshSet: (entry: number) => void;
  /** Shows the problems of the new set. */
  showAllProblems: () => void;
  /** Opens an entry and moves the focus to its problems. */
  goToEntry: (entry: number) => void;
  /** The problems or the preview beside the grid. */
  rail: ReturnType<typeof usePlace>['rail'];
  /** The problem list of the current view. */
  summary: SummaryFocus;
  projectInput: RefObject<HTMLInputElement | null>;
  /** The dialog that matches rows to tasks. */
  taskMatch: TaskMatchOpening;
  /** Runs `go`, after asking if unsaved fields would be lost. */
  leave: (go: () => void) => void;
  leaveDialog: LeaveGuard['dialog'];
}

export interface TaskMatchOpening {
  /** Undefined while it is closed; `opening` counts from 1. */
  request: { opening: number; column: string | undefined } | undefined;
  /** Opens it for one column, or for the best match. */
  open: (column?: string) => void;
  close: () => void;
}

interface BatchContextValue {
  batch: Batch;
  actions: BatchActions;
  notices: Notices;
  navigation: Navigation;
}

const BatchContext = createContext<BatchContextValue | undefined>(undefined);

function useBatchContext(): BatchContextValue {
  const value = use(BatchContext);
  if (!value) throw new Error('There is no BatchProvider around this component');
  return value;
}

export const useBatch = (): Batch => useBatchContext().batch;
export const useBatchActions = (): BatchActions => useBatchContext().actions;
export const useNotices = (): Notices => useBatchContext().notices;
export const useNavigation = (): Navigation => useBatchContext().navigation;

function useTaskMatchOpening(): TaskMatchOpening {
  const [{ opening, column, isOpen }, setState] = useState<{
    opening: number;
    column: string | undefined;
    isOpen: boolean;
  }>({ opening: 0, column: undefined, isOpen: false });
  return {
    request: isOpen ? { opening, column } : undefined,
    open: (asked) => setState({ opening: opening + 1, column: asked, isOpen: true }),
    close: () => setState({ opening, column, isOpen: false }),
  };
}

export function BatchProvider({ workbench, children }: { workbench: WorkbenchStore; children: ReactNode }) {
  const {
    text,
    checked,
    checking,
    steps,
    importSettings,
    columnWidths,
    projectId,
    dropped,
    connection,
    draft,
    unsaved,
  } = useSyncExternalStore(workbench.subscribe, workbench.get);
  const engine = useEngine();
  const queue = useTextQueue({ text, onTextChange: workbench.take, checking });
  const ownHistory = useHistory(steps, workbench.chooseImportSettings, queue);
  const {
    notice,
    notify,
    dismiss,
    sheetQuestion,
    closeSheetQuestion,
    appendQuestion,
    closeAppendQuestion,
    ...replace
  } = useReplaceText(queue, workbench.fileOpened);
  const guard = useLeaveGuard(unsaved, workbench.setUnsaved);
  const place = usePlace({ text, checked, checking, draft });
  const taskMatch = useTaskMatchOpening();
  const { leave } = guard;

  /** Moves the focus to the problems if it was on a removed button. */
  async function focusSummaryIfLost() {
    await queue.settled();
    if (document.activeElement === document.body) place.summary.focus();
  }

  /** Undo and redo also navigate to the change. */
  async function step(take: typeof ownHistory.undo) {
    const taken = await take();
    if (taken?.text.length === 0) place.showEmpty();
    if (taken?.cell) place.goToCell(taken.cell);
    else if (taken?.form) place.setEntry(taken.form.entry);
    await focusSummaryIfLost();
  }

  async function openNewSet() {
    if (isBlank(text)) workbench.batchBegun('form');
    await queue.edit(() => engine.batch.addEntry());
    place.show('form');
    place.openFreshSet(0);
  }

  const history: BatchHistory = {
    ...ownHistory,
    undo: () => leave(() => void step(ownHistory.undo)),
    redo: () => leave(() => void step(ownHistory.redo)),
  };

  /**
   * Replaces the text, and shows it as its format suggests. The grid isn’t focused: what is pasted next would be written into
   * its cells instead of replacing the batch.
   */
  const begin = (make: () => Promise<unknown>) => leave(() => void make().then(place.showByFormat));

  const replaceByFiles = (files: readonly File[], sheet?: string) =>
    begin(() => replace.openFiles(files, sheet));

  const actions: BatchActions = {
    ...replace,
    insertExample: () => begin(replace.insertExample),
    trySample: (kind, project) => begin(() => replace.trySample(kind, project)),
    openFiles: (files, sheet) =>
      isBlank(text) ? replaceByFiles(files, sheet) : void replace.askFiles(files, sheet),
    replaceByFiles,
    discardDraft: () => begin(replace.discardDraft),
    pasteText: (pasted) =>
      begin(() => {
        workbench.batchBegun('paste');
        return replace.insertLongText({ from: 0, to: text.length }, pasted);
      }),
    append: (added) => leave(() => void replace.append(added)),
    fix: (problem, scope) => leave(() => void replace.fix(problem, scope).then(focusSummaryIfLost)),
    repair: (words) => void replace.repair(words).then(focusSummaryIfLost),
    fillInForm: () => void openNewSet(),
  };

  const navigation: Navigation = {
    ...place,
    taskMatch,
    setView: (view) => leave(() => place.show(view)),
    showInText: (at) => leave(() => place.show('json', at)),
    leave,
    leaveDialog: guard.dialog,
  };

  const batch: Batch = {
    workbench,
    text,
    checked,
    checking,
    importSettings,
    columnWidths,
    projectId,
    dropped,
    connected: connection !== undefined,
    draft,
    unsaved: unsaved.length,
    queue,
    history,
  };
  const value = {
    batch,
    actions,
    notices: {
      notice,
      notify,
      dismiss,
      sheetQuestion,
      closeSheetQuestion,
      appendQuestion,
      closeAppendQuestion,
    },
    navigation,
  };
  return (
    // The value changes with every render, so memoising would not help.
    // oxlint-disable-next-line react/jsx-no-constructed-context-values
    <BatchContext value={value}>{children}</BatchContext>
  );
}
