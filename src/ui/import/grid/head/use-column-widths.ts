import { useBatch } from '#ui/import/batch-context.tsx';
import { columnWidth, firstColumn, numberWidth } from '#ui/import/grid/grid-styles.ts';

export type ColumnWidths = ReturnType<typeof useColumnWidths>;

/** In px. */
const minWidth = 56;
const maxWidth = 800;
const step = 24;
/** What is beside the words: padding, and the icon of the menu or of a problem. */
const besideWords = 48;

/** The widths of the grid’s columns, which are kept as long as the batch has as many. */
export function useColumnWidths(columns: number) {
  const { workbench, columnWidths } = useBatch();
  const widths = columnWidths?.columns === columns ? columnWidths.widths : undefined;
  const widthOf = (column: number) => widths?.get(column) ?? columnWidth;

  /** `element` is one inside the grid; a column isn’t made wider than what is seen of it. */
  function set(column: number, px: number, element: Element) {
    const scroller = element.closest('[role=grid]')?.parentElement;
    const seen = (scroller?.clientWidth ?? maxWidth) - numberWidth - step;
    const width = Math.round(Math.max(minWidth, Math.min(px, maxWidth, Math.max(seen, minWidth))));
    if (width !== widthOf(column)) workbench.resizeColumn(columns, column, width);
  }

  return {
    widths,
    widthOf,
    set,
    isResized: (column: number) => widths?.has(column) ?? false,
    reset: (column: number) => workbench.resizeColumn(columns, column, undefined),
    widen: (column: number, direction: 1 | -1, element: Element) =>
      set(column, widthOf(column) + direction * step, element),
    /** Makes a column as wide as its name and the cells that are drawn. */
    fit(column: number, element: Element) {
      const grid = element.closest('[role=grid]');
      const ofColumn = `[aria-colindex="${column + firstColumn}"]`;
      const texts = grid?.querySelectorAll(
        `${ofColumn} .words, ${ofColumn} .title > span, ${ofColumn} .what`,
      );
      const range = document.createRange();
      const drawn = Array.from(texts ?? [], (text) => {
        range.selectNodeContents(text);
        return range.getBoundingClientRect().width;
      });
      set(column, Math.max(0, ...drawn) + besideWords, element);
    },
  };
}
