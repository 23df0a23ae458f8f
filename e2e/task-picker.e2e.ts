import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { copyAll, paste, requests, showAs, startImport, toolbar } from './support/import.ts';
import { requestForm } from './support/form.ts';
import { watchRequests } from './support/requests.ts';
import { expect, test } from './support/test.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Pick/ });
const rows = (page: Page) => dialog(page).getByRole('listbox', { name: 'Tasks' }).getByRole('option');
const row = (page: Page, id: number) => rows(page).filter({ hasText: new RegExp(`^${id}(?!\\d)`) });
const picked = (page: Page) => dialog(page).getByRole('status', { name: 'Picked' });
const search = (page: Page) => dialog(page).getByRole('searchbox', { name: 'Search' });
const idsField = (page: Page) =>
  requestForm(page, 1).getByRole('textbox', { name: /Task ID|Selected|Excluded/ });

/** From the first page to a form with a known project. */
async function startPicking(page: Page, project: string) {
  await startImport(page, { project });
  await page.getByRole('button', { name: 'Open the form' }).click();
  await expect(requestForm(page, 1)).toBeVisible();
}

async function openPicker(page: Page) {
  await page.getByRole('button', { name: /^Pick (tasks|a task)…$/ }).click();
  await expect(dialog(page)).toBeVisible();
}

const use = (page: Page, words: string) => dialog(page).getByRole('button', { name: words }).click();

