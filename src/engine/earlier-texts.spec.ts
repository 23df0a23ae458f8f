import { expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { EarlierTexts } from './earlier-texts.ts';

const kept = (edition: number, bytes: number) => ({
  edition,
  typed: 0,
  text: SourceText.of('x'.repeat(bytes)),
});
const editions = (texts: EarlierTexts) => texts.all().map(({ edition }) => edition);

it('as many texts are kept as have room, the last one however large it is', () => {
  const texts = new EarlierTexts(10);
  for (const [edition, bytes] of [
    [1, 4],
    [2, 4],
    [3, 2],
  ] as const)
    texts.keep(kept(edition, bytes));
  expect(editions(texts)).toEqual([1, 2, 3]);
  texts.keep(kept(4, 3));
  expect(editions(texts)).toEqual([2, 3, 4]);
  texts.keep(kept(5, 11));
  expect(editions(texts)).toEqual([5]);
});

it('a text is found by its version, in its last form', () => {
  const texts = new EarlierTexts(100);
  texts.keep(kept(1, 4));
  texts.keep({ ...kept(1, 5), typed: 1 });
  texts.keep(kept(1, 6));
  expect(texts.find({ edition: 1, typed: 0 })?.text.length).toBe(6);
  expect(texts.find({ edition: 1, typed: 1 })?.text.length).toBe(5);
  expect(texts.find({ edition: 2, typed: 0 })).toBeUndefined();
});
