import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepestNesting, ExactNumber, readJson, writeJson, type Json } from './json.ts';

const seed = 20260801;

/** The code of the only problem, and the text at its span. */
function problemOf(text: string): [string, string] {
  const { problems } = readJson(text);
  expect(problems).toHaveLength(1);
  const { code, span } = problems[0]!;
  return [code, text.slice(span!.from, span!.to)];
}

describe('readJson reads what JSON.parse reads', () => {
  it.each([
    '{}',
    '[]',
    ' [ 1 , 2 ] ',
    '{"a":{"b":[null,true,false,"x",-1.5e3]}}',
    '"\\u00e9\\n\\"\\\\\\/\\b\\f\\r\\t"',
    '"\\ud83d\\ude00 😀"',
    '0.10',
    '1.0',
    '1e2',
    '1E+2',
    '123456789012345',
    '9007199254740991',
    '0.30000000000000004',
    '5e-324',
    '\r\n\t7\r\n',
    '{"constructor":1,"toString":2,"hasOwnProperty":3,"":4}',
    '"\\u2028 \u2028"',
  ])('%s', (text) => {
    const { value, problems } = readJson(text);
    expect(problems).toEqual([]);
    expect(value).toEqual(JSON.parse(text));
  });

  it('keeps the sign of -0', () => {
    expect(Object.is(readJson('-0').value, -0)).toBe(true);
    expect(writeJson(-0)).toBe('-0');
  });

  it('reads __proto__ as data', () => {
    const { value, problems } = readJson('{"__proto__":{"admin":true},"a":1}');
    expect(problems).toEqual([]);
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(writeJson(value!)).toBe('{"__proto__":{"admin":true},"a":1}');
  });

  it('any JSON text in any layout', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, 2, '\t'), (text, indent) => {
        const laidOut = JSON.stringify(JSON.parse(text), null, indent);
        for (const spelling of [text, laidOut]) {
          const { value } = readJson(spelling);
          expect(plain(value!)).toEqual(JSON.parse(spelling));
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  it('accepts and refuses the same texts after inserting, deleting or changing one character', () => {
    const alphabet = oneOf('{}[]",:0123456789.eE+-truefalsn \n\t\\u"\'/\u0001');
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), alphabet, fc.nat(2), (text, at, char, kind) => {
        const index = at % (text.length + 1);
        const changed =
          text.slice(0, index) + (kind === 0 ? '' : char) + text.slice(index + (kind === 1 ? 0 : 1));
        const reading = readJson(changed);
        expect(reading.value !== undefined).toBe(isJson(changed));
        expect(reading.value !== undefined || reading.problems.length > 0).toBe(true);
      }),
      { seed, numRuns: 4000 },
    );
  });

  it('accepts and refuses the same random JSON characters', () => {
    const soup = fc.string({ unit: oneOf('{}[]",:01.e-tn\\ '), maxLength: 12 });
    fc.assert(
      fc.property(soup, (text) => {
        expect(readJson(text).value !== undefined).toBe(isJson(text));
      }),
      { seed, numRuns: 20_000 },
    );
  });
});

describe('exact numbers', () => {
  it.each([
    '9007199254740993',
    '9007199254740992',
    '-9223372036854775808',
    '9223372036854775807',
    '100000000000000000000000',
    '0.1234567890123456789',
    '-0.1234567890123456789',
    '12345678901234567.5',
    '1.00000000000000000001',
    '1e-400',
    '3.14159265358979323846e2',
  ])('%s is kept as written', (text) => {
    const { value } = readJson(text);
    expect(value).toEqual(new ExactNumber(text));
    expect(writeJson(value!)).toBe(text);
  });

  it.each([
    ['0.1', 0.1],
    ['0.10', 0.1],
    ['1e23', 1e23],
    ['0.1e1', 1],
    ['123456789012345.60', 123456789012345.6],
    ['0.00000000000000000000', 0],
    ['1.7976931348623157e308', 1.7976931348623157e308],
    ['0e99999', 0],
  ])('%s is a plain number', (text, value) => {
    expect(readJson(text)).toEqual({ value, problems: [] });
  });

  it('keeps any whole number as written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (number) => {
        expect(writeJson(readJson(String(number)).value!)).toBe(String(number));
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('reads any decimal as an equal number, or keeps it as written', () => {
    const digits = fc.stringMatching(/^[0-9]{1,22}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^-?(0|[1-9][0-9]{0,18})$/),
        digits,
        fc.integer({ min: -30, max: 30 }),
        (a, b, e) => {
          const text = `${a}.${b}e${e}`;
          const shortest = String(Number(text));
          const expected = sameValue(text, shortest) ? Number(text) : new ExactNumber(text);
          expect(readJson(text)).toEqual({ value: expected, problems: [] });
        },
      ),
      { seed, numRuns: 2000 },
    );
  });
});

