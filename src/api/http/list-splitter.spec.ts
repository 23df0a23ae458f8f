import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListSplitter } from './list-splitter.ts';

function split(...pieces: string[]): { items: string[]; isWhole: boolean } {
  const items: string[] = [];
  const list = new ListSplitter((item) => items.push(item));
  for (const piece of pieces) list.push(piece);
  return { items, isWhole: list.isWhole };
}

describe('a list', () => {
  it('has the same items however it is indented and cut into pieces', () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, '\t'), cuts, (values, indent, places) => {
        const text = ` ${JSON.stringify(values, undefined, indent)}\n`;
        const at = [0, ...places.toSorted((one, other) => one - other), text.length];
        const { items, isWhole } = split(...at.map((from, index) => text.slice(from, at[index + 1])));
        expect(items.map((item) => JSON.parse(item) as unknown)).toEqual(JSON.parse(JSON.stringify(values)));
        expect(isWhole).toBe(true);
      }),
    );
  });

  it('is divided outside strings only, wherever it is cut', () => {
    const items = ['"a,]}"', ' "\\", \\\\"', ' ""', ' "\\\\"', ' [1, {"b": [2]}]'];
    const text = `[${items.join(',')}]`;
    for (let cut = 0; cut <= text.length; cut += 1)
      expect(split(text.slice(0, cut), '', text.slice(cut)), `${cut}`).toEqual({ items, isWhole: true });
  });

  it('that is cut off isn’t whole', () => {
    for (const text of ['', ' ', '[', '[{"a": 1}', '[{"a": 1},', '["]'])
      expect(split(text).isWhole, text).toBe(false);
  });

  it('may be empty', () => {
    expect(split('[ ]')).toEqual({ items: [], isWhole: true });
  });

  it('has an item before and after each comma', () => {
    expect(split('[,1,]').items).toEqual(['', '1', '']);
  });

  it('is nothing else, and nothing follows it', () => {
    for (const text of ['{"a": []}', 'null', '<html>', '[1] 2', '[1][2]'])
      expect(() => split(text), text).toThrow(SyntaxError);
  });
});
