import type { Page } from 'playwright/test';
import {
  copyAll,
  editor,
  more,
  openText,
  paste,
  problems,
  review,
  showAs,
  startImport,
  toolbar,
  undoInNotice,
} from './support/import.ts';
import { keptDraft } from './support/draft.ts';
import { requestForm } from './support/form.ts';
import { connect, connectTo, expectConnected } from './support/settings.ts';
import { expect, test } from './support/test.ts';

// Each of these texts is read several times, on a machine that may be slow.
test.describe.configure({ timeout: 120_000 });

const part = (app: Page) => app.getByRole('group', { name: 'Part of the text' });
const lines = (app: Page) => part(app).getByText(/^Lines /);
const errors = (app: Page, count: string) => app.getByText(count, { exact: true });

/** The size of a draft stored as a file. */
const sizeOf = (draft: Awaited<ReturnType<typeof keptDraft>>) =>
  draft?.text === undefined ? (draft?.size ?? 0) : 0;

async function openFile(app: Page, name: string, text: string, { replaces = false } = {}) {
  await app
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  if (replaces) await app.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
  await expect(app.getByRole('button', { name: `${name} ·` })).toBeVisible({ timeout: 30_000 });
  await openText(app);
  await expect(lines(app)).toBeVisible({ timeout: 30_000 });
}

async function goToLine(app: Page, line: number) {
  await part(app).getByRole('textbox', { name: 'Line to go to' }).fill(String(line));
  await app.keyboard.press('Enter');
}

/** A table with one mistake on line 80,002. */
function table() {
  const remark = 'x'.repeat(60);
  const rows = Array.from({ length: 90_000 }, (_, index) => `${index + 1},Positive,${remark}`);
  rows[80_000] = `80001,Positve,${remark}`;
  return ['task,sentiment,remark', ...rows].join('\n');
}

/** A list of requests, one per line. */
function requests(count: number) {
  const lines = Array.from({ length: count }, (_, index) => {
    const choices = [['Positive', 'Negative'][index % 2]];
    const result = [{ from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices } }];
    return JSON.stringify({ task: index + 1, result });
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}

test('a large text is shown in parts, checked as a whole, and every place can be reached', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await openFile(app, 'large.csv', table());
  await expect(part(app).getByText(/Lines 1–[\d,]+ of a large text/)).toBeVisible();
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });
  await expect(editor(app)).toContainText('1,Positive,xxx');
  await part(app).getByRole('button', { name: 'Later' }).click();
  await expect(part(app).getByText(/Lines [\d,]{5,}–/)).toBeVisible();

  // To the mistake, far from the visible part.
  const mistake = problems(app).filter({ hasText: '“Positve”' });
  await mistake.first().click();
  await expect(part(app).getByText(/Lines 7\d,\d{3}–8\d,\d{3}/)).toBeVisible();
  await app.keyboard.insertText('Positive');
  await expect(errors(app, '1 error')).toHaveCount(0, { timeout: 30_000 });
  expect((await copyAll(app)).length, 'a part').toBeLessThan(2_000_000);

  await goToLine(app, 90_001);
  await expect(part(app).getByText(/–90,001 of/)).toBeVisible();
  await expect(part(app).getByRole('button', { name: 'Later' })).toBeDisabled();
  await review(app, '90,000 annotations');
});

test('a large text is fixed and edited in parts, with undo', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await openFile(app, 'large.csv', table());
  await problems(app).first().click();
  await app.getByRole('button', { name: 'Use “Positive”' }).click();
  await expect(errors(app, '1 error')).toHaveCount(0, { timeout: 30_000 });
  await undoInNotice(app).click();
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });

  // Two more mistakes, far apart: one typed at the start, and one right before moving on.
  await goToLine(app, 2);
  await expect(part(app).getByText(/Lines 1–/)).toBeVisible();
  await app.keyboard.press('Home');
  await app.keyboard.insertText('x');
  await goToLine(app, 60_001);
  await expect(part(app).getByText(/Lines 5\d,\d{3}–6\d,\d{3}/)).toBeVisible();
  await expect(editor(app)).toContainText('60000,Positive');
  await app.keyboard.press('Home');
  await app.keyboard.insertText('y');
  await expect(errors(app, '3 errors')).toBeVisible({ timeout: 30_000 });
  await expect(problems(app).filter({ hasText: 'x1' })).toContainText('line 2, column 1');
  await expect(problems(app).filter({ hasText: 'y60000' })).toContainText('line 60001, column 1');

  await more(app, 'Insert an example');
  await expect(part(app)).toBeHidden();
  await undoInNotice(app).click();
  await expect(errors(app, '3 errors')).toBeVisible({ timeout: 30_000 });
  await openText(app);
  await expect(lines(app)).toBeVisible();
});