describe('writeJson', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, 4), (value, indent) => {
        const plainValue: Json = JSON.parse(JSON.stringify(value));
        expect(writeJson(plainValue, indent)).toBe(JSON.stringify(plainValue, null, indent));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('writes text that reads back as the same value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const { value } = readJson(text);
        expect(readJson(writeJson(value!, indent)).value).toEqual(value);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('refuses numbers that JSON can’t express', () => {
    expect(() => writeJson(Number.NaN)).toThrow(RangeError);
  });
});

describe('names the syntax error', () => {
  it.each([
    ['', 'json-empty', ''],
    [' \n ', 'json-empty', ''],
    ['{"a":1 "b":2}', 'json-comma-missing', '"'],
    ['[1 2]', 'json-comma-missing', '2'],
    ['[{}{}]', 'json-comma-missing', '{'],
    ['[true false]', 'json-comma-missing', 'false'],
    ['[1,]', 'json-comma-at-end', ','],
    ['{"a":1,}', 'json-comma-at-end', ','],
    ['{"a":1,\n}', 'json-comma-at-end', ','],
    ['[,1]', 'json-value-missing', ','],
    ['{"a":}', 'json-value-missing', '}'],
    ['{"a" 1}', 'json-colon-missing', '1'],
    ['{"a"=1}', 'json-colon-missing', '='],
    ['{task: 1}', 'json-name-without-quotes', 'task'],
    ['{1: 1}', 'json-unexpected', '1'],
    ['{"a": yes}', 'json-word-without-quotes', 'yes'],
    ['{"a": tru}', 'json-word-without-quotes', 'tru'],
    ['{"a": truex}', 'json-word-without-quotes', 'truex'],
    ['{"a": TRUE}', 'json-word-without-quotes', 'TRUE'],
    ['{"a": constructor}', 'json-word-without-quotes', 'constructor'],
    ['{"a": None}', 'json-python-word', 'None'],
    ['[True, False]', 'json-python-word', 'True'],
    ['[NaN]', 'json-not-a-number', 'NaN'],
    ['[-Infinity]', 'json-not-a-number', '-Infinity'],
    ["{'a': 1}", 'json-single-quotes', "'"],
    ["['a']", 'json-single-quotes', "'"],
    ['{“a”: 1}', 'json-curly-quotes', '“'],
    ['[1] // two', 'json-comment', '// two'],
    ['[1, /* two */ 2]', 'json-comment', '/* two */'],
    ['# tasks\n[1]', 'json-comment', '# tasks'],
    ['/* tasks', 'json-comment', '/* tasks'],
    ['[01]', 'json-number-malformed', '01'],
    ['[1.]', 'json-number-malformed', '1.'],
    ['[.5]', 'json-number-malformed', '.'],
    ['[+5]', 'json-number-malformed', '+'],
    ['[1e]', 'json-number-malformed', '1e'],
    ['[-]', 'json-number-malformed', '-'],
    ['[12abc]', 'json-number-malformed', '12abc'],
    ['[2026-08-01]', 'json-number-malformed', '2026-08-01'],
    ['[1,5 kg]', 'json-comma-missing', 'kg'],
    ['"a\tb"', 'json-control-character', '\t'],
    ['"a\u0000b"', 'json-control-character', '\u0000'],
    ['"C:\\work"', 'json-escape-unknown', '\\w'],
    ['"\\u12g4"', 'json-escape-unknown', '\\u'],
    ['\ufeff[]', 'json-invisible-character', '\ufeff'],
    ['[1,\u00a02]', 'json-invisible-character', '\u00a0'],
    ['[1] [2]', 'json-text-after-end', '['],
    ['{"a":1}\n{"a":2}', 'json-text-after-end', '{'],
    ['12 x', 'json-text-after-end', 'x'],
    ['"abc', 'json-text-not-closed', ''],
    ['["abc\n"]', 'json-text-not-closed', '\n'],
    ['[1', 'json-cut-off', ''],
    ['[', 'json-cut-off', ''],
    ['{', 'json-cut-off', ''],
    ['{"a"', 'json-cut-off', ''],
    ['{"a":', 'json-cut-off', ''],
    ['{"a":1,', 'json-cut-off', ''],
  ])('%j: %s at %j', (text, code, part) => {
    expect(readJson(text).value).toBeUndefined();
    expect(problemOf(text)).toEqual([code, part]);
  });

  it.each([
    ['{"a":1 x', 'Expected a comma or }, but found “x”.'],
    ['[1;2]', 'Expected a comma or ], but found “;”.'],
    ['{"a":1 "b":2}', 'Expected a comma or }, but found a quotation mark.'],
    ['{"a": None}', 'None is Python syntax. Use null in JSON.'],
    ['[TRUE]', 'JSON needs lowercase here. Use true, not TRUE.'],
    ['[Null]', 'JSON needs lowercase here. Use null, not Null.'],
    ['[1,]', 'There’s an extra comma before ]. Remove it.'],
    [
      '{"a":1},\n{"a":2}',
      'A comma can’t follow here. Remove it, or put several requests in one list: [ … , … ].',
    ],
    ['[1] [2]', 'A second value starts here. Put several requests in one list: [ … , … ].'],
  ])('%s: %s', (text, message) => {
    expect(readJson(text).problems[0]?.message).toBe(message);
  });

  it('says where an unclosed bracket was opened', () => {
    expect(readJson('[1, {"a": [2').problems[0]?.related).toEqual({ offset: 10, words: 'It begins' });
    expect(readJson('[1, {"a": 2').problems[0]?.related).toEqual({ offset: 4, words: 'It begins' });
    expect(readJson('{"a": "b}').problems[0]?.related).toEqual({ offset: 6, words: 'It begins' });
  });

  it('refuses deeper nesting than servers accept', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(readJson(nested(deepestNesting)).problems).toEqual([]);
    expect(problemOf(nested(deepestNesting + 1))).toEqual(['json-nested-too-deep', '[']);
    expect(problemOf('['.repeat(1_000_000))).toEqual(['json-nested-too-deep', '[']);
    expect(problemOf('{"a":'.repeat(100_000))).toEqual(['json-nested-too-deep', '{']);
  });
});

