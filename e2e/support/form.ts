import { expect, type Page } from 'playwright/test';

/** The form of a set of labels, counted from 1. */
export const requestForm = (page: Page, request: number) =>
  page.getByRole('form', { name: `Set of labels ${request}`, exact: true });

/** Adds a request to the batch, and waits for its form. */
export async function addRequest(page: Page, request: number) {
  await page.getByRole('button', { name: /^Add( a set of labels)?$/ }).click();
  await expect(requestForm(page, request)).toBeVisible();
}

/** Unfolds a rarely used section of the form. */
export const unfold = (page: Page, request: number, part: string) =>
  requestForm(page, request).getByText(part, { exact: true }).click();
