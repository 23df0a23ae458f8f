import { type TextVersion, isSameVersion } from '#wire/text/text-version.ts';
import type { CheckSummary } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { PartPosition, TextPart } from '#domain/text/text-window.ts';
import type { Replaced, TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Verdict } from '#engine/batch/calls/check-calls.ts';
import type { TypedChange } from '#engine/batch/calls/text-calls.ts';
import type { NextSteps } from '#engine/batch/undo-history.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import type { NotStored } from './drafts/draft-store.ts';
import { keepImportSettings, pickKept, readKeptImportSettings } from './kept-import-settings.ts';
import { emptyText, isWhole, rebased, withTyped } from './text-on-screen.ts';

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
  | { type: 'draft-noted'; draft: DraftNote | undefined }
  | { type: 'connected'; connection: Connection }
  | { type: 'disconnected' }
  | { type: 'run-started'; runId: string }
  | { type: 'crashed'; error: unknown }
  | { type: 'recovered' };

/** What was typed into an edition of the text; its places are those of the whole text. */
export interface Typed extends Pick<TypedChange, 'edits' | 'typing'> {
  edition: number;
}

const emptyWorkbench: Workbench = {
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

/** The text is checked after a typing pause of this length. */
const pauseMs = 150;

/**
 * Lives outside React's tree, so that a failed screen can't lose the text. The only place that sends the chosen project, and
 * what is typed, to the engine.
 */
export function createWorkbench(engine: Engine) {
  let state = emptyWorkbench;
  /** What was typed into this edition since the last verdict, so that it can follow the next edition. */
  let sent: (Typed & TextVersion)[] = [];
  /** What this edition replaced, moved along with typing that came in late. */
  let replaced: Replaced | undefined;
  /** The version over which the text was sent again. */
  let sentTo: TextVersion | undefined;
  let lastWindow = 0;
  const listeners = new Set<() => void>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isUnchecked = false;
  let latest: Promise<void> = Promise.resolve();

  function dispatch(event: WorkbenchEvent) {
    state = foldWorkbench(state, event);
    for (const listener of listeners) listener();
  }

  /** The later of two checks wins, here as in the engine. */
  function check() {
    isUnchecked = false;
    const mine = ask();
    latest = mine;
    return mine;

    async function ask() {
      dispatch({ type: 'checking' });
      try {
        const { batch } = engine;
        const { edition, typed } = state.text;
        // Sent together: calls are answered in their order.
        const [, , verdict] = await Promise.all([
          batch.setProject(state.projectId),
          batch.setImportSettings(state.importSettings),
          batch.check({ edition, typed }),
        ]);
        if (mine === latest && !isUnchecked) takeVerdict(verdict);
      } catch (error) {
        dispatch({ type: 'crashed', error });
      }
    }
  }

  function takeVerdict({ text, steps, ...checked }: Verdict) {
    if (text && text.replaced?.edition === state.text.edition) return take(text);
    if (text && !isSameVersion(text, state.text)) return sendAgain(text);
    if (text) dispatch({ type: 'window-moved', part: text.part });
    sent = [];
    dispatch({ type: 'checked', checked, steps });
  }

  /** Sets a text that doesn't follow from this one. What a person typed meanwhile is kept, as a step. */
  function takeOther(text: TextOnScreen) {
    const mine = isWhole(state.text) ? state.text.part.text : '';
    change(text);
    if (mine !== '' && mine !== text.part.text) typeAll(mine);
  }

  /** The engine has lost what was sent to it. */
  function sendAgain(text: TextOnScreen) {
    if (sentTo && isSameVersion(sentTo, text)) return crashed(new Error('The engine doesn’t take the text.'));
    sentTo = text;
    takeOther(text);
  }

  function afterPause() {
    pause = undefined;
    if (isUnchecked) void check();
  }

  /** Sets a new text and starts its check. */
  function change(text: TextOnScreen) {
    if (text.edition !== state.text.edition) {
      sent = [];
      replaced = undefined;
    }
    const { importSettings } = state;
    dispatch({ type: 'text-changed', text });
    // At once, so that they belong to the step of this text.
    if (importSettings !== state.importSettings)
      engine.batch.setImportSettings(state.importSettings).catch(crashed);
    isUnchecked = true;
    // The first change after a pause (a paste, a click, a first letter) is checked at once.
    if (pause === undefined) void check();
    clearTimeout(pause);
    pause = setTimeout(afterPause, pauseMs);
  }

  /** Sets the text that the engine made, and types again what it hadn't received by then. */
  function take(text: TextOnScreen) {
    const before = state.text;
    if (text.edition === before.edition) return;
    const next = text.replaced?.edition === before.edition ? text.replaced : undefined;
    const late = sent.filter(({ typed }) => next !== undefined && typed >= next.typed);
    change(text);
    replaced = next;
    for (const one of late) type(one);
  }

  /** Sends typing to the engine without waiting for an answer. Gives the version that has it; undefined if none has. */
  function type({ edition, edits, typing }: Typed): TextVersion | undefined {
    let current = edits;
    if (edition !== state.text.edition) {
      if (replaced?.edition !== edition) return undefined;
      const moved = rebased(edits, replaced);
      replaced = { ...replaced, ...moved.change };
      current = moved.edits;
    }
    if (current.length === 0) return undefined;
    const { text } = state;
    const typed = { edition: text.edition, typed: text.typed, edits: current, typing };
    sent.push(typed);
    engine.batch.type(typed).catch(crashed);
    change(withTyped(text, current));
    return { edition: text.edition, typed: text.typed + 1 };
  }

  /** Replaces the whole text as if it were typed. */
  function typeAll(put: string, { isStep = true } = {}) {
    const { edition, length } = state.text;
    const typing = isStep ? { at: Date.now(), joins: false } : undefined;
    type({ edition, edits: [{ from: 0, to: length, put }], typing });
  }

  const crashed = (error: unknown) => dispatch({ type: 'crashed', error });

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Sets a text that the engine made. */
    take,
    type,
    /** Begins with an empty text, as a step that can be undone. */
    clear: () => {
      if (state.text.length > 0) typeAll('');
    },
    /** Moves the window to another part of a large text. Of two calls the later one wins. */
    showPart: async (asked: PartPosition): Promise<void> => {
      lastWindow += 1;
      const mine = lastWindow;
      for (;;) {
        const { edition, typed } = state.text;
        const { part, ...version } = await engine.batch.textPart(asked);
        if (mine !== lastWindow || version.edition !== state.text.edition) return;
        // Typing meanwhile may have moved the requested place.
        if (!isSameVersion({ edition, typed }, state.text)) continue;
        dispatch({ type: 'window-moved', part });
        return;
      }
    },
    fileOpened: (name: string, text: TextOnScreen) => dispatch({ type: 'file-opened', name, text }),
    resizeColumn: (columns: number, column: number, width: number | undefined) =>
      dispatch({ type: 'column-resized', columns, column, width }),
    batchBegun: (by: 'form' | 'paste') => dispatch({ type: 'batch-begun', by }),
    /** The text as a file. A text that is whole on screen needs no engine, which may have failed. */
    textAsFile: async () =>
      isWhole(state.text) ? new Blob([state.text.part.text]) : engine.batch.textAsFile(),
    /** Opens a draft unless there is another text by then. */
    openDraft: async (draft: string | Blob): Promise<'opened' | 'not-wanted' | 'unreadable'> => {
      // Shown at once, whatever the engine makes of it.
      if (typeof draft === 'string') {
        typeAll(draft, { isStep: false });
        return 'opened';
      }
      dispatch({ type: 'draft-noted', draft: { type: 'opening' } });
      const before = state.text;
      const text = await engine.batch.openDraft(draft, { edition: before.edition, typed: before.typed });
      if (text === undefined) return 'unreadable';
      if (text.edition === state.text.edition) return 'not-wanted';
      if (!isSameVersion(before, state.text)) {
        takeOther(text);
        return 'not-wanted';
      }
      take(text);
      return 'opened';
    },
    chooseProject: (projectId: number | undefined) => {
      dispatch({ type: 'project-chosen', projectId });
      const server = state.connection?.server.base;
      const kept = server && projectId !== undefined ? readKeptImportSettings(server, projectId) : {};
      // Column mappings suit any project; value mappings depend on its labels, matching on its tasks.
      const { values: _, separators: __, matching: ___, ...settings } = state.importSettings;
      dispatch({ type: 'import-settings-chosen', importSettings: { ...settings, ...kept } });
      void check();
    },
    chooseImportSettings: (importSettings: ImportSettings) => {
      dispatch({ type: 'import-settings-chosen', importSettings });
      const server = state.connection?.server.base;
      if (server && state.projectId !== undefined)
        keepImportSettings(server, state.projectId, importSettings);
      void check();
    },
    /** Checks the same text again, because more is known about its tasks. */
    checkAgain: () => void check(),
    setUnsaved: (unsaved: FieldProblem[]) => {
      // Called on every key; avoids dispatching while there is nothing to report.
      if (unsaved.length > 0 || state.unsaved.length > 0) dispatch({ type: 'form-checked', unsaved });
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
    crashed,
    recover: () => dispatch({ type: 'recovered' }),

    /** Waits until the engine has checked the current text, because a plan uses its last check. */
    settled: async () => {
      if (isUnchecked) void check();
      await latest;
    },
  };
}

export type WorkbenchStore = ReturnType<typeof createWorkbench>;
