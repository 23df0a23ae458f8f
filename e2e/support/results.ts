import { readFile } from 'node:fs/promises';
import { expect, type Page } from 'playwright/test';

export const resultsTable = (page: Page) => page.getByRole('table', { name: 'Results' });

/** A row of the results as it is read on screen, by the columns' titles; the file's own columns have their names. */
type Row = Record<string, string>;

/** A row that holds these words. */
export async function expectRow(page: Page, row: Row) {
  await expect.poll(() => rowsInView(page)).toContainEqual(expect.objectContaining(row));
}

/** As many of the rows as the table draws, which for a short table is all. */
export async function rowsInView(page: Page): Promise<Row[]> {
  const [titles, ...rows] = await resultsTable(page)
    .getByRole('row')
    .evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent ?? '')));
  return rows.map((cells) => Object.fromEntries(titles!.map((title, at) => [title, cells[at]])) as Row);
}

/** The whole outcome in one line. */
export async function expectHeadline(page: Page, words: string | RegExp) {
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(words);
}

export const filterByState = (page: Page, state: string) =>
  page
    .getByRole('group', { name: 'Filter by state' })
    .getByRole('button', { name: new RegExp(`^${state}`) })
    .click();

/** Chooses in the export menu; gives what the browser saved, and under which name. */
export async function exportAs(page: Page, choice: string | RegExp) {
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: choice }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

export const download = (page: Page, format: 'CSV' | 'JSON') =>
  exportAs(page, new RegExp(`^Results as ${format}`));

/** Why rows are not simply created, one line for each reason of a request. */
export const reasons = (page: Page) => page.getByRole('list', { name: 'Reasons' }).getByRole('listitem');
