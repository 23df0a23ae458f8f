import { queryOptions } from '@tanstack/react-query';
import type { Engine } from '#engine/engine.ts';

/** What Sheaf's server offers; constant while the page is open. */
export const offerQuery = (engine: Engine) =>
  queryOptions({ queryKey: ['offer'], queryFn: () => engine.session.offer(), staleTime: Infinity });
