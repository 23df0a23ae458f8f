import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { securityHeaders } from '#server/security-headers.ts';
import { test as base } from '../test.ts';

interface StaticOptions {
  /** With both slashes: `/tools/sheaf/`. */
  folder?: string;
  /** The other server listed in `connect-src`. */
  connectTo?: string;
  /** Answers instead of a file; false serves the file. */
  answer?: (path: string, response: ServerResponse) => boolean;
}

interface StaticServer {
  /** The page’s address. */
  address: string;
  /** Simulates a new deployment: the page names another script, and the old files are gone. */
  deployNewer: () => void;
  stop: () => void;
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A plain web server with the built files in a folder, and the headers recommended in docs/DEPLOY.md. */
export const test = base.extend<{ startStatic: (options?: StaticOptions) => Promise<StaticServer> }>({
  startStatic: async ({ page }, use) => {
    const stops: (() => void)[] = [];
    await use(async ({ folder = '/', connectTo, answer = () => false } = {}) => {
      let isNewer = false;
      const listener: RequestListener = (request, response) => {
        const path = new URL(request.url ?? '', 'http://any').pathname;
        if (answer(path, response)) return;
        const inside = path.startsWith(folder) ? path.slice(folder.length) || 'index.html' : '';
        const isAsset = inside.startsWith(isNewer ? 'newer/' : 'assets/');
        const headers = {
          ...securityHeaders(connectTo),
          'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
          'content-type': types[extname(inside)] ?? 'application/octet-stream',
        };
        // Other names of the same files simulate a newer build.
        const file = isNewer ? inside.replace(/^assets\//, 'gone/').replace(/^newer\//, 'assets/') : inside;
        readFile(new URL(`../../../dist/app/${file}`, import.meta.url)).then(
          (content) => {
            const isPage = isNewer && file === 'index.html';
            const body = isPage ? content.toString().replaceAll('./assets/', './newer/') : content;
            return response.writeHead(200, headers).end(body);
          },
          () => response.writeHead(404, headers).end(),
        );
      };
      const server = createServer(listener);
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const stop = () => {
        server.close();
        server.closeAllConnections();
      };
      stops.push(stop);
      return {
        address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`,
        deployNewer: () => {
          isNewer = true;
        },
        stop,
      };
    });
    // Otherwise pending requests would get no answer.
    await page.close();
    for (const stop of stops) stop();
  },
});
