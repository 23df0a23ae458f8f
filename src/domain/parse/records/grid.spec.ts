import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { headOfGrid, readGridRows, rowsWithProblems, writeCell } from './grid.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { checkText } from '#domain/spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text" required="true"><Choice value="Good" alias="good"/><Choice value="Bad"/></Choices>
  <Choices name="topics" toName="text" choice="multiple"><Choice value="Price"/><Choice value="Taste"/></Choices>
  <Rating name="stars" toName="text"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const { config } = read;
const configOf = () => ({ config, isForBulk: true });

function gridOf(text: string, choice: ImportSettings = {}) {
  const { parsed, findings } = checkText(text, configOf, choice);
  const grid = parsed.grid!;
  return {
    grid,
    rows: (...rows: number[]) =>
      readGridRows(grid, { entries: parsed.entries, findings, configOf, values: choice.values }, rows),
    withProblems: () => [...rowsWithProblems(findings)],
    put(row: number, column: number, words: string) {
      const written = writeCell(SourceText.of(text), grid, row, column, words);
      return { ...written, text: written.text.toString() };
    },
  };
}

/** What is wrong with a row: `column: code`, or `row: code`. */
const problemsOf = (text: string, row: number) =>
  gridOf(text)
    .rows(row)[0]!
    .problems.map(({ column, code }) => `${column ?? 'row'}: ${code}`);

describe('the rows of a table', () => {
  const text =
    'task,mood,stars,remark\n1,good,4,"a ""b"", c"\nx,Bad,99,\n3,,5,\n4,Bad\n5,Bad,5,hm\n7,Bad,1,a\0b\n';

  it('say what their cells say', () => {
    expect(gridOf(text).rows(0, 3, 99)).toMatchObject([
      { row: 0, cells: ['1', 'good', '4', 'a "b", c'], errors: 0, warnings: 0, problems: [] },
      { row: 3, cells: ['4', 'Bad', '', ''], errors: 1 },
    ]);
  });

  it('say what is read as a label that was accepted for it', () => {
    const values = { mood: { fine: 'good', Bad: 'good' }, topics: { cost: 'Price' } };
    const { rows } = gridOf('task,mood,topics\n1,fine,cost|Taste\n2,Bad,Taste\n3,,"[""cost""]"\n', {
      values,
    });
    expect(rows(0, 1, 2).map(({ readAs }) => readAs)).toEqual([
      { 1: 'good', 2: 'Price, Taste' },
      {},
      { 2: 'Price' },
    ]);
  });

  it('say of each problem in which cell it is', () => {
    expect(problemsOf(text, 1)).toEqual(['0: task-id-not-whole', '2: value-too-large']);
    expect(problemsOf(text, 2)).toEqual(['1: required-missing']);
    expect(problemsOf(text, 3)).toEqual(['row: row-too-short']);
    expect(problemsOf(text, 5)).toContain('3: nul-character');
    expect(gridOf(text).withProblems()).toEqual([1, 2, 3, 5]);
  });

  it('are there too where no column holds tasks', () => {
    const { grid, rows } = gridOf('a,b\nx,y\nz,w\n');
    expect(headOfGrid(grid, config).rows).toBe(2);
    expect(rows(1)[0]).toMatchObject({ cells: ['z', 'w'], problems: [] });
  });

  it('have their problems beyond those that are listed, and the rest is counted', () => {
    const many = `task,mood\n${'x,Bad\n'.repeat(1500)}2,Nope\n2,"Bad\n`;
    expect(problemsOf(many, 1499)).toEqual([expect.stringMatching(/^0: /)]);
    expect(problemsOf(many, 1500)).toEqual([expect.stringMatching(/^1: choice/)]);
  });

  it('offer the values of a control that takes one', () => {
    const { grid } = gridOf('task,mood,topics\n1,good,Price\n');
    expect(headOfGrid(grid, config)).toEqual({
      rows: 1,
      options: [
        [],
        [
          { value: 'good', label: 'Good' },
          { value: 'Bad', label: 'Bad' },
        ],
        [],
      ],
    });
  });

  it('cut what is too long, and say so', () => {
    const [row] = gridOf(`task,remark\n1,${'x'.repeat(20_000)}\n`).rows(0);
    expect(row!.cells[1]).toHaveLength(10_000);
    expect(row!.cut).toEqual([1]);
  });
});

