import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { columnHeader, more, openText, pasteAnywhere, startImport } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create, createButton } from './support/review.ts';
import { expect, test } from './support/test.ts';

/** A range of Google Sheets with file names: one has no task, and one row is repeated. */
const range = [
  'photo\tcontents\tquality',
  'Storefront-morning.PNG\tbuilding\t4',
  'window-display.png\tGoods\t5',
  'shelf-tea.png\tGods\t3',
  'counter.png\tPeple\t2',
  'counter.png\tPeple\t2',
].join('\n');

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Match rows to tasks' });
const outcome = (page: Page, name: string) => dialog(page).getByRole('button', { name });
const use = (page: Page) => dialog(page).getByRole('button', { name: /^Use \d+ match/ });

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Match rows to tasks…' }).click();
  await expect(use(page)).toBeVisible();
}

test('a range without Label Studio IDs: matched by file name, mapped and created', async ({
  app,
  server,
}) => {
  await startImport(app);
  await pasteAnywhere(app, range);
  await app.getByRole('button', { name: 'Use Shop photos and match rows…' }).click();
  await expect(outcome(app, 'Matched')).toContainText('5');
  await expect(dialog(app).getByRole('table', { name: 'Matched: examples' })).toContainText('6001');
  await use(app).click();
  await expect(columnHeader(app, 'photo')).toContainText('Task, by image');
  await expect(app.getByRole('grid', { name: 'Rows' })).toBeFocused();
  // Columns grow when they get a target, or labels.
  const isWhole = (words: string) =>
    expect
      .poll(() =>
        app
          .getByText(words, { exact: true })
          .first()
          .evaluate((one) => one.scrollWidth <= one.clientWidth),
      )
      .toBe(true);
  await isWhole('↳ contents (Choices)');

  // By keyboard, one goes on where one was.
  await app.getByRole('button', { name: 'Accept all 2 suggestions' }).press('Enter');
  await expect(app.getByRole('tabpanel', { name: 'Problems' })).toBeFocused();
  await isWhole('Peple → People');
  await app.getByRole('button', { name: 'Delete 1 duplicate' }).press('Enter');
  await expect(app.getByRole('tabpanel', { name: 'Problems' })).toBeFocused();
  await app.getByRole('button', { name: 'Review 4 annotations' }).click();
  await expect(createButton(app)).toBeVisible();
  await create(app);
  await expectHeadline(app, /^4 annotations created and verified/);
  expect((await server.annotationsOn(6001)).at(-1)).toMatchObject({
    result: [{ value: { choices: ['building'] } }, { value: { rating: 4 } }],
  });
  expect(await server.annotationsOn(6004)).toHaveLength(1);
  expect((await server.annotationsOn(6003)).at(-1)).toMatchObject({
    result: [{ value: { choices: ['Goods'] } }, { value: { rating: 3 } }],
  });
});

test('missing and ambiguous values are shown, become errors, and the matching is remembered', async ({
  app,
  context,
  server,
}) => {
  await server.ask('/api/projects/2/import?return_task_ids=true', {
    method: 'POST',
    body: [{ image: 's3://shop/2026/counter.png', place: 'Another counter' }],
  });
  await startImport(app, { project: 'Shop photos' });
  await pasteAnywhere(app, `${range}\nnowhere.png\tGoods\t1`);
  await openDialog(app);
  await expect(outcome(app, 'Not found')).toContainText('1');
  await expectAccessible(app);
  await expect(outcome(app, 'Ambiguous')).toContainText('2');
  await outcome(app, 'Ambiguous').click();
  await expect(dialog(app).getByRole('table', { name: 'Ambiguous: examples' })).toContainText('counter.png');
  await expect(dialog(app)).toContainText('1 not found becomes an error in the grid: nowhere.png');
  await expect(dialog(app).getByText('0 of 6')).toBeVisible();

  // By keyboard: another data field gives other matches.
  await dialog(app).getByRole('combobox', { name: 'Data field in Shop photos' }).selectOption({ index: 1 });
  await expect(dialog(app).getByRole('button', { name: 'No matches' })).toBeDisabled();
  await dialog(app).getByRole('combobox', { name: 'Data field in Shop photos' }).selectOption({ index: 0 });
  await use(app).click();
  await expect(app.getByRole('group', { name: /No task in Shop photos has this file name/ })).toBeVisible();
  await expect(app.getByRole('group', { name: /2 tasks in Shop photos have this file name/ })).toBeVisible();

  const later = await context.newPage();
  await later.goto(server.address);
  await startImport(later, { project: 'Shop photos' });
  await pasteAnywhere(later, range);
  await expect(columnHeader(later, 'photo')).toContainText('Task, by image');
  await expect(later.getByText(/Compared with Shop photos: 13 tasks read/)).toBeVisible();
});

test('unreadable tasks are reported, and can be read again', async ({ app, server, mishaps }) => {
  await startImport(app, { project: 'Shop photos' });
  await pasteAnywhere(app, range);
  await expect(app.getByRole('button', { name: 'Match rows to tasks…' })).toBeVisible();
  // The app’s files must be loaded before the server goes.
  await app.waitForLoadState('networkidle');
  mishaps.allow(/^no answer: GET .*ERR_CONNECTION_REFUSED/);
  await server.kill();
  await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
  await expect(dialog(app).getByRole('alert')).toBeVisible();
  await server.start();
  await dialog(app).getByRole('button', { name: 'Try again' }).click();
  await expect(use(app)).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(dialog(app)).toBeHidden();
  await openText(app);
});

test('an export of another project: its tasks are found by their data', async ({ app, server }) => {
  const exported = [
    {
      id: 987_001,
      data: { image: '/data/upload/77/0011aaff-lamp-wall.png' },
      annotations: [
        {
          id: 5,
          result: [
            {
              id: 'a',
              from_name: 'quality',
              to_name: 'photo',
              type: 'rating',
              value: { rating: 3 },
            },
          ],
        },
      ],
    },
  ];
  await startImport(app, { project: 'Shop photos' });
  await pasteAnywhere(app, JSON.stringify(exported));
  await more(app, 'Match rows to tasks…');
  await expect(outcome(app, 'Matched')).toContainText('1');
  await use(app).click();
  await app.getByRole('button', { name: 'Review 1 annotation' }).click();
  await expect(createButton(app)).toBeVisible();
  await create(app);
  expect((await server.annotationsOn(6008)).at(-1)).toMatchObject({ result: [{ value: { rating: 3 } }] });
});
