import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { contentKey } from '#domain/requests/content-codes.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { addSourceProblems } from '#domain/parse/parsed.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';
import { validate } from '#domain/validate/validate.ts';
import type { PlacedProblem } from '#wire/problem.ts';

/* Rows that are read and checked together must have the same problems, places and groups as each row alone. */

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Choices name="mood" toName="t" required="true"><Choice value="Good" alias="good"/><Choice value="Bad"/><Choice value="日本"/></Choices>',
  '<Choices name="topics" toName="t" choice="multiple"><Choice value="Price"/><Choice value="a|b"/></Choices>',
  '<Choices name="animal" toName="t"><Choice value="cat"/><Choice value="dog"/></Choices>',
  '<TextArea name="note" toName="t" maxSubmissions="1"/>',
  '<Number name="score" toName="t" min="0" max="1000" step="0.5"/>',
);
const configOf = () => ({ config, isForBulk: false });

/** Problems between rows. */
const isAcrossRows = (code: string) =>
  code.startsWith('task-again') || code === 'label-used-once' || code === 'unique-id-again';

interface Source {
  /** The text of each row. */
  rows: string[];
  /** Rows to read before each row alone, so that it has the same columns. */
  before?: string[];
  /** The text of some rows, and where each starts. */
  write: (rows: readonly string[]) => { text: string; starts: number[] };
  settings: ImportSettings;
}

/** The result for rows read together, and the expected result from each row alone. */
function togetherAndAlone({ rows: others, before = [], write, settings }: Source) {
  const rows = [...before, ...others];
  const { text, starts } = write(rows);
  const whole = checkText(text, configOf, settings);
  const alone = rows.map((row) => {
    const one = write([...before, row]);
    return { ...checkText(one.text, configOf, settings), start: one.starts[before.length]! };
  });
  const values = alone.map(({ parsed }) => parsed.entries.at(before.length));
  const ofRows = alone.flatMap(({ checked, start }, entry) =>
    checked.problems
      .filter((problem) => problem.entry === before.length)
      .map(({ code, message, from, to }) => {
        const by = starts[entry]! - start;
        return { entry, code, message, from: from + by, to: to + by };
      }),
  );

  const { isSilent, cellProblems } = whole.parsed.entries;
  const across = new ProblemList(Infinity);
  addSourceProblems(whole.parsed, across);
  const each = rows.map((_, row) => row);
  const entries = {
    ...entriesOf(values),
    templates: Uint32Array.from(each),
    firsts: each,
    namesOneTask: () => true,
    ...(isSilent && { isSilent }),
    ...(cellProblems && { cellProblems }),
  };
  const { rows: valid } = validate(entries, across, configOf, 'row');

  const isAcross = ({ code }: { code: string }) => isAcrossRows(code);
  return {
    together: {
      values: valuesOf(whole.parsed.entries),
      ofRows: inOrder(whole.checked.problems.filter(({ entry }) => entry !== undefined)),
      acrossRows: whole.findings.list().filter(isAcross),
      counts: [whole.checked.errors, whole.checked.warnings, whole.checked.rows],
      refused: [...whole.findings.entryErrors],
      groups: groupsOf([...whole.parsed.entries.contentCodes().codes]),
    },
    alone: {
      values,
      ofRows: inOrder(ofRows),
      acrossRows: across.list().filter(isAcross),
      counts: [across.errors, across.warnings, valid],
      refused: [...across.entryErrors],
      groups: groupsOf(values.map((value) => contentKey(value))),
    },
  };
}

type Found = Pick<PlacedProblem, 'code' | 'message' | 'from' | 'to'> & { entry?: number };

const inOrder = (found: readonly Found[]): string[] =>
  found
    .filter(({ code }) => !isAcrossRows(code))
    .map(({ entry, code, message, from, to }) =>
      JSON.stringify([entry, code, message.replace(/ at line .*/, ''), from, to]),
    )
    .toSorted();

