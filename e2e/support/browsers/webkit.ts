import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { otherBrowser, type OtherBrowser, type WebDriverCommand } from './other-browser.ts';

const startMs = 30_000;
const pauseMs = 200;

/** Starts WebKitGTK’s MiniBrowser by its driver, under `xvfb-run` if there is no screen. */
export async function startWebKit(driver: string, virtualScreen: string | undefined): Promise<OtherBrowser> {
  const port = await freePort();
  const command = [...(virtualScreen === undefined ? [] : [virtualScreen, '--auto-servernum']), driver];
  const child = spawn(command[0]!, [...command.slice(1), `--port=${port}`], {
    stdio: 'ignore',
    // A group, so that the browser and its screen end with the driver.
    detached: true,
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const exit = once(child, 'exit');
  const address = `http://127.0.0.1:${port}/session`;
  async function close() {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await exit;
  }
  try {
    const session = (await sessionAt(address)) as { sessionId: string };
    const send = (sent: WebDriverCommand) => post(...requestOf(`${address}/${session.sessionId}`, sent));
    return otherBrowser(send, async () => {
      await fetch(`${address}/${session.sessionId}`, { method: 'DELETE' });
      await close();
    });
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** A session, once the driver listens. */
async function sessionAt(address: string): Promise<unknown> {
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { args: ['--automation'] } } };
  for (const until = Date.now() + startMs; ;) {
    try {
      return await post(address, { capabilities });
    } catch (cause) {
      if (Date.now() > until || !(cause instanceof TypeError)) throw cause;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function requestOf(session: string, command: WebDriverCommand): [address: string, body: object] {
  switch (command.does) {
    case 'navigate':
      return [`${session}/url`, { url: command.url }];
    case 'find':
      return [`${session}/element`, { using: command.using, value: command.value }];
    case 'click':
      return [`${session}/element/${command.element}/click`, {}];
    case 'press':
      return [`${session}/element/${command.element}/value`, { text: command.keys }];
    case 'run':
      return [`${session}/execute/sync`, { script: command.script, args: command.args }];
  }
}

async function post(address: string, body: object): Promise<unknown> {
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(JSON.stringify(value).slice(0, 500));
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
