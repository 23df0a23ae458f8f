import { readFile, writeFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  changeDrafts,
  draft,
  expectSaved,
  keptDrafts,
  leaveDraft,
  offers,
  oldDraft,
} from './support/draft.ts';
import {
  copyAll,
  editor,
  more,
  openImportSettings,
  openText,
  paste,
  startImport,
  toolbar,
} from './support/import.ts';
import type { SheafServer } from './support/servers/server.ts';
import { expect, test } from './support/test.ts';

const stuck = 'The last time this draft was opened, the page didn’t finish.';

/** A new tab, which may hang. */
async function newTab(context: BrowserContext, server: SheafServer) {
  const tab = await context.newPage();
  await tab.goto(`${server.address}#/import`);
  return tab;
}

async function download(page: Page, click: () => Promise<void>) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await file.path(), 'utf8');
}

/** In the page: what the engine gets of such a text makes the page hang, or the engine, which then never answers. */
function misbehave(how: string) {
  let isDead = false;
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, message: unknown, ...more: unknown[]) {
    const isHarmful =
      localStorage.getItem('misbehave') !== null && JSON.stringify(message).includes('harmful');
    if (isHarmful && how === 'no-verdict') isDead = true;
    if (isDead) return;
    if (isHarmful) localStorage.setItem('misbehave', how);
    // oxlint-disable-next-line no-unmodified-loop-condition -- Hangs on purpose.
    while (isHarmful);
    Reflect.apply(post, this, [message, ...more]);
  };
}

test('a draft that makes the page hang is offered at the next visit, and can be downloaded', async ({
  app,
  context,
  server,
}) => {
  await startImport(app);
  await context.addInitScript(misbehave, 'hang');
  await leaveDraft(context, server, '["harmful"]');
  await app.evaluate(() => localStorage.setItem('misbehave', 'yes'));

  // Opened from the offer, it hangs the tab, which is then closed.
  const first = await newTab(context, server);
  await expect(offers(first).getByText(stuck)).toBeHidden();
  await offers(first).getByRole('button', { name: 'Open' }).click({ noWaitAfter: true });
  await expect.poll(() => app.evaluate(() => localStorage.getItem('misbehave'))).toBe('hang');
  await first.close();

  const second = await newTab(context, server);
  await expect(offers(second).getByRole('listitem')).toContainText(/^\["harmful"\].*11 bytes/);
  await expect(offers(second).getByText(stuck)).toBeVisible();
  await expect(second.getByText('Create annotations')).toBeVisible();
  await expectAccessible(second);
  const button = (name: string) => offers(second).getByRole('button', { name });
  expect(await download(second, () => button('Download').press('Enter'))).toBe('["harmful"]');

  // Once it opens, it is an ordinary draft.
  await second.evaluate(() => localStorage.clear());
  await button('Open').press('Enter');
  await expect(editor(second)).toContainText('["harmful"]');
  await expect.poll(() => second.evaluate(isOpening)).toBe(false);
  await second.reload();
  await expect(draft(second)).toContainText('Restored from');
});

test('a draft whose check never ends is offered after a reload, and can be deleted', async ({
  app,
  server,
}) => {
  await app.addInitScript(misbehave, 'no-verdict');
  await startImport(app);
  await paste(app, '["harmful"]');
  await expectSaved(app, '["harmful"]');
  await app.evaluate(() => localStorage.setItem('misbehave', 'yes'));
  await app.goto(`${server.address}#/import`);
  await app.reload();
  await openText(app);
  await expect(editor(app)).toContainText('["harmful"]');
  // Leaving at once doesn’t count as a hang.
  const clock = () => app.evaluate(() => performance.now());
  const shownAt = await clock();
  await expect.poll(clock, { timeout: 10_000 }).toBeGreaterThan(shownAt + 2500);
  await app.reload();
  await expect(offers(app).getByText(stuck)).toBeVisible();
  await expect(app.getByText('Create annotations')).toBeVisible();

  // A new text is kept beside it.
  await paste(app, '["good"]');
  await expect(offers(app)).toBeHidden();
  await expect.poll(async () => (await keptDrafts(app)).length).toBe(2);
  await paste(app, '');
  await app.keyboard.press('Delete');
  await offers(app).getByRole('button', { name: 'Delete' }).click();
  await offers(app).getByRole('button', { name: 'Delete' }).click();
  await expect(offers(app)).toBeHidden();
  expect(await keptDrafts(app)).toEqual([]);
  // Tab continues from here.
  await app.keyboard.press('Tab');
  await expect(editor(app)).toBeFocused();
});

test('without storage, only the draft is lost, with a note', async ({ app, server }) => {
  await app.addInitScript(() => {
    const refuse = {
      get() {
        throw new DOMException('The storage is refused.', 'SecurityError');
      },
    };
    for (const name of ['indexedDB', 'sessionStorage', 'localStorage'])
      Object.defineProperty(globalThis, name, refuse);
  });
  await app.goto(server.address);
  await startImport(app, { project: 'Product reviews' });
  await expect(draft(app)).toBeHidden();
  await app.getByRole('button', { name: 'Insert an example' }).first().click();
  await expect(toolbar(app).getByRole('button', { name: /^Review \d annotation/ })).toBeVisible();
  await expect(draft(app)).toContainText(
    'This browser doesn’t let Sheaf store drafts. This one is lost when you close the tab.',
  );
  await expectAccessible(app);
  const text = await copyAll(app);
  const button = draft(app).getByRole('button', { name: 'Download it' });
  expect(await download(app, () => button.press('Enter'))).toBe(text);
});

