import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson, type Json } from '#wire/json/json.ts';
import { offerRepair } from './repair.ts';
import { applyEdits } from './json-edit.ts';

describe('a repair', () => {
  it.each([
    ['[1, 2,]', '[1, 2]', ['trailing-comma']],
    ['{"task": 1,\n}', '{"task": 1\n}', ['trailing-comma']],
    ['[1, // the last one\n]', '[1 \n]', ['trailing-comma', 'comment']],
    ['{"task": 1},', '{"task": 1}', ['trailing-comma']],
    ['// all of them\n[1]', '\n[1]', ['comment']],
    ['[1, # one\r\n2]', '[1, \r\n2]', ['comment']],
    ['[1/* a, "b" */,2]', '[1,2]', ['comment']],
    ['["http://a.example/#b", "/* c */",]', '["http://a.example/#b", "/* c */"]', ['trailing-comma']],
    ['[None, True, False]', '[null, true, false]', ['python-word', 'python-word', 'python-word']],
    [
      '[NaN, Infinity, -Infinity, nan, -inf, -5, "NaN"]',
      '[null, null, null, null, null, -5, "NaN"]',
      Array.from({ length: 5 }, () => 'not-a-number'),
    ],
    ["{'task': 1}", '{"task": 1}', ['single-quotes']],
    [String.raw`['it\'s']`, `["it's"]`, ['single-quotes']],
    [`['say "hi"']`, String.raw`["say \"hi\""]`, ['single-quotes']],
    [
      String.raw`['a\"b\\', 'c\n\u00e9']`,
      String.raw`["a\"b\\", "c\n\u00e9"]`,
      ['single-quotes', 'single-quotes'],
    ],
    [String.raw`['caf\xe9']`, String.raw`["caf\u00e9"]`, ['single-quotes']],
    [String.raw`["it\'s", "\xa0", "\\'"]`, String.raw`["it's", "\u00a0", "\\'"]`, ['escape', 'escape']],
    [`{"a": "None, 'b',]"  ,}`, `{"a": "None, 'b',]"  }`, ['trailing-comma']],
    [
      '{task: 1, $b_2: 2, größe: 3}',
      '{"task": 1, "$b_2": 2, "größe": 3}',
      ['bare-name', 'bare-name', 'bare-name'],
    ],
    [
      '{task /* its id */: 12345678901234567890}',
      '{"task" : 12345678901234567890}',
      ['bare-name', 'comment'],
    ],
    [
      '{“task”: „zwölf“, ”a”: ‘b’}',
      '{"task": "zwölf", "a": "b"}',
      Array.from({ length: 4 }, () => 'curly-quotes'),
    ],
    ['{“a”: “it’s”}', '{"a": "it’s"}', ['curly-quotes', 'curly-quotes']],
  ])('of %s', (text, repaired, kinds) => {
    const offer = offerRepair(text);
    expect(offer?.text).toBe(repaired);
    expect(offer?.changes.map(({ kind }) => kind)).toEqual(kinds);
    expect(applyEdits(text, offer?.changes ?? [])).toBe(repaired);
  });

  it.each([
    ['', 'nothing'],
    ['[1, "a\\u00e9\\n"]', 'fine'],
    ['[null, true, -1.5e3]', 'fine'],
    ['[1, 2', 'a bracket is missing'],
    ["[{'task': 1,}", 'a bracket is missing'],
    ["{'task: 1}", 'a quote is missing'],
    ["['it's', 'that's']", 'an apostrophe ends the text too early'],
    ['[‘it’s’]', 'an apostrophe ends the text too early'],
    ['{“task": 1, “b”: 2}', 'quotes of two kinds'],
    ["{‘task': 1, 'b’: 2}", 'quotes of two kinds'],
    ['[“a „b“ c”]', 'quotes in quotes'],
    ['[1 2,]', 'a comma is missing'],
    ['[1/**/2,]', 'a comment that keeps apart'],
    ['[,]', 'a value is missing'],
    ['[1,,]', 'a value is missing'],
    ['{None: 1,}', 'a name that could be two things'],
    ['{1: 2,}', 'a number for a name'],
    ['[Positive,]', 'a word without quotes'],
    ['[undefined, NaN,]', 'words without a meaning'],
    ["[u'a']", 'a letter before the quotes'],
    [String.raw`['\N{BULLET}']`, 'an escape without a meaning'],
    [String.raw`['\x4']`, 'an escape cut short'],
    ["['a\nb']", 'a line break in quotes'],
    ['[1] /* no end', 'a comment without an end'],
    ['(1, 2,)', 'another bracket'],
    ["'", 'a quote alone'],
    ['[1,] x', 'something after the end'],
  ])('of %s is not offered: %s', (text) => expect(offerRepair(text)).toBeUndefined());

  it('isn’t offered for deeply nested text', () =>
    expect(offerRepair(`${'['.repeat(10_000)}1,${']'.repeat(10_000)}`)).toBeUndefined());

  it.each([
    [
      "{'task': 1, 'was_cancelled': True}\n{'task': 2,}\n",
      '{"task": 1, "was_cancelled": true}\n{"task": 2}\n',
    ],
    ['{"task": 1}\r\n\r\n# one more\r\n{"task": None}', '{"task": 1}\r\n\r\n\r\n{"task": null}'],
  ])('of %j is offered line by line', (text, repaired) => expect(offerRepair(text)?.text).toBe(repaired));

  it.each([
    ["{'task': 1,\n'result': []}\n{'task': 2}", 'an object on two lines'],
    ["{'task': 1},\n{'task': 2}", 'a comma between the lines, as if they were a list'],
    ["{'task': 1} {'task': 2}", 'two on a line'],
    ["{'task': 1}\n'a'", 'something else on a line'],
  ])('of %j is not offered: %s', (text) => expect(offerRepair(text)).toBeUndefined());

  it('lists as many changes as requested, and counts all', () => {
    const offer = offerRepair("{'a': None, 'b': [1,],}", 2);
    expect(offer?.text).toBe('{"a": null, "b": [1]}');
    expect(offer?.changes.map(({ put }) => put)).toEqual(['"a"', 'null']);
    expect(Object.fromEntries(offer?.counts ?? [])).toEqual({
      'single-quotes': 2,
      'python-word': 1,
      'trailing-comma': 2,
    });
  });

  it('restores text that was broken in these ways', () => {
    let broken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue({ maxDepth: 4, stringUnit: 'binary-ascii' }),
          fc.jsonValue({
            maxDepth: 4,
            stringUnit: fc.constantFrom('“', '’', "'", '"', '\\', '/', '#', ',', 'é', 'x'),
          }),
        ),
        fc.infiniteStream(fc.nat({ max: 5 })),
        (value, chance) => {
          const json = readJson(JSON.stringify(value)).value!;
          const choose = () => chance.next().value;
          const text = breakIn(json, choose) + comment(choose());
          const offer = offerRepair(text);
          if (offer === undefined) {
            expect(writeJson(readJson(text).value!)).toBe(writeJson(json));
            return;
          }
          broken += 1;
          expect(writeJson(readJson(offer.text).value!)).toBe(writeJson(json));
          expect(applyEdits(text, offer.changes)).toBe(offer.text);
        },
      ),
      { seed: 5, numRuns: 2000 },
    );
    expect(broken).toBeGreaterThan(1000);
  });

  it('never changes valid parts of any text', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      "'",
      '\\',
      '“',
      '”',
      '/*',
      '*/',
      '//',
      '\n',
      'a',
      '1',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const offer = offerRepair(text);
        const isReadable = readJson(text).value !== undefined;
        expect(offer === undefined || !isReadable).toBe(true);
        expect(offer === undefined || isJson(offer.text)).toBe(true);
      }),
      { seed: 5, numRuns: 20_000 },
    );
  });

  it('lists as many changes of a long text as requested', () => {
    const row = `{'task': 123456, 'ok': True, 'note': None, 'result': [{'value': {'choices': ['it\\'s',],},},],},\n`;
    const text = `[${row.repeat(200_000 / row.length)}]`;
    expect(offerRepair(text, 50)?.changes).toHaveLength(50);
  });
});

