import { readFile } from 'node:fs/promises';
import { expect, type Page } from 'playwright/test';

export const resultsTable = (page: Page) => page.getByRole('table', { name: 'Results' });

/** A row of the results as on screen, by column titles; the file’s own columns have their names. */
type Row = Record<string, string>;

/** Asserts that a row has these texts. */
export async function expectRow(page: Page, row: Row) {
  await expect.poll(() => rowsInView(page)).toContainEqual(expect.objectContaining(row));
}

/** The rendered rows: for a short table, all of them. */
export async function rowsInView(page: Page): Promise<Row[]> {
  const [titles, ...rows] = await resultsTable(page)
    .getByRole('row')
    .evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent ?? '')));
  return rows.map((cells) => Object.fromEntries(titles!.map((title, at) => [title, cells[at]])) as Row);
}

/** Asserts the outcome in one line. */
export async function expectHeadline(page: Page, words: string | RegExp) {
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(words);
}

export const filterByState = (page: Page, state: string) =>
  page
    .getByRole('group', { name: 'Filter by state' })
    .getByRole('button', { name: new RegExp(`^${state}`) })
    .click();

/** Chooses an item of the export menu; returns the saved file and its name. */
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

/** The reasons of rows that weren’t simply created, one line each. */
export const reasons = (page: Page) => page.getByRole('list', { name: 'Reasons' }).getByRole('listitem');
