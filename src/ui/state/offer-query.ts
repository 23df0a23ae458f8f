import { queryOptions } from '@tanstack/react-query';
import type { Engine } from '#engine/engine.ts';

/** What this page's own server offers, which stays the same for as long as the page is open. */
export const offerQuery = (engine: Engine) =>
  queryOptions({ queryKey: ['offer'], queryFn: () => engine.session.offer(), staleTime: Infinity });
