/**
 * Work put off until `ms` have passed without more of it: of several calls in a row only the last one's work is done.
 * `flush` does it now. Whoever makes one must flush it before going, or what a person typed last is lost.
 */
export function createDebounce(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | undefined;

  function flush() {
    clearTimeout(timer);
    const work = waiting;
    waiting = undefined;
    work?.();
  }

  return {
    call(work: () => void) {
      waiting = work;
      clearTimeout(timer);
      timer = setTimeout(flush, ms);
    },
    flush,
    isWaiting: () => waiting !== undefined,
  };
}
