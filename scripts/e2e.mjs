/*
 * `npm run e2e`: the end-to-end tests in real Chromium, against the built app. Arguments after `--` go to Playwright:
 * `npm run e2e -- first-visit --headed`.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

async function e2e() {
  const { spawnSync } = await import('node:child_process');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { ensureChromium } = await import('./lib/chromium.mjs');
  const { reportUserErrors } = await import('./lib/user-error.mjs');
  const { root } = await import('./lib/root.mjs');
  const { tools } = await import('./lib/run.mjs');

  await reportUserErrors(async () => {
    await ensureInstalled();
    await ensureChromium();
    const args = [tools.playwright, 'test', '--config=e2e', ...process.argv.slice(2)];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    process.exitCode = status ?? 1;
  });
}

void e2e();
