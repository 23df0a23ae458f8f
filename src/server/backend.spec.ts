import { serve } from '@hono/node-server';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import tasks from '../../seeds/sandbox/tasks.json' with { type: 'json' };
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { serverOfferSchema } from '#wire/server-offer.ts';
import { createBackend } from './backend.ts';

const servers: { close(): unknown; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections?.();
  }
});

/** A Label Studio whose answers each test defines. */
async function labelStudio(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming);
    answer(incoming, outgoing);
  });
  return { url: await listen(server), seen, server };
}

async function listen(server: Server) {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sheaf(target?: string): Promise<string> {
  const backend = createBackend({
    sandboxEdition: 'enterprise',
    ...(target !== undefined && { labelStudio: target }),
  });
  return new Promise((resolve) => {
    const server = serve({ fetch: backend.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    servers.push(server);
  });
}

/** Sends any headers, because fetch controls Host and Cookie. */
function ask(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end();
  });
}

const taskWith = (fault: string) =>
  tasks.find(({ data }) => 'fault' in data && data.fault === fault)?.id ?? 0;

describe('sheaf.json', () => {
  it('offers the sandbox, and a server if one is configured', async () => {
    const offer = async (target?: string) =>
      serverOfferSchema.parse(await (await fetch(`${await sheaf(target)}/sheaf.json`)).json());
    expect(await offer()).toMatchObject({
      sandbox: { path: '/sandbox', edition: 'enterprise' },
      labelStudio: null,
    });
    expect((await offer('https://labels.example.com/ls')).labelStudio).toEqual({
      path: '/label-studio',
      target: 'https://labels.example.com/ls',
    });
  });
});

describe('host check', () => {
  it.each(['localhost', 'localhost:4173', '127.0.0.1:4173', '[::1]:4173', 'LOCALHOST'])(
    'answers to %s',
    async (host) => {
      expect((await ask(`${await sheaf()}/sheaf.json`, { host })).statusCode).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.1.2'])(
    'refuses the host %s',
    async (host) => {
      expect((await ask(`${await sheaf()}/sheaf.json`, { host })).statusCode).toBe(403);
    },
  );

  it.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 403],
    ['cross-site', 403],
  ])('answers a %s page on the proxy with %i', async (site, status) => {
    const { url } = await labelStudio((_, response) => response.end());
    const answer = await ask(`${await sheaf(url)}/label-studio/api/version/`, { 'sec-fetch-site': site });
    expect(answer.statusCode).toBe(status);
  });
});

