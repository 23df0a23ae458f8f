import { describe, expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { detectFormat, type Detected } from './detect-format.ts';

describe('detectFormat', () => {
  it.each<[string, Detected]>([
    ['', 'empty'],
    [' \n\t\r\n', 'empty'],
    ['\ufeff', 'empty'],
    ['{}', 'requests'],
    ['[]', 'requests'],
    ['\ufeff \n{"task": 1}', 'requests'],
    ['[{"task": 1},\n{"task": 2}]', 'requests'],
    ['{\n  "tasks": [1]\n}\n', 'requests'],
    ['{"tasks": [1],\n"result": []}', 'requests'],
    // A list of objects inside one: they are separated by a comma.
    ['{"a": [\n{"b": 1},\n{"b": 2}\n]}', 'requests'],
    ['{"a": [{"b": 1}\n,{"b": 2}]}', 'requests'],
    ['{"a": [{"b": 1},\n{"b": 2}]}', 'requests'],
    // Almost valid JSON goes to the JSON reader, which reports the problem.
    ['[{"task": 1', 'requests'],
    ["{'task': 1}", 'requests'],
    ['// my tasks\n[1]', 'requests'],
    ['/* my tasks */ {}', 'requests'],
    ['{"task": 1}\n{"task": 2}', 'json-lines'],
    ['{"task": 1}\r\n{"task": 2}\r\n', 'json-lines'],
    ['{"task": 1}\r{"task": 2}', 'json-lines'],
    ['\ufeff{"task": 1} \n\n {"task": 2}\n', 'json-lines'],
    ['{"task": 1}\n{"task": 2', 'json-lines'],
    ['{"task": 1\n{"task": 2}\n{"task": 3}', 'json-lines'],
    ['{"task": 1}\n', 'requests'],
    ['task,label\n1,{"a": 1}', 'table'],
    ['"task","label"', 'table'],
    ['12\n13', 'table'],
    ['12', 'table'],
    ['true', 'table'],
    ['Positive', 'table'],
    ['\t\n12\tPositive', 'table'],
  ])('%j: %s', (text, format) => {
    expect(detectFormat(SourceText.of(text))).toBe(format);
  });

  it('checks only the start of the text', () => {
    const broken = `{"task": 1}\n`.repeat(10) + 'this isn’t JSON';
    expect(detectFormat(SourceText.of(broken))).toBe('json-lines');
    const line = `{"task": 1, "note": "${'x'.repeat(3_000_000)}"}\n`;
    const texts = [line + line, `[${line}`, ' '.repeat(10_000) + line].map((text) => SourceText.of(text));
    expect(texts.map((text) => detectFormat(text))).toEqual(['json-lines', 'requests', 'requests']);
  });

  it.each(['oops', '"task":2,"mood":"Negative"}', '{"task":2,"mood":', '5'])(
    'is JSON Lines if one line is %j',
    (broken) => {
      for (const place of [0, 1, 2]) {
        const lines = ['{"task":1,"mood":"Positive"}', '{"task":3,"mood":"Negative"}'].toSpliced(
          place,
          0,
          broken,
        );
        expect(detectFormat(SourceText.of(lines.join('\n')))).toBe('json-lines');
      }
    },
  );
});
