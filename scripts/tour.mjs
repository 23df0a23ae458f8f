/*
 * `npm run tour`: retakes the README's screenshots from the built app in real Chromium.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

const batch = JSON.stringify(
  [
    { tasks: [11, 12, 13, 14, 15], project: 1, result: [choice('Positive')], ground_truth: true },
    { tasks: [21, 22, 23], project: 1, result: [choice('Negative')], completed_by: 2 },
    { tasks: [31, 32], project: 1, result: [choice('Neutral')], completed_by: 99999 },
    { tasks: [41], project: 1, result: [], was_cancelled: true, lead_time: 2.5 },
  ],
  null,
  2,
);

const table = [
  'Task ID;contents;quality;caption',
  '6001;People|Goods;4;a busy morning',
  '6002;Goods;5;',
  '6003;Godos;2;"shelf; second row"',
  '6004;Godos;3;',
  '6005;building;4;corner',
  '6006;signs;5;',
].join('\n');

const photos = JSON.stringify([
  {
    tasks: [6001, 6004, 6005],
    project: 2,
    result: [
      {
        from_name: 'contents',
        to_name: 'photo',
        type: 'choices',
        value: { choices: ['People', 'building'] },
      },
      { from_name: 'quality', to_name: 'photo', type: 'rating', value: { rating: 4 } },
      { from_name: 'caption', to_name: 'photo', type: 'textarea', value: { text: ['People before a shop'] } },
    ],
  },
]);

const street = JSON.stringify([
  {
    tasks: [9001],
    project: 5,
    result: [
      box('Vehicle', { x: 7, y: 76, width: 24, height: 16 }),
      box('Vehicle', { x: 73, y: 77, width: 24, height: 16 }),
      box('Person', { x: 44, y: 61, width: 9, height: 26 }),
      box('Person', { x: 55, y: 63, width: 9, height: 26 }),
      box('Sign', { x: 33, y: 39, width: 9, height: 11 }),
    ],
  },
  { tasks: [9002], project: 5, result: [box('Sign', { x: 40, y: 30, width: 12, height: 14 })] },
]);

/**
 * @param {string} label
 * @param {{ x: number, y: number, width: number, height: number }} place
 */
function box(label, place) {
  const value = { ...place, rotation: 0, rectanglelabels: [label] };
  return { from_name: 'box', to_name: 'street', type: 'rectanglelabels', value };
}

/** @param {string} label */
function choice(label) {
  return { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [label] } };
}

async function tour() {
  const { mkdirSync } = await import('node:fs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors } = await import('./lib/user-error.mjs');
  const { root } = await import('./lib/root.mjs');

  await reportUserErrors(async () => {
    await ensureInstalled();
    const { ensureBuilt } = await import('./build.mjs');
    const { chromiumArgs, ensureChromium } = await import('./lib/chromium.mjs');
    const { chromium } = await import('playwright');
    await ensureBuilt();
    const executablePath = await ensureChromium();
    mkdirSync(`${root}/docs/tour`, { recursive: true });

    /** @type {typeof import('../src/server/main.ts')} */
    const { startServer } = await import(new URL('../dist/server/main.js', import.meta.url).href);
    const server = await startServer({ port: 0, sandboxEdition: 'enterprise' });
    const browser = await chromium.launch({ executablePath, args: chromiumArgs });
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    /** @param {string} name */
    const picture = (name) => page.screenshot({ path: `${root}/docs/tour/${name}.png` });
    /** @param {string} name */
    const press = (name) => page.getByRole('button', { name }).click();

    const imagesLoaded = () =>
      page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
    /** @param {string} title */
    const project = async (title) => {
      await page.getByRole('combobox', { name: 'Project' }).first().click();
      await page.getByRole('option', { name: title }).click();
    };

    await page.goto(server.address);
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    await picture('settings');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await project('Product reviews');
    await page.getByRole('button', { name: 'Type it' }).waitFor();
    await picture('start');

    const editor = page.getByRole('textbox', { name: 'Batch as JSON' });
    await press('Type it');
    await editor.fill(batch.replace('Negative', 'Negatve'));
    await page.getByRole('option', { name: 'Did you mean' }).click();
    await picture('compose');

    await project('Shop photos');
    await editor.fill(table);
    await page.getByRole('button', { name: 'Grid', exact: true }).click();
    await page.getByRole('combobox', { name: '“Godos” is read as' }).waitFor();
    await picture('table');

    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await editor.fill(photos);
    await page.getByRole('button', { name: 'Review 3 annotations' }).waitFor();
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    await page.getByRole('figure', { name: 'photo' }).locator('img').waitFor();
    await imagesLoaded();
    await picture('form');

    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await project('Street scenes');
    await editor.fill(street);
    await press('Review 2 annotations');
    await page.getByRole('button', { name: 'Preview request 1, task 9001' }).click();
    await page.getByRole('figure', { name: 'street' }).locator('img').waitFor();
    await imagesLoaded();
    await picture('preview');
    await page.goBack();

    await project('Product reviews');
    await editor.fill(batch);
    await press('Review 11 annotations');
    await page.getByText('Compared with the server at').waitFor();
    await picture('review');
    await press('Create 11 annotations');
    await page.getByRole('table', { name: 'Results' }).getByRole('link').first().waitFor();
    await picture('results');
    await page.getByRole('table', { name: 'Results' }).getByRole('row').nth(1).click();
    await page.getByRole('group', { name: 'Preview' }).waitFor();
    await press('Switch to the dark theme');
    await page.getByRole('button', { name: 'Switch to the light theme' }).waitFor();
    await picture('results-dark');

    await browser.close();
    await server.close();
  });
}

void tour();