test('tasks are picked by searching their text, one by one and as a range', async ({ app }) => {
  await startPicking(app, 'Product reviews');
  await idsField(app).fill('4, 12, 999999');
  await openPicker(app);
  await expect(picked(app)).toHaveText('Picked: 4, 12, 999999 (3 tasks)');
  await expect(dialog(app).getByText('5,000 tasks')).toBeVisible();
  await expect(row(app, 4)).toHaveAttribute('aria-selected', 'true');
  await row(app, 4).click();

  await search(app).fill('glued the foot back on');
  await expect(dialog(app).getByText(/tasks found/)).toBeVisible();
  await expect(row(app, 49)).toContainText('There is no spare part list.');
  await row(app, 49).click();
  await search(app).fill('');
  await expect(dialog(app).getByText('5,000 tasks')).toBeVisible();
  await row(app, 2).click();
  await row(app, 6).click({ modifiers: ['Shift'] });
  await expect(row(app, 5)).toHaveAttribute('aria-selected', 'true');
  await expect(picked(app)).toHaveText('Picked: 4, 12, 999999, 2, 3, 5, 6, 49 (8 tasks)');

  await use(app, 'Use 8 tasks');
  await expect(dialog(app)).toBeHidden();
  await expect(idsField(app)).toHaveValue('4, 12, 999999, 2, 3, 5, 6, 49');
  await expect(requestForm(app, 1).getByText('8 tasks')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Pick tasks…' })).toBeFocused();
  await expect(requests(app).first()).toContainText('8 tasks');
});

test('all results of a search, and all tasks of a view, are picked at once', async ({ app }) => {
  await startPicking(app, 'Product reviews');
  await openPicker(app);
  await search(app).fill('1008');
  await expect(rows(app)).toHaveCount(2);
  await expect(row(app, 3573)).toContainText('1008');
  await dialog(app).getByRole('button', { name: 'Select all 2 found' }).click();
  await expect(picked(app)).toHaveText('Picked: 1008, 3573 (2 tasks)');

  await dialog(app).getByRole('button', { name: 'By a Data Manager view' }).click();
  await dialog(app).getByRole('radio', { name: 'First hundred, newest first' }).check();
  await dialog(app).getByRole('button', { name: 'Add 100 tasks' }).click();
  await expect(dialog(app).getByText('100 tasks, all picked')).toBeVisible();
  await use(app, 'Use 102 tasks');
  await expect(idsField(app)).toHaveValue('1-100, 1008, 3573');

  await openPicker(app);
  await dialog(app).getByRole('button', { name: 'Select all 5,000' }).click();
  await use(app, 'Use 5,000 tasks');
  await expect(requestForm(app, 1).getByText('5,000 tasks')).toBeVisible();
});

test('the list loads while scrolling, to its end', async ({ app }) => {
  await startPicking(app, 'Product reviews');
  await openPicker(app);
  await search(app).fill('kettle');
  await expect(dialog(app).getByText('197 tasks found')).toBeVisible();
  const list = dialog(app).getByRole('listbox', { name: 'Tasks' });
  await expect(async () => {
    await list.press('End');
    await expect(rows(app).last()).toHaveAttribute('aria-posinset', '197', { timeout: 200 });
  }).toPass();
  await expect(rows(app).last()).toHaveAttribute('aria-setsize', '197');
});

test('images are shown; only the engine reads them with the token', async ({ app, context }) => {
  const sent = watchRequests(context);
  await startPicking(app, 'Shop photos');
  await openPicker(app);
  await expect(row(app, 6004)).toContainText('The counter');
  const picture = row(app, 6004).locator('img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
  await expect(picture).toHaveAttribute('src', /^blob:/);
  const asked = sent.filter(({ url }) => url.includes('/data/upload/'));
  expect(asked.length).toBeGreaterThan(3);
  for (const { authorization } of asked) expect(authorization).toMatch(/^Token /);

  await app.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(app);
  await dialog(app).getByRole('button', { name: 'By a Data Manager view' }).click();
  await expect(dialog(app).getByText('This project has no saved')).toBeVisible();
  await expectAccessible(app);
});

test('picking works by keyboard', async ({ app }) => {
  await startPicking(app, 'Company news');
  await app.getByRole('button', { name: 'Pick tasks…' }).press('Enter');
  await expect(search(app)).toBeFocused();
  await app.keyboard.type('the tide');
  await expect(rows(app)).toHaveCount(5);
  await app.keyboard.press('Tab');
  await expect(dialog(app).getByRole('button', { name: 'Select all 5 found' })).toBeFocused();
  await app.keyboard.press('Tab');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Space');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Shift+Space');
  await expect(picked(app)).toContainText('(3 tasks)');
  await app.keyboard.press('ArrowUp');
  await app.keyboard.press('Space');
  await expect(picked(app)).toContainText('(2 tasks)');
  await search(app).focus();
  await app.keyboard.press('Escape');
  await expect(search(app), 'Escape empties the search first').toHaveValue('');
  await expect(dialog(app).getByRole('button', { name: 'Use 2 tasks' })).toBeVisible();
  await dialog(app).getByRole('button', { name: 'Use 2 tasks' }).press('Enter');
  await expect(requestForm(app, 1).getByText('2 tasks')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Pick tasks…' })).toBeFocused();
});

test('picking another single task replaces the first one in the text', async ({ app }) => {
  await startImport(app, { project: 'Company news' });
  await paste(app, { task: 8001, result: [] });
  await showAs(app, 'Form');
  await openPicker(app);
  await expect(dialog(app).getByRole('button', { name: /^Select all/ })).toHaveCount(0);
  await row(app, 8002).click();
  await row(app, 8005).click();
  await expect(row(app, 8002)).toHaveAttribute('aria-selected', 'false');
  await use(app, 'Use this task');
  await expect(idsField(app)).toHaveValue('8005');
  await showAs(app, 'JSON');
  expect(JSON.parse(await copyAll(app))).toMatchObject({ task: 8005 });
});

test('says why there is nothing to pick from, and uses the request’s project', async ({ app }) => {
  await startImport(app);
  await app.getByRole('button', { name: 'Open the form' }).click();
  const button = app.getByRole('button', { name: 'Pick tasks…' });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/Choose a project above/);
  const project = requestForm(app, 1).getByRole('combobox', { name: 'Project' });
  await project.fill('4');
  await expect(button).toBeEnabled();
  await project.press('Escape');
  await openPicker(app);
  await expect(dialog(app)).toHaveAccessibleName('Pick tasks of Company news');
  await dialog(app).getByRole('button', { name: 'Cancel' }).click();

  await idsField(app).fill('8001, 80x');
  await openPicker(app);
  await expect(dialog(app).getByRole('alert')).toContainText('“80x” isn’t a valid task ID');
  await dialog(app).getByRole('button', { name: 'Back to the field' }).click();
  await expect(idsField(app)).toHaveValue('8001, 80x');
});

test('a lost server is reported in the list, which can be read again', async ({ app, mishaps, server }) => {
  mishaps.allow(/^no answer: GET .*\/sandbox\//);
  await startPicking(app, 'Product reviews');
  await openPicker(app);
  await row(app, 3).click();
  await server.kill();
  await search(app).fill('kettle');
  await expect(dialog(app).getByRole('alert')).toContainText('The server didn’t respond');
  await server.start();
  await dialog(app).getByRole('button', { name: 'Reload tasks' }).click();
  await expect(dialog(app).getByText('197 tasks found')).toBeVisible();
  await expect(picked(app)).toHaveText('Picked: 3 (1 task)');
});

test('fills a narrow, dark window', async ({ app }) => {
  await app.setViewportSize({ width: 360, height: 640 });
  await app.emulateMedia({ colorScheme: 'dark' });
  await startPicking(app, 'Street scenes');
  await openPicker(app);
  await expect.poll(async () => (await dialog(app).boundingBox())?.width).toBe(360);
  await row(app, 9001).click();
  await expect.poll(() => app.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expect(dialog(app).getByRole('button', { name: 'Use 1 task' })).toBeInViewport({ ratio: 1 });
  await expectAccessible(app);
  await use(app, 'Use 1 task');
  await expect(idsField(app)).toHaveValue('9001');
  await expect(toolbar(app)).toBeVisible();
});