describe('readable JSON that must not be sent', () => {
  it('reports a duplicate key and its first place', () => {
    const { value, problems } = readJson('[{"a": 1, "b": {"a": "a"}, "a": 2, "\\u0061": 3}]');
    expect(value).toEqual([{ a: 3, b: { a: 'a' } }]);
    expect(
      problems.map(({ code, span, path, related }) => ({
        code,
        offset: span?.from,
        path,
        first: related?.offset,
      })),
    ).toEqual([
      { code: 'duplicate-key', offset: 27, path: [0, 'a'], first: 2 },
      { code: 'duplicate-key', offset: 35, path: [0, 'a'], first: 2 },
    ]);
  });

  it('reports a second __proto__', () => {
    expect(problemOf('{"__proto__": 1, "__proto__": 2}')).toEqual(['duplicate-key', '"__proto__"']);
  });

  it('reads an object with 100,000 repeated keys in one pass', () => {
    const text = `{${'"a": 1,'.repeat(100_000)}"a": 1}`;
    expect(readJson(text).problems).toHaveLength(100_000);
  });

  it.each([
    ['"\\ud800"', '\\ud800'],
    ['"\\udc00"', '\\udc00'],
    ['"\\udfff"', '\\udfff'],
    ['"\\udbff"', '\\udbff'],
    ['"x\\ud83d y"', '\\ud83d'],
    ['"\\ud83d\\ud83d\\ude00"', '\\ud83d'],
    ['"\ud800"', '\ud800'],
    ['"a\ude00"', '\ude00'],
    ['"😀\ud83d"', '\ud83d'],
    ['{"\\ud800": 1}', '\\ud800'],
  ])('finds the lone surrogate in %j', (text, part) => {
    expect(readJson(text).value).toEqual(JSON.parse(text));
    expect(problemOf(text)).toEqual(['lone-surrogate', part]);
  });

  it.each(['"\\ud83d\\ude00"', '"😀"', '"\ud83d\\ude00"', '"\\ud83d\ude00"'])(
    'reads the surrogate pair %j',
    (text) => {
      expect(readJson(text)).toEqual({ value: '😀', problems: [] });
    },
  );

  it('pairs surrogates from the outside', () => {
    expect(readJson('"\\ud800\\udc00\\udbff\\udfff"').problems).toEqual([]);
  });

  it('reports NUL in keys and texts', () => {
    expect(problemOf('{"a": ["b\\u0000"]}')).toEqual(['nul-character', '\\u0000']);
    expect(readJson('{"a": ["b\\u0000"]}').problems[0]?.path).toEqual(['a', 0]);
    expect(problemOf('{"\\u0000": 1}')).toEqual(['nul-character', '\\u0000']);
  });

  it('reports numbers that are too large', () => {
    expect(problemOf('[1, -1e400]')).toEqual(['number-too-large', '-1e400']);
    expect(readJson('[1e400]').value).toEqual([new ExactNumber('1e400')]);
    expect(problemOf(`[${'9'.repeat(400)}]`)[0]).toBe('number-too-large');
  });
});