test('an upgrade blocked by an older Sheaf in another tab is reported, and works once that is closed', async ({
  app,
  context,
  server,
}) => {
  await app.goto('about:blank');
  const older = await context.newPage();
  await oldDraft(older, server.address, '["old"]');
  await older.evaluate(async () => {
    const request = indexedDB.open('sheaf-draft', 1);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    Object.assign(globalThis, { held: request.result });
  });
  await app.goto(`${server.address}#/import`);
  await paste(app, '["new"]');
  await expect(draft(app)).toContainText('This browser doesn’t let Sheaf store drafts.', { timeout: 30_000 });
  await older.close();
  await paste(app, '["newer"]');
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, '["newer"]');
  await expect(keptDrafts(app)).resolves.toHaveLength(2);
});

test('full storage is reported, and tried again at the next change', async ({ app, context, server }) => {
  await startImport(app);
  const cdp = await context.newCDPSession(app);
  const { origin } = new URL(server.address);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  const long = JSON.stringify('x'.repeat(300_000));
  await paste(app, long);
  await expect(draft(app)).toContainText('This browser has no room left for drafts.');
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await editor(app).press('End');
  await app.keyboard.insertText(' ');
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, `${long} `);
});

test('a text above the limit isn’t kept, with a note', async ({ app }, testInfo) => {
  test.setTimeout(180_000);
  const path = testInfo.outputPath('large.csv');
  await writeFile(path, `task,note\n${`1,${'x'.repeat(998)}\n`.repeat(50_001)}`);
  await startImport(app);
  await app.getByLabel('File to open').first().setInputFiles(path);
  await expect(draft(app)).toContainText('Texts of more than 50 MB aren’t kept as drafts.', {
    timeout: 60_000,
  });
  await more(app, 'Insert an example');
  await expect(draft(app)).toBeHidden();
});

test('old drafts are deleted, and that of this tab with a note', async ({ app, context, server }) => {
  await startImport(app);
  await leaveDraft(context, server, '["old"]');
  await leaveDraft(context, server, '["young"]');
  await paste(app, '["mine"]');
  await expectSaved(app, '["mine"]');
  await changeDrafts(app, (drafts) => {
    drafts.openCursor().addEventListener('success', ({ target }) => {
      const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
      if (cursor === null) return;
      const days = (cursor.value as { firstLine: string }).firstLine.includes('young') ? 29 : 31;
      cursor.update({ ...cursor.value, savedAt: Date.now() - days * 24 * 60 * 60 * 1000 });
      cursor.continue();
    });
  });
  await app.reload();
  await app.goto(`${server.address}#/import`);
  await expect(draft(app)).toContainText(
    'The draft of this tab was deleted, because drafts are kept for 30 days.',
  );
  await expect(offers(app).getByRole('listitem')).toHaveText(/^\["young"\].*29 days ago/);
  expect((await keptDrafts(app)).map(({ text }) => text)).toEqual(['["young"]']);
});

test('damaged drafts break nothing: their remains are offered', async ({ app, context, server }) => {
  await startImport(app);
  await changeDrafts(app, (drafts, texts) => {
    const saved = { firstLine: 'x', size: 1, savedAt: Date.now(), project: undefined };
    drafts.put('nonsense', 'no text, no summary');
    drafts.put({ ...saved, firstLine: 'no text' }, 'no text');
    texts.put(5, 'no text');
    drafts.put(null, 'no summary');
    texts.put('["no summary"]', 'no summary');
    drafts.put(
      { ...saved, firstLine: 'an unknown format', reading: { format: 'parquet', columns: 7 } },
      'format',
    );
    texts.put('task,mood\n1,good\n', 'format');
    drafts.put(
      { ...saved, firstLine: 5, savedAt: 'yesterday', reading: 'none', project: { id: 'x' } },
      'fields',
    );
    texts.put('["fields"]', 'fields');
  });
  const tab = await newTab(context, server);
  await offers(tab).getByRole('button', { name: 'Show all 4' }).click();
  await expect(offers(tab).getByRole('listitem')).toHaveCount(4);
  const item = (text: string) => offers(tab).getByRole('listitem').filter({ hasText: text });
  await expect(item('["no summary"]')).toContainText('just now · 14 bytes');
  await expect(item('["fields"]')).toContainText('just now · 10 bytes');
  await item('an unknown format').getByRole('button', { name: 'Open' }).click();
  const settings = await openImportSettings(tab);
  await expect(settings.getByRole('checkbox', { name: 'First row is a header' })).toBeChecked();
  await tab.keyboard.press('Escape');
  expect(await copyAll(tab)).toBe('task,mood\n1,good\n');

  const other = await newTab(context, server);
  const lost = offers(other).getByRole('listitem').filter({ hasText: 'no text' });
  await lost.getByRole('button', { name: 'Download' }).click();
  await expect(lost).toContainText('This draft is gone');
  await lost.getByRole('button', { name: 'Open' }).click();
  await expect(offers(other)).toContainText('That draft wasn’t opened');
});

/** Runs in the page: whether a draft is being opened. */
async function isOpening() {
  const request = indexedDB.open('sheaf-draft', 2);
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const count = request.result.transaction('opening').objectStore('opening').count();
  await new Promise((resolve) => count.addEventListener('success', resolve));
  request.result.close();
  return count.result > 0;
}
