import type { Browser, Page } from 'playwright/test';
import type { JsonObject } from '#sandbox/http/json.ts';
import {
  accessTokenFor,
  createSpecClient,
  exported,
  newPersonalToken,
  newProject,
} from '#sandbox/spec-client.ts';
import { connectTo, expectConnected } from './settings.ts';
import type { SheafServer, ServerOptions } from './servers/server.ts';
import { expect } from './test.ts';

/* A real Label Studio, which `npm test` and `npm run test:label-studio` start. */

export const labelStudio = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const legacyToken = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';

/** Direct access to the server, whose data is what counts. */
const real = createSpecClient(labelStudio, legacyToken, fetch);

export const tokens = {
  'a legacy token': async () => legacyToken,
  'a personal access token': () => newPersonalToken(real),
  'an access token': async () => accessTokenFor(real, await newPersonalToken(real)),
};

/** How the browser connects to the server. */
export type Way = 'straight from the browser' | 'through Sheaf’s server';
export const ways: Way[] = ['straight from the browser', 'through Sheaf’s server'];

interface Connection {
  way: Way;
  token?: string;
  timeLimit?: string;
  /** Of the server, straight from the browser. */
  address?: string;
}

/** Opens Sheaf and signs in. */
export async function openConnected(
  page: Page,
  sheaf: SheafServer,
  { way, token = legacyToken, timeLimit, address = labelStudio }: Connection,
) {
  await page.goto(sheaf.address);
  const target = { token, ...(timeLimit !== undefined && { timeLimit }) };
  if (way === 'through Sheaf’s server') await connectTo(page, /^Label Studio at/, target);
  else await connectTo(page, 'Your Label Studio', { ...target, address });
  await expectConnected(page);
}

/** Server options for a way to connect. */
export const serverFor = (way: Way, address = labelStudio): ServerOptions =>
  way === 'through Sheaf’s server' ? { labelStudio: address } : { edition: 'community' };

/** A project of tasks with article numbers, and a unique title. */
export async function articles(count: number) {
  const skus = Array.from({ length: count }, (_, at) => `A-${String(at + 1).padStart(4, '0')}`);
  const title = `Articles ${crypto.randomUUID().slice(0, 8)}`;
  const data = skus.map((sku) => ({ sku }));
  return { title, skus, ...(await newProject(real, count, data, title)) };
}

/** All annotations of these tasks, from the export. */
export async function stored(project: number, tasks: number[]): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  // Some gateways refuse longer URLs.
  for (let from = 0; from < tasks.length; from += 250)
    found.push(...(await exported(real, project, tasks.slice(from, from + 250))));
  return found;
}

/** How many predictions the project has of each version. */
export const predictionsIn = async (project: number): Promise<JsonObject> =>
  (await real.ask(`GET /api/projects/${project}/model-versions/`)).body;

/** Opens an address of Label Studio’s own interface, signed in as its manager, in a separate browser profile. */
export async function openInLabelStudio(browser: Browser, address: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address);
  await page.locator('input[name=email]').fill('manager@example.com');
  await page.locator('input[name=password]').fill('only-for-tests');
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('button', { name: 'submit' })).toBeVisible({ timeout: 30_000 });
  return { page, errors, close: () => context.close() };
}
