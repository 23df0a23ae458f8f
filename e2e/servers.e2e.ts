import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { certificate, certificateKey } from './support/servers/certificate.ts';
import { paste, problems, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { resultsTable } from './support/results.ts';
import { create } from './support/review.ts';
import { connectTo, expectConnected, expectFailure } from './support/settings.ts';
import { expect, test } from './support/test.ts';

/*
 * The three places of a Label Studio. The page may connect only to its own origin, so each of these tests also shows
 * that the engine’s policy allows the chosen server.
 */

test('the sandbox of Sheaf’s own server', async ({ app, server }) => {
  await connectTo(app, 'Sandbox', { token: await server.token() });
  await expectEdition(app, /Enterprise/);
});

test('another address with a sub-path, straight from the browser', async ({ app, startServer }) => {
  const elsewhere = await startServer({ edition: 'community' });
  const workers: string[] = [];
  app.on('request', (request) => {
    if (request.url().includes('/engine.worker')) workers.push(new URL(request.url()).search);
  });
  await connectTo(app, 'Your Label Studio', {
    address: `${elsewhere.address}sandbox`,
    token: await elsewhere.token(),
  });
  await expectEdition(app, /Community/);

  // The whole engine is loaded, and only once: its parts import shared code, but not the worker.
  await paste(app, { task: '171', project: 1, result: sentiment('Positive') });
  await expect(problems(app)).toHaveCount(1);
  expect(workers).toEqual([`?connect-to=${encodeURIComponent(new URL(elsewhere.address).origin)}`]);
});

test('a server behind the proxy; links lead to the server itself', async ({ page, startServer }) => {
  const elsewhere = await startServer({ edition: 'community' });
  const { address } = await startServer({ labelStudio: `${elsewhere.address}sandbox` });
  await page.goto(address);
  await connectTo(page, /^Label Studio at/, { token: await elsewhere.token() });
  await expectEdition(page, /Community/);

  await paste(page, { task: 171, project: 1, result: sentiment('Positive') });
  await review(page, '1 annotation');
  await create(page);
  const [annotation] = await elsewhere.annotationsOn(171);
  await expect(resultsTable(page).getByRole('link', { name: String(annotation!.id) })).toHaveAttribute(
    'href',
    `${elsewhere.address}sandbox/projects/1/data?task=171&annotation=${annotation!.id}`,
  );
});

test('a server with a self-signed certificate: the reason is named, and Node’s setting helps', async ({
  page,
  startServer,
}, { outputDir }) => {
  const elsewhere = await startServer({ edition: 'community' });
  const secure = createServer({ cert: certificate, key: certificateKey }, (incoming, outgoing) => {
    const url = `${elsewhere.address}sandbox${incoming.url}`;
    const forwarded = request(url, { method: incoming.method!, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => {
    secure.listen(0, '127.0.0.1', resolve);
  });
  const labelStudio = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  try {
    const without = await startServer({ labelStudio });
    await page.goto(without.address);
    await connectTo(page, /^Label Studio at/, { token: await elsewhere.token() });
    await expectFailure(page, '(DEPTH_ZERO_SELF_SIGNED_CERT)', 'NODE_EXTRA_CA_CERTS');

    const file = `${outputDir}/ca.pem`;
    mkdirSync(outputDir, { recursive: true });
    writeFileSync(file, certificate);
    const { address } = await startServer({ labelStudio, env: { NODE_EXTRA_CA_CERTS: file } });
    await page.goto(address);
    await connectTo(page, /^Label Studio at/, { token: await elsewhere.token() });
    await expectEdition(page, /Community/);
  } finally {
    await page.close();
    secure.close();
    secure.closeAllConnections();
  }
});

test.describe('a real Label Studio', { tag: '@live' }, () => {
  const labelStudio = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
  const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';

  test('straight from the browser', async ({ app }) => {
    await connectTo(app, 'Your Label Studio', { address: labelStudio, token });
    await expectEdition(app, /Community/);
  });

  test('behind the proxy', async ({ page, startServer }) => {
    const { address } = await startServer({ labelStudio });
    await page.goto(address);
    await connectTo(page, /^Label Studio at/, { token });
    await expectEdition(page, /Community/);
  });
});

async function expectEdition(page: Page, edition: RegExp) {
  await expectConnected(page);
  await page.getByRole('button', { name: edition }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('definition').filter({ hasText: edition })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
}
