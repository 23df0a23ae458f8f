import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  chooseProject,
  copyAll,
  editor,
  openText,
  openImportSettings,
  paste,
  startImport,
  toolbar,
  undoInNotice,
} from './support/import.ts';
import {
  draft,
  expectSaved,
  keptDraft,
  keptDrafts,
  leaveDraft,
  newTab,
  offers,
  oldDraft,
} from './support/draft.ts';
import { connect, connectTo, expectConnected } from './support/settings.ts';
import { expect, test } from './support/test.ts';

const offer = (page: Page, firstLine: string) =>
  offers(page).getByRole('listitem').filter({ hasText: firstLine });
const project = (page: Page) => toolbar(page).getByRole('combobox', { name: 'Project' });

test('what was typed just before a reload is there after it', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const text = 'task;mood\n201;Positive\n202;Negative';
  const typeAtEnd = async (words: string) => {
    await openText(app);
    await editor(app).focus();
    await app.keyboard.press('ControlOrMeta+End');
    await app.keyboard.type(words);
  };
  await paste(app, text);
  await expectSaved(app, text);
  await typeAtEnd('\n203;Neu');
  await app.reload();
  expect(await copyAll(app)).toBe(`${text}\n203;Neu`);
  expect(await keptDraft(app)).toMatchObject({ project: { id: 1 }, text: `${text}\n203;Neu` });

  // What is kept for one reload doesn’t replace what is stored later.
  await typeAtEnd('tral');
  await app.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await typeAtEnd('\n');
  await expectSaved(app, `${text}\n203;Neutral\n`);
  await app.reload();
  expect(await copyAll(app)).toBe(`${text}\n203;Neutral\n`);
});

test('text, project and settings are restored after a reload, and discarded with one click', async ({
  app,
  context,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const table = 'task;mood\n201;Positive\n';
  await paste(app, table);
  const namesColumns = app.getByRole('checkbox', { name: 'First row is a header' });
  await openImportSettings(app);
  // The checkbox changes once the text is read again.
  await namesColumns.click();
  await expect(namesColumns).not.toBeChecked();
  await app.keyboard.press('Escape');
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, table);
  await expect.poll(() => keptDraft(app)).toMatchObject({ reading: { hasHeader: false } });
  expect(JSON.stringify(await keptDraft(app))).not.toContain(await server.token());

  await app.goto(server.address);
  await connect(app);
  await expect(draft(app)).toContainText(/^Restored from \d\d:\d\d/);
  await expect(project(app)).toHaveValue(/Product reviews/);
  await openImportSettings(app);
  await expect(namesColumns).not.toBeChecked();
  await app.keyboard.press('Escape');
  expect(await copyAll(app)).toBe(table);
  await expectAccessible(app);

  await draft(app).getByRole('button', { name: 'Discard' }).click();
  await expect(app.getByText('Draft discarded.')).toBeVisible();
  await expect(draft(app)).toBeHidden();
  // Tab continues from here.
  await app.keyboard.press('Tab');
  await expect(app.getByRole('combobox', { name: 'Project' })).toBeFocused();
  await expectSaved(app, undefined);
  const tab = await context.newPage();
  await tab.goto(server.address);
  await connect(tab);
  await expect(tab.getByRole('button', { name: 'Open the form' })).toBeVisible();
  await expect(draft(tab)).toBeHidden();
  await expect(offers(tab)).toBeHidden();
  await tab.close();

  await undoInNotice(app).click();
  await expect(app.getByRole('grid', { name: 'Rows' })).toBeVisible();
  expect(await copyAll(app)).toBe(table);
  await expectSaved(app, table);
});

test('changes of a restored text are saved as well, and the note disappears', async ({ app, server }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, '[1]');
  await expectSaved(app, '[1]');
  await app.goto(server.address);
  await connect(app);
  await expect(draft(app)).toBeVisible();
  await paste(app, '[2]');
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, '[2]');
  await app.goto(server.address);
  await connect(app);
  await expect(editor(app)).toContainText('[2]');
  await expect(project(app)).toHaveValue(/Product reviews/);
});

