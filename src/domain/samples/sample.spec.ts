import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig, Option } from '#config/label-config.ts';
import { readConfig } from '#config/read/read-config.ts';
import { configOf } from '#config/spec-config.ts';
import { findTag } from '#config/control-tags.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { sampleCsv, sampleJson } from './sample.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';

const folder = new URL('../../../seeds/configs/', import.meta.url);
const configs = readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, LabelConfig][] => {
  if (!entry.isDirectory()) return [];
  const read = readConfig(readFileSync(new URL(`${entry.name}/config.xml`, folder), 'utf8'));
  return read.ok ? [[entry.name, read.config]] : [];
});

const tasks = Array.from({ length: 100 }, (_, index) => 4000 + index);
const text = '<Text name="t" value="$t"/>';

describe.each(configs)('the samples of %s', (_, config) => {
  it('pass the check', () => expect(complaints(config)).toEqual([]));
  it('show every option', () => expect(unseenOptions(config)).toEqual([]));
  it('have the same answers as a table', () => expect(tableOf(config)).toEqual(answersOf(config)));
});

describe('the samples of any config', () => {
  const controls = fc.uniqueArray(anyControl(), { selector: ({ name }) => name, minLength: 1, maxLength: 5 });
  const anyConfig = controls.map((some) => configOf(text, ...some.map(({ xml }) => xml)));
  const holds = (assertion: (config: LabelConfig) => void) =>
    fc.assert(
      fc.property(anyConfig, (config) => {
        assertion(config);
      }),
      { seed: 7, numRuns: 150 },
    );

  it('pass the check', () => holds((config) => expect(complaints(config)).toEqual([])));
  it('show every option', () => holds((config) => expect(unseenOptions(config)).toEqual([])));
  it('have the same answers as a table', () =>
    holds((config) => expect(tableOf(config)).toEqual(answersOf(config))));
});

describe('controls that depend on an answer', () => {
  const config = configOf(
    text,
    '<Choices name="a" toName="t" required="true"><Choice value="Good"/><Choice value="Bad"/></Choices>',
    `<View visibleWhen="choice-selected" whenTagName="a" whenChoiceValue="Bad">
      <Choices name="why" toName="t" required="true"><Choice value="Blurred"/><Choice value="Dark"/></Choices>
      <View visibleWhen="choice-selected" whenTagName="why" whenChoiceValue="Dark"><Rating name="dark" toName="t"/></View>
    </View>`,
    '<TextArea name="praise" toName="t" visibleWhen="choice-unselected" whenTagName="a" whenChoiceValue="Bad"/>',
  );

  it('are answered only where visible, and with each of their options', () => {
    expect(sampleCsv(config, tasks)!.text).toBe(
      [
        'task,a,why,dark,praise',
        '4000,Good,,,A short note',
        '4001,Bad,Blurred,,',
        '4002,Bad,Dark,4,',
        '',
      ].join('\r\n'),
    );
    expect(complaints(config)).toEqual([]);
    expect(unseenOptions(config)).toEqual([]);
  });

  it('are answered together with anything that doesn’t hide them', () => {
    const hiding = configOf(
      text,
      '<TextArea name="r" toName="t" visibleWhen="choice-unselected" whenTagName="c" whenChoiceValue="x"/>',
      '<Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices>',
    );
    expect(sampleCsv(hiding, tasks)!.text).toBe('task,r,c\r\n4000,A short note,y\r\n4001,,x\r\n');
  });

  it('are skipped with a note if nothing shows them', () => {
    const hidden = configOf(
      text,
      '<Choices name="a" toName="t"><Choice value="x"/></Choices>',
      '<TextArea name="r" toName="t" visibleWhen="choice-selected" whenTagName="a" whenChoiceValue="y"/>',
    );
    const { text: json, notes } = sampleJson(hidden, tasks)!;
    expect(json).not.toContain('"r"');
    expect(notes).toEqual(['“r” isn’t included: no valid example is known.']);
  });
});

