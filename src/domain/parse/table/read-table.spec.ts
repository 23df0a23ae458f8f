import { describe, expect, it } from 'vitest';
import { lineColumns } from '#domain/text/locate.ts';
import type { Dialect } from './dialect.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { readTable } from './read-table.ts';
import { tableProblemLimit } from './table-problems.ts';
import { cellAt as cellIn, cellOf, rowsPerMark, type Table } from './table.ts';

const plain: Dialect = { delimiter: ',', hasHeader: false };
const named: Dialect = { delimiter: ',', hasHeader: true };

/** Keeps the values of all columns except the tasks. */
const read = (text: string, dialect: Dialect, taskColumn?: number): Table =>
  readTable(
    SourceText.of(text),
    dialect,
    Array.from({ length: 9 }, (_, column) => ({ as: column === taskColumn ? 'task' : 'values' })),
  );

const cellAt = (text: string, table: Table, row: number, column: number) =>
  cellIn(SourceText.of(text), table, row, column);

/** The text of every cell of every row. */
function cellsOf(text: string, table: Table): string[][] {
  return Array.from({ length: table.rows.count }, (_, row) => {
    const cells: string[] = [];
    for (let cell = cellAt(text, table, row, 0); cell !== undefined;)
      cell = cellAt(text, table, row, cells.push(cell.text));
    return cells;
  });
}

/** `code row:column “underlined text”` of each problem. */
const problemsOf = (text: string, { problems }: Table) =>
  problems.map(
    ({ code, entry, column, span }) =>
      `${code} ${entry ?? '-'}:${column ?? '-'} ${JSON.stringify(SourceText.of(text).slice(span!.from, span!.to))}`,
  );

/** The texts of a column, row by row. */
function textsOf(text: string, table: Table, column: number): string[] {
  const source = SourceText.of(text);
  return Array.from({ length: table.rows.count }, (_, row) => cellOf(source, table, row, column));
}

const tasksOf = (text: string): number[] => [...read(text, plain, 0).rows.tasks];

