import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { expect, type Page } from 'playwright/test';

declare global {
  /** Set in the page. */
  var axe: { run(options: RunOptions): Promise<AxeResults> };
}

/**
 * Asserts that axe finds nothing wrong with the current page. Its source is passed through the debugger, which ignores
 * the page’s policies: a script tag would be refused, and disabling the policies would hide violations.
 */
export async function expectAccessible(page: Page, options: RunOptions = {}) {
  await page.evaluate(untilQuiet);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((chosen) => globalThis.axe.run(chosen), options);
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }));
  expect(found).toEqual([]);
}

/** Asserts the same about the colours of another theme, in which nothing else differs. */
export async function expectAccessibleColors(page: Page, colorScheme: 'light' | 'dark') {
  // Colours that are still changing have a lower contrast.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expectAccessible(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Runs in the page: waits until it is quiet, because axe fails if elements are added while it works. */
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
