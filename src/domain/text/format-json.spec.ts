import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from './format-json.ts';

describe('formatJson', () => {
  it.each([
    ['{}', '{}'],
    [' [ ] ', '[]'],
    ['5 ', '5'],
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['{"a":{"b":[]}}', '{\n  "a": {\n    "b": []\n  }\n}'],
    ['[1,2,3]', '[1, 2, 3]'],
    ['[{},[]]', '[\n  {},\n  []\n]'],
    ['{"x":1.0,"y":1e2,"z":9007199254740993}', '{\n  "x": 1.0,\n  "y": 1e2,\n  "z": 9007199254740993\n}'],
    ['{"b":1,"1":2,"b":3}', '{\n  "b": 1,\n  "1": 2,\n  "b": 3\n}'],
    ['"\\u00e9 { , }"', '"\\u00e9 { , }"'],
  ])('%s', (text, laidOut) => {
    expect(formatJson(text)).toBe(laidOut);
  });

  it('wraps a long list of IDs', () => {
    const ids = Array.from({ length: 60 }, (_, index) => 1000 + index);
    const lines = formatJson(JSON.stringify({ tasks: ids })).split('\n');
    expect(lines).toHaveLength(8);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines[2]).toMatch(/^ {4}1000, 1001, /);
  });

  it('keeps unreadable text unchanged', () => {
    expect(formatJson('[1,')).toBe('[1,');
    expect(formatJson('')).toBe('');
  });

  it('changes only white space, and nothing the second time', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const before = JSON.stringify(JSON.parse(text), null, indent);
        const after = formatJson(before);
        expect(JSON.parse(after)).toEqual(JSON.parse(before));
        expect(formatJson(after)).toBe(after);
      }),
      { seed: 20260801 },
    );
  });
});