describe('the sandbox', () => {
  const annotate = async (task: number) => {
    const [user] = sandboxUsers;
    return fetch(`${await sheaf()}/sandbox/api/annotations/bulk/`, {
      method: 'POST',
      headers: { authorization: `Token ${user?.legacyToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tasks: [task], result: [] }),
    });
  };

  it('answers below its path like a separate server', async () => {
    const answer = await fetch(`${await sheaf()}/sandbox/api/version/?a=b`);
    expect(await answer.json()).toMatchObject({ release: '1.23.2', edition: 'Enterprise' });
    expect((await annotate(1)).status).toBe(201);
  });

  it('can be used by pages of other origins, like a Label Studio', async () => {
    const answer = await fetch(`${await sheaf()}/sandbox/api/version/`, {
      headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('closes the connection for a lost answer', async () => {
    await expect(annotate(taskWith('answer-lost-after-store'))).rejects.toThrow('fetch failed');
  });

  it('closes the connection during an answer that is cut off', async () => {
    const answer = await annotate(taskWith('answer-cut-off'));
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow('terminated');
  });
});

describe('the proxy', () => {
  it('forwards method, path, query and body unchanged', async () => {
    let body = '';
    const { url, seen } = await labelStudio((incoming, response) => {
      incoming.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      incoming.on('end', () => response.end());
    });
    const path = '/api/annotations/bulk/?project=1&q=%7B%22a%22%3A1%7D';
    await fetch(`${await sheaf(`${url}/sub/path`)}/label-studio${path}`, {
      method: 'POST',
      body: '{"import_id":9007199254740993}',
    });
    expect(seen.map(({ method, url: asked }) => `${method} ${asked}`)).toEqual([`POST /sub/path${path}`]);
    expect(body).toBe('{"import_id":9007199254740993}');
  });

  it.each([
    ['streamed', () => ({})],
    ['as a creating call', () => ({ 'sheaf-call': `${crypto.randomUUID()} ${Date.now() + 1}` })],
  ])('forwards a body of 100 MB, %s, and an answer of that size', async (_, headers) => {
    const size = 100_000_000;
    let received = 0;
    const { url } = await labelStudio((incoming, response) => {
      incoming.on('data', (piece: Buffer) => (received += piece.length));
      incoming.on('end', () => response.writeHead(201).end(Buffer.alloc(size, ' ')));
    });
    const address = await sheaf(url);
    const answer = await fetch(`${address}/label-studio/api/annotations/bulk/`, {
      method: 'POST',
      headers: headers(),
      body: Buffer.alloc(size, ' '),
    });
    expect([answer.status, received, (await answer.arrayBuffer()).byteLength]).toEqual([201, size, size]);
  });

  it('forwards only authorization, content type and accept', async () => {
    const { url, seen } = await labelStudio((_, response) => response.end());
    await ask(`${await sheaf(url)}/label-studio/api/projects/`, {
      authorization: 'Token abc',
      'content-type': 'application/json',
      accept: 'application/json',
      cookie: 'sessionid=someone-else',
      'x-api-key': 'overrides the token',
      'x-forwarded-for': '1.2.3.4',
    });
    expect(seen[0]?.headers).toEqual({
      authorization: 'Token abc',
      'content-type': 'application/json',
      accept: 'application/json',
      host: url.slice('http://'.length),
      connection: 'close',
    });
  });

  it('returns status and body, but no cookies and no policies', async () => {
    const { url } = await labelStudio((_, response) => {
      response.writeHead(429, {
        'content-type': 'application/json',
        'retry-after': '7',
        'set-cookie': 'sessionid=1',
        'access-control-allow-origin': '*',
      });
      response.end('{"detail":"slow down"}');
    });
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/projects/`);
    expect(answer.status).toBe(429);
    expect(await answer.text()).toBe('{"detail":"slow down"}');
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('streams the start of an answer before its end', async () => {
    let finish = () => {};
    const { url } = await labelStudio((_, response) => {
      response.write('[1,');
      finish = () => void response.end('2]');
    });
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/projects/1/export`);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('[1,');
    finish();
    expect((await reader.read()).value).toBe('2]');
    expect((await reader.read()).done).toBe(true);
  });

  it('reports a redirect instead of following it with a token', async () => {
    const { url, seen } = await labelStudio((_, response) => {
      response.writeHead(302, { location: 'https://login.example.com/' });
      response.end();
    });
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/projects/`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({
      proxy: 'redirects',
      message: `${url} redirects to https://login.example.com/.`,
    });
    expect(seen).toHaveLength(1);
  });

  it('reports that the server doesn’t answer', async () => {
    const { url, server } = await labelStudio(() => {});
    server.close();
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/projects/`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({
      proxy: 'no-answer',
      message: `Sheaf’s proxy got no response from ${url} (ECONNREFUSED).`,
    });
  });

  it('sends the request once, even if the connection is lost before the answer', async () => {
    const { url, seen } = await labelStudio((incoming) => incoming.socket.destroy());
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/annotations/bulk/`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(502);
    await sleep(50);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['with a length', { 'content-length': '100' }],
    ['in chunks', {}],
  ])('keeps a truncated answer %s truncated', async (_, headers) => {
    const { url } = await labelStudio((incoming, response) => {
      response.writeHead(201, { 'content-type': 'application/json', ...headers });
      response.write('[{"id":1}]', () => incoming.socket.destroy());
    });
    const answer = await fetch(`${await sheaf(url)}/label-studio/api/annotations/bulk/`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('aborts the request when the caller does', async () => {
    let gone = () => {};
    const wasGivenUp = new Promise<void>((resolve) => (gone = resolve));
    const { url } = await labelStudio((incoming) => incoming.on('close', gone));
    const stop = new AbortController();
    const answer = fetch(`${await sheaf(url)}/label-studio/api/projects/`, { signal: stop.signal });
    await sleep(50);
    stop.abort();
    await expect(answer).rejects.toThrow('aborted');
    await wasGivenUp;
  });
});

describe('a request target in another form', () => {
  /** Sends a request line unchanged, which fetch would normalize. */
  function raw(url: string, target: string): Promise<string> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token secret\r\nConnection: close\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', (piece) => (text += piece.toString()));
      socket.on('end', () => resolve(text)).on('error', reject);
    });
  }

  it.each([
    'http://aaaaa:@OTHER/label-studio/x',
    'http://OTHER/label-studio/api/version/',
    '/label%2Dstudio/api/version/',
  ])('is refused: %s', async (target) => {
    const [own, other] = await Promise.all([
      labelStudio((_, response) => response.end('own')),
      labelStudio((_, response) => response.end('other')),
    ]);
    const url = await sheaf(own.url);
    const answer = await raw(url, target.replace('OTHER', new URL(other.url).host));
    expect(answer).toMatch(/^HTTP\/1\.1 40\d/);
    expect([...own.seen, ...other.seen]).toEqual([]);
  });
});

describe('a creating call', () => {
  const id = '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10';
  const path = '/label-studio/api/annotations/bulk/';
  const post = (url: string, body = '{"tasks": [1]}', init: RequestInit = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'sheaf-call': `${id} ${Date.now() + 1}`, authorization: 'Token a' },
      body,
      ...init,
    });
  const bootOf = async (url: string) =>
    ((await (await fetch(`${url}/sheaf.json`)).json()) as { boot: string }).boot;
  const ask = async (url: string, boot: string) =>
    (await (
      await fetch(`${url}/label-studio/sheaf-call/${id}?boot=${boot}&sentAt=${Date.now() + 1}`, {
        headers: { authorization: 'Token a' },
      })
    ).json()) as {
      state: string;
    };

  it('is forwarded once, and its second copy gets the first one’s answer', async () => {
    const server = await labelStudio((request, response) => {
      request.resume();
      setTimeout(
        () => response.writeHead(201, { 'content-type': 'application/json' }).end('[{"id": 7}]'),
        100,
      );
    });
    const url = await sheaf(server.url);
    const [first, second] = await Promise.all([post(url), post(url)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual([{ id: 7 }]);
    expect(server.seen).toHaveLength(1);
    expect(await ask(url, await bootOf(url))).toEqual({ state: 'answered', status: 201, body: '[{"id":7}]' });
    expect((await post(url, '{"tasks": [2]}')).status).toBe(409);
    expect(server.seen).toHaveLength(1);
  });

  it('continues when the page leaves, and its answer is kept', async () => {
    const server = await labelStudio((request, response) => {
      request.resume();
      setTimeout(() => response.writeHead(201).end('[{"id": 8}]'), 300);
    });
    const url = await sheaf(server.url);
    const leave = new AbortController();
    const gone = post(url, undefined, { signal: leave.signal }).catch(() => 'gone');
    await expect.poll(() => server.seen.length).toBe(1);
    leave.abort();
    expect(await gone).toBe('gone');
    const boot = await bootOf(url);
    expect(await ask(url, boot)).toEqual({ state: 'in-progress' });
    await expect.poll(async () => (await ask(url, boot)).state).toBe('answered');
  });

  it('that never arrived is refused later; after a restart nothing is known', async () => {
    const server = await labelStudio((_, response) => response.writeHead(201).end('[]'));
    const url = await sheaf(server.url);
    expect(await ask(url, await bootOf(url))).toEqual({ state: 'never-arrived' });
    expect((await post(url)).status).toBe(409);
    expect(server.seen).toHaveLength(0);
    expect(await ask(url, 'another boot')).toEqual({ state: 'forgotten' });
  });

  it('to a server that is down was not sent; to one that dies may have been', async () => {
    const dead = await labelStudio((request) => void request.socket.destroy());
    const url = await sheaf(dead.url);
    await expect(post(url)).rejects.toThrow('fetch failed');
    expect((await ask(url, await bootOf(url))).state).toBe('lost');

    dead.server.close();
    dead.server.closeAllConnections();
    const down = await sheaf(dead.url);
    expect((await post(down)).status).toBe(502);
    expect((await ask(down, await bootOf(down))).state).toBe('nothing-sent');
  });
});

it('redirects localhost to 127.0.0.1, and nothing else', async () => {
  const url = await sheaf();
  const { port } = new URL(url);
  const host = `localhost:${port}`;
  const page = await ask(`${url}/?a=1`, { host, 'sec-fetch-dest': 'document' });
  expect([page.statusCode, page.headers.location]).toEqual([302, `http://127.0.0.1:${port}/?a=1`]);
  expect((await ask(`${url}/sheaf.json`, { host })).statusCode).toBe(200);
});