describe('a table', () => {
  it.each([
    [['a|b', 'c'], '"[""a|b"",""c""]"'],
    [[' a', 'c'], '"["" a"",""c""]"'],
    [['[a]', 'c'], '"[""[a]"",""c""]"'],
    [['a, "b"', 'c'], '"a, ""b""|c"'],
    [['=1+1', '-2'], '"[""=1+1"",""-2""]"'],
    [['@a', 'c'], '"[""@a"",""c""]"'],
    [['c', '=1+1'], 'c|=1+1'],
    [['a;=1', 'c'], String.raw`"[""a;\u003d1"",""c""]"`],
  ])('writes the choices %j so that they can be read back', ([one, other], cell) => {
    const options = [one!, other!].map((value) => `<Choice value="${value.replaceAll('"', '&quot;')}"/>`);
    const config = configOf(
      text,
      `<Choices name="a" toName="t" choice="multiple">${options.join('')}</Choices>`,
    );
    expect(sampleCsv(config, tasks)!.text).toBe(`task,a\r\n4000,${cell}\r\n`);
    expect(tableOf(config)).toEqual(answersOf(config));
  });

  it('has no formulas for spreadsheets, and is imported with the same labels', () => {
    const config = configOf(
      text,
      '<Choices name="=mood" toName="t"><Choice value="=1+1"/><Choice value="@b"/><Choice value="c;-1"/></Choices>',
      '<Taxonomy name="tree" toName="t"><Choice value="-a"><Choice value="+b"/></Choice></Taxonomy>',
      '<Number name="n" toName="t" min="-3" max="-3"/>',
    );
    const csv = sampleCsv(config, tasks)!.text;
    expect(csv).toBe(
      [
        "task,'=mood,tree,n",
        '4000,"[""=1+1""]","[[""-a"",""+b""]]",-3',
        '4001,"[""@b""]","[[""-a"",""+b""]]",-3',
        String.raw`4002,"[""c;\u002d1""]","[[""-a"",""+b""]]",-3`,
        '',
      ].join('\r\n'),
    );
    const { parsed, checked } = checkText(csv, () => ({ config, isForBulk: true }));
    expect(checked).toMatchObject({ rows: 3, errors: 0 });
    const imported = valuesOf(parsed.entries).map((request) => (request as { result: JsonObject[] }).result);
    expect(imported).toEqual(resultsOf(config));
  });

  it('skips columns whose name or answers can’t be written without a formula, with a note', () => {
    const config = configOf(
      text,
      '<Rating name="a" toName="t"/>',
      '<Rating name="=a" toName="t"/>',
      '<DateTime name="day" toName="t" only="date" format="=%Y"/>',
    );
    expect(sampleCsv(config, tasks)).toEqual({
      text: 'task,a\r\n4000,4\r\n',
      notes: [
        '“=a” isn’t included: a spreadsheet would take it for a formula.',
        '“day” isn’t included: a spreadsheet would take it for a formula.',
      ],
    });
  });

  it('has paths, as JSON if a level contains the separator', () => {
    const tree = (leaf: string) =>
      configOf(
        text,
        `<Taxonomy name="a" toName="t"><Choice value="A"><Choice value="${leaf}"/><Choice value="C"/></Choice></Taxonomy>`,
      );
    expect(sampleCsv(tree('B'), tasks)!.text).toBe('task,a\r\n4000,A > B|A > C\r\n');
    expect(sampleCsv(tree('b &gt; c'), tasks)!.text).toBe(
      'task,a\r\n4000,"[[""A"",""b > c""],[""A"",""C""]]"\r\n',
    );
  });

  it('has at most one row per task, and a note about what is missing', () => {
    const config = configOf(text, choices('a', 5), '<Rating name="r" toName="t"/>');
    const { text: csv, notes } = sampleCsv(config, [7, 9])!;
    expect(csv).toBe('task,a,r\r\n7,a0,4\r\n9,a1,4\r\n');
    expect(notes).toEqual(['The project has 2 tasks, so the sample doesn’t show every option of “a”.']);
    expect(JSON.parse(sampleJson(config, [7, 9])!.text)).toMatchObject([{ tasks: [7] }, { tasks: [9] }]);
  });

  it('shows twenty of many options', () => {
    const { text: csv, notes } = sampleCsv(configOf(text, choices('a', 1234)), tasks)!;
    expect(csv.match(/\r\n/g)).toHaveLength(21);
    expect(notes).toEqual(['“a” has 1,234 options; the sample shows 20.']);
  });

  it('isn’t created if it would be empty', () => {
    expect(
      sampleCsv(configOf('<Image name="i" value="$i"/>', '<Rectangle name="r" toName="i"/>'), tasks),
    ).toBe(undefined);
    expect(sampleJson(configOf(text), tasks)).toBe(undefined);
  });
});

