import { describe, expect, it } from 'vitest';
import { SourceText } from './source-text.ts';
import { firstLine, partOf, placeOfLine, type TextPart } from './text-window.ts';

const line = (number: number) => `${number},schön,${'😀'.repeat(70)}\n`;
const text = Array.from({ length: 30_000 }, (_, index) => line(index + 1)).join('');
const source = SourceText.of(text);

/** Asserts that the part equals the source there, and starts with its line number. */
function expectRight(part: TextPart) {
  expect(part.text === text.slice(part.from, part.to)).toBe(true);
  expect(part.text.slice(0, 40)).toMatch(new RegExp(`^${part.firstLine},`));
  expect(part.text.at(-1)).toBe('\n');
}

describe('a part of a text', () => {
  it('can be moved from one end to the other and back without missing a line', () => {
    let part = partOf(source, { at: 'from', place: 0 });
    let parts = 1;
    for (; part.to < text.length; parts += 1) {
      const next = partOf(source, { at: 'later', from: part.from, to: part.to });
      expectRight(next);
      expect(next.from).toBeLessThanOrEqual(part.to);
      expect(next.to).toBeGreaterThan(part.to);
      part = next;
    }
    expect(parts).toBeGreaterThan(5);
    for (; part.from > 0; part = partOf(source, { at: 'earlier', from: part.from })) expectRight(part);
    expect(part).toEqual(partOf(source, { at: 'from', place: 0 }));
  });

  it('contains the requested place', () => {
    const place = text.indexOf('20000,schön') + 6;
    const part = partOf(source, { at: 'around', place });
    expectRight(part);
    expect(part.from).toBeLessThan(place);
    expect(part.to).toBeGreaterThan(place);
  });

  it('splits only a line longer than the part, and never a character', () => {
    const long = SourceText.of(`x${'€'.repeat(4_100_000)}`);
    let part = partOf(long, { at: 'around', place: 400_000 });
    expect(part.from).toBeGreaterThan(0);
    expect(part.to - part.from).toBeLessThan(500_000);
    for (; part.to < long.length; part = partOf(long, { at: 'later', from: part.from, to: part.to }))
      expect(part.text).not.toContain('\ufffd');
  });

  it('stays inside the text', () => {
    const part = partOf(source, { at: 'from', place: text.length + 10 });
    expect([part.from, part.to, part.firstLine]).toEqual([text.length, text.length, 30_001]);
  });
});

it('finds a line by its number, or the last one', () => {
  expect(placeOfLine(source, 1)).toBe(0);
  expect(placeOfLine(source, 20_000)).toBe(text.indexOf('20000,schön'));
  expect(placeOfLine(source, 50_000)).toBe(text.length);
});

it('returns the first line up to its end or to the limit', () => {
  expect(firstLine(source)).toBe(line(1).trimEnd());
  expect(firstLine(SourceText.of('no end'))).toBe('no end');
  expect(firstLine(SourceText.of('é'.repeat(2000)))).toBe('é'.repeat(1000));
});
