import { bulkRoute } from './bulk.ts';
import type { Route } from './route.ts';
import { singleRoute } from './single.ts';

/** The route for an edition, with the reason that the review shows. */
export function chooseRoute(edition: 'Community' | 'Enterprise'): { route: Route; reason: string } {
  if (edition === 'Enterprise')
    return {
      route: bulkRoute,
      reason: `Label Studio Enterprise creates annotations in bulk, ${bulkRoute.tasksPerCall} tasks per call.`,
    };
  return {
    route: singleRoute,
    reason: 'Label Studio Community has no bulk endpoint, so each task gets its own call.',
  };
}
