import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { paste, startImport, toolbar } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, exportAs, rowsInView } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const rest = (page: Page) => page.getByRole('group', { name: 'Rows to fix' });

async function downloadRest(page: Page) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    rest(page).getByRole('button', { name: 'Download rows to fix' }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

const moods = ['Positive', 'Neutral', 'Negative'];
const rows = Array.from(
  { length: 40 },
  (_, index) => `${2001 + index};${moods[index % 3]!};"no. ""${index}"""`,
);
const withMistakes = [
  'task;sentiment;remark',
  ...rows.slice(0, 20),
  '2041;Positve;"one; two"',
  'x2042;Neutral;',
  ...rows.slice(20),
  '99999;Negative;of another project',
].join('\n');

test('valid rows are sent, and the others are downloaded as a file that passes once fixed', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, withMistakes);
  await expect(toolbar(app).getByText('2 errors to fix')).toBeVisible();
  await toolbar(app).getByRole('button', { name: 'Review 41 valid rows' }).click();

  await expect(app.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  await expect(rest(app)).toContainText('2 rows with errors will not be sent.');
  const before = await downloadRest(app);
  expect(before.name).toMatch(/^pasted-to-fix-[\d-]{10}\.csv$/);
  expect(before.text).toMatch(
    /^task;sentiment;remark;problem\n2041;Positve;"one; two";“Positve” isn’t a choice/,
  );
  await expectAccessible(app);

  await create(app);
  await expectHeadline(app, /40/);
  await expectAccessible(app);
  const { text } = await exportAs(app, /^Rows to fix \(3\)\s?1 skipped, 2 with errors/);
  expect(text.split('\n').map((line) => line.split(';')[0])).toEqual(['task', '2041', 'x2042', '99999', '']);
  expect(text).toContain('99999;Negative;of another project;Task 99999 isn’t in Product reviews.\n');

  // Fixed and opened again, it is a separate batch.
  await app.getByRole('button', { name: 'New import' }).click();
  await expect(app.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  const fixed = text.replace('Positve', 'Positive').replace('x2042', '2042').replace('99999', '2043');
  await app
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name: 'fixed.csv', mimeType: 'text/csv', buffer: Buffer.from(fixed) });
  await toolbar(app).getByRole('button', { name: 'Review 3 annotations' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  await expect(rest(app)).toBeHidden();
  await create(app);
  await expectHeadline(app, '3 annotations created and verified');
  expect((await rowsInView(app)).map(({ Task }) => Task)).toEqual(['2041', '2042', '2043']);
  for (const [task, mood] of [
    [2041, 'Positive'],
    [2042, 'Neutral'],
    [2043, 'Negative'],
  ] as const)
    expect(await server.annotationsOn(task)).toMatchObject([{ result: [{ value: { choices: [mood] } }] }]);
});

const good = { task: 2001, result: sentiment('Positive') };

test('no row is skipped without asking, and valid rows are offered only if there are any', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const offer = app.getByRole('button', { name: /^Review .*valid row/ });
  await paste(app, 'task,sentiment\n2001,Positve\n');
  await expect(toolbar(app).getByText('1 error to fix')).toBeVisible();
  await expect(offer).toBeHidden();
  await paste(app, '[{"task": 2001, "result": []}, {"task": 2002');
  await expect(toolbar(app).getByText('The text has an error')).toBeVisible();
  await expect(offer).toBeHidden();

  await paste(app, [good, { task: 'x', result: sentiment('Neutral') }]);
  await expect(offer).toBeVisible();
  await app.goto(`${server.address}#/review`);
  await expect(app.getByRole('alert')).toContainText('1 problem to fix before anything can be sent');
  await app.getByRole('button', { name: 'Review 1 valid row' }).click();
  await expect(rest(app)).toContainText('1 request with errors will not be sent.');
  expect((await downloadRest(app)).text).toMatch(/^\[\n\{\s+"task": "x",[^]*"Neutral"[^]*\}\n\]\n$/);

  // Applies to that text only.
  await app.getByRole('link', { name: 'Back to Import' }).click();
  await paste(app, [good, { task: 'y', result: sentiment('Neutral') }]);
  await expect(offer).toBeVisible();
  await app.goto(`${server.address}#/review`);
  await expect(app.getByRole('alert')).toContainText('1 problem to fix');
});
