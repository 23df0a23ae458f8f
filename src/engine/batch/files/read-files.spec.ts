import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { limits } from '#wire/limits.ts';
import { readFiles } from './read-files.ts';

const sample = (name: string) =>
  new File([readFileSync(new URL(`../../../../seeds/samples/${name}`, import.meta.url))], name);
const file = (name: string, content: string) => new File([content], name);
const zip = (name: string, files: Record<string, string | Uint8Array>) =>
  new File(
    [
      new Uint8Array(
        zipSync(
          Object.fromEntries(
            Object.entries(files).map(([inner, content]) => [
              inner,
              typeof content === 'string' ? strToU8(content) : content,
            ]),
          ),
        ),
      ),
    ],
    name,
  );

async function read(files: File[], sheet?: string) {
  const found = await readFiles(files, sheet);
  return found.ok ? String(found.text) : found;
}

const workbook = '<workbook><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>';
const rels =
  '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>';
const styles =
  '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="9"/></cellXfs></styleSheet>';
const bookOf = (rows: string, stylesheet = styles) =>
  zip('book.xlsx', {
    'xl/workbook.xml': workbook,
    'xl/_rels/workbook.xml.rels': rels,
    'xl/styles.xml': stylesheet,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });
const cell = (ref: string, value: string, more = '') => `<c r="${ref}" ${more}><v>${value}</v></c>`;
const text = (ref: string, words: string) => `<c r="${ref}" t="inlineStr"><is><t>${words}</t></is></c>`;

