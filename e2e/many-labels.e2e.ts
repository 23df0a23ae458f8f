import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { copyAll, openImportSettings, paste, showAs, startImport } from './support/import.ts';
import type { SheafServer } from './support/servers/server.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 90_000 });

const form = (page: Page) => page.getByRole('form', { name: 'Set of labels 1' });
const offered = (page: Page) => page.getByRole('listbox').last().getByRole('option');
const requestsOf = async (page: Page) => JSON.parse(await copyAll(page)) as unknown;

async function createProject(server: SheafServer, title: string, tags: string) {
  const label_config = `<View><Text name="text" value="$text"/>${tags}</View>`;
  await server.ask('/api/projects/', { method: 'POST', body: { title, label_config } });
}

const choices = (name: string, count: number) => {
  const all = Array.from({ length: count }, (_, index) => `<Choice value="Choice ${index}"/>`).join('');
  return `<Choices name="${name}" toName="text">${all}</Choices>`;
};

test('each of 5,000 labels can be found in the form, in a cell and for a value', async ({ app, server }) => {
  await createProject(server, 'Many choices', choices('mood', 5000));
  await startImport(app, { project: 'Many choices' });
  await paste(app, 'task,mood\n1,4321st\n2,Choice 7\n');

  await showAs(app, 'Grid');
  const readAs = app.getByRole('combobox', { name: '“4321st” is read as' });
  await readAs.click();
  await expect(app.getByText('The first 1,000 of 5,000 labels. Type to find others.')).toBeVisible();
  expect(await offered(app).count()).toBeLessThan(100);
  await readAs.fill('4321');
  await app.getByRole('option', { name: 'Choice 4321' }).click();
  await expect(app.getByText('No problems found')).toBeVisible();

  const grid = app.getByRole('grid', { name: 'Rows' });
  await grid.focus();
  await app.keyboard.press('ControlOrMeta+End');
  await app.keyboard.press('Enter');
  await expect(app.getByText('The first 1,000 choices. Others can be typed.')).toBeVisible();
  expect(await offered(app).count()).toBeLessThan(100);
  await app.keyboard.press('Escape');

  const settings = await openImportSettings(app);
  await settings.getByRole('button', { name: 'Convert to requests' }).click();
  await showAs(app, 'Form');
  // The grid’s last row is the request that opens.
  const search = app.getByRole('form').getByRole('combobox', { name: 'mood' });
  await search.fill('Choice 4999');
  await app.getByRole('option', { name: 'Choice 4999' }).click();
  await expectAccessible(app);
  await showAs(app, 'JSON');
  await expect
    .poll(() => requestsOf(app))
    .toMatchObject([{}, { result: [{ value: { choices: ['Choice 4999'] } }] }]);
});

test('many controls are shown in part, and a problem leads to its control', async ({ app, server }) => {
  const tags = Array.from({ length: 200 }, (_, index) => choices(`control ${index}`, 2));
  await createProject(server, 'Many controls', tags.join(''));
  await startImport(app, { project: 'Many controls' });
  const wrong = {
    from_name: 'control 150',
    to_name: 'text',
    type: 'choices',
    value: { choices: ['Chioce 1'] },
  };
  await paste(app, [{ task: 1, result: [wrong] }]);
  await showAs(app, 'Form');
  await expect(form(app).getByText('Controls 1–20 of 200')).toBeVisible();
  await expect(form(app).getByRole('radiogroup', { name: 'control 19' })).toBeVisible();
  await expect(form(app).getByRole('radiogroup', { name: 'control 20' })).toHaveCount(0);
  await form(app)
    .getByRole('button', { name: /“Chioce 1” isn’t a choice/ })
    .click();
  await expect(form(app).getByText('Controls 141–160 of 200')).toBeVisible();
  await form(app)
    .getByRole('radiogroup', { name: 'control 150' })
    .getByRole('radio', { name: 'Choice 1', exact: true })
    .check();
  await showAs(app, 'JSON');
  await expect
    .poll(() => requestsOf(app))
    .toEqual([{ task: 1, result: [{ ...wrong, value: { choices: ['Choice 1'] } }] }]);
});
