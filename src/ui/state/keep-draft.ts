import { draftStore, type Draft, type DraftStore } from './draft-store.ts';
import { isSameText, lengthOf, wholeText } from './text-on-screen.ts';
import type { Workbench, WorkbenchStore } from './workbench.ts';

/** After a change it is waited for this long, so that a draft is not written with every key. */
const pauseMs = 500;

/** In UTF-16 code units, about what 50 MB hold. */
const largestDraft = 50_000_000;

/** Brings the last draft back, unless there is another text already, and from then on saves what is on the workbench. */
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
  // What was carried over by the page itself was never away.
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
    // While nobody is signed in, the project is the one that was chosen last.
    if (bench.connection) project = projectOf(bench);
    if (isSame(bench, saved)) return;
    saved = bench;
    clearTimeout(pause);
    // An emptied workbench is to stay empty, however soon the tab is closed.
    if (lengthOf(bench.text) === 0) write();
    else pause = setTimeout(write, pauseMs);
  });

  function write() {
    const { text, importSettings: reading } = workbench.get();
    const wasTooLarge = isTooLarge;
    isTooLarge = lengthOf(text) > largestDraft;
    if (isTooLarge && !wasTooLarge) workbench.noteDraft('too-large');
    const draft = { reading, project, savedAt: Date.now() };
    // Above the size the last draft goes, too: what comes back must not be a text that was given up.
    const isKept = lengthOf(text) > 0 && !isTooLarge;
    tail = tail.then<unknown>(async () => {
      if (!isKept) return store.remove();
      // An engine that failed is told of elsewhere; what comes next is saved all the same.
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
