import type { BrowserContext, Page } from 'playwright/test';
import { paste } from './import.ts';
import type { SheafServer } from './servers/server.ts';
import { expect } from './test.ts';

export const draft = (page: Page) => page.getByRole('region', { name: 'Draft', exact: true });

export const offers = (page: Page) => page.getByRole('region', { name: 'Drafts from closed tabs' });

/** A draft is written half a second after a change, without any sign on screen. */
export const expectSaved = (page: Page, text: string | undefined) =>
  expect.poll(async () => (await keptDraft(page))?.text).toBe(text);

/** A new tab, signed in, on an empty Import. */
export async function newTab(context: BrowserContext, server: SheafServer) {
  const tab = await context.newPage();
  await tab.goto(`${server.address}#/import`);
  await expect(tab.getByRole('heading', { level: 1, name: 'Import' })).toBeAttached();
  return tab;
}

/** A tab with this text as its draft, which is then closed. */
export async function leaveDraft(context: BrowserContext, server: SheafServer, text: string) {
  const tab = await newTab(context, server);
  await paste(tab, text);
  await expectSaved(tab, text);
  await tab.close();
}

/** The parts of a stored draft that tests check. */
interface StoredDraft {
  reading: { separators?: Record<string, string> };
  project?: { id: number };
  size: number;
  savedAt: number;
}

/** The latest draft in this browser; if it is a file, its size in bytes instead of its text. */
export const keptDraft = async (page: Page) => (await keptDrafts(page))[0];

/** All drafts in this browser, latest first. */
export const keptDrafts = (page: Page) => page.evaluate(readDrafts);

/** Runs in the page. */
async function readDrafts() {
  const outcome = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error!));
    });
  const database = await outcome(indexedDB.open('sheaf-draft', 2));
  const transaction = database.transaction(['drafts', 'texts']);
  const [ids, drafts, texts] = await Promise.all([
    outcome(transaction.objectStore('drafts').getAllKeys()),
    outcome(transaction.objectStore('drafts').getAll() as IDBRequest<StoredDraft[]>),
    outcome(transaction.objectStore('texts').getAll() as IDBRequest<(string | Blob)[]>),
  ]);
  database.close();
  return drafts
    .map((draft, index) => {
      const text = texts[index];
      // A file can’t be returned from the page.
      return { ...draft, id: ids[index], text: typeof text === 'string' ? text : undefined };
    })
    .toSorted((one, other) => other.savedAt - one.savedAt);
}

/** Writes a two-day-old draft like the first version of Sheaf, into a browser without drafts. */
export async function oldDraft(page: Page, address: string, text: string | number) {
  // A file of the app, so that the app itself doesn’t run.
  await page.goto(`${address}icon.svg`);
  await page.evaluate(async (old) => {
    // The app may have created a later version by now.
    const removal = indexedDB.deleteDatabase('sheaf-draft');
    await new Promise((resolve) => removal.addEventListener('success', resolve));
    const request = indexedDB.open('sheaf-draft', 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('drafts'));
    await new Promise((resolve) => request.addEventListener('success', resolve));
    const transaction = request.result.transaction('drafts', 'readwrite');
    const savedAt = Date.now() - 2 * 24 * 60 * 60 * 1000;
    transaction.objectStore('drafts').put({ text: old, reading: {}, project: undefined, savedAt }, 'last');
    await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    request.result.close();
  }, text);
}

/** Changes the stored drafts; `change` runs in the page. */
export const changeDrafts = (page: Page, change: (drafts: IDBObjectStore, texts: IDBObjectStore) => void) =>
  page.evaluate(`(${String(changeInPage)})(${String(change)})`);

/** Runs in the page. */
async function changeInPage(change: (drafts: IDBObjectStore, texts: IDBObjectStore) => void) {
  const request = indexedDB.open('sheaf-draft', 2);
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const transaction = request.result.transaction(['drafts', 'texts'], 'readwrite');
  change(transaction.objectStore('drafts'), transaction.objectStore('texts'));
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  request.result.close();
}
