import { useSyncExternalStore } from 'react';

/** The screen named by the URL’s hash. `start`: no hash, a first visit. */
export type Route =
  { at: 'start' } | { at: 'import' } | { at: 'review' } | { at: 'runs' } | { at: 'run'; id: string };

export function readRoute(hash: string): Route {
  // Import’s old address still works.
  if (hash === '#/import' || hash === '#/compose') return { at: 'import' };
  if (hash === '#/review') return { at: 'review' };
  if (hash === '#/runs') return { at: 'runs' };
  const run = /^#\/runs\/([^/]+)$/.exec(hash)?.[1];
  const id = run === undefined ? undefined : decoded(run);
  return id === undefined ? { at: 'start' } : { at: 'run', id };
}

/** A typed address may contain an invalid `%` escape. */
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
    case 'runs':
      return '#/runs';
    case 'run':
      return `#/runs/${encodeURIComponent(route.id)}`;
  }
}

export const useRoute = () => readRoute(useSyncExternalStore(subscribe, () => window.location.hash));

export function go(route: Route) {
  window.location.hash = href(route);
}

/** Resolves when the route is, or becomes, a wanted one. */
export function untilRoute(isWanted: (route: Route) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!isWanted(readRoute(window.location.hash))) return;
      stop();
      resolve();
    };
    const stop = subscribe(check);
    check();
  });
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
