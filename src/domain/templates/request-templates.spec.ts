import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import { check } from '#domain/check.ts';
import { contentKey } from '#domain/requests/content-codes.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { lineColumns, locate } from '#domain/text/locate.ts';
import { parse } from '#domain/parse/parse.ts';
import { entriesPerMark } from '#domain/parse/json/entry-reader.ts';
import type { EntryPath } from '#domain/parse/layout.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { valuesOf } from '#domain/spec-texts.ts';
import { validate } from '#domain/validate/validate.ts';

/*
 * Matched requests aren’t parsed, so a batch must have exactly the problems and groups that it has if every request is
 * parsed and checked separately.
 */

const options = { seed: 20261125, numRuns: 400 };

const config = configWith(
  '<Text name="t" value="$t"/><Image name="i" value="$i"/>',
  '<Choices name="c" toName="t" required="true"><Choice value="A"/><Choice value="Bé"/></Choices>',
  '<RectangleLabels name="box" toName="i"><Label value="Car"/><Label value="Sign" maxUsages="1"/></RectangleLabels>',
  '<Number name="n" toName="t" min="0" max="10" step="0.5"/>',
  '<Rating name="r" toName="t"/>',
  '<TextArea name="x" toName="t" maxSubmissions="2"/>',
  '<Labels name="l" toName="t"><Label value="PER"/></Labels>',
);
/** In the first, the number of uses of a label affects other regions; in the second, regions are checked separately. */
const configs = [
  config,
  configWith(
    '<Text name="t" value="$t"/><Image name="i" value="$i"/>',
    '<Choices name="c" toName="t" required="true" choice="multiple"><Choice value="A"/><Choice value="Bé"/><Choice value="D"/></Choices>',
    '<RectangleLabels name="box" toName="i"><Label value="Car"/><Label value="Sign"/></RectangleLabels>',
    '<Number name="n" toName="t" min="0" max="10" step="0.5" required="true"/>',
    '<Rating name="r" toName="t"/>',
    '<TextArea name="x" toName="t" maxSubmissions="2"/>',
    '<Labels name="l" toName="t"><Label value="PER"/></Labels>',
    '<Choices name="s" toName="t"><Choice value="A"/><Choice value="D"/></Choices>',
    '<Taxonomy name="y" toName="t"><Choice value="P"><Choice value="Q"/></Choice><Choice value="R"/></Taxonomy>',
    '<Relations><Relation value="of"/></Relations>',
  ),
];
const configOf = () => ({ config, isForBulk: false });

