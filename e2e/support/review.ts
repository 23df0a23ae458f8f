import { expect, type Page } from 'playwright/test';

export const createButton = (page: Page) =>
  page.getByRole('group', { name: 'Start' }).getByRole('button', { name: /^Create / });

/** Starts the reviewed run, and waits until it has ended. */
export async function create(page: Page) {
  await start(page);
  await expectFinished(page);
}

/** Starts the reviewed run. */
export async function start(page: Page) {
  await createButton(page).click();
}

/** Unfolds calls, routes and groups. */
export async function openTechnicalDetails(page: Page) {
  await page.getByText('Technical details', { exact: true }).click();
}

/** The visible rows of the review as text. */
export const reviewedRows = (page: Page) =>
  page.getByRole('table', { name: 'Rows as they will be' }).locator('tr[data-index]');

/** A run may wait for a server on purpose, so this may take a while. */
export async function expectFinished(page: Page, timeout = 60_000) {
  await expect(page.getByRole('table', { name: 'Results' })).toBeVisible({ timeout });
}
