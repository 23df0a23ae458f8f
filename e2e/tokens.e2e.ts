import type { Page } from 'playwright/test';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { accessToken } from '#sandbox/http/tokens.ts';
import { bulkCall, type FaultServer } from './support/servers/fault-server.ts';
import { paste, review, startImport } from './support/import.ts';
import { sentiment, faultySentiment } from './support/regions.ts';
import { watchRequests } from './support/requests.ts';
import { download, expectHeadline, expectRow, reasons } from './support/results.ts';
import { create, expectFinished, start } from './support/review.ts';
import { connectTo, expectConnected, expectFailure, settings } from './support/settings.ts';
import { expect } from './support/test.ts';
import { connectThrough, passTime, test } from './support/wires.ts';

const [manager] = sandboxUsers;
const longAgo = new Date('2026-01-01');

test.describe('a token that doesn’t work has a reason and a fix', () => {
  const cases: [what: string, token: string, says: string | RegExp, hint: string][] = [
    ['wrong', 'f'.repeat(40), 'Label Studio rejected this token.', 'Copy a token from Account & Settings'],
    [
      'an access token that has expired',
      accessToken({ id: 1 }, 300, longAgo),
      /This token expired on Thu, 01 Jan 2026/,
      'Use a personal access token instead; Sheaf renews it automatically.',
    ],
    [
      'with a space in it',
      `${manager!.legacyToken.slice(0, 20)} ${manager!.legacyToken.slice(20)}`,
      'This isn’t a complete token.',
      'Tokens contain only letters, digits and punctuation, without spaces. Copy it again.',
    ],
    [
      'a personal access token that is cut off',
      manager!.personalAccessToken.slice(0, -5),
      'Label Studio rejected this personal access token.',
      'It may be incomplete or belong to another server.',
    ],
  ];
  for (const [what, token, says, hint] of cases) {
    test(what, async ({ app }) => {
      await connectTo(app, 'Sandbox', { token });
      await expectFailure(app, says, hint);
      // Another token works at once.
      await connectTo(app, 'Sandbox', { token: `  ${manager!.legacyToken}\n` });
      await expectConnected(app);
    });
  }

  test('none', async ({ app }) => {
    await connectTo(app, 'Sandbox', { token: ' ' });
    await expect(settings(app).getByLabel('Access token')).toHaveAccessibleDescription(
      'Paste your access token.',
    );
    await expect(settings(app).getByLabel('Access token')).toBeFocused();
  });

  test('a legacy token, if the organisation has disabled them', async ({ app, server }) => {
    await server.ask('/api/jwt/settings', { method: 'POST', body: { legacy_api_tokens_enabled: false } });
    await connectTo(app, 'Sandbox', { token: manager!.legacyToken });
    await expectFailure(
      app,
      'Legacy tokens are turned off for this organisation.',
      'Use a personal access token (Account & Settings → Personal Access Token)',
    );
    await connectTo(app, 'Sandbox', { token: manager!.personalAccessToken });
    await expectConnected(app);
    await app.getByRole('button', { name: /^Sandbox/ }).click();
    await expect(app.getByRole('dialog').getByText(/^Personal access token/)).toBeVisible();
  });

  test('a revoked one', async ({ app, server }) => {
    const { personalAccessToken: token } = manager!;
    await server.ask('/api/token/blacklist/', { method: 'POST', body: { refresh: token } });
    await connectTo(app, 'Sandbox', { token });
    await expectFailure(app, 'This personal access token was revoked.', 'connect again');
  });
});

test('an annotator can look around, and learns from the server that creating isn’t allowed', async ({
  app,
  server,
}) => {
  await settings(app).getByRole('radio', { name: 'Tomás Ferreira' }).check();
  await settings(app).getByRole('button', { name: 'Connect' }).click();
  await expect(app.getByText('Tomás Ferreira, Annotator')).toBeVisible();
  await expect(app.getByText('Not available: Create annotations in bulk')).toBeAttached();
  await app.getByRole('link', { name: 'Import annotations' }).click();

  await paste(app, { task: 31, project: 1, result: sentiment('Positive') });
  await review(app, '1 annotation');
  await create(app);
  await expectHeadline(app, 'Nothing created · 1 not sent');
  await expect(reasons(app)).toContainText('You don’t have permission to do this.');
  await expect(reasons(app)).toContainText('You do not have permission to perform this action.');
  expect(await server.annotationsOn(31)).toEqual([]);
});