describe('an Excel workbook', () => {
  it('asks for the sheet and converts it to a table', async () => {
    expect(await read([sample('workbook.xlsx')])).toEqual({ ok: false, sheets: ['Labels', 'Notes'] });
    expect(await read([sample('workbook.xlsx')], 'Labels')).toBe(
      'Task ID\tsentiment\tchecked\tremark\n3025\tPositive\t2024-05-01\t"late, but ok"\n3026\tNegative\t2024-05-02T12:00:00\t\n',
    );
  });

  it('keeps numbers exact, and dates without a time zone', async () => {
    const row = [
      cell('A1', '123456789012345'),
      cell('B1', '1.23456789E+14'),
      cell('C1', '0.30000000000000004'),
      cell('D1', '45413', 's="1"'),
      cell('E1', '45413.000011574', 's="2"'),
      cell('F1', '0.5', 's="3"'),
      cell('G1', '0.5', 's="4"'),
      cell('H1', '1', 't="b"'),
      text('I1', ' a\tb '),
    ].join('');
    expect(await read([bookOf(`<row r="1">${row}</row>`)])).toBe(
      '123456789012345\t123456789000000\t0.30000000000000004\t2024-05-01\t2024-05-01T00:00:01\t12:00:00\t0.5\tTRUE\t" a\tb "\n',
    );
  });

  it('keeps displayed leading zeros, and notes that percentages are fractions', async () => {
    const formatted = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="&quot;SKU-&quot;000\\-00;[Red]0"/><numFmt numFmtId="166" formatCode="0.00"/><numFmt numFmtId="167" formatCode="0&quot; %&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="10"/></cellXfs></styleSheet>`;
    const row = [
      cell('A1', '42', 's="1"'),
      cell('B1', '1234567', 's="1" t="n"'),
      cell('C1', '7', 's="2"'),
      cell('D1', '1234567', 's="2"'),
      cell('E1', '4.5', 's="1"'),
      cell('F1', '1', 's="3"'),
      '<c r="G1" s="1"><f>A1*2</f><v>84</v></c>',
      '<c r="H1" s="1" t="b"><v>1</v></c>',
      cell('I1', '5', 's="4"'),
    ].join('');
    const book = (cells: string) => bookOf(`<row r="1">${cells}</row>`, formatted);
    expect(await readFiles([book(row)])).not.toHaveProperty('note');
    expect(await read([book(row)])).toBe(
      '00042\t1234567\tSKU-000-07\tSKU-12345-67\t4.5\t1\t00084\tTRUE\t5 %\n',
    );
    const percent = await readFiles([book(cell('A1', '0.5', 's="5"'))]);
    expect(percent).toMatchObject({
      note: 'The workbook has percentages. They are read as Excel stores them: 50% is 0.5.',
    });
  });

  it('keeps what isn’t a value: errors, and formulas without a stored result', async () => {
    const row = `${cell('A1', '#N/A', 't="e"')}<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" s="1"><f>A2+1</f></c><c r="D1" t="str"><f>IF(A1,"","")</f><v></v></c>${cell('E1', '7')}`;
    expect(await read([bookOf(`<row r="1">${row}</row>`)])).toBe('#N/A\t#DIV/0!\t=A2+1\t\t7\n');
  });

  it('notes cells merged over several rows', async () => {
    const merged = (range: string) =>
      bookOf(`<row r="1">${text('A1', 'a')}</row><mergeCells><mergeCell ref="${range}"/></mergeCells>`);
    expect(await readFiles([merged('A1:A2')])).toMatchObject({
      note: expect.stringContaining('merged cells') as string,
    });
    expect(await readFiles([merged('A1:C1')])).not.toHaveProperty('note');
  });

  it('notes hidden rows and columns with values', async () => {
    const hidden = (columns: string, attributes: string) =>
      zip('book.xlsx', {
        'xl/workbook.xml': workbook,
        'xl/_rels/workbook.xml.rels': rels,
        'xl/styles.xml': styles,
        'xl/worksheets/sheet1.xml': `<worksheet><cols>${columns}</cols><sheetData><row r="1">${text('A1', 'a')}${text('B1', 'b')}</row><row r="3" ${attributes}>${text('A3', 'c')}</row><row r="4" hidden="1"/></sheetData></worksheet>`,
      });
    const column = '<col min="2" max="16384" hidden="1"/>';
    expect(await readFiles([hidden(column, 'hidden="1"')])).toMatchObject({
      note: 'The sheet has 1 hidden row and 1 hidden column. They are imported, too.',
    });
    expect(await readFiles([hidden('', 'hidden="true"')])).toMatchObject({
      note: 'The sheet has 1 hidden row. It is imported, too.',
    });
    expect(await readFiles([hidden('<col min="3" max="9" hidden="1"/>', 'hidden="0"')])).not.toHaveProperty(
      'note',
    );
  });

  it('keeps blank rows as blank lines, and cells in their columns', async () => {
    const rows = `<row r="2">${text('A2', 'task')}${text('C2', 'tone')}</row><row r="4">${cell('A4', '7')}${text('C4', 'x')}</row>`;
    expect(await read([bookOf(rows)])).toBe('\ntask\t\ttone\n\n7\t\tx\n');
  });

  it('is read whole with many rows', async () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, row) => `<row r="${row + 1}">${cell(`A${row + 1}`, `${Math.sin(row)}`)}</row>`,
    );
    const found = await read([bookOf(rows.join(''))]);
    expect(typeof found === 'string' && found.split('\n')).toHaveLength(30_001);
  });

  it.each([
    [
      'spans too many cells',
      bookOf(`<row r="1">${cell('XFD1', '1')}</row><row r="1048576">${cell('A1048576', '1')}</row>`),
      '1,048,576 rows and 16,384 columns',
    ],
    ['has no sheet', zip('book.xlsx', { 'xl/workbook.xml': '<workbook/>' }), 'damaged'],
    ['is cut off', new File([new Uint8Array([0x50, 0x4b, 3, 4, 1])], 'book.xlsx'), 'damaged'],
    ['is empty', bookOf(''), 'empty'],
    ['is of an old Excel', new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0])], 'book.xls'), '.xlsx'],
  ])('that %s is refused', async (_, book, words) => {
    expect(await read([book])).toEqual({ ok: false, message: expect.stringContaining(words) as string });
  });

  it('is refused without unpacking if it would exceed the limit', async () => {
    const bytes = new Uint8Array(await bookOf('').arrayBuffer());
    const view = new DataView(bytes.buffer);
    // The size in the central directory, which decides everything else.
    for (let at = 0; at + 4 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, limits.workbookBytes, true);
    expect(await read([new File([bytes], 'book.xlsx')])).toEqual({
      ok: false,
      message: 'It unpacks to more than 200 MB. Split it.',
    });
  });
});

