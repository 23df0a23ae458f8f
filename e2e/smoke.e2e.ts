import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('opens, for everybody, and nothing is wrong with the page', async ({ app }) => {
      await expect(app).toHaveTitle(/Sheaf/);
      await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(app);
    });
  });
}
