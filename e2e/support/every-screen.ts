import { expect, type Page } from 'playwright/test';
import {
  chooseProject,
  columnHeader,
  hideProblems,
  openImportSettings,
  paste,
  problems,
  review,
  showAs,
  showProblems,
  toolbar,
} from './import.ts';
import { requestForm } from './form.ts';
import { faultySentiment, sentiment } from './regions.ts';
import { expectFinished, start } from './review.ts';
import type { SheafServer } from './servers/server.ts';
import { connect, connectTo, expectFailure, settings } from './settings.ts';

/** Visits every screen in each relevant state, including errors, and calls `check` there. */
export async function visitEveryScreen(
  page: Page,
  server: SheafServer,
  check: (screen: string) => Promise<void>,
) {
  await expect(settings(page)).toBeVisible();
  await check('the first visit');
  await connectTo(page, 'Your Label Studio', { address: `${server.address}sandbox`, token: 'f'.repeat(40) });
  await expectFailure(page, 'Label Studio rejected this token.', 'connect again');
  await check('a connection that failed');
  await settings(page).getByRole('radio', { name: 'Sandbox' }).check();
  await connect(page);
  await check('connected');

  await expect(page.getByText('Create annotations')).toBeVisible();
  await check('the start');
  await toolbar(page).getByRole('combobox', { name: 'Project' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await check('the list of projects');
  await page.keyboard.press('Escape');
  await chooseProject(page, 'Product reviews');
  await page.getByRole('button', { name: 'Type it' }).click();
  await expect(page.getByText('Paste or drop your batch')).toBeVisible();
  await check('the empty editor');
  await page.getByRole('button', { name: 'Fill in the form' }).click();
  await requestForm(page, 1).getByLabel('Task IDs').fill('1-');
  await requestForm(page, 1).getByText('Provenance').click();
  await expect(requestForm(page, 1).getByRole('textbox', { name: 'Unique ID' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('group', { name: 'Problems of this set' })).toBeFocused();
  await check('the form with a mistake');
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check('the question before something is lost');
  await page.getByRole('button', { name: 'Leave anyway' }).click();

  await paste(page, [{ tasks: [7001], project: 3, result: [] }]);
  await showAs(page, 'Form');
  await requestForm(page, 1).getByRole('searchbox', { name: 'account' }).fill('me');
  await page.keyboard.press('Enter');
  await requestForm(page, 1).getByRole('textbox', { name: 'amount' }).fill('-1');
  await expect(page.getByText('-1 is too small').first()).toBeVisible();
  await check('the form of a project');
  await showAs(page, 'JSON');
  await paste(page, 'task;mood;note\n1;Positve;fine\n2;Negative;"a, b"\n');
  await expect(problems(page).first()).toBeVisible();
  await problems(page).first().click();
  await check('a table with a mistake');
  await showAs(page, 'Grid');
  await showProblems(page);
  await expect(page.getByRole('combobox', { name: '“Positve” is read as' })).toBeVisible();
  await check('the grid with the values that aren’t labels');
  await hideProblems(page);
  await columnHeader(page, 'mood').getByRole('button').click();
  await expect(page.getByRole('dialog', { name: 'Column mood' })).toContainText('2 different');
  await check('the menu of a column');
  await page.keyboard.press('Escape');
  await openImportSettings(page);
  await check('the import settings');
  await page.keyboard.press('Escape');

  await paste(page, [{ tasks: [1, '2'], result: sentiment('Positive') }, { tasks: [] }]);
  await expect(problems(page).first()).toBeVisible();
  await check('the editor with problems');
  await page.goto(`${server.address}#/review`);
  await expect(page.getByRole('alert')).toContainText('to fix before anything can be sent');
  await check('what cannot be reviewed yet');
  await page.getByRole('link', { name: 'Fix them in Import' }).click();

  await paste(page, [
    ...Array.from({ length: 4 }, () => ({ task: 10019, project: 6, result: faultySentiment })),
    { tasks: [10001, 10002], project: 6, result: faultySentiment },
    { tasks: [901, 902, 99_999], result: sentiment('Neutral'), ground_truth: true },
    { selected_items: { all: true, excluded: [8001] }, project: 4, result: [] },
  ]);
  await showAs(page, 'Form');
  await expect(requestForm(page, 1)).toBeVisible();
  await check('the form');
  await review(page, '9 annotations');
  await expect(page.getByRole('group', { name: 'Start' })).toBeVisible();
  await check('the review');
  await page.getByRole('radio', { name: 'Let the server resolve the selection' }).check();
  await start(page);
  await expect(page.getByRole('dialog', { name: 'Label the whole project?' })).toBeVisible();
  await check('the review that wants a name typed');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Resolve the tasks now' }).check();

  await start(page);
  await expect(page.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  await check('the run');
  await expectFinished(page);
  await expect(page.getByRole('list', { name: 'Reasons' })).toBeVisible();
  await check('the results with failures');
  await page.getByRole('button', { name: /^Sandbox/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check('the settings beside the work');
}
