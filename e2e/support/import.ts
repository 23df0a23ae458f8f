import { fileURLToPath } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { connect } from './settings.ts';

export const editor = (page: Page) => page.getByRole('textbox', { name: 'Batch as JSON' });
export const problems = (page: Page) => page.getByRole('listbox', { name: 'Problems' }).getByRole('option');
export const requests = (page: Page) =>
  page.getByRole('listbox', { name: 'Sets of labels' }).getByRole('option');
export const toolbar = (page: Page) => page.getByRole('group', { name: 'Batch', exact: true });

/** The undo button of the last notice. */
export const undoInNotice = (page: Page) => page.getByRole('alert').getByRole('button', { name: 'Undo' });

/** From the first page to an empty Import, signed in to the sandbox. */
export async function startImport(page: Page, { user, project }: { user?: string; project?: string } = {}) {
  await connect(page, user === undefined ? {} : { user });
  if (project !== undefined) await chooseProject(page, project);
}

export async function chooseProject(page: Page, title: string) {
  await toolbar(page).getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: title }).click();
  await expect(toolbar(page).getByRole('combobox', { name: 'Project' })).toHaveValue(new RegExp(title));
}

/** Opens a file of `seeds/samples`. */
export const openSample = (page: Page, name: string) =>
  page
    .getByLabel('File to open')
    .first()
    .setInputFiles(fileURLToPath(new URL(`../../seeds/samples/${name}`, import.meta.url)));

/** Drags files over the page and drops them, as from a folder of the desktop. */
export async function dropFiles(page: Page, ...files: string[]) {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  await cdp.detach();
}

/** Opens the batch as text, also from the empty start screen. */
export async function openText(page: Page) {
  const toText = page
    .getByRole('button', { name: 'Type it' })
    .or(toolbar(page).getByRole('button', { name: /^(Text|JSON)$/ }));
  await toText.first().click();
  await expect(editor(page)).toBeVisible();
}

/** Pastes without a focused field: the batch is then shown in the view for its format. */
export async function pasteAnywhere(page: Page, text: string) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await expect(page.getByRole('button', { name: 'Type it' })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ControlOrMeta+V');
}

/** On a narrow window, the grid’s problems are opened on demand. */
export async function showProblems(page: Page) {
  const open = toolbar(page).getByRole('button', { name: /^(\d[\d,]* errors?|Problems)$/ });
  if (await open.isVisible()) await open.click();
}

export async function hideProblems(page: Page) {
  if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
}

/** Chooses a rare action. */
export async function more(page: Page, item: string) {
  await toolbar(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The dialog with the import settings, which `Escape` closes. */
export async function openImportSettings(page: Page) {
  await toolbar(page)
    .getByRole('button', { name: /, import settings$/ })
    .click();
  return page.getByRole('dialog', { name: 'Import settings' });
}

/** The header of a column in the grid, which shows its target. */
export const columnHeader = (page: Page, name: string) =>
  page.getByRole('columnheader').filter({ has: page.getByText(name, { exact: true }) });

/** Answers the question which column has the task IDs. */
export const chooseTaskColumn = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Which column has the task IDs?' }).getByRole('button', { name }).click();

/** Maps a column to a target, by its words or its value. */
export async function useColumn(page: Page, name: string, target: string) {
  await columnHeader(page, name).getByRole('button').click();
  await page
    .getByRole('dialog', { name: `Column ${name}` })
    .getByRole('combobox', { name: 'Another field' })
    .selectOption(target);
}

/** Replaces the editor’s text from the clipboard. A batch that isn’t text is written as JSON. */
export async function paste(page: Page, batch: unknown) {
  const text = typeof batch === 'string' ? batch : JSON.stringify(batch, null, 2);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await openText(page);
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

/** The whole text of the batch, through the clipboard: the editor renders only the visible part. */
export async function copyAll(page: Page) {
  await openText(page);
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A table and records are shown as text or as a grid, other formats as JSON or as a form. */
export async function showAs(page: Page, view: 'JSON' | 'Form' | 'Text' | 'Grid') {
  await toolbar(page).getByRole('button', { name: view, exact: true }).click();
  if (view === 'JSON' || view === 'Text') await expect(editor(page)).toBeVisible();
}

/** Opens the review of a valid batch. */
export async function review(page: Page, annotations: string) {
  await toolbar(page)
    .getByRole('button', { name: `Review ${annotations}` })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
}
