import { useState } from 'react';
import type { ColumnTexts } from '#domain/parse/grid/grid-columns.ts';
import { fontSize, fontWeight, sans } from '#ui/theme/tokens.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { columnWidth, firstColumn, numberWidth } from '#ui/import/grid/grid-styles.ts';

export type ColumnWidths = ReturnType<typeof useColumnWidths>;

/** In px. */
const minWidth = 56;
const maxWidth = 800;
/** A wider column is resized by a person. */
const fittedWidths = { min: 72, max: 304 };
const step = 24;
/** What is beside the words: padding, and the icon of the menu or of a problem. */
const besideWords = 48;
const wordsPadding = 20;

/** Widths that fit the first cells, and what they depend on. */
interface Fit {
  names: string;
  of: string;
  fitted: number[];
}

/**
 * The widths of the grid’s columns. Those that a person chose are kept as long as the batch has as many columns, those
 * that fit the first cells as long as it has the same ones and mappings, so that nothing moves while cells are edited.
 */
export function useColumnWidths(columns: number, texts: readonly ColumnTexts[] = []) {
  const { workbench, columnWidths } = useBatch();
  const widths = columnWidths?.columns === columns ? columnWidths.widths : undefined;
  const [fit, setFit] = useState<Fit>({ names: '', of: '', fitted: [] });
  const { fitted } = fit;
  const of = JSON.stringify(texts.map(({ name, words, mapped }) => [name, words, mapped]));
  if (texts.length > 0 && of !== fit.of) {
    const names = JSON.stringify(texts.map(({ name }) => name));
    const next = fittingWidths(texts);
    // Mapped columns only grow, so that they don’t jump.
    const widened = next.map((width, column) => Math.max(width, fitted[column] ?? 0));
    setFit({ names, of, fitted: names === fit.names ? widened : next });
  }
  const widthOf = (column: number) => widths?.get(column) ?? fitted[column] ?? columnWidth;

  /** `element` is one inside the grid; a column isn’t made wider than what is seen of it. */
  function set(column: number, px: number, element: Element) {
    const scroller = element.closest('[role=grid]')?.parentElement;
    const seen = (scroller?.clientWidth ?? maxWidth) - numberWidth - step;
    const width = Math.round(Math.max(minWidth, Math.min(px, maxWidth, Math.max(seen, minWidth))));
    if (width !== widthOf(column)) workbench.resizeColumn(columns, column, width);
  }

  return {
    widths,
    fitted,
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

function fittingWidths(texts: readonly ColumnTexts[]): number[] {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const context = document.createElement('canvas').getContext('2d')!;
  const widthsIn = (size: string, listed: readonly string[]) => {
    context.font = `${fontWeight.medium} ${rem * Number.parseFloat(size)}px ${sans}`;
    return listed.map((text) => context.measureText(text).width);
  };
  const names = widthsIn(
    fontSize.body,
    texts.map(({ name }) => name),
  );
  const cells = widthsIn(
    fontSize.body,
    texts.map(({ cell }) => cell),
  );
  const mapped = widthsIn(
    fontSize.body,
    texts.map((one) => one.mapped),
  );
  const words = widthsIn(
    fontSize.small,
    texts.map((one) => `↳ ${one.words}`),
  );
  return texts.map((_, column) => {
    const widest = Math.max(
      names[column]! + besideWords,
      cells[column]! + besideWords,
      mapped[column]! + wordsPadding,
      words[column]! + wordsPadding,
    );
    return Math.round(Math.max(fittedWidths.min, Math.min(widest, fittedWidths.max)));
  });
}