/** For each row, the first one with the same key. */
function groupsOf(keys: readonly unknown[]): number[] {
  return keys.map((key, row) => (key === undefined ? row : keys.indexOf(key)));
}

const targets: NonNullable<ImportSettings['columns']> = {
  task: 'task',
  mood: 'control:mood',
  topics: 'control:topics',
  cat: 'label:animal',
  dog: 'label:animal',
  note: 'control:note',
  score: 'control:score',
  lead_time: 'field:lead_time',
  extra: 'nothing',
};
const names = Object.keys(targets);

const mark = fc.constantFrom(
  '',
  ' ',
  'x',
  ' X',
  '1',
  '1.0',
  'TRUE',
  'yes',
  '0',
  'false',
  'No',
  'maybe',
  '2',
  '[1]',
);

const cells: Record<string, fc.Arbitrary<string>> = {
  cat: mark,
  dog: mark,
  task: fc.oneof(
    fc.integer({ min: 1, max: 40 }).map(String),
    fc.constantFrom('0', '007', '', 'x', '12345678901234560', '123456789012345678', '1.0', ' 5', '\u00a05'),
  ),
  mood: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('good', 'Bad', '日本') },
    fc.constantFrom(
      '',
      ' ',
      'Good',
      'Goood',
      'bad',
      'good|Bad',
      '["Bad"]',
      ' Bad',
      '[',
      'wrong "one"',
      'two\nlines',
    ),
    fc.string({ maxLength: 4 }),
  ),
  topics: fc.constantFrom(
    '',
    'Price',
    'Price|Price',
    '["a|b"]',
    'Price | x',
    '["Price"]',
    '["Price", "a|b"]',
    'Price, Price',
    "['Price']",
    'Price, p',
    'p',
  ),
  note: fc.oneof(
    fc.constantFrom(
      '',
      'fine',
      ' fine',
      '["fine"]',
      '["a", "b"]',
      '[not JSON',
      '  ',
      '\u00a0',
      '\u3000x',
      '日本',
      'éa',
      '"q"',
      'a\nb',
      'x,y;z\tw|v',
      '\\',
      '[ "fine" ]',
      '5',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  ),
  score: fc.oneof(
    fc.constantFrom(
      '',
      '5',
      '5.0',
      '5.5',
      '5.25',

      '5e0',
      '-1',
      '-0',
      '0',
      '1000.5',
      'many',
      '1,5',
      '05',
      '0.1',
      '12345678901234567890',
      '0.30000000000000004',
      '0.3000000000000000444',
      '1e400',
      '.5',
      '5.',
      '0.0000001',
      '1e-7',
      '\u00a05',
    ),
    fc.double({ min: 0, max: 9, noNaN: true }).map(String),
  ),
  lead_time: fc.constantFrom(
    '',
    '1.5',
    '1.50',
    '-2',
    'long',
    '0',
    '12345678901234567',
    ' 3',
    '3',
    '3.0',
    'null',
    'TRUE',
  ),
  extra: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a "b" c', '', '\r\n', 'ok')),
};

const rowsOf = (columns: readonly string[]) => {
  const row = fc.tuple(...columns.map((name) => cells[name]!));
  return fc
    .array(row, { minLength: 1, maxLength: 8 })
    .chain((few) => fc.array(fc.oneof(fc.constantFrom(...few), row), { minLength: 1, maxLength: 25 }));
};
const columnsOf = fc
  .shuffledSubarray(names, { minLength: 1 })
  // Without tasks or labels there are no entries.
  .map((some) => [...some, ...['task', 'mood'].filter((name) => !some.includes(name))]);

