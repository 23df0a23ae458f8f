import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { readGridRows } from '#domain/parse/grid/grid-rows.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="animal" toName="text" choice="multiple">
    <Choice value="cat"/><Choice value="Dog"/><Choice value="Praise, thanks" alias="praise"/>
  </Choices>
  <Choices name="tone" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const configOf = () => ({ config: read.config, isForBulk: false });
const used: ImportSettings = { labelColumns: ['animal'] };
const checked = (text: string, settings: ImportSettings = used) => checkText(text, configOf, settings);

/** Each row’s choices: `1 animal=cat,Dog`. */
const answersOf = (text: string, settings?: ImportSettings) =>
  valuesOf(checked(text, settings).parsed.entries).map((value) => {
    const { task, result } = value as {
      task: number;
      result: { from_name: string; value: { choices: string[] } }[];
    };
    return [task, ...result.map((one) => `${one.from_name}=${one.value.choices.join()}`)].join(' ');
  });
const problemsOf = (text: string, settings?: ImportSettings) =>
  checked(text, settings).checked.problems.map(
    ({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`,
  );

describe('columns named like labels', () => {
  it('are offered, and not used unasked', () => {
    const text = 'task,cat,dog\n1,x,\n2,,x\n';
    const { checked: found, parsed } = checked(text, {});
    expect(found.reading?.labelColumns).toEqual([
      { control: 'animal', columns: 2, names: ['cat', 'dog'], areUsed: false },
    ]);
    expect(found.problems[0]?.message).toContain('Use them as its choices, or write them into one column');
    expect(parsed.entries.length).toBe(0);
  });

  it.each([
    ['a single one', 'task,cat\n1,x\n', {}],
    ['columns of texts', 'task,cat,dog\n1,a tabby,none seen\n2,a Siamese,two of them\n', {}],
    ['columns of a control that another column answers', 'task,cat,dog,animal\n1,x,,cat\n', {}],
    [
      'columns that the user ignores',
      'task,cat,dog\n1,x,\n',
      { columns: { cat: 'nothing', dog: 'nothing' } },
    ],
  ] satisfies [string, string, ImportSettings][])(
    'are not offered: %s',
    (_, text, settings: ImportSettings) => {
      expect(checked(text, settings).checked.reading?.labelColumns).toBeUndefined();
    },
  );

  it.each([
    ['x and nothing', 'task,cat,dog\n1,x,X\n2,,x\n'],
    ['TRUE and FALSE', 'task,cat,dog\n1,TRUE,True\n2,FALSE,true\n'],
    ['1 and 0', 'task,cat,dog\n1,1,1\n2,0,1\n'],
    ['decimals, as pandas writes them beside missing values', 'task,cat,dog\n1,1.0,1.0\n2,0.0,1.0\n'],
    ['yes and no', 'task,cat,dog\n1,yes,Y\n2,no,Yes\n'],
    ['names with the control before them', 'task,animal_cat,animal_Dog\n1,1,1\n2,0,1\n'],
    ['records', '[{"task": 1, "cat": true, "dog": 1}, {"task": 2, "cat": null, "dog": true}]'],
  ])('become one answer: %s', (_, text) => {
    expect(answersOf(text)).toEqual(['1 animal=cat,Dog', '2 animal=Dog']);
    expect(checked(text).checked).toMatchObject({ errors: 0, rows: 2 });
  });

  it('choose the value of a label with an alias, and nothing without a mark', () => {
    const text = 'task,"Praise, thanks",cat,tone\n1,1,0,Good\n2,0,0,Bad\n';
    expect(answersOf(text)).toEqual(['1 animal=praise tone=Good', '2 tone=Bad']);
  });

  it('have a problem at each cell with anything else, in every row', () => {
    const rows = Array.from({ length: 1500 }, (_, row) => `${row + 1},maybe,x`);
    const found = checked(`task,cat,dog\n${rows.join('\n')}\n2000,x,x\n`);
    expect(found.checked).toMatchObject({ errors: 1500, refused: 1500, rows: 1 });
    expect(found.checked.problems[0]).toMatchObject({ code: 'mark-unclear', line: 2, column: 3 });
    const { parsed, findings } = found;
    const [last] = readGridRows(
      parsed.grid!,
      { entries: parsed.entries, findings, configOf },
      { rows: [1400], columns: { from: 0, to: 3 } },
    );
    expect(last!.problems).toMatchObject([
      {
        column: 1,
        message: expect.stringContaining('“maybe” doesn’t say whether “cat” is chosen in “animal”.'),
      },
    ]);
  });

  it('have several marks for a single choice reported at a cell of theirs', () => {
    expect(problemsOf('task,good,bad\n1,x,\n2,x,x\n3,,x\n', { labelColumns: ['tone'] })).toEqual([
      expect.stringMatching(/^3:[35] error /),
    ]);
  });

  it('place the problem of another column’s answer there', () => {
    expect(problemsOf('task,cat,dog,tone\n1,x,x,Good\n2,x,,Odd\n')).toEqual(['3:6 error choice-unknown']);
  });

  it('have the same content however they are marked', () => {
    const text = 'task,cat,dog\n1,x,no\n1,TRUE,\n1,,x\n';
    const { codes } = checked(text).parsed.entries.contentCodes();
    expect([codes[0] === codes[1], codes[0] === codes[2]]).toEqual([true, false]);
    expect(problemsOf(text).map((one) => one.split(' ').at(-1))).toEqual([
      'task-again-with-same-result',
      'task-again-with-other-result',
    ]);
  });

  describe('beside a marked column that isn’t a choice', () => {
    const warnings = (text: string, settings: ImportSettings = used) =>
      checked(text, settings).checked.problems.filter(({ code }) => code === 'choice-column-unknown');

    it.each([
      ['task,animal_cat,animal_Dog,animal_Other\n1,1,0,0\n2,0,0,1\n', 'animal_Other'],
      ['task,animal: cat,animal: Dog,animal: Other\n1,x,,\n2,,x,maybe\n3,,,x\n', 'animal: Other'],
      ['task,cat,dog,Other\n1,x,,\n2,,,x\n', 'Other'],
    ])('warn that its marks are lost: %j', (text, column) => {
      expect(warnings(text)).toMatchObject([
        {
          severity: 'warning',
          message: `Column “${column}” has marks, but isn’t used: “Other” isn’t a choice in “animal”. Add it in Label Studio, or choose Ignore.`,
        },
      ]);
      expect(warnings(text, { ...used, columns: { [column]: 'nothing' } })).toEqual([]);
    });

    it.each([
      ['without a mark', 'task,animal_cat,animal_Dog,animal_Other\n1,1,0,0\n2,0,1,0\n'],
      ['named in another way than the others', 'task,animal_cat,animal_Dog,urgent\n1,1,0,1\n2,0,1,0\n'],
      ['with other cells, too', 'task,cat,dog,amount\n1,x,,1\n2,,x,20\n'],
      ['before the columns are used', 'task,seen,dog,cat,tone\n1,1,0,1,Good\n2,0,1,0,Bad\n', {}],
    ] satisfies [string, string, ImportSettings?][])('don’t warn of one %s', (_, text, settings?) => {
      expect(warnings(text, settings)).toEqual([]);
    });
  });

  it('report a label that was removed from the config', () => {
    const settings: ImportSettings = { columns: { cat: 'label:animal', ferret: 'label:animal' } };
    expect(problemsOf('task,cat,ferret\n1,x,\n2,,x\n', settings)).toEqual(['3:4 error choice-unknown']);
  });
});
