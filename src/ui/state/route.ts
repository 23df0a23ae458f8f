import { useSyncExternalStore } from 'react';

/** Where the address bar says we are. `start` is an address without a place: a first visit. */
export type Route = { at: 'start' } | { at: 'import' } | { at: 'review' } | { at: 'run'; id: string };

export function readRoute(hash: string): Route {
  // Links made before the screen was called Import still work.
  if (hash === '#/import' || hash === '#/compose') return { at: 'import' };
  if (hash === '#/review') return { at: 'review' };
  const run = /^#\/runs\/([^/]+)$/.exec(hash)?.[1];
  const id = run === undefined ? undefined : decoded(run);
  return id === undefined ? { at: 'start' } : { at: 'run', id };
}

/** An address typed by hand may hold a `%` that stands for nothing. */
function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function href(route: Route): string {
  switch (route.at) {
    case 'start':
      return '#/';
    case 'import':
      return '#/import';
    case 'review':
      return '#/review';
    case 'run':
      return `#/runs/${encodeURIComponent(route.id)}`;
  }
}

export const useRoute = () => readRoute(useSyncExternalStore(subscribe, () => window.location.hash));

export function go(route: Route) {
  window.location.hash = href(route);
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
