import type { Page } from 'playwright/test';
import { expect, test } from './support/test.ts';

/*
 * The three places where a Label Studio can be. The page itself may connect to its own origin only, so each of these
 * tests also shows that the engine's policy is opened to the one server that was chosen.
 */

test('the sandbox of Sheaf’s own server', async ({ app, server }) => {
  await connect(app, 'Sandbox', { token: await server.token() });
  await expectConnected(app, /^Enterprise/);
});

test('another address, sub-path and all, straight from the browser', async ({ app, startServer }) => {
  const elsewhere = await startServer({ edition: 'community' });
  await connect(app, 'Another address', {
    address: `${elsewhere.address}sandbox`,
    token: await elsewhere.token(),
  });
  await expectConnected(app, /^Community/);
});

test('a server behind the proxy', async ({ page, startServer }) => {
  const elsewhere = await startServer({ edition: 'community' });
  const { address } = await startServer({ labelStudio: `${elsewhere.address}sandbox` });
  await page.goto(address);
  await connect(page, /^Label Studio at/, { token: await elsewhere.token() });
  await expectConnected(page, /^Community/);
});

test.describe('a real Label Studio', { tag: '@live' }, () => {
  const labelStudio = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
  const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';

  test('straight from the browser', async ({ app }) => {
    await connect(app, 'Another address', { address: labelStudio, token });
    await expectConnected(app, /^Community/);
  });

  test('behind the proxy', async ({ page, startServer }) => {
    const { address } = await startServer({ labelStudio });
    await page.goto(address);
    await connect(page, /^Label Studio at/, { token });
    await expectConnected(page, /^Community/);
  });
});

async function connect(
  page: Page,
  server: string | RegExp,
  { address, token }: { address?: string; token: string },
) {
  await page.getByRole('radio', { name: server }).check();
  if (address !== undefined) await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Connect' }).click();
}

async function expectConnected(page: Page, edition: RegExp) {
  await expect(page.getByRole('heading', { name: 'Connected' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: edition })).toBeVisible();
}
