import { mergeTests, type Page } from 'playwright/test';
import { paste, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { expectFinished, start } from './support/review.ts';
import { isInstalled, test as configured } from './support/servers/configured-server.ts';
import type { FaultServer } from './support/servers/fault-server.ts';
import type { SheafServer } from './support/servers/server.ts';
import { connectTo, expectConnected } from './support/settings.ts';
import { expect } from './support/test.ts';
import { passTime, test as wired } from './support/wires.ts';

/*
 * A gateway in front of Label Studio gives up after a few seconds, and answers 504 to calls that the server carries out. In the end
 * each row has one annotation.
 */

const test = mergeTests(configured, wired);
test.skip(!isInstalled('nginx'), 'nginx isn’t installed: apt-get install nginx');

/** Long enough for any other answer on a busy machine. */
const limit = '4s';

const gateway = (target: string) => `server {
    listen 127.0.0.1:PORT;
    client_max_body_size 100m;
    location / {
        proxy_http_version 1.1;
        proxy_read_timeout ${limit};
        proxy_pass ${target}/;
    }
}`;

const places = ['the nginx of deploy/nginx.conf', 'a gateway behind Sheaf’s server'] as const;

const calls = {
  bulk: (request: string) => /^POST \S*\/api\/annotations\/bulk\/ /.test(request),
  single: (request: string) => /^POST \S*\/api\/tasks\/\d+\/annotations\/ /.test(request),
  import: (request: string) => /^POST \S*\/import\/predictions /.test(request),
  turn: (request: string) => request.startsWith('POST ') && request.includes('predictions_to_annotations'),
  sweep: (request: string) => /^DELETE \S*\/model-versions\/ /.test(request),
};

const cases = [
  { edition: 'enterprise', call: 'bulk', rows: 5 },
  { edition: 'community', call: 'single', rows: 5 },
  { edition: 'community', call: 'import', rows: 120 },
  { edition: 'community', call: 'turn', rows: 120 },
  { edition: 'community', call: 'sweep', rows: 120 },
] as const;

for (const place of places)
  for (const { edition, call, rows } of cases)
    test.describe(`${place}, ${edition}`, () => {
      test.use({ edition });

      test(`answers 504 to a ${call} call: ${rows} rows get one annotation each`, async ({
        page,
        server,
        faults,
        startServer,
        startNginx,
        startConfigured,
        mishaps,
      }) => {
        const labelStudio = `${faults.address}sandbox`;
        const isSheaf = place === places[1];
        const address = isSheaf
          ? (await startServer({ labelStudio: await startNginx(gateway(labelStudio)) })).address
          : await startConfigured('nginx', { labelStudio, readTimeout: limit });
        mishaps.allow(/^answer 504: (?:POST|DELETE) /);
        await page.goto(address);
        await connectTo(page, /^Label Studio at/, { token: await server.token(), timeLimit: '15' });
        await expectConnected(page);
        const tasks = Array.from({ length: rows }, (_, at) => 601 + at);
        await paste(
          page,
          tasks.map((task) => ({ task, project: 1, result: sentiment('Positive') })),
        );
        await review(page, `${rows} annotations`);
        const { reached } = faults.hold('hold-answer', calls[call]);
        const givenUp = page.context().waitForEvent('response', (answer) => answer.status() === 504);
        await start(page);
        await reached;
        await givenUp;
        await passTime(page, 30);
        await expectFinished(page);
        await expectHeadline(page, `${rows} annotations created and verified`);
        await expectOneEach(page, server, faults, tasks);
      });
    });

async function expectOneEach(page: Page, server: SheafServer, faults: FaultServer, tasks: number[]) {
  for (const task of [tasks[0]!, tasks[2]!, tasks.at(-1)!])
    expect(await server.annotationsOn(task)).toHaveLength(1);
  if (!faults.requests.some(calls.import)) return;
  // What may come late is deleted at the second look.
  await passTime(page, 30);
  await expect
    .poll(async () => Object.keys((await server.ask('/api/projects/1/model-versions/')) as object), {
      timeout: 30_000,
    })
    .not.toContainEqual(expect.stringMatching(/^sheaf-/));
  await expect(page.getByRole('alert').filter({ hasText: 'temporary predictions' })).toBeHidden();
}
