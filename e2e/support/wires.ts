import type { Page } from 'playwright/test';
import { FaultServer } from './servers/fault-server.ts';
import { connectTo, expectConnected } from './settings.ts';
import { test as base } from './test.ts';

interface Fixtures {
  /** Starts a fault server in front of an address. */
  startFaults: (target: string) => Promise<FaultServer>;
  /** In front of the sandbox of `server`; another origin than the app. */
  faults: FaultServer;
}

export const test = base.extend<Fixtures>({
  startFaults: async ({}, use) => {
    const started: FaultServer[] = [];
    await use(async (target) => {
      const faults = new FaultServer(target);
      started.push(faults);
      await faults.start();
      return faults;
    });
    await Promise.all(started.map((faults) => faults.stop()));
  },

  // Errors are watched until the servers end; fault servers must end after that, too.
  startServer: async ({ startFaults: _faults, startServer }, use) => use(startServer),

  faults: async ({ startFaults, server }, use) => use(await startFaults(server.address)),
});

/** Signs in to the sandbox straight from the browser, through a fault server. Lost calls settle within 11 s. */
export async function connectThrough(page: Page, faults: FaultServer, token: string) {
  const address = `${faults.address}sandbox`;
  await connectTo(page, 'Your Label Studio', { address, token, timeLimit: '1' });
  await expectConnected(page);
}

/** Advances the engine’s clock by these seconds, so that tests needn’t wait for a server’s time limit. */
export const passTime = (page: Page, seconds: number) =>
  Promise.all(
    page.workers().map((worker) =>
      worker.evaluate((by) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + by * 1000;
      }, seconds),
    ),
  );
