import { useEffect, useState } from 'react';
import { useEngine } from '#ui/state/use-engine.ts';

const everyMs = 2000;
/** A large table may keep the engine busy for a second or two; after this long it counts as dead. */
const deadAfterMs = 5000;

/** True while the engine should be working but doesn’t answer. */
export function useDeadEngine(isWorking: boolean): boolean {
  const engine = useEngine();
  const [isDead, setDead] = useState(false);
  useEffect(() => {
    if (!isWorking) return undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      if (waiting !== undefined) return;
      waiting = setTimeout(() => setDead(true), deadAfterMs);
      const answered = () => {
        clearTimeout(waiting);
        waiting = undefined;
        setDead(false);
      };
      void engine.session.ping().then(answered, answered);
    };
    const timer = setInterval(ask, everyMs);
    return () => {
      clearInterval(timer);
      clearTimeout(waiting);
    };
  }, [engine, isWorking]);
  return isDead && isWorking;
}
