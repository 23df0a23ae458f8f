import { expect, type Page } from 'playwright/test';

export const createButton = (page: Page) =>
  page.getByRole('group', { name: 'Start' }).getByRole('button', { name: /^Create / });

/** Starts the run that the review shows, and waits until it has ended. */
export async function create(page: Page) {
  await start(page);
  await expectFinished(page);
}

/** Starts the run that the review shows. */
export async function start(page: Page) {
  await createButton(page).click();
}

/** Unfolds what most people never need: calls, the route and the groups. */
export async function openTechnicalDetails(page: Page) {
  await page.getByText('Technical details', { exact: true }).click();
}

/** The rows of the review that are in view, as text. */
export const reviewedRows = (page: Page) =>
  page.getByRole('table', { name: 'Rows as they will be' }).locator('tr[data-index]');

/** A run may wait for a server on purpose; so may this. */
export async function expectFinished(page: Page, timeout = 60_000) {
  await expect(page.getByRole('table', { name: 'Results' })).toBeVisible({ timeout });
}
