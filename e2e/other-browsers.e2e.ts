import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFirefox } from './support/browsers/firefox.ts';
import type { OtherBrowser } from './support/browsers/other-browser.ts';
import { startWebKit } from './support/browsers/webkit.ts';
import { expect, test } from './support/test.ts';
import type { SheafServer } from './support/servers/server.ts';

/* The main job in browsers other than Chromium, as far as the machine has them; nothing is installed for it. */

const onPath = (...names: string[]): string | undefined =>
  names
    .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((path) => existsSync(path));

const button = (words: string) => `//button[contains(normalize-space(.), '${words}')]`;
const expectText = (browser: OtherBrowser, words: string) =>
  expect.poll(() => browser.text(), { timeout: 30_000 }).toContain(words);

/** From the first page to annotations that were created and verified. */
async function walk(browser: OtherBrowser, server: SheafServer) {
  await browser.goto(server.address);
  await browser.click(button('Connect'));
  await expectText(browser, 'Paste cells or JSON');
  await browser.paste('Task ID,sentiment\n3101,Positive\n3102,Negative\n');
  await browser.click(button('Use Product reviews'));
  await browser.click(button('Review 2 annotations'));
  await browser.click(button('Create 2 annotations'));
  await expectText(browser, '2 annotations created and verified');
  expect(await server.annotationsOn(3102)).toMatchObject([
    { result: [{ value: { choices: ['Negative'] } }] },
  ]);
}

test('annotations are created in Firefox', async ({ server }) => {
  const path = onPath('firefox-esr', 'firefox');
  test.skip(path === undefined, 'Firefox isn’t installed.');
  test.setTimeout(180_000);
  const browser = await startFirefox(path!);
  try {
    await walk(browser, server);
  } finally {
    await browser.close();
  }
});

test('annotations are created in WebKit', async ({ server }) => {
  const driver = onPath('WebKitWebDriver');
  const hasScreen = (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) !== undefined;
  const virtualScreen = hasScreen ? undefined : onPath('xvfb-run');
  test.skip(driver === undefined, 'WebKitWebDriver isn’t installed.');
  test.skip(!hasScreen && virtualScreen === undefined, 'There is neither a screen nor xvfb-run.');
  test.setTimeout(180_000);
  const browser = await startWebKit(driver!, virtualScreen);
  try {
    await walk(browser, server);
  } finally {
    await browser.close();
  }
});
