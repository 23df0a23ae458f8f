import { expect, it } from 'vitest';
import { nextPage } from './next-page.ts';

const page = (listed: number, ...ids: number[]) => ({ ids, listed });

it.each([
  ['nothing has been read', [], 1],
  ['there are more', [page(5, 1, 2)], 2],
  ['there are more, though some moved to the next page', [page(5, 1, 2), page(5, 2, 3)], 3],
  ['all have been read', [page(3, 1, 2), page(3, 3)], undefined],
  ['a page is empty', [page(5, 1, 2), page(5)], undefined],
  ['the server sends the same page again', [page(50, 1, 2), page(50, 1, 2)], undefined],
])('finds the next page if %s', (_, pages, next) => {
  expect(nextPage(pages)).toBe(next);
});