/** Mostly valid values, so that requests are matched, and sometimes invalid ones. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '1.0', '5', '9.5', '33.333333333333336', '12.50', '60') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('-1', '101', '100.0005', '3e0', '"5"', '0.1000000000000000001', '1e400'),
  },
);
const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('"fine"', '"long ago"', '"é😀"', '"a b"') },
  { weight: 1, arbitrary: fc.constantFrom('""', '"\\u00e9"', '"a\\"b"', '5') },
);
const id = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 4, arbitrary: fc.constantFrom('a1', 'b2', 'c_3', 'd-4').map((name) => `"id": "${name}", `) },
  { weight: 1, arbitrary: fc.constantFrom('"id": "x#y", ', '"id": 7, ', '"parentID": "a1", ') },
);

/** A region of each kind, with mostly varying numbers and words. */
const regions = [
  fc
    .tuple(id, fc.constantFrom('"A"', '"A"', '"Bé"', '"C"'))
    .map(
      ([own, choice]) =>
        `{${own}"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": [${choice}]}}`,
    ),
  fc
    .array(fc.constantFrom('"A"', '"B\\u00e9"', '"Bé"', '"D"', '"Dd"'), { maxLength: 3 })
    .map(
      (picks) =>
        `{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": [${picks.join()}]}}`,
    ),
  fc
    .array(fc.constantFrom('"A"', '"D"', '"A"'), { minLength: 1, maxLength: 2 })
    .map(
      (picks) =>
        `{"from_name": "s", "to_name": "t", "type": "choices", "value": {"choices": [${picks.join()}]}}`,
    ),
  fc
    .array(fc.constantFrom('["P"]', '["P", "Q"]', '["R"]', '["S"]'), { minLength: 1, maxLength: 3 })
    .map(
      (paths) =>
        `{"from_name": "y", "to_name": "t", "type": "taxonomy", "value": {"taxonomy": [${paths.join()}]}}`,
    ),
  fc
    .tuple(
      fc.constantFrom('a1', 'a1', 'b2', 'z'),
      fc.constantFrom('b2', 'b2', 'c_3'),
      fc.constantFrom('"of"', '"off"'),
    )
    .map(
      ([from, to, label]) =>
        `{"type": "relation", "from_id": "${from}", "to_id": "${to}", "direction": "right", "labels": [${label}]}`,
    ),
  fc
    .tuple(id, number, number, number, fc.constantFrom('0', '0', '30'), fc.constantFrom('"Car"', '"Sign"'))
    .map(
      ([own, x, y, width, rotation, label]) =>
        `{${own}"from_name": "box", "to_name": "i", "type": "rectanglelabels", "original_width": ${width}, "value": {"x": ${x}, "y": ${y}, "width": ${width}, "height": 4, "rotation": ${rotation}, "rectanglelabels": [${label}]}}`,
    ),
  number.map((n) => `{"from_name": "n", "to_name": "t", "type": "number", "value": {"number": ${n}}}`),
  number.map((n) => `{"from_name": "r", "to_name": "t", "type": "rating", "value": {"rating": ${n}}}`),
  words.map((w) => `{"from_name": "x", "to_name": "t", "type": "textarea", "value": {"text": [${w}]}}`),
  fc
    .tuple(number, number, words)
    .map(
      ([start, end, w]) =>
        `{"from_name": "l", "to_name": "t", "type": "labels", "value": {"start": ${start}, "end": ${end}, "text": ${w}, "labels": ["PER"]}}`,
    ),
];

