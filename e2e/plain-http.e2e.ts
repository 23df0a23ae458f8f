import { headlessOptions } from '../scripts/lib/chromium.mjs';
import { toolbar } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { connectTo, expectConnected } from './support/settings.ts';
import { test } from './support/servers/static-server.ts';
import { expect } from './support/test.ts';

// A name other than localhost, so that the browser doesn’t treat it as secure.
test.use({ launchOptions: await headlessOptions('--host-resolver-rules=MAP sheaf.test 127.0.0.1') });

test('on plain http of an intranet Sheaf works, and lists what is missing', async ({
  page,
  server,
  startStatic,
  mishaps,
}) => {
  mishaps.allow(/^answer 404: GET .*\/sheaf\.json/, /^console: The Cross-Origin-Opener-Policy header/);
  const { address } = await startStatic({ connectTo: new URL(server.address).origin });
  await page.goto(address.replace('127.0.0.1', 'sheaf.test'));
  expect(
    await page.evaluate(() => [
      isSecureContext,
      'locks' in navigator,
      'storage' in navigator,
      'clipboard' in navigator,
    ]),
  ).toEqual([false, false, false, false]);
  const notice = page.getByRole('alert').filter({ hasText: 'This page isn’t on https' });
  await expect(notice).toContainText('may delete drafts and runs');
  await expect(notice).toContainText('The Paste and Copy buttons don’t work');
  await expect(notice).toContainText('wait ten seconds before you resume');
  await expect(notice).toContainText('unencrypted');

  await connectTo(page, 'Your Label Studio', {
    address: `${server.address}sandbox`,
    token: await server.token(),
  });
  await expectConnected(page);
  await page.getByRole('button', { name: 'Paste' }).click();
  await expect(page.getByRole('alert')).toContainText('The browser doesn’t let Sheaf read the clipboard.');

  const batch = [
    { task: 231, project: 1, result: sentiment('Positive') },
    { task: 232, project: 1, result: sentiment('Negative') },
  ];
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'batch.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(batch)),
    });
  await toolbar(page).getByRole('button', { name: 'Review 2 annotations' }).click();
  await create(page);
  await expectHeadline(page, '2 annotations created and verified');
  for (const task of [231, 232]) expect(await server.annotationsOn(task)).toHaveLength(1);
});

test('over https or on this computer nothing is missing', async ({ app }) => {
  await expect(app.getByRole('button', { name: 'Connect' })).toBeVisible();
  await expect(app.getByText('This page isn’t on https')).toBeHidden();
});
