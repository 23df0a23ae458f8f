import { paste, review, startImport } from './support/import.ts';
import { create } from './support/review.ts';
import { expectHeadline } from './support/results.ts';
import { expect, test } from './support/test.ts';

const table = 'task,sentiment\n1,Positive\n2,Neutral\n3,Negative\n';

test('a row is previewed on its task before and after sending, by keyboard', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await review(app, '3 annotations');
  const open = app.getByRole('button', { name: 'Preview row 1, task 1' });
  await open.press('Enter');
  const preview = app.getByRole('complementary', { name: 'Preview' });
  await expect(preview.getByText('Task 1', { exact: true })).toBeVisible();
  await expect(preview.getByText('Positive', { exact: true })).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await expect(preview.getByText('Task 2', { exact: true })).toBeVisible();
  await expect(preview.getByText('Neutral', { exact: true })).toBeVisible();
  await expect(preview.getByRole('status')).toHaveText('2 of 3');
  await app.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await expect(open).toBeFocused();

  await create(app);
  await expectHeadline(app, '3 annotations created and verified');
  await app.getByRole('row').filter({ hasText: 'sentiment: Negative' }).click();
  const sent = app
    .getByRole('complementary', { name: 'Row details' })
    .getByRole('group', { name: 'Preview' });
  await expect(sent.getByText('Negative', { exact: true })).toBeVisible();
  await expect(sent.getByText('sku', { exact: true })).toBeVisible();
});

test('on a narrow window the preview of a row opens over the review', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await app.setViewportSize({ width: 390, height: 780 });
  await paste(app, table);
  await review(app, '3 annotations');
  const open = app.getByRole('button', { name: 'Preview row 2, task 2' });
  await open.click();
  const sheet = app.getByRole('dialog', { name: 'Preview' });
  await expect(sheet.getByText('Neutral', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Next row' }).click();
  await expect(sheet.getByText('Negative', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close the preview' }).click();
  await expect(sheet).toBeHidden();
});
