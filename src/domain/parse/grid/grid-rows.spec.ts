import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { writeCells } from './cell-edits.ts';
import { readCell, readGridRows, rowsWithProblems, type GridRow } from './grid-rows.ts';
import { readColumns, readColumnTexts, readTaskCandidates, type ColumnQuery } from './grid-columns.ts';
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
  const found = { entries: parsed.entries, findings, configOf, values: choice.values };
  return {
    grid,
    reading: parsed.reading!,
    rows: (...rows: number[]) => readGridRows(grid, found, { rows, columns: { from: 0, to: 100 } }),
    part: (row: number, from: number, to: number) =>
      readGridRows(grid, found, { rows: [row], columns: { from, to } })[0]!,
    texts: () => readColumnTexts(grid, parsed.reading!, found),
    withProblems: () => [...rowsWithProblems(findings)],
    put(row: number, column: number, words: string) {
      return String(writeCells(SourceText.of(text), grid, [{ row, column, words }]).source);
    },
  };
}

const texts = (row: GridRow | undefined) => row?.cells.map(({ text }) => text);

/** The problems of a row: `column: code`, or `row: code`. */
const problemsOf = (text: string, row: number) =>
  gridOf(text)
    .rows(row)[0]!
    .problems.map(({ column, code }) => `${column ?? 'row'}: ${code}`);

it('shows which columns may have task IDs, and how many of those are tasks of the project', () => {
  const text = 'No.,ref,votes,mood\n1,#1001,3,good\n2,#1002,3,Bad\n3,#9,3,Bad\n';
  const { grid, reading } = gridOf(text);
  const isTask = (id: number) => id === 1001 || id === 1002 || id === 3;
  expect(readTaskCandidates(reading, grid, isTask)).toEqual([
    { name: 'No.', samples: ['1', '2', '3'], known: 1, rows: 3 },
    { name: 'ref', samples: ['#1001', '#1002', '#9'], known: 2, rows: 3 },
    { name: 'votes', samples: ['3'], known: 3, rows: 3 },
  ]);
  expect(readTaskCandidates(reading, grid, undefined)[0]!.known).toBeUndefined();
  const chosen = gridOf(text, { columns: { ref: 'task' } });
  expect(readTaskCandidates(chosen.reading, chosen.grid, isTask)).toEqual([]);
});

describe('the rows of a table', () => {
  const text =
    'task,mood,stars,remark\n1,good,4,"a ""b"", c"\nx,Bad,99,\n3,,5,\n4,Bad\n5,Bad,5,hm\n7,Bad,1,a\0b\n';

  it('have the texts of their cells', () => {
    const rows = gridOf(text).rows(0, 3, 99);
    expect(rows).toMatchObject([
      { row: 0, errors: 0, warnings: 0, problems: [] },
      { row: 3, errors: 1 },
    ]);
    expect(rows.map(texts)).toEqual([
      ['1', 'good', '4', 'a "b", c'],
      ['4', 'Bad', '', ''],
    ]);
    expect(texts(gridOf(text).part(0, 1, 3))).toEqual(['good', '4']);
  });

  it('have the labels that values are mapped to', () => {
    const values = { mood: { fine: 'good', Bad: 'good' }, topics: { cost: 'Price' } };
    const { rows } = gridOf('task,mood,topics\n1,fine,cost|Taste\n2,Bad,Taste\n3,,"[""cost""]"\n', {
      values,
    });
    expect(rows(0, 1, 2).map(({ cells }) => cells.map(({ readAs }) => readAs))).toEqual([
      [undefined, 'good', 'Price, Taste'],
      [undefined, undefined, undefined],
      [undefined, undefined, 'Price'],
    ]);
  });

  it('have problems with their cells', () => {
    expect(problemsOf(text, 1)).toEqual(['0: task-id-not-whole', '2: value-too-large']);
    expect(problemsOf(text, 2)).toEqual(['1: required-missing']);
    expect(problemsOf(text, 3)).toEqual(['row: row-too-short']);
    expect(problemsOf(text, 5)).toContain('3: nul-character');
    expect(gridOf(text).withProblems()).toEqual([1, 2, 3, 5]);
  });

  it('exist even without a column of tasks', () => {
    const { grid, rows } = gridOf('a,b\nx,y\nz,w\n');
    expect(grid.records.count).toBe(2);
    expect(texts(rows(1)[0])).toEqual(['z', 'w']);
    expect(rows(1)[0]!.problems).toEqual([]);
  });

  it('have their problems beyond the listed ones, then a count', () => {
    const many = `task,mood\n${'x,Bad\n'.repeat(1500)}2,Nope\n2,"Bad\n`;
    expect(problemsOf(many, 1499)).toEqual([expect.stringMatching(/^0: /)]);
    expect(problemsOf(many, 1500)).toEqual([expect.stringMatching(/^1: choice/)]);
  });

  it('cut long texts, with their length', () => {
    const text = `task,remark,tree\n1,${'x'.repeat(20_000)},${'🌲'.repeat(200)}\n`;
    const { grid, rows } = gridOf(text);
    expect(rows(0)[0]!.cells).toEqual([
      { text: '1' },
      { text: 'x'.repeat(300), length: 20_000 },
      { text: '🌲'.repeat(150), length: 400 },
    ]);
    expect(readCell(grid, 0, 1)).toHaveLength(20_000);
    expect(readCell(grid, 1, 1)).toBeUndefined();
  });

  it('list the first hundred problems, and count the others', () => {
    const regions = Array.from({ length: 400 }, (_, index) => ({
      from_name: `nothing ${index}`,
      to_name: 'text',
      type: 'choices',
      value: { choices: ['Good'] },
    }));
    const rows = Array.from(
      { length: 3 },
      (_, row) => `${row + 1},"${JSON.stringify(regions).replaceAll('"', '""')}"`,
    );
    const [row] = gridOf(['task,result', ...rows].join('\n')).rows(2);
    expect(row!.errors).toBeGreaterThanOrEqual(400);
    expect(row!.problems).toHaveLength(101);
    expect(row!.problems.at(-1)!.message).toBe(
      `This row has ${row!.errors - 100} more errors, shown after you fix the others.`,
    );
  });
});

