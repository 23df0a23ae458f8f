import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkServerAnswers } from './lib/start-checks.mjs';

const script = fileURLToPath(new URL('start.mjs', import.meta.url));

/** The output and exit code of `npm start` in cases that end before installing or building. */
function start(...args: string[]) {
  return node(script, ...args);
}

function node(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

async function listening(server: Server) {
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const answering = (answer: RequestListener) => listening(createHttpServer(answer));

describe('npm start', () => {
  it.each([
    [['--nonsense'], "Unknown option '--nonsense'. See npm start -- --help"],
    [['nonsense'], "Unexpected argument 'nonsense'. See npm start -- --help"],
    [['--port'], "Option '--port <value>' argument missing. See npm start -- --help"],
    [['--port', 'x'], '--port must be a number from 0 to 65535, not "x".'],
    [['--port', '65536'], '--port must be a number from 0 to 65535, not "65536".'],
    [['--sandbox-edition', 'free'], '--sandbox-edition must be enterprise or community, not "free".'],
    [
      ['--label-studio', 'labels.example.com'],
      '--label-studio must be an address like https://labels.example.com, not "labels.example.com".',
    ],
    [
      ['--label-studio', 'https://me:secret@labels.example.com'],
      '--label-studio must be an address without a user name or password.',
    ],
  ])('reports invalid options %j on one line', async (args, output) => {
    expect(await start(...args)).toEqual({ code: 2, output: `${output}\n` });
  });

  it('prints its options', async () => {
    const { code, output } = await start('--help');
    expect(code).toBe(0);
    for (const option of ['--port', '--label-studio', '--sandbox-edition']) expect(output).toContain(option);
  });

  it('suggests another port if the port is in use', async () => {
    const port = await listening(createServer());
    expect(await start('--port', String(port))).toEqual({
      code: 1,
      output: `Port ${port} is in use. Choose another: npm start -- --port ${port + 1}\n`,
    });
  });

  it('warns if a server can’t be reached, and continues, because it may be started later', async () => {
    const server = createServer();
    const url = `http://127.0.0.1:${await listening(server)}`;
    server.close();
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    onTestFinished(() => warned.mockRestore());
    await checkServerAnswers(url);
    expect(warned.mock.calls).toEqual([
      [`Warning: can’t reach ${url} (ECONNREFUSED). Check the address and that the server is running.`],
    ]);
  });

  it('suggests the address to which a server redirects, including its sub-path', async () => {
    const port = await answering((request, response) => {
      response.writeHead(301, { location: `https://labels.example.com${request.url}` });
      response.end();
    });
    const url = `http://127.0.0.1:${port}/ls`;
    expect(await start('--port', '0', '--label-studio', `${url}/`)).toEqual({
      code: 1,
      output: `${url} redirects to another address. Try: --label-studio https://labels.example.com/ls\n`,
    });
  });

  it.each([
    ['copied from a page', '/ls', '/ls/projects/1/data?tab=1'],
    ['without its sub-path', '/label-studio', '/'],
  ])('suggests the right address instead of one %s', async (_, there, typed) => {
    const port = await answering((request, response) => {
      response.writeHead(request.url === `${there}/api/version/` ? 200 : 404);
      response.end('{"release": "1.23.2"}');
    });
    const server = `http://127.0.0.1:${port}`;
    const { code, output } = await start('--port', '0', '--label-studio', `${server}${typed}`);
    expect(code).toBe(1);
    expect(output).toMatch(/^Label Studio isn’t at /);
    expect(output).toContain(`Try: --label-studio ${server}${there}\n`);
  });

  it.each(['start', 'test', 'dev', 'e2e'])(
    'and %s.mjs tell an old Node so, before anything newer is read',
    async (name) => {
      const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' });`;
      const url = new URL(`${name}.mjs`, import.meta.url).href;
      expect(await node('--eval', `${pretend} import(${JSON.stringify(url)})`)).toEqual({
        code: 1,
        output: 'Sheaf needs Node 20.19 or newer; this is Node 18.20.4.\n',
      });
    },
  );
});
