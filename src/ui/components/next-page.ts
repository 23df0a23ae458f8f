/** Items of a list that is read page by page. */
export interface ListPage {
  ids: readonly number[];
  /** How many items can be listed, on all pages together. */
  listed: number;
}

/**
 * The number of the page after these; undefined if they hold all that can be listed, or if the last one brought nothing
 * new, as from a server that ignores which page it is asked for.
 */
export function nextPage(pages: readonly ListPage[]): number | undefined {
  const last = pages.at(-1);
  if (last === undefined) return 1;
  const earlier = new Set(pages.slice(0, -1).flatMap(({ ids }) => ids));
  const read = pages.reduce((sum, { ids }) => sum + ids.length, 0);
  return read < last.listed && last.ids.some((id) => !earlier.has(id)) ? pages.length + 1 : undefined;
}
