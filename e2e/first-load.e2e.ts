import type { Page, Request } from 'playwright/test';
import { connect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

declare global {
  /** Set in the page: when “Connect” appeared, in milliseconds since 1970. */
  var firstScreenAt: number | undefined;
  /** Set in the page: its layout shift since it was last reset. */
  var shift: number;
  interface LayoutShift extends PerformanceEntry {
    value: number;
  }
}

/** In bytes as transferred. */
const most = 200_000;
const mostFont = 50_000;

test('the first screen needs little, and everything else loads after it', async ({ page, server }) => {
  await page.addInitScript(watchForFirstScreen);
  const requests = await requestsOf(page, () => page.goto(server.address));
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  await expect.poll(() => namesOf(requests)).toContain('create-engine.js');
  await expect.poll(() => namesOf(requests)).toContain('run-page.js');
  // Playwright knows when a request was sent once it is answered.
  await Promise.all(requests.map((request) => request.response()));

  const shownAt = (await page.evaluate(() => globalThis.firstScreenAt))!;
  const first = requests.filter((request) => request.timing().startTime < shownAt);
  expect(namesOf(first)).toContain('engine.js');
  for (const later of ['create-engine.js', 'import-screen.js', 'run-page.js', 'create-editor.js'])
    expect(namesOf(first)).not.toContain(later);
  const fonts = first.filter(isFont);
  expect(namesOf(fonts)).toEqual(['inter-latin-wght-normal.woff2']);
  expect(await sizeOf(fonts)).toBeLessThan(mostFont);
  const total = await sizeOf(first.filter((request) => !isFont(request)));
  expect(total, namesOf(first).join(', ')).toBeLessThan(most);
  expect(total).toBeGreaterThan(most / 2);
});

test('the font is preloaded, used, and causes no layout shift', async ({ page, server }) => {
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += (entry as LayoutShift).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  let send = () => {};
  const wanted = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route('**/*.woff2', async (route) => {
    await wanted;
    await route.continue();
  });
  const requests = await requestsOf(page, () => page.goto(server.address, { waitUntil: 'commit' }));
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  const usesInter = () => page.evaluate(() => document.fonts.check('420 13px "Inter Variable"'));
  expect(await usesInter()).toBe(false);
  const before = await heightsOf(page);
  await nextFrame(page);
  await page.evaluate(() => (globalThis.shift = 0));

  send();
  await expect.poll(usesInter).toBe(true);
  await nextFrame(page);
  expect(await heightsOf(page)).toEqual(before);
  // A fallback matches the average letter, so neighbouring words may move by a pixel or two.
  expect(await page.evaluate(() => globalThis.shift)).toBeLessThan(0.001);

  const fonts = requests.filter(isFont).map((request) => request.url());
  expect(fonts).toHaveLength(1);
  expect(new URL(fonts[0]!).origin).toBe(new URL(server.address).origin);
  const preload = page.locator('link[rel=preload][as=font]');
  expect(await preload.evaluate((link) => (link as HTMLLinkElement).href)).toBe(fonts[0]);
});

test('connecting at once works', async ({ page, server }) => {
  await page.goto(server.address, { waitUntil: 'commit' });
  await connect(page);
});

async function requestsOf(page: Page, act: () => Promise<unknown>) {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await act();
  return requests;
}

/** Layout shifts are reported shortly after their frame. */
const nextFrame = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));

const isFont = (request: Request) => request.url().endsWith('.woff2');

async function sizeOf(requests: Request[]) {
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

const heightsOf = (page: Page) =>
  page
    .locator('main :is(h1, h2, p, button, label, input), header')
    .evaluateAll((elements) =>
      elements.map((element) => [
        element.getBoundingClientRect().top,
        element.getBoundingClientRect().height,
      ]),
    );

/** The files’ names without their hash. */
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
