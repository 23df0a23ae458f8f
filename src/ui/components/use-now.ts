import { useSyncExternalStore } from 'react';

/** The time in milliseconds since 1970, to the second, and a new one every second. */
export const useNow = () => useSyncExternalStore(everySecond, wholeSecond);

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
