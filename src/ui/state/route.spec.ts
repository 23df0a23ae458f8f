import { expect, test } from 'vitest';
import { href, readRoute, type Route } from './route.ts';

test.each<[string, Route]>([
  ['', { at: 'start' }],
  ['#/', { at: 'start' }],
  ['#/import', { at: 'import' }],
  ['#/compose', { at: 'import' }],
  ['#/review', { at: 'review' }],
  ['#/runs/a-1', { at: 'run', id: 'a-1' }],
  ['#/runs/a%2Fb', { at: 'run', id: 'a/b' }],
  ['#/runs/%', { at: 'start' }],
  ['#/runs/', { at: 'start' }],
  ['#/elsewhere', { at: 'start' }],
])('%j', (hash, route) => expect(readRoute(hash)).toEqual(route));

test.each<Route>([{ at: 'start' }, { at: 'import' }, { at: 'review' }, { at: 'run', id: 'a/ü 1' }])(
  '%j can be linked to',
  (route) => expect(readRoute(href(route))).toEqual(route),
);
