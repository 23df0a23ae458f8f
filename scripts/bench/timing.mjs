/** The clock of engines. */
export const clock = {
  now: () => Date.now(),
  /** @param {number} milliseconds @returns {Promise<void>} */
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Collects garbage, so that a turn doesn’t pay for the previous one. */
export function collectGarbage() {
  const { gc } = /** @type {{ gc?: () => void }} */ (globalThis);
  gc?.();
}

/** @param {() => void} work */
export function timed(work) {
  collectGarbage();
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** @param {number[]} times */
export function median(times) {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0;
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} wanted
 */
export function expectSame(what, found, wanted) {
  if (found !== wanted) throw new Error(`Wrong: ${what} is ${String(found)}, not ${String(wanted)}.`);
}