it('holds for a table', () => {
  const table = columnsOf.chain((columns) => fc.tuple(fc.constant(columns), rowsOf(columns)));
  const spelling = fc.record({
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    /** Cells removed or added, by row. */
    ragged: fc.array(fc.constantFrom(0, 0, 0, 0, -1, 1), { minLength: 1, maxLength: 9 }),
  });
  fc.assert(
    fc.property(table, spelling, ([columns, cellsOfRows], { delimiter, lineEnd, quotes, ragged }) => {
      const quoted = (cell: string, index: number) =>
        quotes[index % quotes.length]! || /["\r\n]/.test(cell) || cell.includes(delimiter)
          ? `"${cell.replaceAll('"', '""')}"`
          : cell;
      let index = 0;
      const rows = cellsOfRows.map((row, number) => {
        const by = row.length > 1 ? ragged[number % ragged.length]! : 0;
        const written = [...row.map((cell) => quoted(cell, (index += 1))), '"more"'];
        const line = written.slice(0, row.length + by).join(delimiter);
        return line === '' ? '""' : line;
      });
      const { together, alone } = togetherAndAlone({
        rows,
        write(some) {
          const header = columns.join(delimiter) + lineEnd;
          const lines = some.map((row) => row + lineEnd);
          let at = header.length;
          return {
            text: header + lines.join(''),
            starts: lines.map((line) => (at += line.length) - line.length),
          };
        },
        settings: { format: 'table', delimiter, hasHeader: true, columns: targets },
      });
      expect(together).toEqual(alone);
    }),
    { seed: 20_261_128, numRuns: 300 },
  );
}, 60_000);

/** JSON for a cell, also in unusual spellings. */
const spelled = (cell: string, way: number): string[] => {
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e-?\d+)?$/.test(cell);
  const ascii = JSON.stringify(cell).replaceAll(
    /[^\n -~]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const plain = isNumber && way % 2 === 0 ? cell : way % 3 === 0 ? ascii : JSON.stringify(cell);
  return [
    plain,
    plain,
    plain,
    plain,
    plain,
    plain,
    `[${plain}]`,
    'null',
    `{"a": ${plain}}`,
    'true',
    `"\\ud800"`,
    `"\\u0000"`,
  ].slice(way % 12, (way % 12) + 1);
};

it.each(['list', 'lines'] as const)(
  'holds for a %s of records',
  (as) => {
    const table = columnsOf.chain((columns) => fc.tuple(fc.constant(columns), rowsOf(columns)));
    const ways = fc.record({
      ways: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 1, 3, 6, 7, 8, 9, 10, 11), {
        minLength: 1,
        maxLength: 23,
      }),
      order: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 4, 5), { minLength: 1, maxLength: 9 }),
      space: fc.constantFrom('', ' ', as === 'list' ? '\n  ' : '\t'),
    });
    fc.assert(
      fc.property(table, ways, ([columns, cellsOfRows], { ways: way, order, space }) => {
        let index = 0;
        const rows = cellsOfRows.map((row, number) => {
          const members = row.map((cell, column) => {
            const name = columns[column]!;
            const key = JSON.stringify(name);
            const value = spelled(
              cell,
              name === 'task' && index % 5 > 0 ? 0 : way[(index += 1) % way.length]!,
            )[0]!;
            return [key, value] as const;
          });
          const unusual = order[number % order.length]!;
          if (unusual === 1) members.reverse();
          if (unusual === 2 && members.length > 1) members.pop();
          if (unusual === 3) members.push(['"new"', '5']);
          if (unusual === 4) members.push(members[0]!);
          if (unusual === 5) members.unshift(['"\\u0061b"', '{"deep": [1, {}]}']);
          return `{${space}${members.map(([key, value]) => `${key}:${space}${value}`).join(`,${space}`)}${space}}`;
        });
        const { together, alone } = togetherAndAlone({
          rows,
          before: [`{${[...columns, 'new', 'ab'].map((name) => `"${name}": null`).join()}}`, '{}'],
          write(some) {
            const [open, between, close] = as === 'list' ? ['[\n', ',\n', '\n]'] : ['', '\n', '\n'];
            let at = open.length;
            const starts = some.map(
              (row) => (at += row.length + between.length) - row.length - between.length,
            );
            return { text: open + some.join(between) + close, starts };
          },
          settings: { format: 'records', columns: targets },
        });
        expect(together).toEqual(alone);
      }),
      { seed: 20_261_128, numRuns: 300 },
    );
  },
  60_000,
);