test('a long pasted text is inserted at the cursor, which then is after it', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await openText(app);
  await editor(app).focus();
  await app.keyboard.insertText('[]');
  await app.keyboard.press('ArrowLeft');
  const pasted = requests(40_000).trim().slice(1, -1).replaceAll('\n', '\r\n');
  await app.evaluate((copied) => navigator.clipboard.writeText(copied), pasted);
  await app.keyboard.press('ControlOrMeta+V');
  await expect(part(app).getByText(/–40,002 of/)).toBeVisible({ timeout: 30_000 });
  await expect(app.getByRole('button', { name: 'Review 40,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  await app.keyboard.insertText(`,${requests(1).split('\n')[1]}`);
  await expect(app.getByRole('button', { name: 'Review 40,001 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(app.getByRole('button', { name: 'Review 40,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });

  // It replaces the selection, which can be restored.
  await more(app, 'Insert an example');
  await expect(part(app)).toBeHidden();
  const example = await copyAll(app);
  await paste(app, requests(40_000));
  await expect(lines(app)).toBeVisible({ timeout: 30_000 });
  await expect(app.getByText('Pasted.')).toBeVisible();
  await undoInNotice(app).click();
  await expect(part(app)).toBeHidden();
  expect(await copyAll(app)).toBe(example);
});

test('a large table is changed in the grid, and a large list of requests in the form', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await openFile(app, 'large.csv', table());
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });
  await showAs(app, 'Grid');
  const grid = app.getByRole('grid', { name: 'Rows' });
  await grid.focus();
  await app.keyboard.press('F8');
  const active = grid.locator('[aria-selected=true]');
  await expect(active).toHaveText(/Positve/);
  await app.keyboard.press('Enter');
  await expect(app.getByRole('option', { name: 'Positive' })).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('button', { name: 'Review 90,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  await toolbar(app).getByRole('button', { name: 'Undo' }).click();
  await expect(active).toHaveText(/Positve/, { timeout: 30_000 });
  await toolbar(app).getByRole('button', { name: 'Redo' }).click();
  await expect(app.getByRole('button', { name: 'Review 90,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  await showAs(app, 'Text');

  await openFile(app, 'large.json', requests(40_000), { replaces: true });
  await expect(app.getByRole('button', { name: 'Review 40,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  // Undo restores the table; redo replaces it again.
  await undoInNotice(app).click();
  await expect(app.getByRole('button', { name: 'Review 90,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });
  await toolbar(app).getByRole('button', { name: 'Undo' }).click();
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });
  await toolbar(app).getByRole('button', { name: 'Redo' }).click();
  await expect(errors(app, '1 error')).toHaveCount(0, { timeout: 30_000 });
  await toolbar(app).getByRole('button', { name: 'Redo' }).click();
  await expect(app.getByRole('button', { name: 'Review 40,000 annotations' })).toBeVisible({
    timeout: 30_000,
  });

  await showAs(app, 'Form');
  await expect(requestForm(app, 40_000)).toBeVisible({ timeout: 30_000 });
  await app.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(app.getByText('of 39,999')).toBeVisible({ timeout: 30_000 });
  await undoInNotice(app).click();
  await expect(app.getByText('of 40,000')).toBeVisible({ timeout: 30_000 });
});

test('a large text is restored after a reload and on another server, and discarded with one click', async ({
  app,
  server,
  startServer,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await openFile(app, 'large.csv', table());
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => sizeOf(await keptDraft(app))).toBeGreaterThan(5_000_000);

  await app.goto(server.address);
  await connect(app);
  const draft = app.getByRole('region', { name: 'Draft' });
  await expect(draft).toContainText(/^Restored from \d\d:\d\d/);
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });

  await draft.getByRole('button', { name: 'Discard' }).click();
  await expect(part(app)).toBeHidden();
  await expect.poll(async () => sizeOf(await keptDraft(app))).toBe(0);
  await undoInNotice(app).click();
  await expect(errors(app, '1 error')).toBeVisible({ timeout: 30_000 });

  // Another engine continues with the text and its undo history.
  const other = await startServer();
  await openText(app);
  await goToLine(app, 80_002);
  await expect(editor(app)).toContainText('Positve');
  await app.keyboard.press('Home');
  await app.keyboard.insertText('x');
  await expect(errors(app, '2 errors')).toBeVisible({ timeout: 30_000 });
  await app.goto(`${server.address}#/`);
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await connectTo(app, 'Your Label Studio', {
    address: `${other.address}sandbox`,
    token: await other.token(),
  });
  await expectConnected(app);
  await goToLine(app, 80_002);
  await expect(editor(app)).toContainText('x80001,Positve');

  await more(app, 'Insert an example');
  await expect(part(app)).toBeHidden();
  await undoInNotice(app).click();
  await expect(app.getByRole('grid', { name: 'Rows' })).toBeVisible({ timeout: 30_000 });
  await openText(app);
  await goToLine(app, 80_002);
  await expect(editor(app)).toContainText('x80001,Positve');
});