function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...characters.split(''));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The value as parsed by JSON.parse: exact numbers become the nearest doubles. */
function plain(value: Json): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Whether two spellings have the same value, by integer arithmetic. */
function sameValue(one: string, other: string): boolean {
  const [a, b] = [fraction(one), fraction(other)];
  return a.number * b.scale === b.number * a.scale;
}

function fraction(text: string): { number: bigint; scale: bigint } {
  const [, sign, whole, part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)!;
  const number = BigInt(`${sign}${whole}${part}`);
  const power = Number(exponent) - part.length;
  return power >= 0
    ? { number: number * 10n ** BigInt(power), scale: 1n }
    : { number, scale: 10n ** BigInt(-power) };
}

describe('repeated results', () => {
  const entry = (task: number, choice: string, more = '') =>
    `{"task": ${task}, "result": [{"value": {"choices": [${JSON.stringify(choice)}]}}]${more}}`;

  it('are parsed like JSON.parse', () => {
    const text = `[${Array.from({ length: 200 }, (_, index) => entry(index, `label ${index % 20}`)).join()}]`;
    const { value, problems } = readJson(text);
    expect(problems).toEqual([]);
    expect(value).toEqual(JSON.parse(text));
  });

  it('have their problems reported at each place', () => {
    const twice = '{"result": [{"a": 1, "a": 2}]}';
    expect(readJson(`[${twice}, ${twice}]`).problems.map(({ path }) => path.join('.'))).toEqual([
      '0.result.0.a',
      '1.result.0.a',
    ]);
  });

  it('are not mixed up', () => {
    const text =
      '[{"result": [1]}, {"result": [1, 2]}, {"result": [1]}, {"result": [12]}, {"result": "[1]"}]';
    expect(readJson(text).value).toEqual(JSON.parse(text));
  });
});