it('uses controls outside documented bulk labelling only without others', () => {
  const box =
    '<Image name="i" value="$i"/><RectangleLabels name="box" toName="i"><Label value="Car"/></RectangleLabels>';
  const alone = sampleJson(configOf(box), tasks)!;
  expect(JSON.parse(alone.text)).toMatchObject([{ tasks: [4000], result: [{ from_name: 'box' }] }]);
  expect(alone.notes).toEqual([
    'Bulk labelling isn’t documented for any of these controls, so the sample has one example of each.',
  ]);
  const beside = sampleJson(configOf(box, '<Rating name="r" toName="i"/>'), tasks)!;
  expect(JSON.parse(beside.text)).toMatchObject([{ result: [{ from_name: 'r' }] }]);
  expect(beside.notes).toEqual(['“box” isn’t included: it is a <RectangleLabels>.']);
});

it('answers required controls, documented for bulk labelling or not', () => {
  const config = configOf(
    text,
    '<Rating name="r" toName="t"/>',
    '<Choices name="open" toName="t" value="$options" required="true"/>',
  );
  const results = resultsOf(config).flat();
  expect(results.map(({ value }) => value)).toEqual([{ rating: 4 }, { choices: ['An option of the task'] }]);
  expect(sampleCsv(config, tasks)).toEqual({
    text: 'task,r\r\n4000,4\r\n',
    notes: ['“open” isn’t included: it doesn’t fit in a table.'],
  });
});

it('is formatted, with the project in each request', () => {
  const { text: json } = sampleJson(configOf(text, choices('a', 1)), [7], 3)!;
  expect(json).toBe(`[
  {
    "tasks": [7],
    "project": 3,
    "result": [
      {
        "from_name": "a",
        "to_name": "t",
        "type": "choices",
        "value": {
          "choices": ["a0"]
        }
      }
    ]
  }
]
`);
});

/** Problems of the JSON sample in a project of this config. */
function complaints(config: LabelConfig): string[] {
  const sample = sampleJson(config, tasks);
  if (sample === undefined) return [];
  const isForBulk = documentedOf(config).length > 0;
  const { checked } = checkText(sample.text, () => ({ config, isForBulk }));
  const messages = checked.problems
    .filter(({ severity }) => severity !== 'info')
    .map(({ message }) => message);
  return checked.rows === checked.entries && checked.format === 'requests'
    ? messages
    : [...messages, 'No row for each request'];
}

/** Options missing in the JSON sample, of controls with at most twenty. */
function unseenOptions(config: LabelConfig): string[] {
  const regions = resultsOf(config).flat();
  return documentedOf(config).flatMap((control) => {
    const options = leaves(control.options, []).map((path) =>
      JSON.stringify(control.isNested ? path : path.at(-1)),
    );
    const shown = regions
      .filter(({ from_name: name }) => name === control.name)
      .flatMap(({ value }) => (value as JsonObject)[control.type] as Json[])
      .map((pick) => JSON.stringify(pick));
    return options.length > 20 ? [] : options.filter((option) => !shown.includes(option));
  });
}

interface Table {
  columns: string[];
  rows: { task: number; regions: JsonObject[] }[];
}

/** The sample table, parsed independently. */
function tableOf(config: LabelConfig): Table {
  const [head, ...lines] = parseCsv(sampleCsv(config, tasks)?.text ?? 'task\r\n');
  const [, ...columns] = head!;
  const controls = columns.map((column) => documentedOf(config).find(({ name }) => name === column)!);
  const rows = lines.map(([task, ...cells]) => ({
    task: Number(task),
    regions: cells.flatMap((cell, index) => regionOf(cell, controls[index]!)),
  }));
  return { columns, rows };
}

/** The same answers from the JSON sample. */
function answersOf(config: LabelConfig): Table {
  const columns = documentedOf(config).map(({ name }) => name);
  const rows = resultsOf(config).map((result, index) => ({
    task: tasks[index]!,
    regions: result.filter(({ from_name: name }) => columns.includes(name as string)),
  }));
  return { columns, rows: columns.length === 0 ? [] : rows.slice(0, 20) };
}

function regionOf(cell: string, control: Control): JsonObject[] {
  if (cell === '') return [];
  const key = findTag(control.tag)!.keys[0]!;
  const { name, toName, type } = control;
  return [{ from_name: name, to_name: toName[0]!, type, value: { [key]: answerOf(cell, control) } }];
}

