import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ServerOffer, serverOfferSchema } from '#wire/server-offer.ts';

export interface ServerOptions {
  edition?: 'enterprise' | 'community';
  /** The target of the proxy. */
  labelStudio?: string;
  /** Environment variables in addition to those of the test. */
  env?: Record<string, string>;
}

interface Question {
  /** As for `token`. */
  user?: string;
  method?: string;
  body?: unknown;
}

/** The fields of an annotation that tests check. */
export interface Annotation {
  id: number;
  result: { value: unknown }[];
  completed_by: { id: number };
  was_cancelled: boolean;
  ground_truth: boolean;
  lead_time: number | null;
}

const script = fileURLToPath(new URL('../../../scripts/serve.mjs', import.meta.url));

/** A process of Sheaf’s server with a separate sandbox. */
export class SheafServer {
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #port = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** With its final slash. */
  get address() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Started again after `kill`, it has the same address and a new sandbox. */
  async start() {
    const { edition = 'enterprise', labelStudio, env } = this.#options;
    const args = ['--port', String(this.#port), '--sandbox-edition', edition];
    if (labelStudio !== undefined) args.push('--label-studio', labelStudio);
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;

    let output = '';
    await new Promise<void>((started, failed) => {
      const read = (piece: Buffer) => {
        output += piece.toString();
        const port = /^Sheaf is running at http:\/\/127\.0\.0\.1:(\d+)\/$/m.exec(output)?.[1];
        if (port === undefined) return;
        this.#port = Number(port);
        started();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => failed(new Error(`The server did not start:\n${output}`)));
    });
  }

  /** Like a crash or a power cut: unfinished answers, unclosed connections. */
  async kill() {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async offer(): Promise<ServerOffer> {
    const answer = await fetch(`${this.address}sheaf.json`);
    return serverOfferSchema.parse(await answer.json());
  }

  /** The token of a sandbox user, by a part of the name or the role; by default the first user’s. */
  async token(user = ''): Promise<string> {
    const { sandbox } = await this.offer();
    const found = sandbox?.users.find(({ name, role }) => `${name} ${role}`.includes(user));
    if (!found) throw new Error(`The sandbox has no user "${user}".`);
    return found.token;
  }

  /** A direct request to the sandbox, whose data is what counts. `path` starts with `/api/`. */
  async ask(path: string, question: Question = {}): Promise<unknown> {
    const text = await this.askForText(path, question);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** The same as text: parsing JSON would round a large number. */
  async askForText(path: string, { user, method = 'GET', body }: Question = {}): Promise<string> {
    const answer = await fetch(`${this.address}sandbox${path}`, {
      method,
      headers: { authorization: `Token ${await this.token(user)}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text;
  }

  /** All annotations of a task in the sandbox, including cancelled ones, in order of creation. */
  async annotationsOn(task: number): Promise<Annotation[]> {
    const { annotations } = (await this.ask(`/api/tasks/${task}/`)) as { annotations: Annotation[] };
    return annotations.toSorted((one, other) => one.id - other.id);
  }
}
