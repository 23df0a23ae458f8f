import { connectTo, expectConnected, expectFailure } from './support/settings.ts';
import { expect } from './support/test.ts';
import { test } from './support/servers/web-server.ts';

const token = 'f'.repeat(40);

test('no server answers at the address', async ({ app, startServer, mishaps }) => {
  const gone = await startServer();
  await gone.kill();
  mishaps.allow(/^no answer: GET .*ERR_CONNECTION_REFUSED/);
  await connectTo(app, 'Your Label Studio', { address: gone.address, token });
  await expectFailure(
    app,
    `${new URL(gone.address).host} didn’t answer.`,
    'Check that the server is running and that this computer can reach it.',
  );
});

test('the address is Sheaf’s own', async ({ app, server, mishaps }) => {
  mishaps.allow(/^answer 404: GET .*\/api\/version\//);
  await connectTo(app, 'Your Label Studio', { address: server.address, token });
  await expectFailure(
    app,
    `The server at ${server.address.slice(0, -1)} doesn’t look like Label Studio.`,
    'If Label Studio runs under a sub-path, include it',
  );
});

test('the address is another website', async ({ app, startWebServer }) => {
  const address = await startWebServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
    answer.end('<!doctype html><title>Something else</title>');
  });
  await connectTo(app, 'Your Label Studio', { address, token });
  await expectFailure(app, `The server at ${address} doesn’t look like Label Studio.`, 'Check the address.');
});

test('the address is invalid', async ({ app }) => {
  await connectTo(app, 'Your Label Studio', { address: 'labels.example.com', token });
  const address = app.getByRole('textbox', { name: 'Address' });
  await expect(address).toHaveAccessibleDescription(/must start with https:\/\//);
  await expect(address).toBeFocused();
});

test('a server without CORS: the command that helps', async ({ app, startWebServer, mishaps }) => {
  mishaps.allow(/^console: Access to fetch .* blocked by CORS policy/, /^no answer: GET .*ERR_FAILED/);
  const address = await startWebServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end('{"release": "1.23.2"}');
  });
  await connectTo(app, 'Your Label Studio', { address: `${address}/`, token });
  const command = `npm start -- --label-studio ${address}`;
  await expectFailure(app, 'doesn’t allow pages from other addresses to connect.', command);
  await app.getByRole('button', { name: `Copy ${command}` }).click();
  await expect(app.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await app.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

test('projects that can’t be read aren’t called missing', async ({ app, startServer, mishaps }) => {
  mishaps.allow(/^no answer: GET .*\/api\//);
  const other = await startServer();
  await connectTo(app, 'Your Label Studio', {
    address: `${other.address}sandbox`,
    token: await other.token(),
  });
  await expectConnected(app);
  await other.kill();
  await app.getByRole('combobox', { name: 'Project' }).fill('Invoices');
  await expect(
    app.getByText('The projects couldn’t be read. Enter a project ID, or reload them.'),
  ).toBeVisible();
  await expect(app.getByRole('button', { name: 'Reload projects' })).toBeVisible();
});

test('the engine may connect only to the chosen server', async ({ app, context, startServer, mishaps }) => {
  const [chosen, other] = [await startServer(), await startServer()];
  const policies: string[] = [];
  context.on('response', (response) => {
    if (new URL(response.url()).searchParams.has('connect-to'))
      policies.push(response.headers()['content-security-policy'] ?? '');
  });
  await connectTo(app, 'Your Label Studio', {
    address: `${chosen.address}sandbox/`,
    token: await chosen.token(),
  });
  await expectConnected(app);
  const origin = new URL(chosen.address).origin;
  expect(policies).toHaveLength(1);
  expect(policies[0]).toContain(`connect-src 'self' ${origin};`);

  const engine = app.workers().at(-1)!;
  const asks = (address: string) =>
    engine.evaluate(
      (url) =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        ),
      `${address}sandbox/api/version/`,
    );
  expect(await asks(chosen.address)).toBe('answered');
  expect(await asks(other.address)).toBe('refused');
  mishaps.allow(/^policy in a worker: .*connect-src/, /^console: .*violates.*connect-src/i);
});
