import { isSameVersion } from '#wire/text/text-version.ts';
import { limits } from '#wire/limits.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { isWhole } from '#ui/state/text-on-screen.ts';
import type { Workbench } from '#ui/state/workbench-state.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import type { carryDraft } from './carried-text.ts';
import type { Draft } from './draft-record.ts';
import type { DraftStore, NotStored } from './draft-store.ts';
import type { DraftTab } from './draft-tab.ts';

/** Delay after a change, so that the draft isn’t written at every key press. */
const pauseMs = 500;

interface SaveOptions {
  workbench: WorkbenchStore;
  store: Pick<DraftStore, 'write' | 'remove'>;
  tab: Pick<DraftTab, 'id'>;
  /** Called when a new draft was stored. */
  onNewDraft: () => void;
  carry: typeof carryDraft;
  page: Pick<EventTarget, 'addEventListener'>;
}

/** Stores each change of the batch as the draft of this tab. */
export function saveChanges({ workbench, store, tab, onNewDraft, carry, page }: SaveOptions) {
  let project: Draft['project'];
  let isProjectDue = false;
  let isPaused = true;
  let storedId: string | undefined;
  let saved: Workbench | undefined = workbench.get();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let isStored = true;
  let dropCarried: (() => void) | undefined;

  // Storing takes longer than a page that is being left has; a hidden one may be closed without further notice.
  page.addEventListener('visibilitychange', () => {
    workbench.flushEditors();
    if (pause !== undefined) write();
  });
  page.addEventListener('pagehide', () => {
    workbench.flushEditors();
    const { text, importSettings: reading } = workbench.get();
    if (!isStored && isWhole(text) && text.length > 0)
      dropCarried ??= carry({ text: text.part.text, reading, project });
  });

  workbench.subscribe(() => {
    if (!isPaused) takeChange();
  });

  function takeChange() {
    const state = workbench.get();
    if (isProjectDue && state.connection) {
      isProjectDue = false;
      if (project?.server === state.connection.server.base && state.projectId === undefined)
        workbench.chooseProject(project.id);
      return;
    }
    // Without a connection, the last chosen project is kept.
    if (state.connection) project = projectOf(state);
    if (saved && isSame(state, saved)) return;
    saved = state;
    isStored = false;
    // Saved at once, so that an emptied batch stays empty even if the tab is closed.
    if (state.text.length === 0) write();
    else {
      clearTimeout(pause);
      pause = setTimeout(write, pauseMs);
    }
  }

  function write() {
    clearTimeout(pause);
    pause = undefined;
    const { text, importSettings: reading } = workbench.get();
    const { id } = tab;
    const draft = { reading, project, savedAt: Date.now() };
    const isEmpty = text.length === 0;
    if (isEmpty) note(undefined);
    const keep = async () => {
      await (isEmpty ? forget(id) : put(id, text, draft));
      isStored = pause === undefined;
      if (isStored) dropCarried?.();
      dropCarried = undefined;
    };
    tail = tail.then(keep);
  }

  async function put(id: string, text: TextOnScreen, draft: Omit<Draft, 'text'>) {
    const reason = await tryToPut(id, text, draft);
    // The last draft is outdated.
    if (reason === 'too-large') await forget(id);
    if (workbench.get().text.length > 0) note(reason);
    if (reason !== undefined || storedId === id) return;
    storedId = id;
    onNewDraft();
  }

  async function tryToPut(id: string, text: TextOnScreen, draft: Omit<Draft, 'text'>) {
    // A character takes at least one byte, so such a text isn’t copied first.
    if (text.length > limits.draftBytes) return 'too-large';
    if (isWhole(text)) return store.write(id, { text: text.part.text, ...draft });
    // An engine failure is reported elsewhere; later changes are still saved.
    const file = await workbench.textAsFile().catch(() => undefined);
    return file && store.write(id, { text: file, ...draft });
  }

  async function forget(id: string) {
    storedId = undefined;
    await store.remove([id]);
  }

  function note(reason: NotStored | undefined) {
    const { draft } = workbench.get();
    const known = draft?.type === 'not-stored' ? draft.reason : undefined;
    if (known !== reason) workbench.noteDraft(reason && { type: 'not-stored', reason });
  }

  return {
    /** Ignores changes until `resume`, while a draft is being opened. Resolves when nothing is being stored. */
    pause: () => {
      isPaused = true;
      return tail;
    },
    /** Saves changes from now on. `opened` is the already stored draft with this text. */
    resume: (opened?: Draft) => {
      isPaused = false;
      if (opened) {
        storedId = tab.id;
        project = opened.project;
        isProjectDue = true;
        saved = workbench.get();
      } else if (workbench.get().text.length > 0) saved = undefined;
      takeChange();
    },
  };
}

const projectOf = ({ connection, projectId }: Workbench) =>
  connection && projectId !== undefined ? { id: projectId, server: connection.server.base } : undefined;

const isSame = (one: Workbench, other: Workbench) =>
  isSameVersion(one.text, other.text) &&
  one.importSettings === other.importSettings &&
  one.projectId === other.projectId;
