import { defineConfig } from 'playwright/test';
import { headlessOptions } from '../scripts/lib/chromium.mjs';

/** User tasks in real Chromium against the app as served by `npm start`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '.results',
  globalSetup: './support/ensure-built.ts',
  fullyParallel: true,
  // More than a small machine has processors: tests also wait for servers and for time to pass.
  workers: 3,
  forbidOnly: true,
  // A test that fails sometimes reveals a race, so it is listed as flaky; in CI it is retried once.
  retries: process.env['CI'] ? 1 : 0,
  // Enough for a busy machine; nothing waits longer than necessary.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  // Tests with these tags need a real Label Studio; `npm test` and `npm run test:label-studio` start one.
  ...(process.env['SHEAF_LABEL_STUDIO_URL'] ? {} : { grepInvert: /@live|@label-studio/ }),
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    // As if the user had accepted the browser’s question.
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: await headlessOptions(),
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
  },
});