describe('a cell of a table that is written', () => {
  it('changes alone, in quotes where it needs them', () => {
    const text = 'task;remark;mood\r\n1;"a;b";good\r\n2;c;Bad\r\n';
    const written = (row: number, column: number, words: string) => gridOf(text).put(row, column, words).text;
    expect(written(0, 1, 'plain')).toBe('task;remark;mood\r\n1;plain;good\r\n2;c;Bad\r\n');
    expect(written(1, 1, 'say "x"; y\nz')).toBe(
      'task;remark;mood\r\n1;"a;b";good\r\n2;"say ""x""; y\nz";Bad\r\n',
    );
    expect(written(1, 0, '')).toBe('task;remark;mood\r\n1;"a;b";good\r\n;c;Bad\r\n');
    expect(gridOf(text).put(0, 1, 'a;b')).toEqual({ text });
    expect(gridOf(text).put(9, 1, 'x')).toEqual({ text });
  });

  it('is taken back by what it gives', () => {
    const text = 'task,mood\n1,"good"\n';
    const { text: after, done } = gridOf(text).put(0, 1, 'Bad');
    const { from, removed, put } = done!;
    expect(after.slice(0, from) + removed + after.slice(from + put.length)).toBe(text);
  });

  it('is added to a row that is too short', () => {
    expect(gridOf('task,mood,stars,remark\n1,Bad\n2,Bad,3,x').put(0, 3, 'y').text).toBe(
      'task,mood,stars,remark\n1,Bad,,y\n2,Bad,3,x',
    );
  });

  it('leaves its row a row where it is the only cell', () => {
    const { text } = gridOf('task\n1\n2\n').put(0, 0, '');
    expect(text).toBe('task\n""\n2\n');
    expect(
      gridOf(text)
        .rows(0, 1)
        .map(({ cells }) => cells),
    ).toEqual([[''], ['2']]);
  });
});

describe('records', () => {
  const text =
    '[\n  {"task": 1, "mood": "good", "topics": ["Price"]},\n  {"task": 12345678901234567890, "mood": "Nope"}\n]';

  it('are rows too, with their problems at their members', () => {
    expect(gridOf(text).rows(0, 1)).toMatchObject([
      { cells: ['1', 'good', '["Price"]'], problems: [] },
      { cells: ['12345678901234567890', 'Nope', ''] },
    ]);
    expect(problemsOf(text, 1)).toContainEqual(expect.stringMatching(/^1: choice/));
  });

  it('keep what kind of value a member is, as long as the words still are one', () => {
    const line = (row: number, column: number, words: string) =>
      gridOf(text).put(row, column, words).text.split('\n')[row + 1]!.trim();
    expect(line(0, 0, '2')).toBe('{"task": 2, "mood": "good", "topics": ["Price"]},');
    expect(line(0, 0, '12345678901234567891')).toContain('"task": 12345678901234567891,');
    expect(line(0, 0, 'two')).toContain('"task": "two"');
    expect(line(0, 2, '["Taste", "Price"]')).toContain('"topics": ["Taste","Price"]');
    expect(line(0, 2, 'Taste')).toContain('"topics": "Taste"');
    expect(line(0, 1, '7')).toContain('"mood": "7"');
    expect(line(1, 2, 'Price')).toContain('"mood": "Nope", "topics": "Price"');
  });

  it('are left alone where a line is no record', () => {
    const lines = '{"task": 1, "mood": "good"}\n{"task": 2, "mood": "Bad"}\n{"task": \n';
    const { rows, put } = gridOf(lines, { format: 'records' });
    expect(rows(2)).toMatchObject([{ isWritable: false, cells: ['', ''] }]);
    expect(put(2, 0, '3')).toEqual({ text: lines });
  });
});