it.each([
  ['word/document.xml', 'This is a Word document.'],
  ['content.xml', 'This is an OpenDocument file, such as an .ods spreadsheet. Save it as .xlsx or CSV.'],
  ['xl/workbook.bin', 'This is a binary Excel workbook (.xlsb).'],
])('a document with %s is refused by its name', async (part, words) => {
  expect(await read([zip('document', { [part]: '<x/>' })])).toEqual({
    ok: false,
    message: expect.stringContaining(words) as string,
  });
});

describe('several files', () => {
  it('of a target storage are joined to one list', async () => {
    const files = [
      file('b.json', '[{"id": 2}, {"id": 3}]\n'),
      file('a.json', ' {"id": 1} '),
      file('c.json', '[]'),
    ];
    const found = await read(files);
    expect(JSON.parse(found as string)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('of JSON Lines or with the same columns are appended', async () => {
    expect(await read([file('a.jsonl', '{"a": 1}'), file('b.jsonl', '{"a": 2}\n')])).toBe(
      '{"a": 1}\n{"a": 2}\n',
    );
    expect(await read([file('a.csv', 'task,tone\n1,x'), file('b.csv', 'task,tone\r\n2,y\n')])).toBe(
      'task,tone\n1,x\n2,y\n',
    );
  });

  it.each([
    ['text files', ['a.txt', 'task\ttone\n1\tx'], ['b.txt', 'task\ttone\n2\ty'], 'task\ttone\n1\tx\n2\ty\n'],
    [
      'a first line for Excel',
      ['a.csv', 'sep=;\ntask;tone\n1;x\n'],
      ['b.csv', 'sep=;\ntask;tone\n2;y\n'],
      'sep=;\ntask;tone\n1;x\n2;y\n',
    ],
    [
      'a first line for Excel in one',
      ['a.csv', 'task;tone\n1;x\n'],
      ['b.csv', 'sep=;\ntask;tone\n2;y\n'],
      'task;tone\n1;x\n2;y\n',
    ],
    [
      'another order',
      ['a.csv', 'task,tone\n1,x\n'],
      ['b.csv', 'Tone,task\n"a,b",2\n'],
      'task,tone\n1,x\n2,"a,b"\n',
    ],
    [
      'another delimiter',
      ['a.csv', 'task,tone\n1,x\n'],
      ['b.tsv', 'task\ttone\n2\ta, b\n'],
      'task,tone\n1,x\n2,"a, b"\n',
    ],
    ['no header', ['a.csv', '1,x\n2,y\n'], ['b.csv', '1,x\n3,z\n'], '1,x\n2,y\n1,x\n3,z\n'],
    ['a readme', ['a.csv', 'task,tone\n1,x\n'], ['readme.txt', 'Labels of May'], 'task,tone\n1,x\n'],
  ])('with tables are one table, with %s', async (_, [one, text], [other, more], joined) => {
    expect(await read([file(one!, text!), file(other!, more!)])).toBe(joined);
  });

  it('with answers of the API become one list of tasks', async () => {
    const task = (id: number) => ({ id, data: {}, annotations: [{ result: [] }] });
    const page = (name: string, tasks: object[]) => file(`${name}.json`, JSON.stringify({ total: 2, tasks }));
    expect(
      JSON.parse((await read([page('a', [task(1)]), page('b', [task(2)]), page('c', [])])) as string),
    ).toEqual([task(1), task(2)]);
    const results = file('d.json', JSON.stringify({ count: 1, next: null, results: [task(3)] }));
    expect(JSON.parse((await read([page('a', [task(1)]), results])) as string)).toEqual([task(1), task(3)]);
    // A task has lists of the same names, and so has a request.
    const request = { task: 4, result: [], annotations: [{ id: 5 }] };
    const others = [file('a.json', JSON.stringify(task(6))), file('b.json', JSON.stringify(request))];
    expect(JSON.parse((await read(others)) as string)).toEqual([task(6), request]);
  });

  it('of Label Studio’s YOLO export are its labels and classes, without notes.json', async () => {
    const archive = zip('yolo.zip', {
      'notes.json': '{"categories": [{"id": 0, "name": "Sign"}]}',
      'classes.txt': 'Sign\n',
      'labels/a.txt': '0 0.5 0.5 0.2 0.1\n',
      'images/a.png': 'x',
    });
    expect(await read([archive])).toBe(
      '==> classes.txt <==\nSign\n==> labels/a.txt <==\n0 0.5 0.5 0.2 0.1\n',
    );
  });

  it('are refused if they don’t belong together', async () => {
    const message = async (one: string, other: string) => {
      const found = await read([file('a.csv', one), file('b.csv', other)]);
      return typeof found === 'object' && 'message' in found ? found.message : found;
    };
    expect(await message('task,tone\n', 'task,mood\n')).toBe(
      'b.csv: “mood” isn’t a column of a.csv. Open one of these files at a time.',
    );
    expect(await message('task,tone\n', 'task\n1\n')).toBe(
      'b.csv: It has no column “tone”, which a.csv has. Open one of these files at a time.',
    );
    expect(await message('1,x\n2,y\n', 'task,tone\n1,x\n')).toBe(
      'b.csv: It has a header, and a.csv has none. Open one of these files at a time.',
    );
    expect(await message('1,x\n2,y\n', '1;x\n2;y\n')).toBe(
      'b.csv: Its delimiter isn’t that of a.csv. Open one of these files at a time.',
    );
    expect(await read([file('a.csv', 'task\n'), file('b.json', '[]')])).toEqual({
      ok: false,
      message: 'a.csv and b.json are of different kinds. Open one of them at a time.',
    });
  });

  it('of an archive are filtered: only those with labels are read', async () => {
    expect(await read([sample('yolo.zip')])).toBe(
      '==> classes.txt <==\nSign\nVehicle\nPerson\n==> labels/bridge.txt <==\n1 0.2453 0.5042 0.2031 0.1167\n' +
        '==> labels/crossing.txt <==\n0 0.375 0.4437 0.0781 0.0958\n1 0.1922 0.8438 0.2219 0.1292\n',
    );
    expect(await read([zip('x.zip', { 'a.jpg': 'x', '__MACOSX/a.json': '{}', '.b.json': '{}' })])).toEqual({
      ok: false,
      message: 'The archive has no file that Sheaf can read: JSON, CSV or text.',
    });
    expect(await read([zip('x.zip', { 'a.csv': 'task\n1\n', 'img/a.jpg': 'x' })])).toBe('task\n1\n');
  });

  it('are refused, not cut, if one is longer than the archive states', async () => {
    const bytes = new Uint8Array(
      await zip('x.zip', { 'a.csv': `task\n${'1\n'.repeat(1000)}` }).arrayBuffer(),
    );
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 4 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
    expect(await read([new File([bytes], 'x.zip')])).toEqual({
      ok: false,
      message: 'The archive is damaged or cut off. Pack it again.',
    });
  });

  it('are refused if all are empty', async () => {
    expect(await read([file('labels.csv', '')])).toEqual({ ok: false, message: 'The file is empty.' });
    expect(await read([zip('labels.zip', {})])).toMatchObject({ ok: false });
  });

  it('are refused with the name of a file that isn’t text', async () => {
    const message =
      'b.json: The file isn’t UTF-8: line 1 has the byte FF. Save it as “CSV UTF-8”, or as UTF-16.';
    const bad = new File([new Uint8Array([0x7b, 0xff])], 'b.json');
    expect(await read([file('a.json', '[]'), bad])).toEqual({ ok: false, message });
    const image = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], 'a.png');
    expect(await read([file('a.csv', 'task\n1\n'), image])).toEqual({
      ok: false,
      message:
        'a.png: This is an image (PNG), not a text file. Labels are read from text files, such as CSV or JSON.',
    });
  });
});
