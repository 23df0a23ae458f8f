import { once } from 'node:events';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/label-studio.mjs';
import { test as base } from '../test.ts';

export interface ConfiguredOptions {
  /** The target of `/label-studio/`, without a final slash. */
  labelStudio: string;
  /** `/sheaf`, or empty for the root. */
  subPath?: string;
  /** How long nginx waits for an answer, in place of what is in the file. */
  readTimeout?: string;
}

type Program = 'nginx' | 'caddy';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Debian installs nginx outside of a user’s PATH. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };

export const isInstalled = (program: Program): boolean =>
  spawnSync(program, [program === 'nginx' ? '-v' : 'version'], { env }).status === 0;

/**
 * Starts web servers with the configurations in `deploy/`, adapted as in their comments; returns the page’s address.
 */
export const test = base.extend<{
  startConfigured: (program: Program, options: ConfiguredOptions) => Promise<string>;
  /** Starts nginx with any `server` block that listens on PORT; returns its origin. */
  startNginx: (block: string) => Promise<string>;
}>({
  startNginx: async ({ page }, use) => {
    const running = new Running();
    await use(async (block) => {
      const port = await freePort();
      await running.start(
        'nginx',
        port,
        nginxConfiguration(block.replace('PORT', String(port)), running.folder),
      );
      return `http://127.0.0.1:${port}`;
    });
    await page.close();
    await running.stop();
  },

  startConfigured: async ({ page }, use) => {
    const running = new Running();
    await use(async (program, { labelStudio, subPath = '', readTimeout }) => {
      const port = await freePort();
      const root = join(running.folder, 'srv');
      mkdirSync(root);
      cpSync(fromRoot('dist/app'), root + subPath, { recursive: true });
      const isNginx = program === 'nginx';
      const adapted = replaceAll(
        readFileSync(fromRoot(isNginx ? 'deploy/nginx.conf' : 'deploy/Caddyfile'), 'utf8'),
        [
          ['listen 80;', `listen 127.0.0.1:${port};`],
          ['server_name sheaf.example.com;', 'server_name _;'],
          [/^sheaf\.example\.com \{/m, `http://127.0.0.1:${port} {`],
          ['/srv/sheaf;', `${root};`],
          ['root * /srv/sheaf', `root * ${root}`],
          ['location = /sheaf.json', `location = ${subPath}/sheaf.json`],
          ['location /label-studio/', `location ${subPath}/label-studio/`],
          ['handle /sheaf.json', `handle ${subPath}/sheaf.json`],
          ['handle_path /label-studio/', `handle_path ${subPath}/label-studio/`],
          ['proxy_pass https://labels.example.com/;', `proxy_pass ${labelStudio}/;`],
          ...(readTimeout === undefined
            ? []
            : ([['proxy_read_timeout 90s;', `proxy_read_timeout ${readTimeout};`]] as [string, string][])),
          ['reverse_proxy https://labels.example.com', `reverse_proxy ${new URL(labelStudio).origin}`],
        ],
      );
      const { pathname } = new URL(labelStudio);
      const configuration = isNginx
        ? nginxConfiguration(adapted, running.folder)
        : `{\n\tadmin off\n\tauto_https off\n}\n${pathname === '/' ? adapted : adapted.replace('reverse_proxy', `rewrite * ${pathname}{uri}\n\t\treverse_proxy`)}`;
      await running.start(program, port, configuration);
      return `http://127.0.0.1:${port}${subPath}/`;
    });
    await page.close();
    await running.stop();
  },
});

/** The part of Debian’s nginx.conf around a file of conf.d, with its folders in `folder`. */
function nginxConfiguration(block: string, folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
include /etc/nginx/mime.types;
default_type application/octet-stream;
access_log off;
${temporary}
${block}
}
`;
}

const replaceAll = (text: string, changes: [from: string | RegExp, to: string][]): string =>
  changes.reduce((changed, [from, to]) => changed.replace(from, to), text);

class Running {
  readonly folder = mkdtempSync(join(tmpdir(), 'sheaf-web-server-'));
  readonly #children: ChildProcess[] = [];

  async start(program: Program, port: number, configuration: string) {
    const file = join(this.folder, `${program}-${port}.conf`);
    writeFileSync(file, configuration);
    const args =
      program === 'nginx'
        ? ['-p', this.folder, '-c', file, '-e', 'stderr']
        : ['run', '--adapter', 'caddyfile', '--config', file];
    const child = spawn(program, args, {
      env: { ...env, XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    let output = '';
    let hasEnded = false;
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    child.once('exit', () => (hasEnded = true));
    for (;;) {
      if (hasEnded) throw new Error(`${program} did not start:\n${output}`);
      const answers = await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop() {
    await Promise.all(
      this.#children.map(async (child) => {
        const ended = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }
}
