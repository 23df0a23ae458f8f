import type { Page } from 'playwright/test';
import {
  chooseTaskColumn,
  columnHeader,
  paste,
  problems,
  review,
  showAs,
  startImport,
} from './support/import.ts';
import { expectHeadline, expectRow, exportAs, resultsTable } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const found = (page: Page, words: RegExp) => problems(page).filter({ hasText: words });

/**
 * A realistic table for 5,000 tasks: 312 rows have “pos”, and five others have mistakes that need typing; one names a task
 * with other labels in another row.
 */
function spreadsheet() {
  const moods = ['Positive', 'Neutral', 'Negative'];
  const rows = Array.from({ length: 5000 }, (_, index) => {
    const mood = index < 936 && index % 3 === 0 ? 'pos' : moods[index % 3]!;
    return [String(index + 1), mood, (1 + (index % 7) / 2).toString(), `note ${index}`];
  });
  rows[1000]![1] = 'Grumble';
  rows[2000]![0] = '1.23E+15';
  rows[3000]![2] = 'a minute';
  rows[3500] = ['3501', 'Neutral'];
  rows[4000]![1] = '';
  rows[4500]![0] = '4500';
  return [['Review', 'Mood', 'lead_time', 'Remark'], ...rows].map((row) => row.join(',')).join('\n');
}

/** Replaces the text of a problem by typing. */
async function typeOver(page: Page, words: RegExp, instead: string) {
  await found(page, words).first().click();
  await page.keyboard.insertText(instead);
  await expect(found(page, words)).toHaveCount(0);
}

test('5,000 rows with mistakes: mapped, fixed, and each annotation on its task', async ({ app, server }) => {
  test.setTimeout(180_000);
  await startImport(app, { project: 'Product reviews' });
  await paste(app, spreadsheet());

  await showAs(app, 'Grid');
  await expect(columnHeader(app, 'Mood')).toContainText('sentiment (Choices)');
  await chooseTaskColumn(app, /^Review/);
  await expect(columnHeader(app, 'Review')).toContainText('Task ID');
  await expect(columnHeader(app, 'Remark')).toContainText('Ignored');
  await showAs(app, 'Text');

  await expect(found(app, /“pos” isn’t a choice in/).first()).toBeVisible();
  await found(app, /“pos” isn’t a choice in/)
    .first()
    .click();
  await app.getByRole('button', { name: 'Use “Positive” in all 312' }).click();
  await expect(app.getByText('5 errors', { exact: true })).toBeVisible();

  await typeOver(app, /“Grumble” isn’t a choice in/, 'Negative');
  await typeOver(app, /“1.23E\+15” is how spreadsheets shorten a long number/, '2001');
  await typeOver(app, /“a minute” isn’t a number of seconds/, '60');
  await expect(found(app, /Task 4500: conflicts with/)).toHaveCount(1);
  await expect(app.getByText('2 errors', { exact: true })).toBeVisible();

  // The ragged row and the empty one are left for later.
  await app.getByRole('button', { name: 'Review 4,998 valid rows' }).click();
  await expect(app.getByText(/2 rows with errors will not be sent/)).toBeVisible();
  await create(app);
  await expectHeadline(app, /^4,998 annotations created and verified/);
  const { text: rest } = await exportAs(app, /^Rows to fix/);
  expect(rest.split(/\r?\n/).slice(0, 3)).toEqual([
    'Review,Mood,lead_time,Remark,problem',
    '3501,Neutral,"This row has 2 cells, the table has 4 columns."',
    expect.stringMatching(/^4001,,.*is required/),
  ]);

  await resultsTable(app).focus();
  await expectRow(app, { Task: '1', State: 'Created and verified' });
  const expected = { 1: 'Positive', 1001: 'Negative', 2001: 'Negative', 3001: 'Positive', 5000: 'Neutral' };
  for (const [task, mood] of Object.entries(expected)) {
    const made = await server.annotationsOn(Number(task));
    expect(made.at(-1), `task ${task}`).toMatchObject({ result: [{ value: { choices: [mood] } }] });
  }
  expect(await server.annotationsOn(4500)).toHaveLength(2);
  expect(await server.annotationsOn(4501)).toEqual([]);

  // The remaining rows are fixed and imported in their original format.
  await app.getByRole('link', { name: 'Import' }).click();
  await paste(app, rest.replace('3501,Neutral,', '3501,Neutral,1,,').replace('4001,,', '4001,Positive,'));
  await showAs(app, 'Grid');
  await expect(columnHeader(app, 'problem')).toContainText('Ignored');
  await review(app, '2 annotations');
  await create(app);
  await expectHeadline(app, '2 annotations created and verified');
  expect(await copyable(app)).toContain('4001');
});

/** The tasks in the results. */
const copyable = (page: Page) => resultsTable(page).innerText();
