import { bulkRoute } from './bulk.ts';
import type { Route } from './route.ts';
import { singleRoute } from './single.ts';

/** Which way a run goes, and why, as the review says it. */
export function chooseRoute(edition: 'Community' | 'Enterprise'): { route: Route; why: string } {
  if (edition === 'Enterprise')
    return {
      route: bulkRoute,
      why: `Label Studio Enterprise creates annotations in bulk, ${bulkRoute.tasksPerCall} tasks a call.`,
    };
  return {
    route: singleRoute,
    why: 'Label Studio Community has no bulk endpoint, so each task gets a call of its own.',
  };
}