const task = fc.oneof(
  { weight: 8, arbitrary: fc.nat(60).map((n) => `${n + 1}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0', '1234567890123450', '12345678901234567890', '"7"', '1.5', 'null'),
  },
);

const more = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: number.map((n) => `, "lead_time": ${n}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(', "was_cancelled": true', ', "unique_id": "u"', ', "nonsense": 1'),
  },
);

/** A few shapes of requests, each repeated with other tasks, numbers and words. */
const batch = fc
  .array(fc.array(fc.nat(regions.length - 1), { maxLength: 3 }), { minLength: 1, maxLength: 2 })
  // Without the required answer nothing would be valid, so nothing would be matched.
  .map((shapes) => shapes.map((shape) => [0, ...shape]))
  .chain((shapes) =>
    fc.array(
      fc
        .constantFrom(...shapes)
        .chain((shape) => fc.tuple(task, fc.tuple(...shape.map((kind) => regions[kind]!)), more))
        .map(([of, result, rest]) => `{"task": ${of}, "result": [${result.join(', ')}]${rest}}`),
      { maxLength: 40 },
    ),
  );

/** The same requests, each with a separate template. */
function apart(values: readonly Json[]): Entries {
  const entries = entriesOf(values);
  const each = Array.from(values, (_, entry) => entry);
  return { ...entries, templates: Uint32Array.from(each), firsts: each, namesOneTask: () => false };
}

const textsOf = (findings: ProblemList) =>
  findings
    .list()
    .map(({ severity, code, message, entry, path, fix }) =>
      JSON.stringify([severity, code, message, entry, path, fix]),
    )
    .toSorted();

function expectAsRead(values: readonly Json[], checkup: ReturnType<typeof check>, configOf: ConfigOf): void {
  const { parsed, findings } = checkup;
  const { entries } = parsed;
  expect(valuesOf(entries)).toEqual(values);
  for (const [entry, value] of values.entries())
    if (entries.namesOneTask(entries.templates[entry]!))
      expect(entries.taskAt(entry)).toEqual((value as { task: Json }).task);
  const expected = new ProblemList(1000);
  const ofWriting = new Set(parsed.problems.map(({ code }) => code));
  const { rows } = validate(apart(values), expected, configOf);
  const own = textsOf(findings).filter((one) => !ofWriting.has(JSON.parse(one)[1] as string));
  // Problems of a control are reported once, for whichever request came first.
  expect(own).toEqual(textsOf(expected));
  if (ofWriting.size === 0) expect(checkup.checked.rows).toBe(rows);
}

describe('a batch of similar requests', () => {
  it('has the same problems as if each were parsed', () => {
    fc.assert(
      fc.property(
        batch,
        fc.boolean(),
        fc.constantFrom(...configs),
        fc.boolean(),
        (requests, asLines, one, isForBulk) => {
          const known = { config: one, isForBulk };
          const text = asLines ? requests.join('\n') : `[${requests.join(',\n ')}]`;
          const values = requests.map((request) => readJson(request).value!);
          const checkup = check(SourceText.of(text), () => known);
          const isAsked = checkup.parsed.format === (asLines ? 'json-lines' : 'requests');
          expect(isAsked || requests.length < 2).toBe(true);
          if (isAsked) expectAsRead(values, checkup, () => known);
        },
      ),
      options,
    );
  });

  it('has the same problems with relations that differ only in their ends', () => {
    const [, known] = configs.map((one) => ({ config: one, isForBulk: false }));
    const ids = ['a1', 'b2', 'c_3'];
    const answers = [
      `{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["A"]}}`,
      `{"from_name": "n", "to_name": "t", "type": "number", "value": {"number": 5}}`,
    ];
    const boxes = ids.map(
      (own) =>
        `{"id": "${own}", "from_name": "box", "to_name": "i", "type": "rectanglelabels", "original_width": 60, "value": {"x": 1, "y": 1, "width": 5, "height": 4, "rotation": 0, "rectanglelabels": ["Car"]}}`,
    );
    const ends = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to]));
    const relations = ends.map(
      ([from, to]) =>
        `{"type": "relation", "from_id": "${from}", "to_id": "${to}", "direction": "right", "labels": ["of"]}`,
    );
    const inReverse = ends.map(
      ([from, to]) =>
        `{"type": "relation", "to_id": "${to}", "from_id": "${from}", "direction": "left", "labels": ["of"]}`,
    );
    const requests = [relations, inReverse]
      .flatMap((others) => relations.flatMap((one) => others.map((other) => [one, other])))
      .map((pair) => [...answers, ...boxes, ...pair])
      .map((result, index) => `{"task": ${index + 1}, "result": [${result.join(', ')}]}`);
    const values = requests.map((request) => readJson(request).value!);
    const checkup = check(SourceText.of(`[${requests.join(',')}]`), () => known!);
    expectAsRead(values, checkup, () => known!);
    expect(checkup.checked.problems.map(({ code }) => code)).toEqual(
      [...ends, ...ends].map(() => 'relation-again'),
    );
  });

  it('has the right lines for any line breaks', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\r', ' ');
    fc.assert(
      fc.property(
        batch.filter(({ length }) => length > 0),
        lineEnd,
        lineEnd,
        fc.boolean(),
        (few, inside, between, asLines) => {
          // Enough of them for several line marks.
          const requests = Array.from({ length: 5 * entriesPerMark }, (_, index) => few[index % few.length]!);
          const broken = requests.map((one, index) =>
            index % 3 > 0 ? one.replaceAll(', ', `,${inside}`) : one,
          );
          const text = SourceText.of(
            asLines ? requests.join(`${between}\n`) : `${between}[${broken.join(`,${between}`)}]`,
          );
          const { entries, layout } = parse(text, {}, configOf);
          const paths = Array.from(requests, (_, entry): EntryPath => ({ entry, path: [] }));
          const offsets = layout.spans(paths).map(({ from }) => from);
          expect(entries).toHaveLength(requests.length);
          expect(layout.markBefore(offsets.at(-1)!).at).toBe(offsets[4 * entriesPerMark]);
          expect(lineColumns(text, offsets, layout.markBefore)).toEqual(lineColumns(text, offsets));
        },
      ),
      { ...options, numRuns: 60 },
    );
  });

  it('has the same problems without a config, too', () => {
    fc.assert(
      fc.property(batch, (requests) => {
        const { findings } = check(SourceText.of(`[${requests.join(',')}]`));
        const expected = new ProblemList(1000);
        validate(apart(requests.map((request) => readJson(request).value!)), expected);
        const isWriting = (one: string) => /"(?:number-too-large|duplicate-key)"/.test(one);
        expect(textsOf(findings).filter((one) => !isWriting(one))).toEqual(textsOf(expected));
      }),
      options,
    );
  });

  it('is grouped by content in any notation', () => {
    fc.assert(
      fc.property(batch, fc.constantFrom(...configs), (requests, one) => {
        const { entries } = parse(SourceText.of(`[${requests.join(',')}]`), {}, () => ({
          config: one,
          isForBulk: false,
        }));
        const { codes, firsts } = entries.contentCodes();
        const keys = requests.map((request) => contentKey(readJson(request).value!));
        const keyOfCode = new Map<number, string | undefined>();
        for (const [entry, key] of keys.entries()) {
          const code = codes[entry]!;
          expect(firsts[code]! <= entry).toBe(true);
          if (keyOfCode.has(code)) expect([key, keyOfCode.get(code)]).toEqual([keyOfCode.get(code), key]);
          keyOfCode.set(code, key);
        }
        const keysFound = [...keyOfCode.values()].filter((key) => key !== undefined);
        expect(new Set(keysFound).size).toBe(keysFound.length);
      }),
      options,
    );
  });

  it('has each problem at its place', () => {
    fc.assert(
      fc.property(batch, (requests) => {
        const text = `\n[ ${requests.join(' ,\r\n\t')} ]\n`;
        const { parsed, checked } = check(SourceText.of(text), configOf);
        const ofWriting = new Set(parsed.problems.map(({ code }) => code));
        for (const { entry, path, code, from, to } of checked.problems) {
          if (entry === undefined || ofWriting.has(code)) continue;
          const isName = code === 'value-key-unknown' || code === 'field-unknown';
          const paths = { path: [entry, ...path], ...(isName && { of: 'key' as const }) };
          const [span] = locate(text, [paths]);
          const isLong = '[{'.includes(text[span!.from]!);
          expect([from, to]).toEqual([span!.from, isLong ? span!.from + 1 : span!.to]);
        }
      }),
      { ...options, numRuns: 150 },
    );
  });
});

