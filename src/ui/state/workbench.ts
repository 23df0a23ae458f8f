import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { Edit } from '#domain/text/source-text.ts';
import type { TextOnScreen, TextVersion } from '#engine/batch/batch-text.ts';
import type { NextSteps } from '#engine/batch/undo-history.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import type { NotStored } from './drafts/draft-store.ts';
import { keepImportSettings, pickKept, readKeptImportSettings } from './kept-import-settings.ts';
import { firstLineOf, isSameText, lengthOf, wholeText } from './text-on-screen.ts';

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
  /** A note about the draft, until the text changes or is stored. */
  draft: DraftNote | undefined;
  /** Increases with every change that makes a plan outdated. */
  revision: number;
  /** An engine failure, which is a bug; shown instead of the screens. */
  crash: unknown;
}

export type DraftNote =
  /** A large text is being read. */
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
  /** `text` is set if the engine changed it or holds it as a large text. */
  | { type: 'checked'; checked: CheckSummary; steps?: NextSteps; text?: TextOnScreen | undefined }
  | { type: 'form-checked'; unsaved: FieldProblem[] }
  | { type: 'project-chosen'; projectId: number | undefined }
  | { type: 'import-settings-chosen'; importSettings: ImportSettings }
  /** Without a width the column has its standard one again. */
  | { type: 'column-resized'; columns: number; column: number; width: number | undefined }
  | { type: 'invalid-rows-skipped' }
  | { type: 'draft-noted'; draft: DraftNote | undefined }
  | { type: 'connected'; connection: Connection }
  | { type: 'disconnected' }
  | { type: 'run-started'; runId: string }
  | { type: 'crashed'; error: unknown }
  | { type: 'recovered' };

/** Typing in a part of a large text. */
export interface Typed {
  /** Edition of the text that the part belongs to. */
  edition: number;
  edits: Edit[];
  /** The text's first line, if the part contains it. */
  firstLine?: string | undefined;
}

const emptyWorkbench: Workbench = {
  text: wholeText(''),
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
  draft: undefined,
  revision: 0,
  crash: undefined,
};

export function foldWorkbench(bench: Workbench, event: WorkbenchEvent): Workbench {
  // Errors differ for another text or project, so skipping rows must be chosen again.
  const changed = { ...bench, skipsInvalidRows: false, revision: bench.revision + 1 };
  switch (event.type) {
    case 'text-changed':
      return {
        ...changed,
        text: event.text,
        isFromForm: bench.isFromForm && lengthOf(event.text) > 0,
        draft: bench.draft?.type === 'not-stored' ? bench.draft : undefined,
        checking: true,
        importSettings: keptImportSettings(bench, event.text),
        lastRun: bench.lastRun && { ...bench.lastRun, isOfThisText: false },
      };
    case 'file-opened': {
      const { name, text } = event;
      const file = { name, firstLine: firstLineOf(text), length: lengthOf(text) };
      return { ...bench, file, isFromForm: false, columnWidths: undefined };
    }
    case 'batch-begun':
      return { ...bench, isFromForm: event.by === 'form', file: undefined, columnWidths: undefined };
    case 'column-resized': {
      const { columns, column, width } = event;
      const before = bench.columnWidths?.columns === columns ? bench.columnWidths.widths : [];
      const widths = new Map(before);
      if (width === undefined) widths.delete(column);
      else widths.set(column, width);
      return { ...bench, columnWidths: { columns, widths } };
    }
    case 'checking':
      return { ...bench, checking: true };
    case 'checked': {
      const { checked, text, steps = bench.steps } = event;
      const known = text ? foldWorkbench(bench, { type: 'text-changed', text }) : bench;
      return { ...known, draft: bench.draft, checked, steps, checking: false };
    }
    case 'form-checked':
      return { ...bench, unsaved: event.unsaved };
    case 'project-chosen':
      return { ...changed, projectId: event.projectId, checking: true };
    case 'import-settings-chosen':
      return { ...changed, importSettings: event.importSettings, checking: true };
    case 'invalid-rows-skipped':
      return { ...bench, skipsInvalidRows: true };
    case 'draft-noted':
      return { ...bench, draft: event.draft };
    case 'connected':
      // Project numbers differ between servers.
      return { ...changed, connection: event.connection, projectId: keptProject(bench, event.connection) };
    case 'disconnected':
      return { ...changed, connection: undefined, projectId: undefined };
    case 'run-started':
      return { ...bench, lastRun: { id: event.runId, isOfThisText: true } };
    case 'crashed':
      return { ...bench, crash: event.error, checking: false };
    case 'recovered':
      return { ...bench, crash: undefined };
  }
}

/** A shorter first line, such as `[`, doesn’t identify a text. */
const minFirstLine = 4;

/** The name of the batch, from its file or the form; undefined for pasted text. */
export function batchName({ file, text, isFromForm }: Workbench): string | undefined {
  if (isFromForm) return 'Form batch';
  if (file?.firstLine !== firstLineOf(text)) return undefined;
  return file.firstLine.length >= minFirstLine || file.length === lengthOf(text) ? file.name : undefined;
}

const keptProject = (bench: Workbench, next: Connection) =>
  bench.connection?.server.base === next.server.base ? bench.projectId : undefined;

/** Keeps settings that apply by name, such as column and value mappings; format settings belong to one text only. */
function keptImportSettings({ importSettings, text }: Workbench, next: TextOnScreen): ImportSettings {
  if (lengthOf(text) > 0 && firstLineOf(text) === firstLineOf(next)) return importSettings;
  return pickKept(importSettings);
}

