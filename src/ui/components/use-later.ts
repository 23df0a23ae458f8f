import { useEffect, useState } from 'react';

/** Enough time to load and draw the first screen. */
const laterMs = 1000;

/** True once the first screen had time to load; everything not needed at once is loaded then. */
export function useLater(): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const pause = setTimeout(() => setLater(true), laterMs);
    return () => clearTimeout(pause);
  }, []);
  return isLater;
}
