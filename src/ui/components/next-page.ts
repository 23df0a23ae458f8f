/** Items of a list that is read page by page. */
export interface ListPage {
  ids: readonly number[];
  /** Total number of items that can be listed on all pages. */
  listed: number;
}

/**
 * The number of the next page; undefined if all listable items are loaded, or if the last page had nothing new, as from
 * a server that ignores the page number.
 */
export function nextPage(pages: readonly ListPage[]): number | undefined {
  const last = pages.at(-1);
  if (last === undefined) return 1;
  const earlier = new Set(pages.slice(0, -1).flatMap(({ ids }) => ids));
  const read = pages.reduce((sum, { ids }) => sum + ids.length, 0);
  return read < last.listed && last.ids.some((id) => !earlier.has(id)) ? pages.length + 1 : undefined;
}
