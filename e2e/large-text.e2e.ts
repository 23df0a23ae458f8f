import { copyAll, editor, problems, review, startComposing } from './support/compose.ts';
import { expect, test } from './support/test.ts';

test('of a large text a part is shown, all of it is checked, and every place can be reached', async ({
  app,
}) => {
  test.setTimeout(120_000);
  await startComposing(app, { project: 'Product reviews' });
  const remark = 'x'.repeat(60);
  const rows = Array.from({ length: 90_000 }, (_, index) => `${index + 1},Positive,${remark}`);
  rows[80_000] = `80001,Positve,${remark}`;
  const text = ['task,sentiment,remark', ...rows].join('\n');
  await app
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  const part = app.getByRole('group', { name: 'Part of the text' });
  await expect(part.getByText(/Lines 1–[\d,]+ of a large text/)).toBeVisible({ timeout: 30_000 });
  await expect(app.getByText('1 error', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(editor(app)).toContainText('1,Positive,xxx');
  await part.getByRole('button', { name: 'Later' }).click();
  await expect(part.getByText(/Lines [\d,]{5,}–/)).toBeVisible();

  // To the mistake, far behind what is shown.
  const mistake = problems(app).filter({ hasText: '“Positve”' });
  await mistake.first().click();
  await expect(part.getByText(/Lines 7\d,\d{3}–8\d,\d{3}/)).toBeVisible();
  await app.keyboard.insertText('Positive');
  await expect(app.getByText('1 error', { exact: true })).toHaveCount(0, { timeout: 30_000 });
  expect((await copyAll(app)).length, 'a part').toBeLessThan(2_000_000);

  await part.getByRole('textbox', { name: 'Line to go to' }).fill('90001');
  await app.keyboard.press('Enter');
  await expect(part.getByText(/–90,001 of/)).toBeVisible();
  await expect(part.getByRole('button', { name: 'Later' })).toBeDisabled();
  await review(app, '90,000 annotations');
});
