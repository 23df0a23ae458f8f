import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { SheafServer } from './server.ts';
import { test as base } from '../test.ts';

/** A web server that isn’t a Label Studio, or only almost one; returns its origin. */
export const test = base.extend<{ startWebServer: (answer: RequestListener) => Promise<string> }>({
  startWebServer: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = [];
    await use(async (answer) => {
      const server = createServer(answer);
      servers.push(server);
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  },
});

/** The sandbox of a server, except for answers written by `write`; false leaves an answer to the sandbox. */
export function almostSandbox(
  server: SheafServer,
  write: (url: URL, answer: ServerResponse) => boolean,
): RequestListener {
  return (request, answer) => {
    const url = new URL(request.url!, server.address);
    if (write(url, answer)) return;
    const { authorization = '' } = request.headers;
    const forward = async () => {
      const response = await fetch(new URL(`sandbox${request.url!}`, server.address), {
        headers: { authorization },
      });
      answer.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? '' });
      answer.end(await response.text());
    };
    forward().catch(() => answer.destroy());
  };
}

export function writeJson(answer: ServerResponse, body: unknown, status = 200): true {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(body));
  return true;
}

/** Writes an endless answer as fast as it is read. */
export function writeEndlessly(answer: ServerResponse): true {
  answer.writeHead(200, { 'content-type': 'application/json' });
  const piece = Buffer.alloc(65_536, ' ');
  const endless = new Readable({
    read() {
      this.push(piece);
    },
  });
  answer.on('close', () => endless.destroy());
  endless.pipe(answer);
  return true;
}
