import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';

describe('parse', () => {
  it.each([
    ['', 'empty', []],
    [' \n\t', 'empty', []],
    ['{}', 'one', [{}]],
    ['{"tasks": [1]}', 'one', [{ tasks: [1] }]],
    ['[]', 'array', []],
    ['[{}, 5, null]', 'array', [{}, 5, null]],
    ['5', 'one', [5]],
    ['"tasks"', 'one', ['tasks']],
    ['{"tasks": [1]', 'unreadable', []],
    ['task,label\n1,Positive', 'unreadable', []],
  ])('%j is %s', (text, shape, entries) => {
    const parsed = parse(text);
    expect(parsed.shape).toBe(shape);
    expect(parsed.entries).toEqual(entries);
  });

  it('says nothing about an empty text, and everything about one that is cut off', () => {
    expect(parse('  ').faults).toEqual([]);
    expect(parse('[{').faults).toMatchObject([{ code: 'json-cut-off', offset: 2, path: [] }]);
  });

  it('keeps the entries of a text with faults that leave it readable', () => {
    const parsed = parse('[{"a": 1, "a": 2}]');
    expect(parsed).toMatchObject({
      shape: 'array',
      entries: [{ a: 2 }],
      faults: [{ code: 'duplicate-key', path: [0, 'a'] }],
    });
  });
});