describe('a list with a syntax error', () => {
  it('has the same problem at the same place as if all of it were parsed', () => {
    const spoilt = fc.tuple(
      batch,
      fc.nat(),
      fc.constantFrom('', ',', ']', '}', '"', '{', 'x', '\\', ' ', '[', '\0'),
    );
    fc.assert(
      fc.property(spoilt, fc.boolean(), ([requests, at, put], isCut) => {
        const whole = `[${requests.join(',\n')}]`;
        const place = at % whole.length;
        const text = whole.slice(0, place) + put + (isCut ? '' : whole.slice(place + 1));
        if (!text.startsWith('[')) return;
        const source = SourceText.of(text);
        const parsed = parse(source, { format: 'requests' }, configOf);
        const { value, problems } = readJson(text);
        expect(parsed.format === 'unreadable').toBe(value === undefined);
        if (value !== undefined) {
          expect(valuesOf(parsed.entries)).toEqual(value);
          return;
        }
        const found = parsed.problems.map(({ code, message, span }) => [code, message, span]);
        const at16 = (units: number) => source.offsetOf(units);
        expect(found).toEqual(
          problems.map(({ code, message, span }) => [
            code,
            message,
            { from: at16(span!.from), to: at16(span!.to) },
          ]),
        );
      }),
      { ...options, numRuns: 1500 },
    );
  });
});

it('doesn’t match a request with duplicate region IDs to one with distinct IDs', () => {
  const request = (one: string, other: string) =>
    `{"task": 1, "result": [{"id": "${one}", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["A"]}}, ` +
    `{"id": "${other}", "from_name": "box", "to_name": "i", "type": "rectanglelabels", "value": {"x": 1, "y": 1, "width": 1, "height": 1, "rotation": 0, "rectanglelabels": ["Car"]}}]}`;
  const text = `[${request('a', 'b')}, ${request('c', 'd')}, ${request('e', 'e')}]`;
  const { parsed, findings } = check(SourceText.of(text), configOf);
  expect([...parsed.entries.templates]).toEqual([0, 0, 1]);
  expect(findings.list().map(({ code, entry }) => `${entry} ${code}`)).toContain('2 region-id-again');
});

