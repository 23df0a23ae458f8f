import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from './user-error.mjs';
import { run, runTool } from './run.mjs';

/** Common install locations outside the PATH. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];
const usualNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Path of an installed Chromium: SHEAF_CHROMIUM, otherwise the system's, otherwise Playwright's own.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env['SHEAF_CHROMIUM'];
  if (named) return named;

  const { chromium } = await import('playwright');
  return (
    findOnPath(usualNames) ?? [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path))
  );
}

/** @param {string[]} names */
function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Chromium without windows, as Debian and Playwright package it. */
const shellNames = ['chromium-headless-shell', 'chrome-headless-shell'];

/**
 * Launch options for tests. The headless shell is the same engine, but a page costs a fifth of the processor time: Chromium
 * draws the window around each page even if it isn’t shown.
 * @param {string[]} args
 */
export async function headlessOptions(...args) {
  const found = process.env['SHEAF_CHROMIUM'] || findOnPath(shellNames) || (await findChromium());
  const { chromium } = await import('playwright');
  // Playwright’s own Chromium comes with a headless shell, which is its default.
  const executablePath = found === chromium.executablePath() ? undefined : found;
  return { args: [...chromiumArgs, ...args], ...(executablePath !== undefined && { executablePath }) };
}

/** Finds Chromium or installs it: Playwright's build, or Debian's package where the network blocks that. */
export async function ensureChromium() {
  const there = await findChromium();
  if (there) return there;

  console.log('Chromium isn’t installed. Downloading it; this takes a minute or two …');
  await runTool('playwright', ['install', 'chromium'], { timeout: 300_000 });
  if (!(await findChromium())) await installDebianPackage();

  const installed = await findChromium();
  if (installed) return installed;
  throw new UserError(
    'Chromium isn’t installed and couldn’t be downloaded. Install it, or set SHEAF_CHROMIUM to its path.',
  );
}

async function installDebianPackage() {
  const isRoot = process.getuid?.() === 0;
  /** @param {string[]} args */
  const aptGet = (...args) =>
    // sudo -n never prompts: it works without a password or fails at once.
    isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  await aptGet('update');
  const install = ['install', '--yes', '--no-install-recommends'];
  await aptGet(...install, 'chromium', 'fonts-dejavu-core');
  // Only makes tests faster, and not every release has it.
  await aptGet(...install, 'chromium-headless-shell');
}

/** Turns off background traffic, so that all network requests in a test come from the app. */
export const chromiumArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Chromium refuses to run as root (as in many containers) with its sandbox on.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
