import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { ConnectionLost } from '#sandbox/http/faults.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { Forwarded } from './call-memory.ts';
import { CreatingCalls } from './creating-calls.ts';
import { localHostsOnly, oneOrigin, ownPageOnly } from './host-guard.ts';
import { proxyTo } from './proxy.ts';

export interface BackendOptions {
  sandboxEdition: 'enterprise' | 'community';
  /** URL of a real server to offer as well, without a final slash. */
  labelStudio?: string;
}

/** The routes besides the app’s files, shared by `npm start` and `npm run dev`. */
export function createBackend(options: BackendOptions) {
  const sandbox = createSandbox({ edition: options.sandboxEdition, data: 'seeds' });
  const boot = randomUUID();
  const sandboxCalls = new CreatingCalls(boot);

  const backend = new Hono<{ Bindings: HttpBindings }>();
  backend.use(localHostsOnly);
  backend.use(oneOrigin);

  backend.get('/sheaf.json', (c) => c.json(offer(options, boot), 200, { 'cache-control': 'no-store' }));

  backend.all('/sandbox/*', async (c) => {
    const { outgoing } = c.env;
    const path = pathBelow(c.env.incoming.url, '/sandbox');
    if (path === undefined) return c.notFound();
    const report = sandboxCalls.answerQuestion(c, path);
    if (report) return report;
    const name = sandboxCalls.nameOf(c);
    if (name !== undefined)
      return sandboxCalls.handle(c, name, path, (body) =>
        askSandbox(() => sandbox.handle(withoutPrefix(c.req.raw, '/sandbox', body))),
      );
    try {
      const answer = await sandbox.handle(withoutPrefix(c.req.raw, '/sandbox'));
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      // Waits for each chunk, because buffered data would be lost when the connection is destroyed.
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
    const calls = new CreatingCalls(boot);
    backend.all('/label-studio/*', ownPageOnly, async (c) => {
      const { incoming, outgoing } = c.env;
      const path = pathBelow(incoming.url, '/label-studio');
      if (path === undefined) return c.notFound();
      const report = calls.answerQuestion(c, path);
      if (report) return report;
      const name = calls.nameOf(c);
      if (name !== undefined)
        return calls.handle(c, name, path, (body) => proxy.forwardWhole(path, incoming.headers, body));
      proxy.stream(path, incoming, outgoing);
      return RESPONSE_ALREADY_SENT;
    });
  }
  return backend;
}

/** Its schema is in `src/wire/server-offer.ts`. */
const offer = ({ sandboxEdition, labelStudio }: BackendOptions, boot: string) => ({
  boot,
  sandbox: {
    path: '/sandbox',
    edition: sandboxEdition,
    users: sandboxUsers.map(({ name, role, legacyToken }) => ({ name, role, token: legacyToken })),
    timeLimitSeconds: 2,
  },
  labelStudio: labelStudio === undefined ? null : { path: '/label-studio', target: labelStudio },
});

/**
 * The part of a request target below this prefix. Undefined for another form, such as a whole URL or an escaped prefix.
 */
function pathBelow(target: string | undefined, prefix: string): string | undefined {
  return target?.startsWith(`${prefix}/`) ? target.slice(prefix.length) : undefined;
}

function withoutPrefix(request: Request, prefix: string, body?: Uint8Array<ArrayBuffer>) {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length);
  if (body === undefined) return new Request(url, request);
  return new Request(url, { method: request.method, headers: request.headers, body });
}

/** Calls the sandbox like a server behind a proxy, including lost connections. */
async function askSandbox(handle: () => Promise<Response>): Promise<Forwarded> {
  try {
    const answer = await handle();
    const body = new Uint8Array(await answer.arrayBuffer());
    return {
      kind: 'answered',
      answer: { status: answer.status, headers: Object.fromEntries(answer.headers), body },
    };
  } catch (error) {
    if (error instanceof ConnectionLost) return { kind: 'lost', message: error.message };
    throw error;
  }
}
