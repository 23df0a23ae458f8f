import { describe, expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { detectDialect, type Dialect } from './dialect.ts';

describe('the delimiter', () => {
  it.each<[string, Dialect['delimiter']]>([
    ['task,label\n1,a\n2,b', ','],
    ['task;label\r\n1;a\r\n2;b', ';'],
    ['task\tlabel\r1\ta\r2\tb', '\t'],
    ['task|label\n1|a', '|'],
    ['\ufefftask;label', ';'],
    ['\n\n1;a', ';'],
    // Decimal commas.
    ['1,5;2,5\n3,5;4,5', ';'],
    ['price;weight\n1,5;2,5\n3,25;4,5', ';'],
    ['1,5\t2,5', '\t'],
    ['1,5\n2,5', ','],
    ['12,3\n13,4', ','],
    // Another delimiter inside every cell of a column.
    ['12;Müller, Hans\n13;Meier, Eva', ';'],
    ['12,cat|dog\n13,dog|bird', ','],
    ['12,a;b\n13,c;d', ','],
    ['task\tnote\n12\tyes, no; or|so\n13\tno, yes; or|so', '\t'],
    ['a;Müller,12\nb;Meier\nc;Eva,13\nd;Ida,14', ';'],
    // A line that names the delimiter, as Excel writes it.
    ['sep=;\r\ntask;tone, mood\r\n1;a, b', ';'],
    ['"sep=|"\na,b|c\n1,2|3', '|'],
    ['sep=^\ntask;label\n1;a', ';'],
    // Titles, and an unclosed quote.
    ['Reviews of May\n\ntask;label\n1;a', ';'],
    ['Reviews, May 2024\ntask;label;x\n1;a;b', ';'],
    ['task;remark;tone\n1;"never closed;a\n2;fine;b\n3;fine;b', ';'],
    // Delimiters inside quotes don’t count.
    ['task,note\n1,"a;b;c"\n2,"a;b;c"', ','],
    ['"a;b";"c,d"\n"e,f";"g"', ';'],
    ['"task\nof;the;line",label\n1,a', ','],
    // No two rows have the same number of cells.
    ['task;topic\n1001;Billing;Delivery', ';'],
    ['task,note,tone\n1001,Good, really good,x\n1002,Bad,y\n1003,So, so, ok,z\n', ','],
    // A few rows with another number of cells.
    ['task,label\n1,a\n2,a,\n3,a\n4\n5,a\n6,a', ','],
    ['task;note\n1;a, b, c\n2;a\n3;a, b\n4', ';'],
  ])('of %j is %j', (text, delimiter) => {
    expect(detectDialect(SourceText.of(text)).delimiter).toBe(delimiter);
  });

  it.each([
    '12\n13\n14',
    'task\n12',
    'Positive',
    '12\n13, 14\n15\n16',
    'one, two; three\nfour\nfive\nsix',
    'a, b\nc, d\ne\nf, g, h\ni, j, k, l',
    'a, b\nc, d, e\nf, g, h, i\n',
    '1,2\n3,4,5\n6,7,8,9\n',
  ])('of one column doesn’t occur: %j', (text) => {
    expect(text).not.toContain(detectDialect(SourceText.of(text)).delimiter);
  });

  it('is detected from the start of a long table, also if that ends inside quotes', () => {
    const rows = Array.from({ length: 100 }, (_, row) => `${row + 1};"${'a, b\n'.repeat(200)}"`);
    expect(detectDialect(SourceText.of(rows.join('\n')))).toEqual({ delimiter: ';', hasHeader: false });
    // The last sampled row ends before its tab.
    expect(detectDialect(SourceText.of(`a,${'x'.repeat(600)}\tc\n`.repeat(200))).delimiter).toBe('\t');
    expect(detectDialect(SourceText.of(`task;note\n1;"${'a,b\n'.repeat(100_000)}"`)).delimiter).toBe(';');
  });
});

describe('the header', () => {
  it.each<[string, boolean]>([
    ['task,label\n1,a', true],
    ['"task","label"\n1,a', true],
    ['task,label', true],
    ['task\n12\n13', true],
    ['task,,label\n1,,a', true],
    ['ü,%\n1,2', true],
    ['1,a\n2,b', false],
    ['a,1\nb,2', false],
    ['12\n13', false],
    ['1.23E+15,a\n2,b', false],
    ['12345678901234567890,a', false],
    ['a,0.5\nb,0.7', false],
    ['a;0,5\nb;0,7', false],
    ['a,-3\nb,4', false],
    ['"[{""id"": ""x""}]",a', false],
    [',\n1,a', false],
    ['', false],
    ['\n', false],
  ])('of %j: %j', (text, hasHeader) => {
    expect(detectDialect(SourceText.of(text)).hasHeader).toBe(hasHeader);
  });
});

describe('the rows above a table', () => {
  it.each([
    ['sep=;\ntask;label\n1;a', 1],
    ['Reviews\ntask,label\n1,a', 1],
    ['Reviews,,\nMay 2024,,\n,,\ntask,label,x\n1,a,b', 3],
    ['sep=;\nReviews\ntask;label\n1;a', 2],
    ['task,label\n1,a', undefined],
    // Incomplete names, rows of values, and one column.
    ['task,,\nname,label,x\n1,a,', 1],
    ['task,\n1,a\n2,b', undefined],
    ['Positive,\n1,a', undefined],
    ['task\n1\n2', undefined],
  ])('of %j: %j', (text, rows) => {
    expect(detectDialect(SourceText.of(text)).rowsAbove).toBe(rows);
  });

  it('can be chosen, and the header is detected there', () => {
    const text = SourceText.of('1,2\n3,4\ntask,label\n5,a');
    expect(detectDialect(text)).toEqual({ delimiter: ',', hasHeader: false });
    expect(detectDialect(text, { rowsAbove: 2 })).toEqual({ delimiter: ',', hasHeader: true, rowsAbove: 2 });
  });
});
