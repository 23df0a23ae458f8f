import type { Locator } from 'playwright/test';
import { chooseProject, editor, openText, paste, startImport, toolbar } from './support/import.ts';
import { createButton } from './support/review.ts';
import { expect, test } from './support/test.ts';

/* If the system chooses the colours, borders replace backgrounds. */

const style = (of: Locator, name: 'borderTopWidth' | 'borderBottomColor' | 'outlineStyle') =>
  of.evaluate((element, property) => getComputedStyle(element)[property], name);

test('in forced colours buttons have borders, and selected ones are visible', async ({ app }) => {
  await app.emulateMedia({ forcedColors: 'active' });
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'task,sentiment\n1,Positive\n2,Negative\n');
  const toReview = app.getByRole('button', { name: 'Review 2 annotations' });
  await expect(toReview).toBeVisible();
  expect(await style(toReview, 'borderTopWidth')).toBe('2px');
  expect(await style(toolbar(app).getByRole('button', { name: 'Text' }), 'outlineStyle')).toBe('solid');
  expect(await style(toolbar(app).getByRole('button', { name: 'Grid' }), 'outlineStyle')).toBe('none');
  const steps = app.getByRole('navigation', { name: 'Steps' });
  expect(await style(steps.getByText('Import'), 'borderBottomColor')).not.toBe(
    await style(steps.getByText('Runs'), 'borderBottomColor'),
  );
  await toReview.click();
  await expect(createButton(app)).toBeEnabled();
  expect(await style(createButton(app), 'borderTopWidth')).toBe('2px');
});

test.describe('at 400 % zoom of a window of 1280 by 1024', () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test('the page scrolls, and the content gets the window', async ({ app }) => {
    await startImport(app);
    await chooseProject(app, 'Product reviews');
    await openText(app);
    await editor(app).click();
    await app.keyboard.type('[');
    await app.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const header = app.getByRole('banner');
    await expect(header).not.toBeInViewport();
    const seen = await editor(app).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return Math.min(bottom, innerHeight) - Math.max(top, 0);
    });
    expect(seen).toBeGreaterThan(100);
    expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
