import { describe, expect, it } from 'vitest';
import { earlierWindow, firstWindow, laterWindow, windowAround, type TextWindow } from './text-window.ts';

const line = (number: number) => `${number},Positive,${'x'.repeat(80)}\n`;
const text = Array.from({ length: 60_000 }, (_, index) => line(index + 1)).join('');

/** Its first line says its own number. */
function expectRight(shown: TextWindow) {
  expect(text.slice(shown.from, shown.from + 40)).toMatch(new RegExp(`^${shown.firstLine},`));
  expect(text[shown.to - 1]).toBe('\n');
}

describe('a window of a text', () => {
  it('goes from one end to the other and back, and leaves no line out', () => {
    let shown = firstWindow(text);
    let windows = 1;
    for (; shown.to < text.length; windows += 1) {
      const next = laterWindow(text, shown);
      expectRight(next);
      expect(next.from).toBeLessThanOrEqual(shown.to);
      expect(next.to).toBeGreaterThan(shown.to);
      shown = next;
    }
    expect(windows).toBeGreaterThan(5);
    for (; shown.from > 0; shown = earlierWindow(text, shown)) expectRight(shown);
    expect(shown).toEqual(firstWindow(text));
  });

  it('has what it is opened for in it', () => {
    const offset = text.indexOf('40000,Positive') + 6;
    const shown = windowAround(text, offset, 40_000);
    expectRight(shown);
    expect(shown.from).toBeLessThan(offset);
    expect(shown.to).toBeGreaterThan(offset);
  });

  it('cuts a line only where the line is longer than it', () => {
    const long = 'y'.repeat(5_000_000);
    const shown = windowAround(long, 3_000_000, 1);
    expect(shown.from).toBeGreaterThan(0);
    expect(shown.to - shown.from).toBeLessThanOrEqual(1_000_000);
    expect(laterWindow(long, shown).from).toBeGreaterThan(shown.from);
  });
});
