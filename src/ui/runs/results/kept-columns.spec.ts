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

test('the chosen columns are kept', () => {
  const kept = storage(null);
  expect(readKeptColumns(kept)).toEqual([]);
  keepColumns(kept, ['sku', 'note']);
  expect(readKeptColumns(kept)).toEqual(['sku', 'note']);
});

test.each(['{', '{"a":1}', '"sku"', 'null'])('%s is no choice', (text) => {
  expect(readKeptColumns(storage(text))).toEqual([]);
});

test('a storage that is full or blocked loses the choice without a word', () => {
  const refuses = {
    setItem() {
      throw new Error('full');
    },
  };
  expect(() => keepColumns(refuses, ['sku'])).not.toThrow();
});
