import { bulkRoute } from './bulk.ts';
import type { Route } from './route.ts';
import { singleRoute } from './single.ts';
import { stagedRoute } from './staged.ts';

const routes: readonly Route[] = [bulkRoute, stagedRoute, singleRoute];

/** The route with this name; undefined if only a newer Sheaf knows it. */
export const routeNamed = (name: string): Route | undefined => routes.find((route) => route.name === name);

/** The routes of an edition in order of preference; the last one takes every request. */
export function routesOf(edition: 'Community' | 'Enterprise'): readonly Route[] {
  return edition === 'Enterprise' ? [bulkRoute] : [stagedRoute, singleRoute];
}
