import axe, { type AxeResults } from 'axe-core';
import { expect, type Page } from 'playwright/test';

declare global {
  /** In the page. */
  var axe: { run(): Promise<AxeResults> };
}

/**
 * Whatever axe can find wrong with the page as it stands, it must not find. Its source is handed to the debugger, which
 * the page's policies do not bind: a script tag would be refused, and switching the policies off would hide breaches.
 */
export async function expectAccessible(page: Page) {
  await page.evaluate(untilQuiet);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }));
  expect(found).toEqual([]);
}

/** In the page: axe goes over it in several turns, and fails where an element goes in between. */
async function untilQuiet() {
  const quietMs = 200;
  let changed = performance.now();
  const watch = new MutationObserver(() => (changed = performance.now()));
  watch.observe(document, { subtree: true, childList: true, attributes: true });
  const over = performance.now() + 5000;
  while (performance.now() < Math.min(changed + quietMs, over))
    await new Promise((resolve) => setTimeout(resolve, quietMs / 4));
  watch.disconnect();
}
