import { expect, test } from 'vitest';
import { keepColumns, readKeptColumns } from './kept-columns.ts';

function storage(text: string | null) {
  return {
    getItem: () => text,
    setItem(_: string, value: string) {
      text = value;
    },
  };
}

test('keeps the chosen columns', () => {
  const kept = storage(null);
  expect(readKeptColumns(kept)).toEqual([]);
  keepColumns(kept, ['sku', 'note']);
  expect(readKeptColumns(kept)).toEqual(['sku', 'note']);
});

test.each(['{', '{"a":1}', '"sku"', 'null'])('ignores %s', (text) => {
  expect(readKeptColumns(storage(text))).toEqual([]);
});

test('ignores full or blocked storage', () => {
  const refuses = {
    setItem() {
      throw new Error('full');
    },
  };
  expect(() => keepColumns(refuses, ['sku'])).not.toThrow();
});
