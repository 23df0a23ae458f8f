import type { Page, Request } from 'playwright/test';
import { connect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

declare global {
  /** In the page: when “Connect” came, in milliseconds since 1970. */
  var firstScreenAt: number | undefined;
}

/** In bytes, as they come over the line. */
const most = 200_000;

test('the first screen needs little, and the rest comes after it', async ({ page, server }) => {
  await page.addInitScript(watchForFirstScreen);
  const requests = await requestsOf(page, () => page.goto(server.address));
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  await expect.poll(() => namesOf(requests)).toContain('create-engine.js');
  await expect.poll(() => namesOf(requests)).toContain('results-screen.js');

  const stands = (await page.evaluate(() => globalThis.firstScreenAt))!;
  const first = requests.filter((request) => request.timing().startTime < stands);
  expect(namesOf(first)).toContain('engine.js');
  for (const later of ['create-engine.js', 'import-screen.js', 'results-screen.js', 'create-editor.js'])
    expect(namesOf(first)).not.toContain(later);
  const sizes = await Promise.all(first.map((request) => request.sizes()));
  const total = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  expect(total, namesOf(first).join(', ')).toBeLessThan(most);
  expect(total).toBeGreaterThan(most / 2);
});

test('who connects at once is connected', async ({ page, server }) => {
  await page.goto(server.address, { waitUntil: 'commit' });
  await connect(page);
});

async function requestsOf(page: Page, act: () => Promise<unknown>) {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await act();
  return requests;
}

/** The files' names, without the hash in them. */
const namesOf = (requests: Request[]) =>
  requests.map((request) =>
    new URL(request.url()).pathname.replace(/.*\//, '').replace(/-[\w-]{8}(?=\.)/, ''),
  );

function watchForFirstScreen() {
  const watch = new MutationObserver(() => {
    if (![...document.querySelectorAll('button')].some(({ textContent }) => textContent === 'Connect'))
      return;
    globalThis.firstScreenAt = performance.timeOrigin + performance.now();
    watch.disconnect();
  });
  watch.observe(document, { childList: true, subtree: true });
}