/** A small text is sent whole with each check; the engine already holds a large one. */
const knownText = (text: TextOnScreen): string | TextVersion =>
  text.size === 'small' ? text.text : { edition: text.edition, typed: text.typed };

/** The text is checked after a typing pause of this length. */
const pauseMs = 150;

/**
 * Lives outside React's tree, so that a failed screen can't lose the text. The only place that sends the text and the
 * chosen project to the engine.
 */
export function createWorkbench(engine: Engine) {
  let bench = emptyWorkbench;
  const listeners = new Set<() => void>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isUnchecked = false;
  let latest: Promise<void> = Promise.resolve();

  function dispatch(event: WorkbenchEvent) {
    bench = foldWorkbench(bench, event);
    for (const listener of listeners) listener();
  }

  /** The later of two checks wins, here as in the engine. */
  function check() {
    isUnchecked = false;
    const mine = tell();
    latest = mine;
    return mine;

    async function tell() {
      dispatch({ type: 'checking' });
      try {
        await engine.batch.setProject(bench.projectId);
        await engine.batch.setImportSettings(bench.importSettings);
        const { text, steps, ...checked } = await engine.batch.check(knownText(bench.text));
        if (mine === latest && !isUnchecked) dispatch({ type: 'checked', checked, steps, text });
      } catch (error) {
        dispatch({ type: 'crashed', error });
      }
    }
  }

  function afterPause() {
    pause = undefined;
    if (isUnchecked) void check();
  }

  /** Sets a new text and starts its check. */
  function change(text: TextOnScreen) {
    dispatch({ type: 'text-changed', text });
    isUnchecked = true;
    // The first change after a pause (a paste, a click, a first letter) is checked at once.
    if (pause === undefined) void check();
    clearTimeout(pause);
    pause = setTimeout(afterPause, pauseMs);
  }

  function take(text: TextOnScreen) {
    if (!isSameText(text, bench.text)) change(text);
  }

  return {
    get: () => bench,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    changeText: (text: string) => take(wholeText(text)),
    /** Sets the text: a large one from the engine, or a small one. */
    take,
    fileOpened: (name: string, text: TextOnScreen) => dispatch({ type: 'file-opened', name, text }),
    resizeColumn: (columns: number, column: number, width: number | undefined) =>
      dispatch({ type: 'column-resized', columns, column, width }),
    batchBegun: (by: 'form' | 'paste') => dispatch({ type: 'batch-begun', by }),
    /** Sends typing in a part of a large text to the engine without waiting for an answer. */
    type: ({ edition, edits, firstLine }: Typed) => {
      const { text } = bench;
      // Typing in a text that was replaced in the meantime is dropped.
      if (text.size === 'small' || text.edition !== edition) return;
      const { typed, length } = text;
      engine.batch
        .type({ edition, typed, edits })
        .catch((error: unknown) => dispatch({ type: 'crashed', error }));
      const more = edits.reduce((sum, { from, to, put }) => sum + put.length - (to - from), 0);
      change({
        ...text,
        typed: typed + 1,
        length: length + more,
        firstLine: firstLine ?? text.firstLine,
      });
    },
    /** The text as a file, because it may be too large for a string. */
    textAsFile: async () =>
      bench.text.size === 'small' ? new Blob([bench.text.text]) : engine.batch.textAsFile(),
    /** Restores the text from a file, unless there is another text by then. */
    takeBack: async (file: Blob): Promise<'taken' | 'not-wanted' | 'unreadable'> => {
      const before = bench.text;
      const text = await engine.batch.openDraft(file);
      if (!isSameText(before, bench.text)) return 'not-wanted';
      if (text === undefined) return 'unreadable';
      take(text);
      return 'taken';
    },
    chooseProject: (projectId: number | undefined) => {
      dispatch({ type: 'project-chosen', projectId });
      const server = bench.connection?.server.base;
      const kept = server && projectId !== undefined ? readKeptImportSettings(server, projectId) : {};
      // Column mappings suit any project; value mappings depend on its labels, matching on its tasks.
      const { values: _, separators: __, matching: ___, ...settings } = bench.importSettings;
      dispatch({ type: 'import-settings-chosen', importSettings: { ...settings, ...kept } });
      void check();
    },
    chooseImportSettings: (importSettings: ImportSettings) => {
      dispatch({ type: 'import-settings-chosen', importSettings });
      const server = bench.connection?.server.base;
      if (server && bench.projectId !== undefined)
        keepImportSettings(server, bench.projectId, importSettings);
      void check();
    },
    /** Checks the same text again, because more is known about its tasks. */
    checkAgain: () => void check(),
    setUnsaved: (unsaved: FieldProblem[]) => {
      // Called on every key; avoids dispatching while there is nothing to report.
      if (unsaved.length > 0 || bench.unsaved.length > 0) dispatch({ type: 'form-checked', unsaved });
    },
    connected: (connection: Connection) => {
      dispatch({ type: 'connected', connection });
      void check();
    },
    disconnected: () => {
      dispatch({ type: 'disconnected' });
      void check();
    },
    runStarted: (runId: string) => dispatch({ type: 'run-started', runId }),
    skipInvalidRows: () => dispatch({ type: 'invalid-rows-skipped' }),
    noteDraft: (draft: DraftNote | undefined) => dispatch({ type: 'draft-noted', draft }),
    crashed: (error: unknown) => dispatch({ type: 'crashed', error }),
    recover: () => dispatch({ type: 'recovered' }),

    /** Waits until the engine has checked the current text, because a plan uses its last check. */
    settled: async () => {
      if (isUnchecked) void check();
      await latest;
    },
  };
}

export type WorkbenchStore = ReturnType<typeof createWorkbench>;