function answerOf(cell: string, { tag, isNested }: Control): Json {
  if (tag === 'Rating' || tag === 'Number') return Number(cell);
  if (tag === 'DateTime') return cell;
  if (tag === 'TextArea') return [cell];
  if (cell.startsWith('[')) return JSON.parse(cell) as Json;
  const picks = cell.split('|');
  return isNested ? picks.map((path) => path.split(' > ')) : picks;
}

/** Strict RFC 4180. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (const [, written = '', end] of csv.matchAll(cell)) {
    const isQuoted = written.startsWith('"');
    rows.at(-1)!.push(isQuoted ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (end === '\r\n') rows.push([]);
  }
  expect(csv.replaceAll(cell, '')).toBe('');
  return rows.slice(0, -1);
}

function resultsOf(config: LabelConfig): JsonObject[][] {
  const sample = sampleJson(config, tasks);
  if (sample === undefined) return [];
  return (JSON.parse(sample.text) as { result: JsonObject[] }[]).map(({ result }) => result);
}

/** In a `<Repeater>`, the first represents all. */
function documentedOf(config: LabelConfig): Control[] {
  const put = (name: string) => name.replaceAll('{{idx}}', '0');
  return [...config.controls.values()]
    .filter((control) => bulkUnsupportedReason(control) === undefined)
    .map((control) => ({ ...control, name: put(control.name), toName: control.toName.map(put) }));
}

function leaves(options: readonly Option[], above: string[]): string[][] {
  return options.flatMap(({ result, children }) =>
    children.length === 0 ? [[...above, result]] : leaves(children, [...above, result]),
  );
}

function choices(name: string, many: number): string {
  const each = Array.from({ length: many }, (_, index) => `<Choice value="${name}${index}"/>`);
  return `<Choices name="${name}" toName="t">${each.join('')}</Choices>`;
}

/** Any control for bulk labelling, with unusual labels and bounds. */
function anyControl(): fc.Arbitrary<{ name: string; xml: string }> {
  const escaped = (value: string) =>
    value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const label = fc
    .string({
      unit: fc.constantFrom(...'a b | > " [ , = - é 😀 & <'.split(' '), ' '),
      minLength: 1,
      maxLength: 6,
    })
    .filter((value) => value.trim() !== '');
  const labels = fc.uniqueArray(label, { minLength: 1, maxLength: 8 });
  const required = fc.constantFrom('', ' required="true"');
  const choice = (value: string, inside = '') => `<Choice value="${escaped(value)}">${inside}</Choice>`;
  const flat = fc
    .tuple(labels, fc.constantFrom('single', 'multiple', 'single-radio'))
    .map(([some, several]) => ({
      tag: `Choices choice="${several}"`,
      inside: some.map((one) => choice(one)).join(''),
    }));
  const tree = fc
    .tuple(labels, labels, fc.constantFrom('', ' leafsOnly="true"', ' maxUsages="1"'))
    .map(([tops, below, more]) => ({
      tag: `Taxonomy${more}`,
      inside: tops
        .map((top, index) =>
          choice(top, index % 2 === 0 ? below.map((one) => choice(one)).join('') : undefined),
        )
        .join(''),
    }));
  const rating = fc
    .integer({ min: 1, max: 12 })
    .map((max) => ({ tag: `Rating maxRating="${max}"`, inside: '' }));
  const number = fc
    .tuple(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      fc.constantFrom('0.25', '1', '7'),
    )
    .map(([min, size, step]) => ({
      tag: `Number min="${min}" max="${min + size}" step="${step}"`,
      inside: '',
    }));
  const date = fc
    .tuple(
      fc.constantFrom(
        '',
        'only="date"',
        'only="time"',
        'only="date" format="%d.%m.%Y"',
        'format="%B %e, %y"',
      ),
      fc.constantFrom('', 'min="2027-02-03"', 'max="2011-05-06"', 'min="2030"'),
    )
    .map(([only, bound]) => ({ tag: `DateTime ${only} ${bound}`, inside: '' }));
  const note = fc.constant({ tag: 'TextArea', inside: '' });
  return fc
    .tuple(
      fc.constantFrom('a', 'b', 'c, d', 'e"f', 'g'),
      fc.oneof(flat, tree, rating, number, date, note),
      required,
    )
    .map(([name, { tag, inside }, more]) => ({
      name,
      xml: `<${tag} name="${escaped(name)}" toName="t"${more}>${inside}</${tag.split(' ')[0]}>`,
    }));
}
