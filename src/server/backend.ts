import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { ConnectionLost } from '#sandbox/http/faults.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { localHostsOnly, ownPageOnly } from './host-guard.ts';
import { proxyTo } from './proxy.ts';

export interface BackendOptions {
  sandboxEdition: 'enterprise' | 'community';
  /** URL of a real server to offer as well, without a final slash. */
  labelStudio?: string;
}

/** The routes besides the app itself, shared by `npm start` and `npm run dev`. */
export function createBackend(options: BackendOptions) {
  const sandbox = createSandbox({ edition: options.sandboxEdition, data: 'seeds' });

  const backend = new Hono<{ Bindings: HttpBindings }>();
  backend.use(localHostsOnly);

  backend.get('/sheaf.json', (c) => c.json(offer(options), 200, { 'cache-control': 'no-store' }));

  backend.all('/sandbox/*', async (c) => {
    const { outgoing } = c.env;
    try {
      const answer = await sandbox.handle(withoutPrefix(c.req.raw, '/sandbox'));
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      // Waits for each chunk, because data still buffered when the connection is destroyed would be lost.
      for await (const piece of answer.body ?? [])
        await new Promise((sent) => void outgoing.write(piece, sent));
      outgoing.end();
    } catch (error) {
      // The sandbox simulates a lost connection, before or during the answer.
      if (!(error instanceof ConnectionLost)) throw error;
      outgoing.destroy();
    }
    return RESPONSE_ALREADY_SENT;
  });

  if (options.labelStudio !== undefined) {
    const proxy = proxyTo(options.labelStudio);
    backend.all('/label-studio/*', ownPageOnly, (c) => {
      proxy(c.env.incoming.url!.slice('/label-studio'.length), c.env.incoming, c.env.outgoing);
      return RESPONSE_ALREADY_SENT;
    });
  }
  return backend;
}

/** Its schema is in `src/wire/server-offer.ts`. */
const offer = ({ sandboxEdition, labelStudio }: BackendOptions) => ({
  sandbox: {
    path: '/sandbox',
    edition: sandboxEdition,
    users: sandboxUsers.map(({ name, role, legacyToken }) => ({ name, role, token: legacyToken })),
    timeLimitSeconds: 2,
  },
  labelStudio: labelStudio === undefined ? null : { path: '/label-studio', target: labelStudio },
});

function withoutPrefix(request: Request, prefix: string) {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length);
  return new Request(url, request);
}
