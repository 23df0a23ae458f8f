import { describe, expect, it } from 'vitest';
import { parseText, valuesOf } from '#domain/spec-texts.ts';

describe('parse', () => {
  it.each([
    ['', 'empty', []],
    [' \n\t', 'empty', []],
    ['{}', 'request', [{}]],
    ['{"tasks": [1]}', 'request', [{ tasks: [1] }]],
    ['[]', 'requests', []],
    ['[{}, 5, null]', 'requests', [{}, 5, null]],
    ['{"tasks": [1]', 'unreadable', []],
    ['{"task": 1}\n{"task": 2}\n', 'json-lines', [{ task: 1 }, { task: 2 }]],
    ['task\n5', 'table', [{ task: 5 }]],
    ['5', 'table', []],
    ['task,lead_time\n1,0.5', 'table', [{ task: 1, lead_time: 0.5 }]],
  ])('%j is %s', (text, shape, entries) => {
    const parsed = parseText(text);
    expect(parsed.format).toBe(shape);
    expect(valuesOf(parsed.entries)).toEqual(entries);
  });

  it('has no problem for an empty text, and one for a truncated text', () => {
    expect(parseText('  ').problems).toEqual([]);
    expect(parseText('[{').problems).toMatchObject([{ code: 'json-cut-off', span: { from: 2 }, path: [] }]);
  });

  it('keeps the entries of a text with problems if it is readable', () => {
    const parsed = parseText('[{"a": 1, "a": 2}]');
    expect(parsed).toMatchObject({
      format: 'requests',
      problems: [{ code: 'duplicate-key', entry: 0, path: ['a'] }],
    });
    expect(valuesOf(parsed.entries)).toEqual([{ a: 2 }]);
  });
});
