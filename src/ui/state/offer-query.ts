import { queryOptions } from '@tanstack/react-query';
import type { Engine } from '#engine/engine.ts';

/** The offer of Sheaf’s server; constant while the page is open. */
export const offerQuery = (engine: Engine) =>
  queryOptions({ queryKey: ['offer'], queryFn: () => engine.session.offer(), staleTime: Infinity });
