import { paste, pasteAnywhere, review, showAs, toolbar } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { connectTo, expectConnected, expectFailure } from './support/settings.ts';
import { test } from './support/servers/static-server.ts';
import { expect } from './support/test.ts';

const noOffer = /^answer 404: GET .*\/sheaf\.json/;

for (const folder of ['/', '/tools/sheaf/']) {
  test(`the built files at ${folder} of any web server are the whole app except the sandbox`, async ({
    page,
    startStatic,
    startServer,
    mishaps,
  }) => {
    mishaps.allow(noOffer);
    const elsewhere = await startServer({ edition: 'community' });
    const asked: string[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith('sheaf.json')) asked.push(pathname);
    });
    const { address } = await startStatic({ folder, connectTo: new URL(elsewhere.address).origin });
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Sandbox' })).toBeHidden();
    await connectTo(page, 'Your Label Studio', {
      address: `${elsewhere.address}sandbox`,
      token: await elsewhere.token(),
    });
    await expectConnected(page);
    await paste(page, { tasks: [171, 172], project: 1, result: sentiment('Positive') });
    await review(page, '2 annotations');
    await create(page);
    await expectHeadline(page, '2 annotations created and verified');
    expect(asked).toEqual([`${folder}sheaf.json`]);
  });
}

test('a file beside the page offers a Label Studio that the web server forwards to', async ({
  page,
  startStatic,
}) => {
  const { address } = await startStatic({
    folder: '/tools/sheaf/',
    answer: (path, response) => {
      if (path !== '/tools/sheaf/sheaf.json') return false;
      const labelStudio = { path: './label-studio', target: 'https://labels.example.com' };
      response.writeHead(200).end(JSON.stringify({ sandbox: null, labelStudio }));
      return true;
    },
  });
  await page.goto(address);
  await expect(page.getByRole('radio', { name: 'Label Studio at https://labels.example.com' })).toBeChecked();
});

test('a server missing in the page’s policy is reported as such', async ({
  page,
  startStatic,
  startServer,
  mishaps,
}) => {
  mishaps.allow(noOffer, /connect-src/, /^no answer: GET .*csp/i, /^console: .*Refused to connect/);
  const elsewhere = await startServer();
  const { address } = await startStatic({ connectTo: 'https://labels.example.com' });
  await page.goto(address);
  const origin = new URL(elsewhere.address).origin;
  await connectTo(page, 'Your Label Studio', { address: origin, token: 'f'.repeat(40) });
  await expectFailure(
    page,
    `This copy of Sheaf isn’t allowed to connect to ${origin}: its connect-src doesn’t list that server.`,
    `npm start -- --label-studio ${origin}`,
  );
});

test.describe('a tab that is open during a deployment', () => {
  const missing = [noOffer, /^answer 404: GET .*\/assets\//, /^no answer: GET .*\/assets\//, /^console: /];

  test('reports that a needed part is gone, and keeps the text across the reload', async ({
    page,
    startStatic,
    mishaps,
  }) => {
    mishaps.allow(...missing);
    const server = await startStatic();
    await page.goto(server.address);
    await page.getByRole('link', { name: 'explore first' }).click();
    await pasteAnywhere(page, 'task\tsentiment\n171\tPositive\n');
    await expect(page.getByRole('grid')).toContainText('171');
    server.deployNewer();
    await toolbar(page).getByRole('button', { name: 'Text', exact: true }).click();

    await expect(page.getByRole('heading', { name: 'A newer version is available' })).toBeVisible();
    await expect(page.getByText('Your text isn’t lost.')).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('grid')).toContainText('171');
    await showAs(page, 'Text');
  });

  test('reports that the engine for another server is gone', async ({
    page,
    startStatic,
    startServer,
    mishaps,
  }) => {
    mishaps.allow(...missing);
    const elsewhere = await startServer();
    const server = await startStatic({ connectTo: new URL(elsewhere.address).origin });
    // A part that is still loading in the background would be reported first.
    const lastParts = ['runs-screen', 'return-notices'].map((name) =>
      page.waitForResponse((response) => response.url().includes(`/assets/${name}-`)),
    );
    await page.goto(server.address);
    await Promise.all(lastParts);
    await page.waitForLoadState('networkidle');
    server.deployNewer();
    const target = { address: `${elsewhere.address}sandbox`, token: await elsewhere.token() };
    await connectTo(page, 'Your Label Studio', target);

    await expect(page.getByRole('heading', { name: 'A newer version is available' })).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await connectTo(page, 'Your Label Studio', target);
    await expectConnected(page);
  });

  test('reports that the part that opens a workbook is gone', async ({ page, startStatic, mishaps }) => {
    mishaps.allow(...missing);
    const server = await startStatic();
    await page.goto(server.address);
    await page.getByRole('link', { name: 'explore first' }).click();
    await expect(page.getByRole('button', { name: 'Type it' })).toBeVisible();
    // Opening the first file has loaded all other parts of the engine.
    const drop = (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').first().setInputFiles({ name, mimeType: '', buffer });
    server.deployNewer();
    await drop('labels.xlsx', Buffer.from('PK\u0003\u0004'));
    await expect(page.getByRole('heading', { name: 'A newer version is available' })).toBeVisible();
  });

  test('names the connection instead of a new version if the web server is gone', async ({
    page,
    startStatic,
    mishaps,
  }) => {
    mishaps.allow(...missing, /^no answer: GET /);
    const server = await startStatic();
    await page.goto(server.address);
    await page.getByRole('link', { name: 'explore first' }).click();
    await expect(page.getByRole('button', { name: 'Type it' })).toBeVisible();
    server.stop();
    await page.getByRole('button', { name: 'Type it' }).click();
    await expect(page.getByRole('heading', { name: 'Can’t reach Sheaf’s server' })).toBeVisible();
  });
});