describe('columns', () => {
  it('offer the values of a single-choice control', () => {
    const { reading } = gridOf('task,mood,topics\n1,good,Price\n');
    expect(readColumns(reading, config, { from: 0, to: 10 })).toMatchObject({
      total: 3,
      columns: [
        { column: 0, name: 'task', target: 'task', words: 'Task ID', samples: ['1'], options: [] },
        {
          column: 1,
          words: 'mood (Choices)',
          options: [
            { value: 'good', label: 'Good' },
            { value: 'Bad', label: 'Bad' },
          ],
        },
        { column: 2, options: [] },
      ],
    });
  });

  it('are read page by page, searched by name, with or without ignored ones', () => {
    const names = Array.from({ length: 5000 }, (_, column) => `Column no. ${column}`);
    const { reading } = gridOf(`task,${names.join()},mood\n1${','.repeat(5001)}\n`);
    const read = (asked: Partial<ColumnQuery>) => {
      const { columns, total } = readColumns(reading, config, { from: 0, to: 2, ...asked });
      return [total, ...columns.map(({ column }) => column)];
    };
    expect(read({})).toEqual([5002, 0, 1]);
    expect(read({ from: 5001, to: 5003 })).toEqual([5002, 5001]);
    expect(read({ search: ' NO. 499' })).toEqual([11, 500, 4991]);
    expect(read({ search: '9'.repeat(9) })).toEqual([0]);
    expect(read({ onlyMapped: true })).toEqual([2, 0, 5001]);
  });

  it('have names that fit on screen, by which they are mapped', () => {
    const name = 'long '.repeat(200_000);
    const text = `task,${name}\n1,${'x'.repeat(1000)}\n`;
    const shown = gridOf(text).reading.columns[1]!;
    expect(shown.name).toBe(`${name.slice(0, 300)}… (1,000,000 characters)`);
    expect(shown.samples[0]).toHaveLength(60);
    const { columns } = gridOf(text, { columns: { [shown.name]: 'control:topics' } }).reading;
    expect(columns.map(({ target }) => target)).toEqual(['task', 'control:topics']);
  });

  it('need room for their longest first cells, as shown', () => {
    const rows = ['task,mood,note', '1,good,ok', `1000,bad,${'x'.repeat(1000)}`, '2,nice,'];
    expect(gridOf(rows.join('\n'), { values: { mood: { nice: 'good' } } }).texts()).toEqual([
      { name: 'task', words: 'Task ID', cell: '1000', mapped: '' },
      { name: 'mood', words: 'mood (Choices)', cell: 'good', mapped: 'nice → good' },
      { name: 'note', words: '', cell: 'x'.repeat(48), mapped: '' },
    ]);
  });

  it('stay ignored if only others should be read', () => {
    const { reading } = gridOf('task,mood,stars\n1,good,5\n', {
      columns: { task: 'task', mood: 'control:mood' },
      ignoresOtherColumns: true,
    });
    expect(reading.columns.map(({ target }) => target)).toEqual(['task', 'control:mood', 'nothing']);
  });

  it('are compared with labels up to a limit, which is reported', () => {
    const names = Array.from({ length: 1001 }, (_, column) => `c${column}`);
    const table = (column: number) => {
      const cells = names.map((_, at) => (at === column ? 'good' : ''));
      return checkText(`task,${names.join()}\n1,${cells.join()}\n`, configOf);
    };
    expect(table(998).parsed.reading!.columns[999]!.target).toBe('control:mood');
    const beyond = table(1000);
    expect(beyond.parsed.reading!.columns[1001]!.target).toBe('nothing');
    expect(beyond.checked.problems).toContainEqual(
      expect.objectContaining({
        severity: 'info',
        message: expect.stringMatching(/^Only the first 1,000 columns were compared/) as string,
      }),
    );
  });
});