/** One value, or several lines with one each. */
const isJson = (text: string) =>
  readJson(text).value !== undefined ||
  text
    .trim()
    .split(/\s*\n\s*/)
    .every((line) => readJson(line).value !== undefined);

/** Writes a value in almost valid JSON; as JSON for choice 5. */
function breakIn(value: Json, choose: () => number): string {
  if (value === null) return choose() === 0 ? 'None' : 'null';
  if (typeof value === 'boolean') {
    const word = String(value);
    return choose() === 0 ? word[0]!.toUpperCase() + word.slice(1) : word;
  }
  if (typeof value === 'string') return breakText(value, choose());
  if (Array.isArray(value)) {
    const items = value.map((item) => gap(choose) + breakIn(item, choose) + gap(choose));
    return `[${items.join(',')}${items.length > 0 ? lastComma(choose) : ''}]`;
  }
  if (typeof value !== 'object' || 'text' in value) return writeJson(value);
  const members = Object.keys(value).map((name) => {
    const written = choose() === 0 && isBare(name) ? name : breakText(name, choose());
    return `${gap(choose)}${written}${gap(choose)}:${gap(choose)}${breakIn((value as Record<string, Json>)[name]!, choose)}`;
  });
  return `{${members.join(',')}${members.length > 0 ? lastComma(choose) : ''}}`;
}

const isBare = (name: string) => /^[a-z_$][\w$]*$/i.test(name) && !/^(?:none|true|false|null)$/i.test(name);

const lastComma = (choose: () => number) => (choose() < 2 ? `,${gap(choose)}` : '');

const gap = (choose: () => number) => (choose() < 4 ? '' : comment(choose()));

const comment = (chance: number) => ['/* a, \'b" */', "// it's\n", '# c: [\r\n', '', '', ''][chance] ?? '';

function breakText(text: string, chance: number): string {
  const json = JSON.stringify(text);
  const inside = json.slice(1, -1);
  if (chance === 0) return `'${inside.replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'`;
  if (chance === 1 && !/["“”„]/.test(text)) return `“${inside}”`;
  if (chance === 2 && !/['‘’‚]/.test(text)) return `‘${inside}’`;
  if (chance === 3) return `"${inside.replaceAll("'", String.raw`\'`)}"`;
  return json;
}
