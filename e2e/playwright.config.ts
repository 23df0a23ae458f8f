import { defineConfig } from 'playwright/test';
import { chromiumArgs, findChromium } from '../scripts/lib/chromium.mjs';

const executablePath = await findChromium();

/** What a user does, in real Chromium, against what `npm start` would serve. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '.results',
  globalSetup: './support/ensure-built.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // A test that fails now and then tells of a race, so it is listed as flaky; on a busy machine it may try once more.
  retries: process.env['CI'] ? 1 : 0,
  // Long enough for a busy machine; nothing waits longer than it has to.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  // Tests with these tags want a real Label Studio; `npm test` and `npm run test:label-studio` start one.
  ...(process.env['SHEAF_LABEL_STUDIO_URL'] ? {} : { grepInvert: /@live|@label-studio/ }),
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    // As after a yes to the browser's question, which nobody is there to answer.
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { args: chromiumArgs, ...(executablePath !== undefined && { executablePath }) },
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
  },
});
