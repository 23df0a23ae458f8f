import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { TextPart } from '#domain/text/text-window.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { NextSteps } from '#engine/batch/undo-history.ts';
import type { Connection } from '#engine/session/open-session.ts';
import type { NotStored } from './drafts/draft-store.ts';
import { pickKept } from './kept-import-settings.ts';
import { emptyText } from './text-on-screen.ts';

/** State that outlives every screen: the batch and its connection. */
export interface Workbench {
  text: TextOnScreen;
  /** The last finished check; while `checking`, that of an earlier text. */
  checked: CheckSummary | undefined;
  checking: boolean;
  /** The next steps of undo and redo as of the last check. */
  steps: NextSteps;
  /** The last opened file, with data that shows whether the text is still the file’s. */
  file: { name: string; firstLine: string; length: number } | undefined;
  /** True if the batch was begun with the form. */
  isFromForm: boolean;
  /** The project of requests without one. */
  projectId: number | undefined;
  /** Widths of the grid’s columns that were changed, in px, and how many columns there were. */
  columnWidths: { columns: number; widths: ReadonlyMap<number, number> } | undefined;
  /** Import settings that override detection. */
  importSettings: ImportSettings;
  connection: Connection | undefined;
  /** The run that *Results* opens, and whether the text is still the one it sent. */
  lastRun: { id: string; isOfThisText: boolean } | undefined;
  /** Form fields that can't be written into the text; Import asks before it is left. */
  unsaved: FieldProblem[];
  /** True if the review skips rows with errors. */
  skipsInvalidRows: boolean;
  /** Files that were dropped on any screen and that Import hasn’t taken yet. */
  dropped: readonly File[];
  /** A note about the draft, until the text changes or is stored. */
  draft: DraftNote | undefined;
  /** Increases with every change that makes a plan outdated. */
  revision: number;
  /** An engine failure, which is a bug; shown instead of the screens. */
  crash: unknown;
}

export type DraftNote =
  | { type: 'opening' }
  /** The text is from an earlier visit; in milliseconds since 1970. */
  | { type: 'restored'; savedAt: number }
  /** The text isn’t stored. Every change tries again. */
  | { type: 'not-stored'; reason: NotStored }
  /** The draft of this tab was too old, or the browser has lost it. */
  | { type: 'expired' }
  | { type: 'unreadable' };

export type WorkbenchEvent =
  | { type: 'text-changed'; text: TextOnScreen }
  | { type: 'file-opened'; name: string; text: TextOnScreen }
  /** A new batch that isn’t a file. */
  | { type: 'batch-begun'; by: 'form' | 'paste' }
  | { type: 'checking' }
  /** Another window of the same text. */
  | { type: 'window-moved'; part: TextPart }
  | { type: 'checked'; checked: CheckSummary; steps?: NextSteps }
  | { type: 'form-checked'; unsaved: FieldProblem[] }
  | { type: 'project-chosen'; projectId: number | undefined }
  | { type: 'import-settings-chosen'; importSettings: ImportSettings }
  /** Without a width the column has its standard one again. */
  | { type: 'column-resized'; columns: number; column: number; width: number | undefined }
  | { type: 'invalid-rows-skipped' }
  | { type: 'files-dropped'; files: readonly File[] }
  | { type: 'draft-noted'; draft: DraftNote | undefined }
  | { type: 'connected'; connection: Connection }
  | { type: 'disconnected' }
  | { type: 'run-started'; runId: string }
  | { type: 'crashed'; error: unknown }
  | { type: 'recovered' };

export const emptyWorkbench: Workbench = {
  text: emptyText,
  checked: undefined,
  checking: false,
  steps: { undo: undefined, redo: undefined },
  projectId: undefined,
  importSettings: {},
  columnWidths: undefined,
  file: undefined,
  isFromForm: false,
  connection: undefined,
  lastRun: undefined,
  unsaved: [],
  skipsInvalidRows: false,
  dropped: [],
  draft: undefined,
  revision: 0,
  crash: undefined,
};

export function foldWorkbench(state: Workbench, event: WorkbenchEvent): Workbench {
  // Errors differ for another text or project, so skipping rows must be chosen again.
  const changed = { ...state, skipsInvalidRows: false, revision: state.revision + 1 };
  switch (event.type) {
    case 'text-changed':
      return {
        ...changed,
        text: event.text,
        isFromForm: state.isFromForm && event.text.length > 0,
        draft: state.draft?.type === 'not-stored' ? state.draft : undefined,
        checking: true,
        importSettings: keptImportSettings(state, event.text),
        lastRun: state.lastRun && { ...state.lastRun, isOfThisText: false },
      };
    case 'file-opened': {
      const { name, text } = event;
      const file = { name, firstLine: text.firstLine, length: text.length };
      return { ...state, file, isFromForm: false, columnWidths: undefined };
    }
    case 'batch-begun':
      return { ...state, isFromForm: event.by === 'form', file: undefined, columnWidths: undefined };
    case 'column-resized': {
      const { columns, column, width } = event;
      const before = state.columnWidths?.columns === columns ? state.columnWidths.widths : [];
      const widths = new Map(before);
      if (width === undefined) widths.delete(column);
      else widths.set(column, width);
      return { ...state, columnWidths: { columns, widths } };
    }
    case 'checking':
      return { ...state, checking: true };
    case 'window-moved':
      return { ...state, text: { ...state.text, part: event.part } };
    case 'checked': {
      const { checked, steps = state.steps } = event;
      return { ...state, checked, steps, checking: false };
    }
    case 'form-checked':
      return { ...state, unsaved: event.unsaved };
    case 'project-chosen':
      return { ...changed, projectId: event.projectId, checking: true };
    case 'import-settings-chosen':
      return { ...changed, importSettings: event.importSettings, checking: true };
    case 'invalid-rows-skipped':
      return { ...state, skipsInvalidRows: true };
    case 'files-dropped':
      return { ...state, dropped: event.files };
    case 'draft-noted':
      return { ...state, draft: event.draft };
    case 'connected':
      // Project numbers differ between servers.
      return { ...changed, connection: event.connection, projectId: keptProject(state, event.connection) };
    case 'disconnected':
      return { ...changed, connection: undefined, projectId: undefined };
    case 'run-started':
      return { ...state, lastRun: { id: event.runId, isOfThisText: true } };
    case 'crashed':
      return { ...state, crash: event.error, checking: false };
    case 'recovered':
      return { ...state, crash: undefined };
  }
}

/** A shorter first line, such as `[`, doesn’t identify a text. */
const minFirstLine = 4;

/** The name of the batch, from its file or the form; undefined for pasted text. */
export function batchName({ file, text, isFromForm }: Workbench): string | undefined {
  if (isFromForm) return 'Form batch';
  if (file?.firstLine !== text.firstLine) return undefined;
  return file.firstLine.length >= minFirstLine || file.length === text.length ? file.name : undefined;
}

const keptProject = (state: Workbench, next: Connection) =>
  state.connection?.server.base === next.server.base ? state.projectId : undefined;

/** Keeps settings that apply by name, such as column and value mappings; format settings belong to one text only. */
function keptImportSettings({ importSettings, text }: Workbench, next: TextOnScreen): ImportSettings {
  if (text.length > 0 && text.firstLine === next.firstLine) return importSettings;
  return pickKept(importSettings);
}