test('on another server the text is kept, but not the project', async ({ app, server, startServer }) => {
  const other = await startServer();
  await startImport(app);
  await chooseProject(app, 'Product reviews');
  await paste(app, '[1]');
  await expectSaved(app, '[1]');
  await app.goto(server.address);
  const address = `${other.address}sandbox`;
  await connectTo(app, 'Your Label Studio', { address, token: await other.token() });
  await expectConnected(app);
  await expect(editor(app)).toContainText('[1]');
  await expect(project(app)).toHaveValue('');
});

test('each tab keeps its own draft, which an immediate reload restores', async ({ app, context, server }) => {
  await startImport(app);
  await paste(app, '["one"]');
  const other = await newTab(context, server);
  await paste(other, '["other"]');
  await expect.poll(async () => (await keptDrafts(app)).length).toBe(2);
  for (const page of [app, other]) {
    // Twice in a row: a page that is left while it responds doesn’t count as hung.
    await page.reload();
    await expect(draft(page)).toContainText('Restored from');
    await page.reload();
    await expect(draft(page)).toContainText('Restored from');
  }
  expect(await copyAll(app)).toBe('["one"]');
  expect(await copyAll(other)).toBe('["other"]');
});

test('a duplicated tab continues with a copy', async ({ app, context }) => {
  await startImport(app);
  await paste(app, '["one"]');
  await expectSaved(app, '["one"]');
  // The session storage of a tab opened like this is a copy, like that of a duplicate.
  const [copy] = await Promise.all([
    context.waitForEvent('page'),
    app.evaluate(() => void window.open(location.href)),
  ]);
  await expect(editor(copy)).toContainText('["one"]');
  await paste(copy, '["copy"]');
  await expectSaved(copy, '["copy"]');
  const texts = (await keptDrafts(app)).map(({ text }) => text);
  expect(texts).toEqual(['["copy"]', '["one"]']);
  await copy.reload();
  await expect(editor(copy)).toContainText('["copy"]');
});

test('a new tab is offered the drafts of closed tabs to open, download and delete', async ({
  app,
  context,
  server,
}) => {
  await startImport(app);
  for (const text of ['task,mood\n1,good\n', '[\n  {"tasks": [1]}\n]', 'id;a\n7;b\n', 'x;y\n1;2\n'])
    await leaveDraft(context, server, text);
  const tab = await newTab(context, server);
  await expect(draft(tab)).toBeHidden();
  await expect(offers(tab).getByRole('listitem')).toHaveText([
    /^x;y.*just now · 8 bytes/,
    /^id;a/,
    /^{"tasks": \[1\]}/,
  ]);
  await expectAccessible(tab);

  // By keyboard.
  await offers(tab).getByRole('button', { name: 'Show all 4' }).focus();
  await tab.keyboard.press('Enter');
  await expect(offers(tab).getByRole('listitem')).toHaveCount(4);
  await expect(tab.getByRole('list', { name: 'Drafts from closed tabs' })).toBeFocused();
  const [file] = await Promise.all([
    tab.waitForEvent('download'),
    offer(tab, 'task,mood').getByRole('button', { name: 'Download' }).press('Enter'),
  ]);
  expect(file.suggestedFilename()).toMatch(/^sheaf-draft-[\d-]{10}\.txt$/);
  expect(await readFile(await file.path(), 'utf8')).toBe('task,mood\n1,good\n');

  const deletion = offer(tab, 'id;a').getByRole('button', { name: 'Delete' });
  await deletion.press('Enter');
  await expect(offer(tab, 'id;a').getByRole('button', { name: 'Keep' })).toBeFocused();
  await tab.keyboard.press('Escape');
  await expect(deletion).toBeFocused();
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Shift+Tab');
  await tab.keyboard.press('Enter');
  await expect(offers(tab).getByRole('listitem')).toHaveCount(3);
  await expect(tab.getByRole('list', { name: 'Drafts from closed tabs' })).toBeFocused();

  await offer(tab, 'task,mood').getByRole('button', { name: 'Open' }).press('Enter');
  await expect(offers(tab)).toBeHidden();
  await expect(draft(tab)).toContainText(/^Restored from/);
  await expect(draft(tab)).toBeFocused();
  expect(await copyAll(tab)).toBe('task,mood\n1,good\n');

  // Beside the note are the others, with their size.
  await draft(tab).getByRole('button', { name: '2 other drafts (28 bytes)' }).press('Enter');
  const dialog = tab.getByRole('dialog', { name: 'Drafts in this browser' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'open in this tab' })).toHaveText(/^task,mood/);
  await expectAccessible(tab);
  await dialog.getByRole('button', { name: 'Delete all (3 drafts, 45 bytes)' }).click();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).last().click();
  await expect(dialog).toContainText('No drafts left.');
  expect(await keptDrafts(tab)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(await copyAll(tab), 'the text on screen stays').toBe('task,mood\n1,good\n');
});

