import { copyAll, paste, review, showAs, startImport, toolbar } from './support/import.ts';
import { create } from './support/review.ts';
import { expectHeadline } from './support/results.ts';
import { expect, test } from './support/test.ts';

const table = 'task,sentiment\n1,Positive\n2,Neutral\n3,Negative\n';

test('a row is previewed on its task before and after sending, by keyboard', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await review(app, '3 annotations');
  const open = app.getByRole('button', { name: 'Preview row 1, task 1' });
  await open.press('Enter');
  const preview = app.getByRole('complementary', { name: 'Preview' });
  await expect(preview.getByText('Task 1', { exact: true })).toBeVisible();
  await expect(preview.getByText('Positive', { exact: true })).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await expect(preview.getByText('Task 2', { exact: true })).toBeVisible();
  await expect(preview.getByText('Neutral', { exact: true })).toBeVisible();
  await expect(preview.getByRole('status')).toHaveText('2 of 3');
  await app.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await expect(open).toBeFocused();

  await create(app);
  await expectHeadline(app, '3 annotations created and verified');
  await app.getByRole('row').filter({ hasText: 'sentiment: Negative' }).click();
  const sent = app
    .getByRole('complementary', { name: 'Row details' })
    .getByRole('group', { name: 'Preview' });
  await expect(sent.getByText('Negative', { exact: true })).toBeVisible();
  await expect(sent.getByText('sku', { exact: true })).toBeVisible();
});

test('a page of HTML is previewed as text, with its spans marked', async ({ app, server }) => {
  const label_config = `<View>
    <HyperText name="page" value="$html"/>
    <HyperTextLabels name="mark" toName="page"><Label value="Claim"/></HyperTextLabels>
  </View>`;
  const made = await server.ask('/api/projects/', { method: 'POST', body: { title: 'Pages', label_config } });
  const { id } = made as { id: number };
  const html =
    '<p class="lead">Tea &amp; cake cure colds.</p><script>alert("not run")</script><p>Ask a doctor.</p>';
  const imported = await server.ask(`/api/projects/${id}/import?return_task_ids=true`, {
    method: 'POST',
    body: [{ data: { html } }],
  });
  const task = (imported as { task_ids: number[] }).task_ids[0]!;
  await startImport(app, { project: 'Pages' });
  const span = { start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', startOffset: 0, endOffset: 10 };
  const value = { ...span, text: 'Tea & cake', hypertextlabels: ['Claim'] };
  await paste(app, [
    { task, result: [{ from_name: 'mark', to_name: 'page', type: 'hypertextlabels', value }] },
  ]);
  await review(app, '1 annotation');
  await expect(app.getByText('Tea & cake cure colds. Ask a doctor.', { exact: true })).toBeVisible();
  await app.getByRole('button', { name: `Preview request 1, task ${task}` }).click();
  const preview = app.getByRole('complementary', { name: 'Preview' });
  const page = preview.getByRole('figure', { name: 'page' });
  await expect(page).toContainText('cure colds.');
  await expect(page).toContainText('Ask a doctor.');
  await expect(page).not.toContainText('alert');
  await expect(page.locator('mark')).toContainText('Tea & cake');
  await expect(preview.getByRole('list', { name: 'Regions' })).toContainText('Claim');
  await expect(preview.getByText(/Spans are found by their words/)).toBeVisible();
});

test('boxes in fractions are named, and converted to percent on consent', async ({ app }) => {
  const box = (x: number) =>
    `"[{""x"":${x},""y"":0.2,""width"":0.3,""height"":0.4,""rectanglelabels"":[""Sign""]}]"`;
  const fractions = `task,box\n9001,${box(0.1)}\n9002,${box(0.5)}\n`;
  await startImport(app, { project: 'Street scenes' });
  await paste(app, fractions);
  await showAs(app, 'Grid');
  const note = app.getByRole('group', { name: /^All regions of this batch have numbers from 0 to 1/ });
  await expect(note).toContainText('2 rows');
  const regions = app.getByRole('group', { name: 'Preview' }).getByRole('list', { name: 'Regions' });
  const show = (tab: string | RegExp) => app.getByRole('tab', { name: tab }).click();
  await show('Preview');
  await expect(regions).toContainText('x 0.1, y 0.2, w 0.3, h 0.4');

  await show(/^Problems/);
  await note.getByRole('button', { name: 'Convert fractions to percent in all 2' }).click();
  await expect(note).toBeHidden();
  await show('Preview');
  await expect(regions).toContainText('x 10, y 20, w 30, h 40');
  await toolbar(app).getByRole('button', { name: 'Undo' }).click();
  await expect(regions).toContainText('x 0.1, y 0.2, w 0.3, h 0.4');
  expect(await copyAll(app)).toBe(fractions);
});

test('boxes in percent, of which one is small, aren’t taken for fractions', async ({ app }) => {
  const box = (width: number) =>
    `"[{""x"":0.5,""y"":0.2,""width"":${width},""height"":0.4,""rectanglelabels"":[""Sign""]}]"`;
  await startImport(app, { project: 'Street scenes' });
  await paste(app, `task,box\n9001,${box(0.4)}\n9002,${box(40)}\n`);
  await showAs(app, 'Grid');
  await expect(toolbar(app).getByRole('button', { name: 'Review 2 annotations' })).toBeEnabled();
  await expect(app.getByRole('group', { name: /numbers from 0 to 1/ })).toHaveCount(0);
});

test('on a narrow window the preview of a row opens over the review', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await app.setViewportSize({ width: 390, height: 780 });
  await paste(app, table);
  await review(app, '3 annotations');
  const open = app.getByRole('button', { name: 'Preview row 2, task 2' });
  await open.click();
  const sheet = app.getByRole('dialog', { name: 'Preview' });
  await expect(sheet.getByText('Neutral', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Next row' }).click();
  await expect(sheet.getByText('Negative', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close the preview' }).click();
  await expect(sheet).toBeHidden();
});
