import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Explained } from './explain.mjs';
import { run, runTool } from './run.mjs';

/** Where the usual Chromiums are when they are not on the path. */
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
 * A Chromium that is there: the one named by SHEAF_CHROMIUM, else the system's, else Playwright's own.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env['SHEAF_CHROMIUM'];
  if (named) return named;

  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = usualNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  const { chromium } = await import('playwright');
  return [...onPath, ...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

/** Finds a Chromium or gets one: Playwright's own, which not every network lets through, else Debian's package. */
export async function ensureChromium() {
  const there = await findChromium();
  if (there) return there;

  console.log('Chromium isn’t installed. Downloading it; this takes a minute or two …');
  await runTool('playwright', ['install', 'chromium'], { timeout: 300_000 });
  if (!(await findChromium())) await installDebianPackage();

  const installed = await findChromium();
  if (installed) return installed;
  throw new Explained(
    'Chromium isn’t installed and couldn’t be downloaded. Install it, or set SHEAF_CHROMIUM to its path.',
  );
}

async function installDebianPackage() {
  const isRoot = process.getuid?.() === 0;
  /** @param {string[]} args */
  const aptGet = (...args) =>
    // sudo -n never asks: it works without a password or fails at once.
    isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  await aptGet('update');
  await aptGet('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
}

/** A browser that only speaks to who it is told to, so that what a test sees on the network is the app's doing. */
export const chromiumArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Chromium refuses to run as root (as in many containers) with its own sandbox on.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