test('the settings list all drafts and delete them', async ({ app, context, server }) => {
  await leaveDraft(context, server, 'task,mood\n1,good\n');
  await startImport(app);
  await paste(app, '["mine"]');
  await expectSaved(app, '["mine"]');
  await app.getByRole('button', { name: /^Sandbox/ }).click();
  const section = app.getByRole('region', { name: 'Drafts in this browser' });
  await expect(section.getByRole('listitem')).toHaveText([/^\["mine"\].*open in this tab/, /^task,mood/]);
  await expect(section).toContainText('A draft is deleted 30 days after its last change.');
  await expectAccessible(app);
  await section.getByRole('button', { name: 'Delete all (2 drafts, 25 bytes)' }).click();
  await section.getByRole('button', { name: 'Delete', exact: true }).last().click();
  await expect(section.getByRole('listitem')).toHaveCount(0);
  expect(await keptDrafts(app)).toEqual([]);
});

test.describe('in a window of 360 pixels, in the dark', () => {
  test.use({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' });

  test('offered drafts and all drafts fit', async ({ app, context, server }) => {
    await startImport(app);
    await leaveDraft(context, server, `task,${'a long header of a table,'.repeat(9)}\n`);
    await leaveDraft(context, server, 'x'.repeat(500));
    const tab = await newTab(context, server);
    const width = () => tab.evaluate(() => document.documentElement.scrollWidth);
    await offer(tab, 'xxx').getByRole('button', { name: 'Delete' }).click();
    await expect(offer(tab, 'xxx').getByRole('button', { name: 'Keep' })).toBeFocused();
    expect(await width()).toBeLessThanOrEqual(360);
    expect(await offers(tab).evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
    await expectAccessible(tab);
    await offer(tab, 'xxx').getByRole('button', { name: 'Open' }).click();
    await draft(tab)
      .getByRole('button', { name: /^1 other draft/ })
      .click();
    await expect(tab.getByRole('dialog')).toBeVisible();
    expect(await width()).toBeLessThanOrEqual(360);
    await expectAccessible(tab);
  });
});

test('two tabs that open the same offered draft get it once', async ({ app, context, server }) => {
  await startImport(app);
  await leaveDraft(context, server, '["gone"]');
  const one = await newTab(context, server);
  const other = await newTab(context, server);
  const open = (page: Page) => offers(page).getByRole('button', { name: 'Open' });
  await expect(open(one)).toBeVisible();
  await expect(open(other)).toBeVisible();
  await open(one).click();
  await expect(editor(one)).toContainText('["gone"]');
  await open(other).click();
  await expect(
    other.getByText('That draft wasn’t opened: it is open in another tab, or it was deleted.'),
  ).toBeVisible();
  await expect(other.getByRole('button', { name: 'Insert an example' }).first()).toBeVisible();
});

test('a draft of the previous version is offered once', async ({ app, context, server }) => {
  await app.goto('about:blank');
  const tab = await context.newPage();
  await oldDraft(tab, server.address, '["old"]');
  await tab.goto(`${server.address}#/import`);
  await expect(offer(tab, '["old"]')).toContainText(/days? ago/);
  await offer(tab, '["old"]').getByRole('button', { name: 'Open' }).click();
  await expect(editor(tab)).toContainText('["old"]');
  await draft(tab).getByRole('button', { name: 'Discard' }).click();
  await expectSaved(tab, undefined);
});
