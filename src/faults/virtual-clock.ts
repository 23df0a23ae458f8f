interface Timer {
  id: number;
  at: number;
  call: () => void;
}

/** A clock that jumps from timer to timer, so that a run of hours takes milliseconds. */
export class VirtualClock {
  private time: number;
  private lastId = 0;
  /** Sorted, soonest last. */
  private timers: Timer[] = [];

  constructor(start: number) {
    this.time = start;
  }

  now = (): number => this.time;

  setTimeout = (call: () => void, milliseconds = 0): number => {
    const timer = { id: (this.lastId += 1), at: this.time + Math.max(0, milliseconds), call };
    let index = this.timers.length;
    while (index > 0 && this.timers[index - 1]!.at <= timer.at) index -= 1;
    this.timers.splice(index, 0, timer);
    return timer.id;
  };

  clearTimeout = (id: number): void => {
    this.timers = this.timers.filter((timer) => timer.id !== id);
  };

  sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => void this.setTimeout(resolve, milliseconds));

  /** Advances time until the work is done. */
  async run<T>(work: Promise<T>, maxMs: number): Promise<T> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    done.catch(() => {});
    const until = this.time + maxMs;
    for (await settled(); !isDone; await settled()) {
      const timer = this.timers.pop();
      if (!timer || timer.at > until) throw new Error('It never ends.');
      this.time = Math.max(this.time, timer.at);
      timer.call();
      while (this.timers.at(-1)?.at === this.time) this.timers.pop()!.call();
    }
    return done;
  }
}

/** Resolves when only timers are pending. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Calls `work` while the globals that read or wait for real time belong to this clock. */
export async function inVirtualTime<T>(clock: VirtualClock, work: () => Promise<T>): Promise<T> {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };
  Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
  Date.now = clock.now;
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
  }
}