describe('writing a cell of a table', () => {
  it('changes only the cell, and quotes it if needed', () => {
    const text = 'task;remark;mood\r\n1;"a;b";good\r\n2;c;Bad\r\n';
    const written = (row: number, column: number, words: string) => gridOf(text).put(row, column, words);
    expect(written(0, 1, 'plain')).toBe('task;remark;mood\r\n1;plain;good\r\n2;c;Bad\r\n');
    expect(written(1, 1, 'say "x"; y\nz')).toBe(
      'task;remark;mood\r\n1;"a;b";good\r\n2;"say ""x""; y\nz";Bad\r\n',
    );
    expect(written(1, 0, '')).toBe('task;remark;mood\r\n1;"a;b";good\r\n;c;Bad\r\n');
    expect(gridOf(text).put(0, 1, 'a;b')).toBe(text);
    expect(gridOf(text).put(9, 1, 'x')).toBe(text);
  });

  it('extends a row that is too short', () => {
    expect(gridOf('task,mood,stars,remark\n1,Bad\n2,Bad,3,x').put(0, 3, 'y')).toBe(
      'task,mood,stars,remark\n1,Bad,,y\n2,Bad,3,x',
    );
  });

  it('keeps a row whose only cell is emptied', () => {
    const text = gridOf('task\n1\n2\n').put(0, 0, '');
    expect(text).toBe('task\n""\n2\n');
    expect(gridOf(text).rows(0, 1).map(texts)).toEqual([[''], ['2']]);
  });
});

describe('records', () => {
  const text =
    '[\n  {"task": 1, "mood": "good", "topics": ["Price"]},\n  {"task": 12345678901234567890, "mood": "Nope"}\n]';

  it('are rows, too, with their problems at their members', () => {
    const rows = gridOf(text).rows(0, 1);
    expect(rows.map(texts)).toEqual([
      ['1', 'good', '["Price"]'],
      ['12345678901234567890', 'Nope', ''],
    ]);
    expect(rows[0]!.problems).toEqual([]);
    expect(problemsOf(text, 1)).toContainEqual(expect.stringMatching(/^1: choice/));
  });

  it('keep the JSON type of a member while its text allows it', () => {
    const line = (row: number, column: number, words: string) =>
      gridOf(text).put(row, column, words).split('\n')[row + 1]!.trim();
    expect(line(0, 0, '2')).toBe('{"task": 2, "mood": "good", "topics": ["Price"]},');
    expect(line(0, 0, '12345678901234567891')).toContain('"task": 12345678901234567891,');
    expect(line(0, 0, 'two')).toContain('"task": "two"');
    expect(line(0, 2, '["Taste", "Price"]')).toContain('"topics": ["Taste","Price"]');
    expect(line(0, 2, 'Taste')).toContain('"topics": "Taste"');
    expect(line(0, 1, '7')).toContain('"mood": "7"');
    expect(line(1, 2, 'Price')).toContain('"mood": "Nope", "topics": "Price"');
  });

  it('stay unchanged if a line isn’t a record', () => {
    const lines = '{"task": 1, "mood": "good"}\n{"task": 2, "mood": "Bad"}\n{"task": \n';
    const { rows, put } = gridOf(lines, { format: 'records' });
    expect(rows(2)).toMatchObject([{ isWritable: false, cells: [{ text: '' }, { text: '' }] }]);
    expect(put(2, 0, '3')).toBe(lines);
  });
});