it('doesn’t treat requests as equal because their hashes are', () => {
  // Among this many there are about ten pairs with the same 32-bit hash.
  const count = 300_000;
  const requests = Array.from(
    { length: count },
    (_, index) => `{"task": ${index + 1}, "lead_time": ${index}.1, "result": []}`,
  );
  const { entries } = check(SourceText.of(`[${requests.join(',')}]`)).parsed;
  expect(entries.firsts.length).toBeLessThan(10);
  expect(entries.contentCodes().firsts.length).toBe(count);
});

describe('templates are limited, and beyond the limit', () => {
  const labels = Array.from({ length: 120 }, (_, index) => `label ${index}`);
  const many = configWith(
    '<Text name="t" value="$t"/><Image name="i" value="$i"/>',
    `<Choices name="c" toName="t">${labels.map((label) => `<Choice value="${label}"/>`).join('')}</Choices>`,
    '<RectangleLabels name="box" toName="i"><Label value="Car"/></RectangleLabels>',
    '<TextArea name="x" toName="t"/>',
  );
  const choices = (label: string) =>
    `{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["${label}"]}}`;
  const box = (id: string, x: string) =>
    `{"id": "${id}", "from_name": "box", "to_name": "i", "type": "rectanglelabels", "value": {"x": ${x}, "y": 1, "width": 1, "height": 1, "rotation": 0, "rectanglelabels": ["Car"]}}`;
  const note = (text: string) =>
    `{"from_name": "x", "to_name": "t", "type": "textarea", "value": {"text": ["${text}"]}}`;
  const request = (task: number, regions: readonly string[]) =>
    `{"task": ${task}, "result": [${regions.join(', ')}]}`;
  const times = <T>(count: number, made: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => made(index));

  it.each([
    [
      'more single labels than requests are learned as a whole',
      times(300, (n) => [choices(labels[n % 120]!)]),
    ],
    [
      'more wrong labels than have templates',
      times(700, (n) => [choices(n % 3 === 0 ? 'label 1' : `wrong ${n}`)]),
    ],
    [
      'wrong labels, and right ones that come late, beyond what is listed',
      times(1700, (n) => [choices(n > 1600 ? labels[n - 1590]! : `no ${n}`)]),
    ],
    [
      'more ids than are searched one by one',
      times(4, (n) => times(200, (id) => box(`${n}-${n === 3 && id === 199 ? 150 : id}`, '5'))),
    ],
    ['requests too long to be learned', times(4, (n) => [note('long '.repeat(12_000) + (n % 2))])],
    [
      'numbers with more digits than are read at once',
      times(6, (n) => [box('a', `1.${'0123456789'.repeat(2)}${n % 2}`)]),
    ],
    [
      'lists of labels that are known one by one',
      times(12, (n) => [
        choices(n === 9 ? 'label 1", "label 2' : n === 11 ? 'label 1", "label 1' : `label ${n % 3}`),
        note(`${n}`),
      ]),
    ],
    [
      'as many shapes as requests',
      times(300, (n) => [`{${' '.repeat(n)}"from_name": "c"${choices('label 1').slice(17)}`]),
    ],
  ])('%s', (_, results) => {
    const requests = results.map((regions, index) => request((index % 250) + 1, regions));
    const values = requests.map((one) => readJson(one).value!);
    const known = () => ({ config: many, isForBulk: false });
    const checkup = check(SourceText.of(`[${requests.join(',\n')}]`), known);
    expectAsRead(values, checkup, known);
    const { codes } = checkup.parsed.entries.contentCodes();
    const keys = [...new Set(values.map((value) => contentKey(value)))];
    expect([...codes]).toEqual(values.map((value) => keys.indexOf(contentKey(value))));
  });
});
