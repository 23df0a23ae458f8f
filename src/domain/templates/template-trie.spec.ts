import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';
import { TemplateTrie, type Token } from './template-trie.ts';

const encoder = new TextEncoder();
const literal = (words: string): Token => ({ kind: 'literal', bytes: encoder.encode(words) });
const task: Token = { kind: 'task' };
const number: Token = { kind: 'number' };
const text: Token = { kind: 'text' };

/** A trie that has learned these, each with its index as template. */
function trieOf(...templates: Token[][]) {
  const trie = new TemplateTrie(new Slots());
  templates.forEach((tokens, template) => trie.learn(tokens, template));
  return (words: string) => trie.match(encoder.encode(words), 0);
}

describe('TemplateTrie', () => {
  it('distinguishes entries by their literals', () => {
    const match = trieOf([literal('{"ab": 1}')], [literal('{"ac": 1}')], [literal('{"ab": 2}')]);
    expect(['{"ab": 1}', '{"ac": 1}', '{"ab": 2}', '{"ad": 1}', '{"ab": '].map(match)).toEqual([
      0, 1, 2, -1, -1,
    ]);
  });

  it('backtracks to a slot if a literal leads nowhere', () => {
    const match = trieOf(
      [literal('a'), number, literal('x}')],
      [literal('a12y}')],
      [literal('a12'), task, literal('z}')],
    );
    expect(['a12x}', 'a12y}', 'a123z}', 'a123x}', 'a12z}'].map(match)).toEqual([0, 1, 2, 0, -1]);
  });

  it('backtracks to the nearest of several alternatives', () => {
    const match = trieOf(
      [literal('a'), number, literal(','), number, literal('x}')],
      [literal('a1,'), number, literal('y}')],
      [literal('a1,2z}')],
    );
    expect(['a1,2x}', 'a1,2y}', 'a1,2z}', 'a3,2y}'].map(match)).toEqual([0, 1, 2, -1]);
  });

  it('keeps the slot values of the matching path', () => {
    const slots = new Slots();
    const trie = new TemplateTrie(slots);
    trie.learn([literal('a'), number, literal(','), text, literal('x}')], 0);
    trie.learn([literal('a12,'), text, literal('y}')], 1);
    expect(trie.match(encoder.encode('a12,"word"x}'), 0)).toBe(0);
    expect([slots.values[0], slots.from[1], slots.to[1], trie.end]).toEqual([12, 4, 10, 12]);
  });

  it('reads numbers with any number of digits like Number', () => {
    const slots = new Slots();
    const trie = new TemplateTrie(slots);
    trie.learn([number, literal('}')], 0);
    fc.assert(
      fc.property(fc.stringMatching(/^-?(0|[1-9]\d{0,11})(\.\d{1,18})?$/), fc.nat(4), (written, behind) => {
        slots.clear();
        const isMatched = trie.match(encoder.encode(`${written}}${' '.repeat(behind)}`), 0) === 0;
        // With up to 19 digits it gives up only if two doubles are about equally near.
        fc.pre(isMatched);
        // -0 is read as 0.
        expect([slots.values[0], slots.to[0]]).toEqual([Number(written) + 0, written.length]);
      }),
      { numRuns: 5000 },
    );
  });
});
