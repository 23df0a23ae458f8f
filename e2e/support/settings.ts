import { expect, type Page } from 'playwright/test';

/** The form for the server and the token, on the first page and in the drawer alike. */
export const settings = (page: Page) => page.getByRole('form', { name: 'Server and token' });

interface Target {
  /** Only for another address. */
  address?: string;
  token: string;
  /** In seconds: so that a lost answer is not waited for as long as a real gateway wants. */
  timeLimit?: string;
}

/** Signs in to the built-in sandbox with the token that is filled in: its manager's, or that of the user named. */
export async function connect(page: Page, { user }: { user?: string } = {}) {
  if (user !== undefined) await settings(page).getByRole('radio', { name: user }).check();
  await settings(page).getByRole('button', { name: 'Connect' }).click();
  await expectConnected(page);
}

/** Tries to sign in to a server, by the words under which it is offered. */
export async function connectTo(page: Page, server: string | RegExp, { address, token, timeLimit }: Target) {
  const form = settings(page);
  await form.getByRole('radio', { name: server }).check();
  if (address !== undefined) await form.getByRole('textbox', { name: 'Address' }).fill(address);
  await form.getByLabel('Access token').fill(token);
  if (timeLimit !== undefined) {
    await form.getByText('Advanced').click();
    await form.getByLabel('Request timeout').fill(timeLimit);
  }
  await form.getByRole('button', { name: 'Connect' }).click();
}

/** From the first page connecting leads straight to Import. */
export async function expectConnected(page: Page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Not connected' })).toHaveCount(0);
}

/** What did not work is said in words, with the way out. */
export async function expectFailure(page: Page, what: string | RegExp, hint: string | RegExp) {
  await expect(page.getByRole('alert')).toContainText(what);
  await expect(page.getByRole('alert')).toContainText(hint);
}

/** Signs in again in the drawer that is open, and closes it. */
export async function reconnect(page: Page) {
  await settings(page).getByRole('button', { name: 'Connect' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
}
