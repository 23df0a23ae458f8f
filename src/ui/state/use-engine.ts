import { createContext, use } from 'react';
import type { Engine } from '#engine/engine.ts';

export const EngineContext = createContext<Engine | undefined>(undefined);

export function useEngine(): Engine {
  const engine = use(EngineContext);
  if (!engine) throw new Error('useEngine needs an <EngineContext> around it');
  return engine;
}
