import { test as base, expect, type Page } from 'playwright/test';
import { Mishaps } from './servers/mishaps.ts';
import { SheafServer, type ServerOptions } from './servers/server.ts';

export { expect };

interface Fixtures {
  /** The edition that the sandbox of `server` stands in for: `test.use({ edition: 'community' })`. */
  edition: 'enterprise' | 'community';
  /** Sheaf's server, of this test alone. */
  server: SheafServer;
  /** Sheaf in the browser, opened at `server`. */
  app: Page;
  /** For what needs more than one server: a proxy in front of another, two origins. */
  startServer: (options?: ServerOptions) => Promise<SheafServer>;
  /** Everything that must not happen; a test says with `allow` what it provokes. */
  mishaps: Mishaps;
}

export const test = base.extend<Fixtures>({
  edition: ['enterprise', { option: true }],

  mishaps: [
    // After the servers in order to end before them: what is being fetched while they go is no mishap.
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
