import type { Locator, Page } from 'playwright/test';
import { editor, problems } from './support/import.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { createButton, expectFinished } from './support/review.ts';
import { settings } from './support/settings.ts';
import { expect, test } from './support/test.ts';

/** This test uses only the keyboard. */
test('from a first visit to annotation IDs by the keyboard alone', async ({ app, server }) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await app.keyboard.press(key);
      await expectFocusInSight(app);
    }
  };

  const connect = settings(app).getByRole('button', { name: 'Connect' });
  await expect(connect).toBeVisible();
  await tabTo(app, settings(app).getByRole('radio', { name: 'Sandbox' }));
  await tabTo(app, connect);
  await app.keyboard.press('Enter');
  await expect(app.getByRole('button', { name: 'Type it' })).toBeVisible();

  await tabTo(app, app.getByRole('combobox', { name: 'Project' }));
  await app.keyboard.type('reviews');
  await expect(app.getByRole('option')).toHaveText([/^Product reviews/]);
  await press('Enter');
  await expect(app.getByRole('combobox', { name: 'Project' })).toHaveValue(/^Product reviews/);

  await tabTo(app, app.getByRole('button', { name: 'Insert an example' }));
  await press('Enter');
  await expect(editor(app)).toContainText('"tasks": [1, 2, 3]');

  // A task ID in quotes, typed at the end of the line with the tasks.
  await tabTo(app, editor(app));
  await press('Control+Home', 'ArrowDown', 'End', 'ArrowLeft', 'ArrowLeft');
  await app.keyboard.type(', "40"');
  await expect(problems(app)).toContainText('Task ID is in quotes. Use 40, not “40”.');
  // The cursor is after the mistake; F8 selects it.
  await press('F8');
  await app.keyboard.type('40');
  await expect(problems(app)).toHaveCount(0);

  await tabTo(app, app.getByRole('button', { name: 'Review 4 annotations' }), 'Shift+Tab');
  await app.keyboard.press('Enter');
  await expect(createButton(app)).toBeEnabled();
  await tabTo(app, createButton(app));
  await app.keyboard.press('Enter');

  await expectFinished(app);
  await expectHeadline(app, '4 annotations created and verified');
  await expectRow(app, { Task: '40', State: 'Created and verified' });
  expect(await server.annotationsOn(40)).toHaveLength(1);

  await tabTo(app, app.getByRole('button', { name: 'Task', exact: true }));
  await press('Enter', 'Enter');
  await expect(app.getByRole('columnheader', { name: 'Task' })).toHaveAttribute('aria-sort', 'descending');
});

/** Presses Tab until the target has the focus; every stop must be visible. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press(key);
    await expectFocusInSight(page);
    if (await target.evaluate((element) => element.matches(':focus'))) return;
  }
  throw new Error(`${key} does not lead to ${String(target)}.`);
}

/** Asserts that a focused element is visible, with an outline or a text cursor. */
async function expectFocusInSight(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(() => {
        let focused = document.activeElement;
        while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return 'nothing has the focus';
        const { top, bottom, left, right } = focused.getBoundingClientRect();
        const isInSight = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
        if (!isInSight) return `out of sight: ${focused.outerHTML}`;
        const isTypedInto = focused.isContentEditable || focused.matches('textarea, input:not([type=radio])');
        if (isTypedInto) return 'seen';
        // A composite list has the outline on its scroller, a radio button on its icon.
        let element: HTMLElement | null = focused;
        for (let up = 0; element && up < 3; up += 1, element = element.parentElement) {
          const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element);
          if (outlineStyle !== 'none' && outlineWidth !== '0px' && opacity !== '0') return 'seen';
        }
        return `no outline: ${focused.outerHTML}`;
      }),
    )
    .toBe('seen');
}
