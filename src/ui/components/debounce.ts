/**
 * Runs the last of several calls after `ms` without another one; `flush` runs it now. Owners must flush before
 * unmounting, or the latest typing is lost.
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
