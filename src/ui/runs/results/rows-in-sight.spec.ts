import { describe, expect, it } from 'vitest';
import { rowsToRender, showRow } from './rows-in-sight.ts';

describe('rowsToRender', () => {
  it('adds rows above and below those in sight', () => {
    const rows = rowsToRender({ first: 999_000, count: 20 }, 1_000_000);
    expect(rows[0]).toBe(998_992);
    expect(rows.at(-1)).toBe(999_028);
  });

  it.each([
    { first: 0, count: 20, total: 3, expected: [0, 1, 2] },
    {
      first: 999_992,
      count: 0,
      total: 1_000_000,
      expected: Array.from({ length: 16 }, (_, at) => 999_984 + at),
    },
    { first: 800, count: 20, total: 5, expected: [] },
  ])('renders only rows that exist: $first of $total', ({ first, count, total, expected }) => {
    expect(rowsToRender({ first, count }, total)).toEqual(expected);
  });
});

describe('showRow', () => {
  const scrollTopAfter = (index: number, scrollTop: number) => {
    const scroller = { scrollTop, clientHeight: 430 } as HTMLElement;
    showRow(scroller, index, 40, 30);
    return scroller.scrollTop;
  };

  it('leaves a row where it is if all of it is in sight', () => {
    expect(scrollTopAfter(10, 400)).toBe(400);
    expect(scrollTopAfter(19, 400)).toBe(400);
  });

  it('scrolls a row above to the top', () => expect(scrollTopAfter(9, 400)).toBe(360));

  it('scrolls a row below to the bottom', () => expect(scrollTopAfter(20, 400)).toBe(440));
});
