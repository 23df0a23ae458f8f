import { limits } from '#wire/limits.ts';
import { isSameText, lengthOf } from '#ui/state/text-on-screen.ts';
import type { DraftNote, Workbench, WorkbenchStore } from '#ui/state/workbench.ts';
import type { Draft } from './draft-record.ts';
import type { DraftStore } from './draft-store.ts';
import type { DraftTab } from './draft-tab.ts';

/** Delay after a change, so that the draft isn’t written on every key. */
const pauseMs = 500;

interface SaveOptions {
  workbench: WorkbenchStore;
  store: Pick<DraftStore, 'write' | 'remove'>;
  tab: Pick<DraftTab, 'id'>;
  /** Called when a draft was stored that wasn’t there before. */
  onNewDraft: () => void;
}

/** Stores each change of the batch as the draft of this tab. */
export function saveChanges({ workbench, store, tab, onNewDraft }: SaveOptions) {
  let project: Draft['project'];
  let isProjectDue = false;
  let isPaused = true;
  let storedId: string | undefined;
  let saved: Workbench | undefined = workbench.get();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  workbench.subscribe(() => {
    if (!isPaused) takeChange();
  });

  function takeChange() {
    const bench = workbench.get();
    if (isProjectDue && bench.connection) {
      isProjectDue = false;
      if (project?.server === bench.connection.server.base && bench.projectId === undefined)
        workbench.chooseProject(project.id);
      return;
    }
    // Without a connection the last chosen project is kept.
    if (bench.connection) project = projectOf(bench);
    if (saved && isSame(bench, saved)) return;
    saved = bench;
    clearTimeout(pause);
    // Saved at once, so that an emptied batch stays empty even if the tab is closed.
    if (lengthOf(bench.text) === 0) write();
    else pause = setTimeout(write, pauseMs);
  }

  function write() {
    const { text, importSettings: reading } = workbench.get();
    const { id } = tab;
    const draft = { reading, project, savedAt: Date.now() };
    const isEmpty = lengthOf(text) === 0;
    const isTooLarge = lengthOf(text) > limits.draftUnits;
    if (isEmpty) note(undefined);
    if (isTooLarge) note('too-large');
    tail = tail.then(async () => {
      // A text above the limit removes the last draft too, since that one is outdated.
      if (isEmpty || isTooLarge) {
        storedId = undefined;
        return store.remove([id]);
      }
      // An engine failure is reported elsewhere; later changes are still saved.
      const words = text.size === 'small' ? text.text : await workbench.textAsFile().catch(() => undefined);
      if (words === undefined) return undefined;
      const reason = await store.write(id, { text: words, ...draft });
      const now = lengthOf(workbench.get().text);
      if (now > 0 && now <= limits.draftUnits) note(reason);
      if (reason !== undefined || storedId === id) return undefined;
      storedId = id;
      return onNewDraft();
    });
  }

  function note(reason: Extract<DraftNote, { type: 'not-stored' }>['reason'] | undefined) {
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
    /** Saves changes from now on. `opened` is the draft that the text is from, which is stored already. */
    resume: (opened?: Draft) => {
      isPaused = false;
      if (opened) {
        storedId = tab.id;
        project = opened.project;
        isProjectDue = true;
        saved = workbench.get();
      } else if (lengthOf(workbench.get().text) > 0) saved = undefined;
      takeChange();
    },
  };
}

const projectOf = ({ connection, projectId }: Workbench) =>
  connection && projectId !== undefined ? { id: projectId, server: connection.server.base } : undefined;

const isSame = (one: Workbench, other: Workbench) =>
  isSameText(one.text, other.text) &&
  one.importSettings === other.importSettings &&
  one.projectId === other.projectId;
