import { expect, test } from './support/test.ts';

test('opens, and nothing is wrong with the page', async ({ app }) => {
  await expect(app).toHaveTitle('Sheaf');
});
