import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otherBrowser, type OtherBrowser, type WebDriverCommand } from './other-browser.ts';

const startMs = 60_000;
const pauseMs = 200;

/** Starts Firefox and drives it by Marionette (https://firefox-source-docs.mozilla.org/testing/marionette/), which needs no driver. */
export async function startFirefox(path: string): Promise<OtherBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'sheaf-firefox-'));
  const firefox = spawn(path, ['--headless', '--no-remote', '--marionette', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, MOZ_MARIONETTE_PREF_STATE_ACROSS_RESTARTS: '{"marionette.port": 0}' },
  });
  const exit = once(firefox, 'exit');
  async function close() {
    firefox.kill();
    await exit;
    await rm(profile, { recursive: true, force: true });
  }
  try {
    const marionette = await Marionette.connect(await portIn(join(profile, 'MarionetteActivePort')));
    await marionette.send('WebDriver:NewSession', {});
    return otherBrowser(
      (command) => marionette.send(...marionetteCommand(command)),
      async () => {
        marionette.close();
        await close();
      },
    );
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** The port that Firefox has written to its profile. */
async function portIn(file: string): Promise<number> {
  for (const until = Date.now() + startMs; Date.now() < until;) {
    const port = Number(await readFile(file, 'utf8').catch(() => ''));
    if (port > 0) return port;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error('Firefox doesn’t listen to Marionette.');
}

function marionetteCommand(command: WebDriverCommand): [name: string, parameters: object] {
  switch (command.does) {
    case 'navigate':
      return ['WebDriver:Navigate', { url: command.url }];
    case 'find':
      return ['WebDriver:FindElement', { using: command.using, value: command.value }];
    case 'click':
      return ['WebDriver:ElementClick', { id: command.element }];
    case 'press':
      return ['WebDriver:ElementSendKeys', { id: command.element, text: command.keys }];
    case 'run':
      return ['WebDriver:ExecuteScript', { script: command.script, args: command.args }];
  }
}

/** Messages are JSON after its length in bytes: `[0, id, name, parameters]`, answered by `[1, id, error, result]`. */
class Marionette {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #waiting: ((message: unknown[]) => void)[] = [];
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece) => this.#receive(piece));
    socket.on('error', () => socket.destroy());
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    // The first message is a greeting.
    await new Promise((resolve) => marionette.#waiting.push(resolve));
    return marionette;
  }

  /** One at a time. */
  async send(name: string, parameters: object): Promise<unknown> {
    const message = JSON.stringify([0, (this.#lastId += 1), name, parameters]);
    const answer = new Promise<unknown[]>((resolve) => this.#waiting.push(resolve));
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    const [, , error, result] = await answer;
    if (error !== null) throw new Error(`${name}: ${JSON.stringify(error).slice(0, 500)}`);
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : result;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(piece: Buffer): void {
    this.#received = Buffer.concat([this.#received, piece]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const length = Number(this.#received.subarray(0, Math.max(0, colon)).toString());
      const end = colon + 1 + length;
      if (colon < 0 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(colon + 1, end).toString()) as unknown[];
      this.#received = this.#received.subarray(end);
      this.#waiting.shift()?.(message);
    }
  }
}
