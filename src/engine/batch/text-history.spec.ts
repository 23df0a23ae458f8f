import { expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { TextHistory } from './text-history.ts';

const kept = (edition: number, bytes: number) => ({
  edition,
  typed: 0,
  text: SourceText.of('x'.repeat(bytes)),
});
const editions = (texts: TextHistory) => texts.all().map(({ edition }) => edition);

it('keeps as many texts as fit, and always the last one', () => {
  const texts = new TextHistory(10);
  for (const [edition, bytes] of [
    [1, 4],
    [2, 4],
    [3, 2],
  ] as const)
    texts.push(kept(edition, bytes));
  expect(editions(texts)).toEqual([1, 2, 3]);
  texts.push(kept(4, 3));
  expect(editions(texts)).toEqual([2, 3, 4]);
  texts.push(kept(5, 11));
  expect(editions(texts)).toEqual([5]);
});

it('finds the latest text of a version', () => {
  const texts = new TextHistory(100);
  texts.push(kept(1, 4));
  texts.push({ ...kept(1, 5), typed: 1 });
  texts.push(kept(1, 6));
  expect(texts.find({ edition: 1, typed: 0 })?.text.length).toBe(6);
  expect(texts.find({ edition: 1, typed: 1 })?.text.length).toBe(5);
  expect(texts.find({ edition: 2, typed: 0 })).toBeUndefined();
});
