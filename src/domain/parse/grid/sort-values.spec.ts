import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ranksOf } from './sort-values.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const pieces = [...ascii, 'a', 'B', '0', '00', '1', '10', '9', ' ', '-', '_', '.', '123456789012345678'];

/** What a text is for a person: no number, and something. */
const isWord = (text: string) => text.trim() === text && text !== '' && Number.isNaN(Number(text));

it.each([
  ['ASCII', pieces],
  ['other letters', [...pieces, 'ä', 'é', 'ß', '½', '😀', 'ﬁ']],
])('ranks words of %s like the collator', (_, units) => {
  const texts = fc.array(
    fc.array(fc.constantFrom(...units), { maxLength: 8 }).map((list) => list.join('')),
    { minLength: 2, maxLength: 6 },
  );
  fc.assert(
    fc.property(texts, (listed) => {
      const words = listed.filter(isWord);
      const ranks = ranksOf(words, false);
      for (const [at, one] of words.entries())
        for (const [other, word] of words.entries())
          expect(Math.sign(ranks[at]! - ranks[other]!), `${one} and ${word}`).toBe(
            Math.sign(collator.compare(one, word)),
          );
    }),
    { seed: 7, numRuns: 3000 },
  );
});

it('ranks numbers by size, then words, then nothing', () => {
  const values = ['b', '', '10', '9', 'a', '9.0', '-1', 'B'];
  expect([...ranksOf(values, false)]).toEqual([4, 5, 2, 1, 3, 1, 0, 4]);
  expect([...ranksOf(values, true)]).toEqual([0, 5, 2, 3, 1, 3, 4, 0]);
});
