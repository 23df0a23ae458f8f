import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import type { RunMessage } from '#engine/runs/run-channel.ts';
import { memoryLocks } from '#run/store/run-locks.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { base, type FaultyServer } from './faulty-server.ts';
import type { Session } from './schedule.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Everything shared by the tabs of one browser. */
export class Browser {
  readonly store = memoryStore();
  readonly locks = memoryLocks();
  readonly tabs = new Set<Tab>();
  readonly clock: VirtualClock;
  readonly server: FaultyServer;
  readonly writes: number[];

  constructor(clock: VirtualClock, server: FaultyServer, writes: number[]) {
    this.clock = clock;
    this.server = server;
    this.writes = writes;
  }
}

export const diskFull = 'The disk is full.';

/** One engine. When it dies, nothing that it waits for ever arrives. */
export class Tab {
  readonly engine: Engine;
  readonly died: Promise<void>;
  private isAlive = true;
  private setDied = () => {};
  private readonly held = new Set<() => void>();
  private readonly browser: Browser;
  private writing: Promise<unknown> = Promise.resolve();
  private eventsLeft = Infinity;
  private atEvent: Session['end']['by'] = 'itself';
  private written = 0;

  constructor(browser: Browser) {
    this.browser = browser;
    this.died = new Promise((resolve) => (this.setDied = resolve));
    browser.tabs.add(this);
    const { clock, server, locks } = browser;
    this.engine = createEngine({
      fetch: (request) => this.whileAlive(this.isAlive ? server.fetch(request, () => this.isAlive) : never()),
      now: clock.now,
      sleep: (milliseconds) => this.whileAlive(clock.sleep(milliseconds)),
      store: this.journal(browser.store),
      locks: {
        acquire: async (names, holder) => {
          const lock = await locks.acquire(names, holder);
          if ('heldBy' in lock) return lock;
          const release = () => {
            if (this.held.delete(release)) lock.release();
          };
          this.held.add(release);
          if (!this.isAlive) release();
          return { ...lock, release };
        },
      },
      channel: {
        post: (message) => this.others((tab) => tab.hear(message)),
        listen: (onMessage) => (this.hear = onMessage),
      },
      isSecurePage: false,
      pageBase: base,
    });
  }

  private hear: (message: RunMessage) => void = () => {};

  private others(call: (tab: Tab) => void): void {
    for (const tab of this.browser.tabs) if (tab !== this && tab.isAlive) call(tab);
  }

  get isDead(): boolean {
    return !this.isAlive;
  }

  /** The tab is closed or crashes. Requests in flight continue without it. */
  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    for (const release of this.held) release();
    this.browser.tabs.delete(this);
    this.setDied();
  }

  /** What happens after this many more events are stored. */
  endAt(by: Session['end']['by'], event: number): void {
    this.atEvent = by;
    this.eventsLeft = event;
  }

  private journal(store: RunStore): RunStore {
    const write = (commit: () => Promise<void>): Promise<void> => {
      const turn = this.writing.then(() => this.write(commit));
      this.writing = turn.catch(() => {});
      return this.whileAlive(turn);
    };
    return {
      ...store,
      create: (run) => write(() => store.create(structuredClone(run))),
      append: (id, event) => write(() => store.append(id, event)),
    };
  }

  private async write(commit: () => Promise<void>): Promise<void> {
    const { clock, writes, server } = this.browser;
    await clock.sleep(writes[this.written++ % writes.length]!);
    if (!this.isAlive) return;
    this.eventsLeft -= 1;
    if (this.eventsLeft !== 0) return commit();
    if (this.atEvent === 'write-fails') {
      server.note('storing an event fails');
      throw new Error(diskFull);
    }
    const isStored = this.atEvent === 'crash-after-event';
    if (isStored) await commit();
    server.note(`the tab crashes ${isStored ? 'right after' : 'before'} an event is stored`);
    this.kill();
  }

  private async whileAlive<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      return this.isAlive ? result : await never();
    } catch (error) {
      if (!this.isAlive) return never();
      throw error;
    }
  }
}

const never = <T>(): Promise<T> => new Promise(() => {});
