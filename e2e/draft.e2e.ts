import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { chooseProject, copyAll, editor, paste, startImport, toImport, toolbar } from './support/import.ts';
import { keptDraft } from './support/draft.ts';
import { connect, connectTo, expectConnected } from './support/settings.ts';
import { expect, test } from './support/test.ts';

const draft = (page: Page) => page.getByRole('region', { name: 'Draft' });
const project = (page: Page) => toolbar(page).getByRole('combobox', { name: 'Project' });

/** A draft is written half a second after a change, and nothing on screen says so. */
const expectSaved = (page: Page, text: string | undefined) =>
  expect.poll(async () => (await keptDraft(page))?.text).toBe(text);

test('text, project and reading are back after a reload, and are discarded with one click', async ({
  app,
  context,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const table = 'task;mood\n201;Positive\n';
  await paste(app, table);
  const namesColumns = app.getByRole('checkbox', { name: 'First row is a header' });
  // It shows how the text was read, so it follows the click once the text is read anew.
  await namesColumns.click();
  await expect(namesColumns).not.toBeChecked();
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, table);
  await expect.poll(() => keptDraft(app)).toMatchObject({ reading: { hasHeader: false } });
  expect(JSON.stringify(await keptDraft(app))).not.toContain(await server.token());

  await app.goto(server.address);
  await connect(app);
  await toImport(app);
  await expect(draft(app)).toContainText(/^Restored from \d\d:\d\d/);
  await expect(project(app)).toHaveValue(/Product reviews/);
  await expect(namesColumns).not.toBeChecked();
  expect(await copyAll(app)).toBe(table);
  await expectAccessible(app);

  await draft(app).getByRole('button', { name: 'Discard' }).click();
  await expect(app.getByText('Draft discarded.')).toBeVisible();
  await expect(draft(app)).toBeHidden();
  // Whoever goes on with Tab goes on from here.
  await app.keyboard.press('Tab');
  await expect(editor(app)).toBeFocused();
  await expectSaved(app, undefined);
  const tab = await context.newPage();
  await tab.goto(server.address);
  await connect(tab);
  await toImport(tab);
  await expect(tab.getByRole('button', { name: 'Fill in the form' })).toBeVisible();
  await expect(draft(tab)).toBeHidden();
  await tab.close();

  await app.getByRole('button', { name: 'Undo' }).click();
  await expect(editor(app)).toContainText('task;mood');
  await expectSaved(app, table);
});

test('what goes on from a restored text is saved as well, and the note has done its work', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, '[1]');
  await expectSaved(app, '[1]');
  await app.goto(server.address);
  await connect(app);
  await toImport(app);
  await expect(draft(app)).toBeVisible();
  await paste(app, '[2]');
  await expect(draft(app)).toBeHidden();
  await expectSaved(app, '[2]');
  await app.goto(server.address);
  await connect(app);
  await toImport(app);
  await expect(editor(app)).toContainText('[2]');
  await expect(project(app)).toHaveValue(/Product reviews/);
});

test('on another server the text is kept and the project is not', async ({ app, server, startServer }) => {
  const other = await startServer();
  await startImport(app);
  await chooseProject(app, 'Product reviews');
  await paste(app, '[1]');
  await expectSaved(app, '[1]');
  await app.goto(server.address);
  const address = `${other.address}sandbox`;
  await connectTo(app, 'Your Label Studio', { address, token: await other.token() });
  await expectConnected(app);
  await toImport(app);
  await expect(editor(app)).toContainText('[1]');
  await expect(project(app)).toHaveValue('');
});

test('a browser that refuses its storage costs the draft and nothing else', async ({ app, server }) => {
  await app.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get() {
        throw new DOMException('The storage is refused.', 'SecurityError');
      },
    });
  });
  await app.goto(server.address);
  await startImport(app, { project: 'Product reviews' });
  await app.getByRole('button', { name: 'Insert an example' }).first().click();
  await expect(toolbar(app).getByRole('button', { name: /^Review \d annotation/ })).toBeVisible();
  await expect(draft(app)).toBeHidden();
});
