import type { Page } from 'playwright/test';
import { expectAccessible, expectAccessibleColors } from './support/axe.ts';
import { visitEveryScreen } from './support/every-screen.ts';
import { expect, test } from './support/test.ts';

test('every screen is accessible in light and dark', async ({ app, server }) => {
  test.setTimeout(240_000);
  await visitEveryScreen(app, server, (screen) =>
    test.step(screen, async () => {
      await expect(app).toHaveTitle(/Sheaf$/);
      await expectAccessible(app);
      await expectAccessibleColors(app, 'dark');
    }),
  );
});

test.describe('in a window of 360 pixels', () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test('no screen is wider than the window', async ({ app, server }) => {
    test.setTimeout(180_000);
    await visitEveryScreen(app, server, (screen) =>
      test.step(screen, async () => {
        const width = await app.evaluate(() => document.documentElement.scrollWidth);
        expect(width, screen).toBeLessThanOrEqual(360);
        expect(await overflowing(app), screen).toEqual([]);
      }),
    );
  });
});

/** Elements that scroll sideways unintentionally, and controls that reach beyond the window. */
function overflowing(page: Page) {
  return page.evaluate(() => {
    const main = document.querySelector('main')!;
    const controls = [...document.querySelectorAll('button, a[href], input, textarea, select, h1, h2')];
    return [
      ...(main.scrollWidth > main.clientWidth ? ['the screen scrolls sideways'] : []),
      ...controls
        .filter((control) => {
          const { left, right, width } = control.getBoundingClientRect();
          const isShown = width > 1 && control.checkVisibility({ visibilityProperty: true });
          return isShown && !scrollsIntentionally(control) && (left < 0 || right > innerWidth);
        })
        .map((control) => control.outerHTML),
    ];

    /** True for a labelled strip or grid that can be scrolled by keyboard. */
    function scrollsIntentionally(control: Element): boolean {
      const strip = control.closest('[tabindex="0"][aria-label]');
      if (strip === null || strip === control) return false;
      const scroller = strip.matches('[role=grid]') ? strip.parentElement! : strip;
      return getComputedStyle(scroller).overflowX === 'auto';
    }
  });
}
