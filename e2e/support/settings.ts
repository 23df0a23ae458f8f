import { expect, type Page } from 'playwright/test';

/** The form for server and token, on the first page and in the drawer. */
export const settings = (page: Page) => page.getByRole('form', { name: 'Server and token' });

interface Target {
  /** Only for another address. */
  address?: string;
  token: string;
  /** In seconds: a short limit, so that tests needn’t wait for lost answers. */
  timeLimit?: string;
}

/** Signs in to the sandbox with the prefilled token: the manager’s, or that of the given user. */
export async function connect(page: Page, { user }: { user?: string } = {}) {
  if (user !== undefined) await settings(page).getByRole('radio', { name: user }).check();
  await settings(page).getByRole('button', { name: 'Connect' }).click();
  await expectConnected(page);
}

/** Tries to sign in to a server, by its name in the form. */
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

/** Asserts that connecting on the first page leads to Import. */
export async function expectConnected(page: Page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Not connected' })).toHaveCount(0);
}

/** Asserts a failure message and its hint. */
export async function expectFailure(page: Page, what: string | RegExp, hint: string | RegExp) {
  await expect(page.getByRole('alert')).toContainText(what);
  await expect(page.getByRole('alert')).toContainText(hint);
}

/** Signs in again in the open drawer, and closes it. */
export async function reconnect(page: Page) {
  await settings(page).getByRole('button', { name: 'Connect' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
}
