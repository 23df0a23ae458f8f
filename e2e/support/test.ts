import { test as base, expect, type Page } from 'playwright/test';
import { Mishaps } from './servers/mishaps.ts';
import { SheafServer, type ServerOptions } from './servers/server.ts';

export { expect };

interface Fixtures {
  /** The edition of the sandbox: `test.use({ edition: 'community' })`. */
  edition: 'enterprise' | 'community';
  /** Sheaf’s server for this test. */
  server: SheafServer;
  /** Sheaf in the browser, opened at `server`. */
  app: Page;
  /** For tests with several servers: a proxy in front of another one, two origins. */
  startServer: (options?: ServerOptions) => Promise<SheafServer>;
  /** Errors that must not occur; a test declares with `allow` what it provokes. */
  mishaps: Mishaps;
}

export const test = base.extend<Fixtures>({
  edition: ['enterprise', { option: true }],

  mishaps: [
    // Depends on the servers so that it ends before them: pending requests at their end aren’t errors.
    async ({ context, startServer: _servers }, use) => {
      const mishaps = new Mishaps();
      await mishaps.watch(context);
      await use(mishaps);
      expect(await mishaps.unexpected(), 'nothing may go wrong beside what the test is about').toEqual([]);
    },
    { auto: true },
  ],

  startServer: async ({}, use) => {
    const servers: SheafServer[] = [];
    await use(async (options = {}) => {
      const server = new SheafServer(options);
      servers.push(server);
      await server.start();
      return server;
    });
    await Promise.all(servers.map((server) => server.kill()));
  },

  server: async ({ edition, startServer }, use) => use(await startServer({ edition })),

  app: async ({ page, server }, use) => {
    await page.goto(server.address);
    await use(page);
  },
});
