import { useEffect, useState } from 'react';

/** Long enough for the first screen to be drawn, and its files to be there. */
const laterMs = 1000;

/** True once the first screen had its time: what isn’t needed at once is loaded then. */
export function useLater(): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const pause = setTimeout(() => setLater(true), laterMs);
    return () => clearTimeout(pause);
  }, []);
  return isLater;
}
