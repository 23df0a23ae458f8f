import { truncate, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { editor, startImport } from './support/import.ts';
import { packedZeros } from './support/packed.ts';
import { expect, test } from './support/test.ts';

/* What is larger than Sheaf accepts is refused or cut in words, and the page goes on. */

const fileToOpen = (page: Page) => page.getByLabel('File to open').first();

test('a small packed file that unpacks to 3 GiB', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await fileToOpen(app).setInputFiles({
    name: 'reviews.csv.gz',
    mimeType: 'application/gzip',
    buffer: Buffer.from(packedZeros(3 * 2 ** 30)),
  });
  await expect(
    app.getByText('reviews.csv.gz wasn’t opened: This file unpacks to more than 500 MB. Split it.'),
  ).toBeVisible({ timeout: 60_000 });
  await expect(editor(app)).toBeVisible();
});

test('a file of more than 500 MB', async ({ app }, testInfo) => {
  const path = testInfo.outputPath('reviews.csv');
  await writeFile(path, 'task,sentiment\n');
  await truncate(path, 500_000_001);
  await startImport(app, { project: 'Product reviews' });
  await fileToOpen(app).setInputFiles(path);
  await expect(
    app.getByText('reviews.csv wasn’t opened: This file is more than 500 MB. Split it.'),
  ).toBeVisible();
});