describe('the cells', () => {
  it.each<[string, string[][]]>([
    ['', []],
    ['\ufeff', []],
    ['\n\n', []],
    ['a', [['a']]],
    ['a\n', [['a']]],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\nb\r\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    ['a\n\n\r\n\rb', [['a'], ['b']]],
    ['\ufeff"a",b', [['a', 'b']]],
    ['a\ufeff', [['a\ufeff']]],
    [
      ',\n,',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['"a,b","c""d"', [['a,b', 'c"d']]],
    [
      '"a\nb\r\nc",d\ne,f',
      [
        ['a\nb\r\nc', 'd'],
        ['e', 'f'],
      ],
    ],
    ['"",""', [['', '']]],
    ['""', [['']]],
    ['""""', [['"']]],
    [' a , b ', [[' a ', ' b ']]],
    [' "a"', [[' "a"']]],
    ['5" x 3",b', [['5" x 3"', 'b']]],
    ['a\u2028b\u0085c', [['a\u2028b\u0085c']]],
    ['"a"b,c', [['"a"b', 'c']]],
    ['a,"b\nc', [['a', '"b\nc']]],
  ])('%j', (text, cells) => {
    expect(cellsOf(text, read(text, plain))).toEqual(cells);
  });

  it('are separated only by the delimiter of the dialect', () => {
    const text = 'a,1;b\tc|"d;e"';
    const columnsBy = (delimiter: Dialect['delimiter']) =>
      cellsOf(text, read(text, { delimiter, hasHeader: false }))[0]!.length;
    expect([columnsBy(','), columnsBy(';'), columnsBy('\t'), columnsBy('|')]).toEqual([2, 3, 2, 2]);
  });

  it('are found in any row of a long table, including quoted ones', () => {
    const lines = Array.from({ length: 10 * rowsPerMark }, (_, row) => `${row + 1},"say ""${row}""\n"`);
    const text = `task,label\r\n\r\n${lines.join('\r\n\r\n')}`;
    const table = read(text, named);
    expect(table.rows.count).toBe(lines.length);
    for (let row = 0; row < lines.length; row += 1) {
      const cell = cellAt(text, table, row, 1)!;
      expect(cell.text).toBe(`say "${row}"\n`);
      expect(text.slice(cell.from, cell.to)).toBe(`"say ""${row}""\n"`);
    }
    const { from } = cellAt(text, table, 1, 1)!;
    expect(lineColumns(SourceText.of(text), [from])).toEqual([{ line: 6, column: 3 }]);
    expect(() => cellAt(text, table, lines.length, 0)).toThrow(`no row ${lines.length}`);
  });
});

describe('the header', () => {
  it('names the columns and isn’t a row', () => {
    const text = '\ufeff\n"task ""id""",label\n1,a';
    const table = read(text, named);
    expect(table).toMatchObject({ names: ['task "id"', 'label'], width: 2, rows: { count: 1 } });
    expect(cellsOf(text, table)).toEqual([['1', 'a']]);
  });

  it('can be the whole table', () => {
    expect(read('task,label', named)).toMatchObject({ width: 2, rows: { count: 0 }, problems: [] });
  });

  it('has all of its problems listed', () => {
    const text = 'a,,a, ,b"\n1,2,3,4,5';
    expect(problemsOf(text, read(text, named))).toEqual([
      'column-name-empty -:1 ""',
      'column-name-twice -:2 "a"',
      'column-name-empty -:3 " "',
      'quote-inside-cell -:4 "\\""',
    ]);
    expect(read(text, named).problems[1]!.message).toBe('Column 1 is already named “a”.');
  });
});

describe('problems', () => {
  it.each<[string, string[], number[]]>([
    ['a,b\nc,d\n', [], []],
    ['a,b\n\nc,d\n\n', ['line-empty -:- "\\n"', 'line-empty -:- "\\n"'], []],
    ['a,b\nc', ['row-too-short 1:- "c"'], [1]],
    ['a,b\nc,d,e\nf,g', ['row-too-long 1:- "c,d,e"'], [1]],
    ['a,b\n"c,d\ne,f', ['quote-not-closed 1:0 "\\""', 'row-too-short 1:- "\\"c,d\\ne,f"'], [1]],
    ['a,"b"x,c', ['text-behind-quote 0:1 "x"'], [0]],
    ['a,"b" ,c', ['text-behind-quote 0:1 " "'], [0]],
    ['a,"b" "c",c', ['text-behind-quote 0:1 " \\"c\\""'], [0]],
    ['a,b"c"d', ['quote-inside-cell 0:1 "\\""'], []],
    ['a,b\0\nc,\0', ['nul-character 0:1 "\\u0000"', 'nul-character 1:1 "\\u0000"'], [0, 1]],
    ['\0', ['nul-character 0:0 "\\u0000"'], [0]],
    ['a,😀\nb,\ud83d', ['lone-surrogate 1:1 "\\ud83d"'], [1]],
    ['\ude00,"\n\ud83dx"', ['lone-surrogate 0:0 "\\ude00"', 'lone-surrogate 0:1 "\\ud83d"'], [0]],
  ])('%j', (text, problems, refused) => {
    const table = read(text, plain);
    expect(problemsOf(text, table)).toEqual(problems);
    expect(table.refusedRows).toEqual(refused);
  });

  it('of rows are reported for any task column, in new and cached rows', () => {
    const text = '1,a,b\n2,a,b\n3,a,b,\n4,a\n5,a,b\n6,a,b"\n7,a,b"\n8,a,b\0\n9,a,b\0\n';
    for (const taskColumn of [undefined, 0, 1, 2]) {
      const table = read(text, plain, taskColumn);
      expect(table.refusedRows).toEqual([2, 3, 7, 8]);
      expect(table.problems.map(({ code, entry }) => `${code} ${entry}`)).toEqual([
        'row-too-long 2',
        'row-too-short 3',
        'quote-inside-cell 5',
        'quote-inside-cell 6',
        'nul-character 7',
        'nul-character 8',
      ]);
    }
  });

  it('state a wrong number of cells', () => {
    const { problems } = read('a,b\nc', plain);
    expect(problems[0]!.message).toBe('This row has 1 cell, the table has 2 columns.');
  });

  it('are all counted and refused, but not all listed', () => {
    const rows = tableProblemLimit + 500;
    const table = read(`a,b\n${'c\n'.repeat(rows)}`, plain);
    expect(table.problemCounts.get('row-too-short')).toBe(rows);
    expect(table.problems).toHaveLength(tableProblemLimit);
    expect(table.refusedRows).toHaveLength(rows);
  });
});

describe('a column of tasks', () => {
  it.each([
    ['7', 7],
    ['"7"', 7],
    [' 7 ', 7],
    ['4294967295', 4294967295],
    ['4294967296', 4294967296],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
  ])('takes %j', (cell, id) => {
    expect(tasksOf(`1\n${cell}\n${cell}\n2\n`)).toEqual([1, id, id, 2]);
  });

  it.each(['0', '007', '-7', '+7', '7.0', '7,5', '1 000', 'seven', '1.23E+15', '1e3', '٧', '', '""'])(
    'reports %j as invalid',
    (cell) => {
      const text = `1;a\n${cell};a\n2;a\n`;
      const { tasks } = read(text, { delimiter: ';', hasHeader: false }, 0).rows;
      expect([...tasks]).toEqual([1, 0, 2]);
    },
  );

  it.each(['9007199254740992', '12345678901234567890'])('reports %j as too large', (cell) => {
    expect(tasksOf(`1\n${cell}\n2\n`)[1]).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it('can be any column, with its text', () => {
    const text = 'a,1\nb,\nc\nd,""\ne, 2 \n';
    const table = read(text, plain, 1);
    expect([...table.rows.tasks]).toEqual([1, 0, 0, 0, 2]);
    expect(textsOf(text, table, 1)).toEqual(['1', '', '', '', ' 2 ']);
    expect(textsOf(text, table, 0)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps IDs beyond 32 bits and all earlier ones exact', () => {
    const ids = Array.from({ length: 3000 }, (_, row) => (row < 2000 ? row + 1 : 2 ** 40 + row));
    expect(tasksOf(ids.join('\n'))).toEqual(ids);
  });
});

describe('the kinds of rows', () => {
  it('are equal for rows that differ only in their task, in any notation', () => {
    const cells = ['a', '"a"', 'b', 'a""b', '"a""b"', 'a"b', '"a""""b"', '', '""', 'a'];
    const text = cells.map((cell, row) => `${row + 1},${cell}\n`).join('');
    const table = read(text, plain, 0);
    expect([...table.rows.kindOf]).toEqual([0, 0, 1, 2, 3, 3, 2, 4, 4, 0]);
    expect([...table.rows.kinds.firsts.subarray(0, table.rows.kinds.size)]).toEqual([0, 2, 3, 4, 7]);
    expect(textsOf(text, table, 1)).toEqual(['a', 'a', 'b', 'a""b', 'a"b', 'a"b', 'a""b', '', '', 'a']);
  });

  it('treat a missing cell as empty in a refused row', () => {
    const text = 'a,b\nc\nd,b';
    const table = read(text, plain);
    expect(textsOf(text, table, 1)).toEqual(['b', '', 'b']);
    expect(table.refusedRows).toEqual([1]);
  });

  it.each([200, 257, 66_000])('are distinguished and found if there are %i', (count) => {
    const texts = Array.from(
      { length: count },
      (_, index) => `the note ${index % 2 ? 'with' : 'of'} ${index}`,
    );
    const text = [...texts, ...texts].join('\n');
    const table = read(text, plain);
    expect(table.rows.kinds.size).toBe(count);
    expect(table.rows.kindOf.every((kind, row) => kind === row % count)).toBe(true);
    expect(textsOf(text, table, 0).every((words, row) => words === texts[row % count])).toBe(true);
  });

  it('are the same for cached and other rows', () => {
    const text = '1,a,b\r\n2,a,b\r\n3,a,b\r\n04,a,b\r\n"5",a,b\r\n"6,a,b\r\n",a,b\r\n"7",a,b\r\n8",a,b\r\n';
    const table = read(text, plain, 0);
    expect([...table.rows.tasks]).toEqual([1, 2, 3, 0, 5, 0, 7, 0]);
    expect(new Set(table.rows.kindOf).size).toBe(1);
    expect(problemsOf(text, table)).toEqual(['quote-inside-cell 7:0 "\\""']);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('depend on each byte of a row, at any alignment (%i)', (from) => {
    const cell = `${'x'.repeat(from)}\u007f😀 a longer text, é`;
    // Each differs from the first one in one character.
    const cells = [cell, ...Array.from(cell, (_, at) => Array.from(cell).with(at, '-').join('')), `${cell}s`];
    const rows = [...cells, ...cells.toReversed(), ...cells].map((words, row) => `${row + 1},"${words}"\n`);
    const table = read(`${rows.join('')}1,end\n`, plain, 0);
    const kinds = [...cells.keys()];
    expect([...table.rows.kindOf]).toEqual([...kinds, ...kinds.toReversed(), ...kinds, cells.length]);
  });

  it.each([0, 3, 9, 14, 22, 30])('depend on the byte %i after the task, also in cached rows', (before) => {
    // As many as are cached, with the same length, so that some hashes collide.
    const count = 8000;
    const cells = Array.from({ length: count }, (_, index) => {
      const number = String((index * 48_271) % 999_983).padStart(6, '0');
      return `${'x'.repeat(before)}${number}${'y'.repeat(30 - before)}`;
    });
    const rows = [...cells, ...cells, ...cells.toReversed()];
    const { kindOf } = read(rows.map((words, row) => `${row + 1},${words}\n`).join(''), plain, 0).rows;
    const kinds = rows.map((_, row) => (row < 2 * count ? row % count : 3 * count - 1 - row));
    expect(kindOf.every((kind, row) => kind === kinds[row])).toBe(true);
  });

  it('are the same for rows at any byte alignment', () => {
    const cells = Array.from({ length: 16 }, (_, from) => `${'x'.repeat(from)}\u007f😀, é and more`);
    const rows = [...cells, ...cells].map((words, row) => `${row + 1},"${words}"\n`);
    const { kindOf } = read(`${rows.join('')}1,the end\n`, plain, 0).rows;
    expect([...kindOf]).toEqual([...cells.keys(), ...cells.keys(), 16]);
  });

  it('treat \\r\\n as one line end, also after lone \\r', () => {
    const table = read('1,a\r2,a\r3,a\r\n4,a\r', plain, 0);
    expect(table).toMatchObject({ rows: { count: 4 }, problems: [] });
  });
});
