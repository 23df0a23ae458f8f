import { bulkRoute } from './bulk.ts';
import type { Route } from './route.ts';
import { singleRoute } from './single.ts';

const routes: readonly Route[] = [bulkRoute, singleRoute];

/** The route with this name; undefined if a newer Sheaf knows it and this one doesn’t. */
export const routeNamed = (name: string): Route | undefined => routes.find((route) => route.name === name);

/** The route for an edition, with the reason that the review shows. */
export function chooseRoute(edition: 'Community' | 'Enterprise'): { route: Route; reason: string } {
  if (edition === 'Enterprise')
    return { route: bulkRoute, reason: 'Label Studio Enterprise creates annotations in bulk.' };
  return {
    route: singleRoute,
    reason: 'Label Studio Community has no bulk endpoint, so each task gets its own call.',
  };
}