test('a token that expires during a run: the remaining rows are sent with the next one', async ({
  app,
  server,
}) => {
  await startImport(app);
  const dies = { tasks: [10018], project: 6, result: faultySentiment };
  const rest = Array.from({ length: 8 }, (_, index) => ({
    tasks: [141 + index],
    project: 1,
    result: sentiment('Neutral'),
  }));
  await paste(app, [dies, ...rest]);
  await review(app, '9 annotations');
  await create(app);
  await expectRow(app, { Task: '10018', State: 'Not sent' });
  await expect(reasons(app).first()).toContainText(
    'Label Studio rejected this token. Copy a token from Account & Settings in Label Studio, then connect again.',
  );

  await app.getByRole('button', { name: /^Sandbox/ }).click();
  const drawer = app.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Disconnect' }).click();
  await connectTo(app, 'Sandbox', { token: manager!.personalAccessToken });
  await expect(drawer.getByRole('heading', { name: 'Connection' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
  await app.getByRole('button', { name: /^Check again|^Send the/ }).click();
  await expectHeadline(app, '9 annotations created and verified');
  const user = 'Annotator';
  for (const task of [10018, 141, 148]) {
    const { annotations } = (await server.ask(`/api/tasks/${task}/`, { user })) as { annotations: unknown[] };
    expect(annotations).toHaveLength(1);
  }
});

test.describe('during a run', () => {
  const batch = [
    { tasks: [221], project: 1, result: sentiment('Positive') },
    { tasks: [222], project: 1, result: sentiment('Negative') },
  ];

  async function holdFirst(app: Page, faults: FaultServer, token: string) {
    await connectThrough(app, faults, token);
    await paste(app, batch);
    await review(app, '2 annotations');
    const held = faults.hold('hold-request', bulkCall('Positive'));
    await start(app);
    await held.reached;
    return held;
  }

  /** Signs in again in the drawer, and continues the run. */
  async function goOn(app: Page, faults: FaultServer, token: string, headline: string) {
    await app.getByRole('button', { name: /^127\.0\.0\.1/ }).click();
    const drawer = app.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Disconnect' }).click();
    await connectTo(app, 'Your Label Studio', { address: `${faults.address}sandbox`, token, timeLimit: '1' });
    await expect(drawer.getByRole('heading', { name: 'Connection' })).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await app.getByRole('button', { name: /^Check again|^Send the/ }).click();
    await expectHeadline(app, headline);
  }

  test('a personal access token is renewed', async ({ app, server, faults }) => {
    const { release } = await holdFirst(app, faults, manager!.personalAccessToken);
    await passTime(app, 400);
    release();
    await expectFinished(app);
    await expectHeadline(app, '2 annotations created and verified');
    const renewals = faults.requests.filter((request) => request.includes('/api/token/refresh/ '));
    expect(renewals.length).toBeGreaterThan(1);
    for (const task of [221, 222]) expect(await server.annotationsOn(task)).toHaveLength(1);
  });

  test('a revoked personal access token is reported, and everything is verified with another one', async ({
    app,
    server,
    faults,
  }) => {
    const token = manager!.personalAccessToken;
    const { release } = await holdFirst(app, faults, token);
    await server.ask('/api/token/blacklist/', { method: 'POST', body: { refresh: token } });
    await passTime(app, 400);
    release();
    await expectFinished(app);
    await expect(reasons(app).first()).toContainText('This personal access token was revoked.');
    await goOn(app, faults, manager!.legacyToken, '2 annotations created and verified');
    for (const task of [221, 222]) expect(await server.annotationsOn(task)).toHaveLength(1);
  });

  test('disabled legacy tokens are reported, and created annotations are found', async ({
    app,
    server,
    faults,
  }) => {
    const { release } = await holdFirst(app, faults, manager!.legacyToken);
    // The other call isn’t held, and is answered before.
    await expect.poll(async () => (await server.annotationsOn(222)).length).toBe(1);
    await server.ask('/api/jwt/settings', { method: 'POST', body: { legacy_api_tokens_enabled: false } });
    release();
    await expectFinished(app);
    await expect(reasons(app).first()).toContainText('Legacy tokens are turned off for this organisation.');
    // The refused request created nothing; a person decides whether to send it again.
    await goOn(app, faults, manager!.personalAccessToken, '1 created · 1 not found');
  });
});

test('the token stays in the engine and is sent only to its server', async ({ app, context, server }) => {
  const sent = watchRequests(context);
  const token = manager!.personalAccessToken;
  await connectTo(app, 'Sandbox', { token });
  await expectConnected(app);
  await paste(app, { tasks: [151, 152], project: 1, result: sentiment('Positive') });
  await review(app, '2 annotations');
  await create(app);
  await expectHeadline(app, '2 annotations created and verified');

  const withToken = sent.filter(({ authorization }) => authorization !== undefined);
  expect(withToken.length).toBeGreaterThan(4);
  for (const { url } of withToken) expect(url).toMatch(new RegExp(`^${server.address}sandbox/api/`));
  const exchanged = sent.filter(({ url, body }) => url.includes(token) || body.includes(token));
  expect(exchanged.map(({ url }) => url)).toEqual([`${server.address}sandbox/api/token/refresh/`]);

  const secrets = [token, ...withToken.map(({ authorization }) => authorization!.split(' ')[1]!)];
  const files = [await download(app, 'CSV'), await download(app, 'JSON')].map(({ text }) => text);
  const kept = await app.evaluate(async () => {
    const databases = await indexedDB.databases();
    return {
      address: location.href,
      page: document.documentElement.outerHTML,
      inputs: [...document.querySelectorAll('input')].map(({ value }) => value),
      localStorage: Object.entries(localStorage),
      sessionStorage: Object.entries(sessionStorage),
      databases: await Promise.all(databases.map(({ name }) => contentOf(name!))),
      caches: await caches.keys(),
    };

    async function contentOf(name: string) {
      const database = await new Promise<IDBDatabase>((opened, failed) => {
        const request = indexedDB.open(name);
        request.addEventListener('success', () => opened(request.result));
        request.addEventListener('error', failed);
      });
      const stores = [...database.objectStoreNames];
      return Promise.all(
        stores.map(
          (store) =>
            new Promise((read, failed) => {
              const request = database.transaction(store).objectStore(store).getAll();
              request.addEventListener('success', () => read(request.result));
              request.addEventListener('error', failed);
            }),
        ),
      );
    }
  });
  const everything = JSON.stringify([kept, files, await context.cookies()]);
  for (const secret of secrets) expect(everything.includes(secret)).toBe(false);
});
