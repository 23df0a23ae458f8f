import { limits } from '#wire/limits.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import type { Carried, carryDraft } from './carried-text.ts';
import type { Draft } from './draft-record.ts';
import type { DraftStore, StoredDraft } from './draft-store.ts';
import type { DraftTab } from './draft-tab.ts';
import { saveChanges } from './save-changes.ts';
import { watchOpening } from './watch-opening.ts';

const hourMs = 60 * 60 * 1000;
const keptMs = limits.draftDays * 24 * hourMs;

export interface ListedDraft extends Omit<StoredDraft, 'isOpening' | 'reading' | 'project'> {
  /** In milliseconds, when it was listed. */
  age: number;
  tab: 'this' | 'another' | 'closed';
  /** True if the page didn’t finish opening it. */
  isStuck: boolean;
}

interface KeepOptions {
  workbench: WorkbenchStore;
  store: DraftStore;
  tab: Promise<DraftTab>;
  /** Resolves when the batch is on screen; nothing is opened before. */
  isBatchShown: Promise<unknown>;
  /** What is kept across a reload. */
  carried: { take: () => Carried | undefined; put: typeof carryDraft };
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

export type Drafts = ReturnType<typeof keepDrafts>;

/** Opens the draft of this tab, saves each change to it, and offers the drafts of closed tabs. */
export function keepDrafts({ workbench, store, tab: claimed, isBatchShown, carried, page }: KeepOptions) {
  let isDrawn = false;
  const saving = claimed.then((tab) =>
    saveChanges({ workbench, store, tab, onNewDraft: () => void removeOld(tab), carry: carried.put, page }),
  );
  const ready = start();

  async function start() {
    const tab = await claimed;
    await removeOld(tab);
    setInterval(() => void removeOld(tab), hourMs);
    await isBatchShown;
    const opened = await openOwn(tab);
    (await saving).resume(opened);
  }

  async function openOwn(tab: DraftTab): Promise<Draft | undefined> {
    const draft = await ownDraft(tab);
    if (draft === undefined) return undefined;
    if (draft.isOpening) {
      await tab.renew();
      return undefined;
    }
    if (isOld(draft)) {
      await store.remove([tab.id]);
      workbench.noteDraft({ type: 'expired' });
      return undefined;
    }
    return show(tab, draft, draft.isCarried ? 'carried' : 'own');
  }

  /** The draft of this tab, or a copy of the original’s draft in a duplicate. */
  async function ownDraft(tab: DraftTab) {
    const stored = await store.read(tab.copyOf ?? tab.id);
    const kept = carried.take();
    // A duplicate of a hung tab starts empty.
    if (tab.copyOf !== undefined && stored?.isOpening === true) return undefined;
    if (kept === undefined) {
      if (stored !== undefined && tab.copyOf !== undefined) await store.write(tab.id, stored);
      return stored && { ...stored, isCarried: false };
    }
    const { text, project = stored?.project } = kept;
    const isStored = stored !== undefined && (await textOf(stored)) === text;
    const draft: Draft = { text, reading: {}, project, savedAt: Date.now() };
    if (!isStored) await store.write(tab.id, { ...draft, reading: kept.reading ?? {} });
    // The store checks the settings, which may be of an earlier version of Sheaf.
    const { reading = {} } = (isStored ? stored : await store.read(tab.id)) ?? {};
    return { ...draft, reading, isOpening: stored?.isOpening === true, isCarried: true };
  }

  /** Opens a draft of this tab. Undefined if it isn’t opened; then it is offered. */
  async function show(
    tab: DraftTab,
    draft: Draft,
    from: 'own' | 'carried' | 'offer',
  ): Promise<Draft | undefined> {
    const { text, reading, savedAt } = draft;
    const unmark = await store.markOpening(tab.id);
    // Without the mark, an automatically opened draft could make each visit hang.
    const isSafe = unmark !== undefined || from !== 'own';
    let isOpened = false;
    const stopWatching =
      unmark &&
      watchOpening({
        workbench,
        isOpened: () => isOpened,
        isShown: () => isDrawn,
        page,
        onAnswer: unmark,
      });
    const outcome = isSafe && workbench.get().text.length === 0 ? await openText(text) : 'not-wanted';
    isOpened = outcome === 'opened';
    if (outcome !== 'opened') {
      stopWatching?.();
      unmark?.();
      if (outcome === 'unreadable') {
        await store.remove([tab.id]);
        workbench.noteDraft({ type: 'unreadable' });
      }
      if (outcome === 'not-wanted') await tab.renew();
      return undefined;
    }
    if (Object.keys(reading).length > 0) workbench.chooseImportSettings(reading);
    // A text kept across a reload isn’t reported as restored.
    if (from !== 'carried') workbench.noteDraft({ type: 'restored', savedAt });
    return draft;
  }

  async function openText(text: Draft['text']) {
    // After a reload this tab has its draft again.
    const outcome = await workbench.openDraft(text).catch((error: unknown) => {
      workbench.crashed(error);
      return 'failed' as const;
    });
    if (workbench.get().draft?.type === 'opening') workbench.noteDraft(undefined);
    return outcome;
  }

  /** Removes drafts that are too old or too many, except those of open tabs. */
  async function removeOld(tab: DraftTab) {
    const [stored = [], open] = await Promise.all([store.list(), tab.openTabs()]);
    const isOpen = ({ id }: StoredDraft) => id === tab.id || open.has(id);
    const closed = stored.filter((draft) => !isOpen(draft));
    const room = limits.drafts - (stored.length - closed.length);
    const old = closed.filter((draft, index) => isOld(draft) || index >= room);
    if (old.length > 0) await store.remove(old.map(({ id }) => id));
  }

  return {
    /** Resolves when the draft of this tab has been opened, or there is none. */
    ready,
    /** Undefined without storage. */
    async list(): Promise<ListedDraft[] | undefined> {
      const tab = await claimed;
      const [stored, open] = await Promise.all([store.list(), tab.openTabs()]);
      return stored?.map(({ id, firstLine, size, savedAt, isOpening }) => {
        const place = id === tab.id ? 'this' : open.has(id) ? 'another' : 'closed';
        return {
          id,
          firstLine,
          size,
          savedAt,
          age: Date.now() - savedAt,
          tab: place,
          isStuck: isOpening && place === 'closed',
        };
      });
    },
    /** Opens the draft of a closed tab in this one, which must be empty. False if it is gone. */
    async open(id: string): Promise<boolean> {
      const tab = await claimed;
      const saver = await saving;
      await saver.pause();
      const isEmpty = workbench.get().text.length === 0;
      const draft = isEmpty && (await tab.adopt(id)) ? await store.read(id) : undefined;
      const opened = draft && (await show(tab, draft, 'offer'));
      saver.resume(opened);
      return opened !== undefined;
    },
    /** The text of a draft as a file, without opening it. Undefined if it is lost. */
    async file(id: string): Promise<Blob | undefined> {
      const draft = await store.read(id);
      const file = draft && new Blob([draft.text], { type: 'text/plain' });
      const start = file?.slice(0, 1).text();
      const isReadable = await start?.then(() => true).catch(() => false);
      return isReadable === true ? file : undefined;
    },
    remove: (ids: readonly string[]) => store.remove(ids),
    /** Called when the batch has been drawn, as text or as a grid. */
    batchDrawn() {
      isDrawn = true;
    },
  };
}

const isOld = ({ savedAt }: Pick<Draft, 'savedAt'>) => Date.now() - savedAt > keptMs;

/** Undefined if the browser has lost it. */
const textOf = async ({ text }: Draft) =>
  typeof text === 'string' ? text : text.text().catch(() => undefined);
