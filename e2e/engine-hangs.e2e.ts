import { paste, review, startImport } from './support/import.ts';
import { slowRows } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { start } from './support/review.ts';
import { expect, test } from './support/test.ts';

test('a hung engine is noticed within seconds', async ({ app, mishaps }) => {
  test.setTimeout(60_000);
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  await startImport(app);
  await paste(app, slowRows(6));
  await review(app, '6 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  const hang = () => {
    const end = Date.now() + 9000;
    while (Date.now() < end);
  };
  const hung = Promise.all(app.workers().map((worker) => worker.evaluate(hang)));
  const notice = app.getByText('The run stopped responding. Nothing new is sent.');
  await expect(notice).toBeVisible({ timeout: 9000 });
  await hung;
  // It was only busy, so the run continues.
  await expect(notice).toBeHidden();
  await expectHeadline(app, /^6 annotations created and verified/);
});
