import { describe, expect, it } from 'vitest';
import { lineColumns } from '../locate.ts';
import type { Dialect } from './dialect.ts';
import { readTable, type ColumnUse } from './read-table.ts';
import { tableFaultLimit } from './table-faults.ts';
import { cellAt, rowsPerMark, type Table } from './table.ts';

const plain: Dialect = { delimiter: ',', hasHeader: false };
const named: Dialect = { delimiter: ',', hasHeader: true };

/** Every cell of every row, as the table says it. */
function cellsOf(text: string, table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, row) => {
    const cells: string[] = [];
    for (let cell = cellAt(text, table, row, 0); cell !== undefined;)
      cell = cellAt(text, table, row, cells.push(cell.text));
    return cells;
  });
}

/** `code row:column “what is underlined”` of each fault. */
const faultsOf = (text: string, { faults }: Table) =>
  faults.map(
    ({ code, row, column, from, to }) =>
      `${code} ${row ?? '-'}:${column ?? '-'} ${JSON.stringify(text.slice(from, to))}`,
  );

/** What a column of codes says, row by row. */
function textsOf({ columns }: Table, column: number): string[] {
  const read = columns[column];
  if (read?.kind !== 'codes') throw new Error('This column has no codes');
  return Array.from(read.codes, (code) => read.textOf(code));
}

function idsOf(text: string): { ids: number[]; rowsWithoutId: readonly number[] } {
  const read = readTable(text, plain, ['ids']).columns[0];
  if (read?.kind !== 'ids') throw new Error('This column has no ids');
  return { ids: [...read.ids], rowsWithoutId: read.rowsWithoutId };
}

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
    expect(cellsOf(text, readTable(text, plain))).toEqual(cells);
  });

  it('are divided by the delimiter of the dialect alone', () => {
    const text = 'a,1;b\tc|"d;e"';
    const columnsBy = (delimiter: Dialect['delimiter']) =>
      cellsOf(text, readTable(text, { delimiter, hasHeader: false }))[0]!.length;
    expect([columnsBy(','), columnsBy(';'), columnsBy('\t'), columnsBy('|')]).toEqual([2, 3, 2, 2]);
  });

  it('are found in any row of a long table, quotes and all', () => {
    const lines = Array.from({ length: 5 * rowsPerMark }, (_, row) => `${row + 1},"say ""${row}""\n"`);
    const text = `task,label\r\n\r\n${lines.join('\r\n\r\n')}`;
    const table = readTable(text, named);
    expect(table.rows).toBe(lines.length);
    for (let row = 0; row < lines.length; row += 1) {
      const cell = cellAt(text, table, row, 1)!;
      expect(cell.text).toBe(`say "${row}"\n`);
      expect(text.slice(cell.from, cell.to)).toBe(`"say ""${row}""\n"`);
    }
    const { from } = cellAt(text, table, 1, 1)!;
    expect(lineColumns(text, [from])).toEqual([{ line: 6, column: 3 }]);
    expect(() => cellAt(text, table, lines.length, 0)).toThrow('no row 80');
  });
});

describe('the header', () => {
  it('names the columns and is no row', () => {
    const text = '\ufeff\n"task ""id""",label\n1,a';
    const table = readTable(text, named);
    expect(table).toMatchObject({ names: ['task "id"', 'label'], width: 2, rows: 1 });
    expect(cellsOf(text, table)).toEqual([['1', 'a']]);
  });

  it('may be all there is', () => {
    expect(readTable('task,label', named)).toMatchObject({ width: 2, rows: 0, faults: [] });
  });

  it('has each of its faults said', () => {
    const text = 'a,,a, ,b"\n1,2,3,4,5';
    expect(faultsOf(text, readTable(text, named))).toEqual([
      'column-name-empty -:1 ""',
      'column-name-twice -:2 "a"',
      'column-name-empty -:3 " "',
      'quote-inside-cell -:4 "\\""',
    ]);
    expect(readTable(text, named).faults[1]!.message).toBe('Column 1 has the name “a” already.');
  });
});

describe('faults', () => {
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
  ])('%j', (text, faults, refused) => {
    const table = readTable(text, plain);
    expect(faultsOf(text, table)).toEqual(faults);
    expect(table.refusedRows).toEqual(refused);
  });

  it('of the rows are said wherever the columns are read or skipped, known or new', () => {
    const text = '1,a,b\n2,a,b\n3,a,b,\n4,a\n5,a,b\n6,a,b"\n7,a,b"\n8,a,b\0\n9,a,b\0\n';
    const uses: ColumnUse[][] = [[], ['ids', 'codes', 'codes'], ['codes', 'ids'], ['skip', 'codes']];
    for (const use of uses) {
      const table = readTable(text, plain, use);
      expect(table.refusedRows).toEqual([2, 3, 7, 8]);
      expect(table.faults.map(({ code, row }) => `${code} ${row}`)).toEqual([
        'row-too-long 2',
        'row-too-short 3',
        'quote-inside-cell 5',
        'quote-inside-cell 6',
        'nul-character 7',
        'nul-character 8',
      ]);
    }
  });

  it('say what is wrong with the number of cells', () => {
    const { faults } = readTable('a,b\nc', plain);
    expect(faults[0]!.message).toBe('This row has 1 cell, the table has 2 columns.');
  });

  it('are all counted and refused, but not all listed', () => {
    const rows = tableFaultLimit + 500;
    const table = readTable(`a,b\n${'c\n'.repeat(rows)}`, plain);
    expect(table.faultCounts.get('row-too-short')).toBe(rows);
    expect(table.faults).toHaveLength(tableFaultLimit);
    expect(table.refusedRows).toHaveLength(rows);
  });
});

