import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';

/** Chromium with a profile that outlives it, so that it can be killed and started again. */
export class KillableBrowser {
  #profile = '';
  #context: BrowserContext | undefined;

  /** Starts it and opens its page. Later starts use the same profile. */
  async start(): Promise<BrowserContext> {
    this.#profile ||= await mkdtemp(join(tmpdir(), 'sheaf-profile-'));
    const executablePath = await findChromium();
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      args: chromiumArgs,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(executablePath !== undefined && { executablePath }),
    });
    return this.#context;
  }

  /** Like a power cut: SIGKILL to all of its processes. */
  async kill() {
    const closed = this.#context!.waitForEvent('close');
    // Chromium writes its process there, and Playwright makes that the leader of a process group.
    const lock = await readlink(join(this.#profile, 'SingletonLock'));
    process.kill(-Number(lock.split('-').at(-1)), 'SIGKILL');
    await closed;
    this.#context = undefined;
  }

  async remove() {
    await this.#context?.close();
    if (this.#profile) await rm(this.#profile, { recursive: true, force: true });
  }
}
