import { accessToken } from '#sandbox/http/tokens.ts';
import { paste, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { connect, connectTo, expectConnected, expectFailure, settings } from './support/settings.ts';
import { expect } from './support/test.ts';
import { test } from './support/servers/web-server.ts';

const choice = 'Your Label Studio';

test('an address copied from a page of Label Studio is corrected, and shown before it is used', async ({
  app,
  startServer,
}) => {
  const elsewhere = await startServer({ edition: 'community' });
  const base = `${elsewhere.address}sandbox`;
  await settings(app).getByRole('radio', { name: choice }).check();
  const field = settings(app).getByRole('textbox', { name: 'Address' });
  await field.fill(`${base}/projects/1/data?tab=1&task=7`);
  await expect(field).toHaveAccessibleDescription(`Sheaf will connect to ${base}`);
  await settings(app)
    .getByLabel('Access token')
    .fill(await elsewhere.token());
  await settings(app).getByRole('button', { name: 'Connect' }).click();
  await expectConnected(app);
  await app.getByRole('button', { name: /Community/ }).click();
  await expect(app.getByRole('dialog').getByRole('definition').filter({ hasText: base })).toBeVisible();
});

test('a forgotten sub-path is found, and not reported as CORS', async ({
  app,
  startServer,
  startWebServer,
  mishaps,
}) => {
  const elsewhere = await startServer({ edition: 'community' });
  // The web server at the root hides its answers from pages; Label Studio below it doesn’t.
  const origin = await startWebServer((request, answer) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' };
    if (!request.url!.startsWith('/label-studio/')) answer.writeHead(404).end('Not here.');
    else if (request.method === 'OPTIONS') answer.writeHead(204, cors).end();
    else
      void fetch(elsewhere.address + request.url!.replace('/label-studio', 'sandbox'), {
        headers: { authorization: request.headers.authorization ?? '' },
      })
        .then(async (response) => answer.writeHead(response.status, cors).end(await response.text()))
        .catch(() => answer.destroy());
  });
  mishaps.allow(/^console: Access to fetch .* CORS policy/, /^no answer: /, /^answer 404: /);
  await connectTo(app, choice, { address: origin, token: await elsewhere.token() });
  await expectFailure(app, `Label Studio isn’t at ${origin}, but at ${origin}/label-studio.`, 'Use http');
  await expect(app.getByRole('alert')).not.toContainText('other addresses');

  await app.getByRole('button', { name: `Use ${origin}/label-studio` }).click();
  await expectConnected(app);
});

test('the last server is remembered, but not its token', async ({ app, server, startServer }) => {
  const elsewhere = await startServer({ edition: 'community' });
  const address = `${elsewhere.address}sandbox`;
  const token = await elsewhere.token();
  await connectTo(app, choice, { address, token, timeLimit: '240' });
  await expectConnected(app);

  await app.goto(server.address);
  await expect(settings(app).getByRole('radio', { name: choice })).toBeChecked();
  await expect(settings(app).getByRole('textbox', { name: 'Address' })).toHaveValue(address);
  await expect(settings(app).getByLabel('Access token')).toHaveValue('');
  await settings(app).getByText('Advanced').click();
  await expect(settings(app).getByLabel('Request timeout')).toHaveValue('240');
  const kept = await app.evaluate(() => JSON.stringify([Object.entries(localStorage), document.cookie]));
  expect(kept).toContain(address);
  expect(kept).not.toContain(token);

  await settings(app).getByRole('radio', { name: 'Sandbox' }).check();
  await connect(app);
  await app.goto(server.address);
  await expect(settings(app).getByRole('radio', { name: 'Sandbox' })).toBeChecked();
});

test('a token that may expire during the run is mentioned before it', async ({ app, server }) => {
  const open = async (seconds: number) => {
    await connectTo(app, 'Sandbox', { token: accessToken({ id: 1 }, seconds, new Date()) });
    await paste(app, { tasks: [171, 172], project: 1, result: sentiment('Positive') });
    await review(app, '2 annotations');
    await expect(app.getByText('Nothing has been sent yet.')).toContainText('About 1 second');
  };
  const note = app.getByText(/Your access token ends at \d\d:\d\d, and this run takes/);
  await open(600);
  await expect(note).toBeHidden();
  await app.goto(server.address);
  await open(50);
  await expect(note).toContainText('Connect with a personal access token first');
});
