import { expect, type Page } from 'playwright/test';

/** The form of the request with this number, counted from 1. */
export const requestForm = (page: Page, request: number) =>
  page.getByRole('form', { name: `Request ${request}` });

/** Adds one more request to the batch, and waits for its form. */
export async function addRequest(page: Page, request: number) {
  await page.getByRole('button', { name: /^Add( a request)?$/ }).click();
  await expect(requestForm(page, request)).toBeVisible();
}
