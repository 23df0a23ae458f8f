import { draftStore, type Draft, type DraftStore } from './draft-store.ts';
import { isSameText, lengthOf, wholeText } from './text-on-screen.ts';
import type { Workbench, WorkbenchStore } from './workbench.ts';

/** Delay after a change, so that the draft isn't written on every key. */
const pauseMs = 500;

/** In UTF-16 code units; about 50 MB. */
const largestDraft = 50_000_000;

/** Restores the last draft unless there is a text already, then saves each change. */
export async function keepDraft(workbench: WorkbenchStore, store: DraftStore = draftStore) {
  const draft = await store.read();
  const restored = draft && (await restore(workbench, draft)) ? draft : undefined;
  save(workbench, store, restored?.project);
}

async function restore(workbench: WorkbenchStore, { text, reading, savedAt }: Draft): Promise<boolean> {
  const before = workbench.get().text;
  const isEmpty = lengthOf(before) === 0;
  if (!isEmpty) {
    const words = typeof text === 'string' ? text : await text.text();
    if (!isSameText(before, wholeText(words))) return false;
  } else if (typeof text === 'string') workbench.changeText(text);
  else if (!(await workbench.takeBack(text))) return false;
  if (Object.keys(reading).length > 0) workbench.chooseImportSettings(reading);
  // A text kept across a reload isn't reported as restored.
  if (isEmpty) workbench.noteDraft({ restoredAt: savedAt });
  return true;
}

function save(workbench: WorkbenchStore, store: DraftStore, restored: Draft['project']) {
  let project = restored;
  let isToBeChosen = restored !== undefined;
  let isTooLarge = false;
  let saved = workbench.get();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  workbench.subscribe(() => {
    const bench = workbench.get();
    if (isToBeChosen && bench.connection) {
      isToBeChosen = false;
      if (project?.server === bench.connection.server.base && bench.projectId === undefined)
        workbench.chooseProject(project.id);
      return;
    }
    // Without a connection the last chosen project is kept.
    if (bench.connection) project = projectOf(bench);
    if (isSame(bench, saved)) return;
    saved = bench;
    clearTimeout(pause);
    // Saved at once, so that an emptied workbench stays empty even if the tab is closed.
    if (lengthOf(bench.text) === 0) write();
    else pause = setTimeout(write, pauseMs);
  });

  function write() {
    const { text, importSettings: reading } = workbench.get();
    const wasTooLarge = isTooLarge;
    isTooLarge = lengthOf(text) > largestDraft;
    if (isTooLarge && !wasTooLarge) workbench.noteDraft('too-large');
    const draft = { reading, project, savedAt: Date.now() };
    // A text above the limit deletes the last draft too, since that one is outdated.
    const isKept = lengthOf(text) > 0 && !isTooLarge;
    tail = tail.then<unknown>(async () => {
      if (!isKept) return store.remove();
      // An engine failure is reported elsewhere; later changes are still saved.
      const words = text.size === 'small' ? text.text : await workbench.textAsFile().catch(() => undefined);
      return words && store.write({ text: words, ...draft });
    });
  }
}

const projectOf = ({ connection, projectId }: Workbench) =>
  connection && projectId !== undefined ? { id: projectId, server: connection.server.base } : undefined;

const isSame = (one: Workbench, other: Workbench) =>
  isSameText(one.text, other.text) &&
  one.importSettings === other.importSettings &&
  one.projectId === other.projectId;