describe('a column of ids', () => {
  it.each([
    ['7', 7],
    ['"7"', 7],
    [' 7 ', 7],
    ['4294967295', 4294967295],
    ['4294967296', 4294967296],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
  ])('takes %j', (cell, id) => {
    expect(idsOf(`1\n${cell}\n${cell}\n2`)).toEqual({ ids: [1, id, id, 2], rowsWithoutId: [] });
  });

  it.each([
    '0',
    '007',
    '-7',
    '+7',
    '7.0',
    '7,5',
    '1 000',
    'seven',
    '1.23E+15',
    '1,23E+15',
    '1e3',
    '1234567890123450',
    '9007199254740992',
    '12345678901234567890',
    '٧',
    '"7""',
  ])('says of %j that it is none', (cell) => {
    const text = `1;a\n${cell};a\n2;a`;
    const table = readTable(text, { delimiter: ';', hasHeader: false }, ['ids', 'codes']);
    const [ids] = table.columns;
    if (ids?.kind !== 'ids') throw new Error('No ids');
    expect([ids.ids[0], ids.ids[1], ids.rowsWithoutId[0]]).toEqual([1, 0, 1]);
  });

  it('says so of an empty or missing cell, too', () => {
    const table = readTable('a,1\nb,\nc\nd,""\ne,2', plain, ['skip', 'ids']);
    expect(table.columns[1]).toEqual({
      kind: 'ids',
      ids: Uint32Array.of(1, 0, 0, 0, 2),
      rowsWithoutId: [1, 2, 3],
    });
  });

  it('keeps ids beyond 32 bits exactly, and those before them', () => {
    const ids = Array.from({ length: 3000 }, (_, row) => (row < 2000 ? row + 1 : 2 ** 40 + row));
    expect(idsOf(ids.join('\n')).ids).toEqual(ids);
  });
});

describe('a column of codes', () => {
  it('gives what says the same the same code, however it is written', () => {
    const cells = ['a', '"a"', 'b', 'a""b', '"a""b"', 'a"b', '"a""""b"', '', '""', 'a'];
    const table = readTable(cells.join('\n').replace('\n\n', '\n""\n'), plain, ['codes']);
    expect(table.columns[0]).toMatchObject({ distinct: 5 });
    expect(textsOf(table, 0)).toEqual(['a', 'a', 'b', 'a""b', 'a"b', 'a"b', 'a""b', '', '', 'a']);
  });

  it('takes a missing cell for empty, in a row that is refused', () => {
    const table = readTable('a,b\nc\nd,b', plain, ['codes', 'codes']);
    expect(textsOf(table, 1)).toEqual(['b', '', 'b']);
    expect(table.refusedRows).toEqual([1]);
  });

  it.each([200, 257, 66_000])('keeps %i different texts apart, and finds each again', (count) => {
    const texts = Array.from(
      { length: count },
      (_, index) => `the note ${index % 2 ? 'with' : 'of'} ${index}`,
    );
    const table = readTable([...texts, ...texts].join('\n'), plain, ['codes']);
    expect(table.columns[0]).toMatchObject({ distinct: count });
    expect(textsOf(table, 0)).toEqual([...texts, ...texts]);
  });

  it('reads a row known from memory as any other', () => {
    const text = '1,a,b\r\n2,a,b\r\n3,a,b\r\n04,a,b\r\n"5",a,b\r\n"6,a,b\r\n",a,b';
    const table = readTable(text, plain, ['ids', 'codes', 'codes']);
    expect(table.columns[0]).toMatchObject({
      ids: Uint32Array.of(1, 2, 3, 0, 5, 0),
      rowsWithoutId: [3, 5],
    });
    expect([textsOf(table, 1), textsOf(table, 2)]).toEqual([Array(6).fill('a'), Array(6).fill('b')]);
  });

  it('takes \\r\\n for one line end also where \\r alone was usual', () => {
    const table = readTable('1,a\r2,a\r3,a\r\n4,a\r', plain, ['ids', 'codes']);
    expect(table).toMatchObject({ rows: 4, faults: [] });
  });
});
