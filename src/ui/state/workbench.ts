import { type TextVersion, isSameVersion } from '#wire/text/text-version.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { PartPosition } from '#domain/text/text-window.ts';
import type { Replaced, TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Verdict } from '#engine/batch/calls/check-calls.ts';
import type { TypedChange } from '#engine/batch/calls/text-calls.ts';
import type { Engine } from '#engine/engine.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { keepImportSettings, readKeptImportSettings } from './kept-import-settings.ts';
import { isWhole, rebased, withTyped } from './text-on-screen.ts';
import { emptyWorkbench, foldWorkbench, type DraftNote, type WorkbenchEvent } from './workbench-state.ts';

/** What was typed into an edition of the text; its places are those of the whole text. */
export interface Typed extends Pick<TypedChange, 'edits' | 'typing'> {
  edition: number;
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

  const editors = new Set<() => void>();
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
    /** Registers an editor that reports typing in pauses; returns a function that removes it. */
    addEditor: (flush: () => void) => {
      editors.add(flush);
      return () => editors.delete(flush);
    },
    /** Takes in what editors haven’t reported yet. */
    flushEditors: () => {
      for (const flush of editors) flush();
    },
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
    /** Checks the same text again, because more is known about its tasks or labels. */
    checkAgain: () => check(),
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
    dropFiles: (files: readonly File[]) => dispatch({ type: 'files-dropped', files }),
    /** Gives the dropped files once. */
    takeDropped: (): readonly File[] => {
      const { dropped } = state;
      if (dropped.length > 0) dispatch({ type: 'files-dropped', files: [] });
      return dropped;
    },
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
