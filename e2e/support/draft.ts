import type { Page } from 'playwright/test';

/** The draft that this browser keeps; of one that is a file, its size in bytes instead of its text. */
export const keptDraft = (page: Page) => page.evaluate(readDraft);

/** In the page. */
async function readDraft() {
  const outcome = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error!));
    });
  const database = await outcome(indexedDB.open('sheaf-draft', 1));
  const drafts = database.transaction('drafts').objectStore('drafts');
  const [draft] = await outcome(drafts.getAll() as IDBRequest<{ text: string | Blob }[]>);
  database.close();
  // A file does not come out of the page.
  return draft?.text instanceof Blob ? { ...draft, text: undefined, size: draft.text.size } : draft;
}
