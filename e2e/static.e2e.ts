import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { securityHeaders } from '#server/security-headers.ts';
import { expect, test as base } from './support/test.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Any web server, with the built files at its root and the headers that the README recommends. */
const test = base.extend<{ webServer: string }>({
  webServer: async ({ page }, use) => {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://any').pathname;
      const file = path === '/' ? '/index.html' : path;
      const headers = {
        ...securityHeaders('https://labels.example.com'),
        'content-type': types[extname(file)] ?? 'application/octet-stream',
      };
      readFile(new URL(`../dist/app${file}`, import.meta.url)).then(
        (content) => response.writeHead(200, headers).end(content),
        () => response.writeHead(404, headers).end(),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // What is still being fetched would find nobody.
    await page.close();
    server.close();
    server.closeAllConnections();
  },
});

test('the built files alone, on any web server, are the whole app but for the sandbox', async ({
  page,
  webServer,
  mishaps,
}) => {
  mishaps.allow(/^answer 404: GET .*\/sheaf\.json/);
  await page.goto(webServer);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Sandbox' })).toBeHidden();
});
