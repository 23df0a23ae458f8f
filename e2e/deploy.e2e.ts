import { securityHeaders } from '#server/security-headers.ts';
import type { Page } from 'playwright/test';
import { isInstalled, test } from './support/servers/configured-server.ts';
import { paste, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, resultsTable } from './support/results.ts';
import { create } from './support/review.ts';
import { connectTo, expectConnected, expectFailure } from './support/settings.ts';
import { expect } from './support/test.ts';

/* The configurations in `deploy/` on their web servers. */

const places = [
  { program: 'nginx', subPath: '' },
  { program: 'nginx', subPath: '/sheaf' },
  { program: 'caddy', subPath: '' },
  { program: 'caddy', subPath: '/sheaf' },
] as const;

for (const { program, subPath } of places) {
  test.describe(`${program}${subPath === '' ? '' : ` under ${subPath}`}`, () => {
    test.skip(!isInstalled(program), `${program} isn’t installed: apt-get install ${program}`);

    test('serves Sheaf and forwards to Label Studio', async ({ page, server, startConfigured }) => {
      const address = await startConfigured(program, {
        labelStudio: `${server.address}sandbox`,
        subPath,
      });
      await page.goto(address);
      await connectTo(page, 'Label Studio at https://labels.example.com', { token: await server.token() });
      await expectConnected(page);
      await createTwo(page, 1, [161, 162], sentiment('Positive'));
      const [annotation] = await server.annotationsOn(161);
      await expect(resultsTable(page).getByRole('link', { name: String(annotation!.id) })).toHaveAttribute(
        'href',
        `https://labels.example.com/projects/1/data?task=161&annotation=${annotation!.id}`,
      );
    });

    test('sends its security and caching headers', async ({ server, request, startConfigured }) => {
      const address = await startConfigured(program, {
        labelStudio: `${server.address}sandbox`,
        subPath,
      });
      const ask = (path: string) =>
        request.get(address + path, { headers: { 'accept-encoding': 'gzip', cookie: 'sessionid=1' } });
      const page = await ask('');
      const [script] = /assets\/index-[^"]+\.js/.exec(await page.text()) ?? [''];
      const expected = Object.fromEntries(
        Object.entries(securityHeaders()).map(([name, value]) => [name.toLowerCase(), value]),
      );
      expect(page.headers()).toMatchObject({ ...expected, 'cache-control': 'no-cache' });
      const asset = await ask(script);
      expect(asset.headers()).toMatchObject({
        ...expected,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'gzip',
        'content-type': expect.stringMatching(/javascript/),
      });
      const missing = await ask('assets/gone.js');
      expect(missing.status()).toBe(404);
      expect(missing.headers()['cache-control'] ?? '').not.toContain('immutable');

      const answer = await ask('label-studio/api/version/');
      expect(await answer.json()).toMatchObject({ edition: 'Enterprise' });
      expect(answer.headers()['content-security-policy']).toBe("default-src 'none'; sandbox");
    });

    test('lets a request of 100 MB through', async ({ server, startConfigured }) => {
      const address = await startConfigured(program, {
        labelStudio: `${server.address}sandbox`,
        subPath,
      });
      const answer = await fetch(`${address}label-studio/api/annotations/bulk/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.alloc(100_000_000, ' '),
      });
      // The sandbox’s answer, not one of the web server.
      expect(await answer.json()).toMatchObject({
        status_code: 401,
        detail: 'Authentication credentials were not provided.',
      });
    });
  });
}

test.describe('in front of the nginx of Label Studio’s containers', () => {
  test.skip(!isInstalled('nginx'), 'nginx isn’t installed: apt-get install nginx');

  /** The parts of deploy/default.conf of HumanSignal/label-studio that concern browsers. */
  const containers = (target: string) => `server {
    listen 127.0.0.1:PORT;
    add_header Access-Control-Allow-Origin *;
    add_header Access-Control-Allow-Headers Range;
    client_max_body_size 350m;
    if ($request_method = OPTIONS) { return 204; }
    location / {
        absolute_redirect off;
        proxy_read_timeout 300;
        proxy_redirect off;
        proxy_pass ${target}/;
    }
}`;

  test('works through the web server, and explains a failed direct connection', async ({
    page,
    server,
    startNginx,
    startConfigured,
    mishaps,
  }) => {
    const labelStudio = await startNginx(containers(`${server.address}sandbox`));
    await page.goto(await startConfigured('nginx', { labelStudio }));
    await connectTo(page, 'Label Studio at https://labels.example.com', { token: await server.token() });
    await expectConnected(page);
    await createTwo(page, 1, [163, 164], sentiment('Negative'));

    mishaps.allow(
      /^console: Access to fetch .* CORS policy/,
      /^no answer: .*ERR_FAILED/,
      /^answer 404: GET .*\/api\/version\//,
    );
    await page.goto(server.address);
    await connectTo(page, 'Your Label Studio', { address: labelStudio, token: await server.token() });
    await expectFailure(page, /pages from other addresses to connect/, 'npm start -- --label-studio');
  });
});

test.describe('a real Label Studio', { tag: '@live' }, () => {
  test.skip(!isInstalled('nginx'), 'nginx isn’t installed: apt-get install nginx');

  test('behind nginx', async ({ page, request, startConfigured }) => {
    const labelStudio = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
    const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';
    const headers = { authorization: `Token ${token}` };
    const post = async (path: string, data: unknown) =>
      (await request.post(`${labelStudio}${path}`, { headers, data })).json() as Promise<{ id: number }>;
    const label_config =
      '<View><Text name="review" value="$text"/><Choices name="sentiment" toName="review"><Choice value="Positive"/></Choices></View>';
    const project = await post('/api/projects/', { title: 'Behind nginx', label_config });
    const tasks = [];
    for (const text of ['One', 'Two'])
      tasks.push((await post('/api/tasks/', { project: project.id, data: { text } })).id);

    await page.goto(await startConfigured('nginx', { labelStudio, subPath: '/sheaf' }));
    await connectTo(page, 'Label Studio at https://labels.example.com', { token });
    await expectConnected(page);
    await createTwo(page, project.id, tasks, sentiment('Positive'));
    for (const task of tasks) {
      const answer = await request.get(`${labelStudio}/api/tasks/${task}/annotations/`, { headers });
      expect(await answer.json()).toHaveLength(1);
    }
  });
});

async function createTwo(page: Page, project: number, tasks: number[], result: unknown) {
  await paste(page, { tasks, project, result });
  await review(page, '2 annotations');
  await create(page);
  await expectHeadline(page, '2 annotations created and verified');
}
