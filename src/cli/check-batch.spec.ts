import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packedZeros } from '../../scripts/lib/packed-zeros.mjs';
import { checkBatch, type CheckBatchOptions } from './check-batch.ts';

const seed = (file: string) =>
  fileURLToPath(new URL(`../../seeds/configs/sentiment/${file}`, import.meta.url));
const config = '<View><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>';
const line = (rating: unknown, more = {}) =>
  JSON.stringify({
    config,
    result: [{ from_name: 'r', to_name: 't', type: 'rating', value: { rating } }],
    ...more,
  });

/** A file in a temporary folder that is removed after the test. */
function fileOf(name: string, bytes: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-check-batch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function run(
  options: Partial<CheckBatchOptions>,
  input: string | Uint8Array | Readable = '',
  maxLineBytes?: number,
) {
  const output = { written: '', complained: '' };
  const code = await checkBatch(
    { json: false, controls: false, jsonl: false, bulk: false, ...options },
    {
      input: input instanceof Readable ? input : Readable.from([input]),
      ...(maxLineBytes !== undefined && { maxLineBytes }),
      write: (text) => void (output.written += text),
      complain: (text) => void (output.complained += text),
    },
  );
  return { code, ...output };
}

describe('check-batch', () => {
  it('exits with 0 without problems', async () => {
    const { code, written } = await run({ config: seed('config.xml'), batch: seed('passes.json') });
    expect([code, written]).toEqual([0, '1 request, 2 annotations: 0 errors, 0 warnings.\n']);
  });

  it('exits with 1 and prints the place of each problem', async () => {
    const { code, written } = await run({ config: seed('config.xml'), batch: seed('fails.json') });
    expect(code).toBe(1);
    expect(written).toMatch(
      /fails\.json:\d+:\d+: error: “Neither” is the display name of this choice.*\[choice-unknown\]\n/,
    );
    expect(written).toContain('1 request, 0 annotations: 2 errors, 0 warnings.');
  });

  it('prints the same as JSON', async () => {
    const { written } = await run({ config: seed('config.xml'), batch: seed('fails.json'), json: true });
    expect(JSON.parse(written)).toMatchObject({
      valid: false,
      errors: 2,
      problems: [{ code: 'choice-unknown' }, {}],
    });
  });

  it.each([
    [{ config: seed('nothing.xml'), batch: seed('passes.json') }, 'can’t be read'],
    [{ config: seed('passes.json'), batch: seed('passes.json') }, 'This isn’t valid XML'],
    [{ config: seed('config.xml'), batch: seed('nothing.json') }, 'can’t be read'],
  ])('exits with 2 if something can’t be read', async (options, words) => {
    const { code, complained, written } = await run(options);
    expect([code, written]).toEqual([2, '']);
    expect(complained).toContain(words);
  });

  it('exits with 2 if the format is unknown', async () => {
    expect((await run({ config: seed('config.xml'), batch: seed('config.xml') })).code).toBe(2);
  });

  it('prints how the batch was read', async () => {
    const { code, written } = await run({ config: seed('config.xml'), controls: true });
    expect(code).toBe(0);
    expect(JSON.parse(written)).toMatchObject({
      controls: [
        {
          name: 'sentiment',
          tag: 'Choices',
          required: true,
          labels: [{}, {}, { value: 'Neither', alias: 'neutral' }],
        },
        { name: 'why', tag: 'TextArea', maxSubmissions: 1 },
      ],
      objects: [{ name: 'review', tag: 'Text', value: '$text' }],
    });
  });

  it('answers every line, in order', async () => {
    const lines = [
      line(3),
      line('3'),
      '{',
      '',
      '{"result": []}',
      line(3, { config: '<View>' }),
      line(3, { config: 5 }),
    ];
    const { code, written } = await run({ jsonl: true }, lines.join('\n'));
    const answers = written
      .trim()
      .split('\n')
      .map((answer) => JSON.parse(answer) as { valid: boolean; problems: { code: string }[] });
    expect(
      answers.map(({ valid, problems }) => `${valid} ${problems.map((one) => one.code).join()}`),
    ).toEqual([
      'true ',
      'false value-number-in-quotes',
      'false json-cut-off',
      'false config-missing',
      'false config-not-xml',
      'false config-missing',
    ]);
    expect(code).toBe(2);
  });

  it('answers thousands of lines', async () => {
    const { written } = await run({ jsonl: true }, `${line(9)}\n`.repeat(10_000));
    expect(written.split('\n')).toHaveLength(10_001);
  });

  it('reads a table like the browser, and prints the place of each cell', async () => {
    const batch = fileOf('batch.csv', 'task;sentiment\r\n1;Positive\r\n2;Positve\r\n');
    const { code, written } = await run({ config: seed('config.xml'), batch });
    expect(code).toBe(1);
    expect(written).toContain(`${batch}:3:3: error: “Positve” isn’t a choice in “sentiment”.`);
    expect(written).toContain('2 rows, 1 annotation: 1 error, 0 warnings.');
  });

  it('keeps the documented JSON', async () => {
    const batch = fileOf('batch.csv', 'task;sentiment;note\n1;Positive;a\n2;Positve;b\n');
    const { written } = await run({ config: seed('config.xml'), batch, json: true });
    expect(JSON.parse(written)).toMatchObject({
      valid: false,
      rows: 1,
      errors: 1,
      warnings: 0,
      problems: [
        {
          code: 'choice-unknown',
          severity: 'error',
          message: '“Positve” isn’t a choice in “sentiment”. Did you mean “Positive”?',
          line: 3,
          column: 3,
          fix: { words: 'Use “Positive”', value: 'Positive' },
        },
      ],
      reading: {
        columns: [
          { name: 'task', target: 'task' },
          { name: 'sentiment', target: 'control:sentiment' },
          { name: 'note', target: 'nothing' },
        ],
      },
    });
  });

  const table = 'task;sentiment\r\n1;Positive\r2;Neg\u00e4tive\r\n';
  it.each<[string, Uint8Array]>([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`)],
    ['UTF-16', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16 without a byte order mark', Buffer.from(table, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
    ['gzip', gzipSync(table)],
    ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${table}`, 'utf16le'))],
  ])('decodes %s', async (_, bytes) => {
    const { code, written } = await run({
      config: seed('config.xml'),
      batch: fileOf('batch', bytes),
      json: true,
    });
    expect(code).toBe(1);
    expect(JSON.parse(written)).toMatchObject({
      rows: 1,
      errors: 1,
      problems: [
        {
          message: expect.stringContaining('“Neg\u00e4tive”') as string,
          line: 3,
          column: 3,
          from: 28,
          to: 36,
        },
      ],
    });
  });

  it('decodes the labelling config in the same way', async () => {
    const xml = readFileSync(seed('config.xml'), 'utf8');
    const packed = fileOf('config.xml.gz', gzipSync(Buffer.from(`\ufeff${xml}`, 'utf16le')));
    expect(await run({ config: packed, batch: seed('passes.json') })).toMatchObject({ code: 0 });
  });

  it.each([
    ['Latin-1', Buffer.from(table, 'latin1'), ':3: The file isn’t UTF-8: line 3 has the byte E4.'],
    ['a workbook', Buffer.from('PK\u0003\u0004\u00f2', 'latin1'), ':1: This is an Excel workbook'],
    ['half of a packed file', gzipSync(table).subarray(0, 25), ': The file is packed with gzip, but'],
  ])('refuses %s', async (_, bytes, complaint) => {
    const batch = fileOf('batch', bytes);
    for (const json of [false, true]) {
      const { code, written, complained } = await run({ config: seed('config.xml'), batch, json });
      expect([code, written]).toEqual([2, '']);
      expect(complained).toContain(`${batch}${complaint}`);
    }
  });

  it('refuses a file that is too large without reading it', async () => {
    const batch = fileOf('batch.csv', table);
    truncateSync(batch, 500_000_001);
    const { code, complained } = await run({ config: seed('config.xml'), batch });
    expect([code, complained]).toEqual([2, `${batch}: This file is more than 500 MB. Split it.\n`]);
  });

  it('refuses a small gzip file that unpacks to 3 GiB', async () => {
    const batch = fileOf('batch.csv.gz', packedZeros(3 * 2 ** 30));
    const { code, complained } = await run({ config: seed('config.xml'), batch });
    expect([code, complained]).toEqual([2, `${batch}: This file unpacks to more than 500 MB. Split it.\n`]);
  });

  it('reads a pipe, which has no size', async () => {
    const pipe = join(fileOf('batch.csv', ''), '..', 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writing = writeFile(pipe, table);
    const { code, written } = await run({ config: seed('config.xml'), batch: pipe });
    await writing;
    expect(code).toBe(1);
    expect(written).toContain('2 rows, 1 annotation');
  });

  it('answers a line that is too long, and the lines after it', async () => {
    const { code, written } = await run(
      { jsonl: true },
      `${line(3)}\n${line('x'.repeat(500))}\n${line(4)}`,
      400,
    );
    expect(code).toBe(2);
    expect(written.trim().split('\n')).toEqual([
      '{"valid":true,"problems":[]}',
      expect.stringContaining('Line 2 is more than 400 bytes.'),
      '{"valid":true,"problems":[]}',
    ]);
  });

  it('answers a line that isn’t UTF-8, and the lines after it', async () => {
    const lines = Buffer.from(`${line(3)}\r\n{"a": "\u00e4"}\n${line(4)}`, 'latin1');
    const { code, written } = await run({ jsonl: true }, lines);
    expect(code).toBe(2);
    expect(
      written
        .trim()
        .split('\n')
        .map((answer) => JSON.parse(answer) as unknown),
    ).toEqual([
      { valid: true, problems: [] },
      {
        valid: false,
        problems: [
          {
            code: 'not-utf-8',
            message: 'Line 2 isn’t UTF-8: its byte 8 is E4.',
            path: [],
            severity: 'error',
          },
        ],
      },
      { valid: true, problems: [] },
    ]);
  });

  it('doesn’t split lines at separators inside a text', async () => {
    const { written } = await run({ jsonl: true }, line(3, { note: 'a\u2028b' }));
    expect(written).toBe('{"valid":true,"problems":[]}\n');
  });

  it('joins a line from any chunks', async () => {
    const { code, written } = await run(
      { jsonl: true },
      Readable.from([...Buffer.from(`${line(3, { note: '😀' })}\n`)].map((byte) => Buffer.of(byte))),
    );
    expect([code, written]).toEqual([0, '{"valid":true,"problems":[]}\n']);
  });
});

describe('check-batch with the project’s tasks', () => {
  const tasks = JSON.stringify([
    { id: 11, data: { t: 'Good tea', image: 's3://x/a.jpg' }, annotations: [] },
    { id: 12, data: { t: 'Bad tea', image: 's3://x/b.jpg' }, annotations: [] },
  ]);
  const files = (batch: string) => ({
    config: fileOf('config.xml', config),
    batch: fileOf('batch.csv', batch),
    tasks: fileOf('tasks.json', tasks),
  });

  it('reports unknown task IDs', async () => {
    const { code, written } = await run(files('task,r\n11,4\n13,5\n'));
    expect(code).toBe(1);
    expect(written).toMatch(/batch\.csv:3:1: error: Task 13 isn’t in the project\. \[task-not-in-project\]/);
  });

  it('compares spans with the text of their task', async () => {
    const xml =
      '<View><Labels name="l" toName="t"><Label value="A"/></Labels><Text name="t" value="$t"/></View>';
    const value = { start: 4, end: 7, text: 'coffee', labels: ['A'] };
    const result = [{ from_name: 'l', to_name: 't', type: 'labels', value }];
    const batch = fileOf('spans.json', JSON.stringify([{ task: 12, result }]));
    const asked = { ...files(''), config: fileOf('spans.xml', xml), batch };
    const { code, written } = await run(asked);
    expect(code).toBe(1);
    expect(written).toContain('warning: The text from 4 to 7 is “tea”, but this region says “coffee”.');
  });

  it('matches rows without task IDs, and says how', async () => {
    const { code, written, complained } = await run(files('photo,r\nA.JPG,4\nc.jpg,5\n'));
    expect(code).toBe(1);
    expect(complained).toContain('Rows are matched to tasks: “photo” with “image”, by file name.');
    expect(written).toMatch(
      /batch\.csv:3:1: error: No task in the project has this file name.*\[task-not-found\]/,
    );
    expect(written).toContain('2 rows, 1 annotation: 1 error');
  });

  it('matches by the given field', async () => {
    const batch = 'photo,text,r\na.png,Bad  tea,4\n';
    const asked = { ...files(batch), json: true };
    const byStem = await run({ ...asked, match: 'photo=image', compare: 'file-stem' });
    expect(JSON.parse(byStem.written)).toMatchObject({
      valid: true,
      rows: 1,
      matched: { column: 'photo', matching: { field: 'image', compare: 'file-stem' } },
    });
    const byText = await run({ ...asked, match: 'text=t' });
    expect([byText.code, JSON.parse(byText.written)]).toMatchObject([0, { matched: { column: 'text' } }]);
  });

  it('uses columns named like choices only when asked', async () => {
    const xml =
      '<View><Text name="t" value="$t"/><Choices name="animal" toName="t" choice="multiple"><Choice value="cat"/><Choice value="dog"/></Choices></View>';
    const asked = {
      config: fileOf('config.xml', xml),
      batch: fileOf('batch.csv', 'task,cat,dog\n1,x,x\n2,,perhaps\n'),
    };
    const unasked = await run(asked);
    expect([unasked.code, unasked.written]).toEqual([2, expect.stringContaining('[labels-column-missing]')]);
    const { code, written } = await run({ ...asked, choices: ['animal'] });
    expect([code, written]).toEqual([1, expect.stringMatching(/:3:4: error: “perhaps” .* \[mark-unclear\]/)]);
    expect(written).toContain('2 rows, 1 annotation: 1 error');
  });

  it.each([
    [{ choices: ['r'] }, '--choices r: no column is named like a choice of “r”.'],
    [{ match: 'photo=sku' }, '--match photo=sku: no task has such data.'],
    [{ match: 'file=image' }, '--match file=image: the batch has no such column.'],
    [
      { match: 'photo=image', compare: 'ending' },
      '--compare is one of value, file-name, file-stem, not ending.',
    ],
    [{ tasks: seed('passes.json') }, 'isn’t a list of tasks with “id” and “data”'],
    [{ tasks: seed('config.xml') }, 'isn’t valid JSON'],
  ])('exits with 2 for invalid options: %j', async (wrong, words) => {
    const { code, complained } = await run({ ...files('photo,r\na.jpg,4\n'), ...wrong });
    expect([code, complained]).toEqual([2, expect.stringContaining(words)]);
  });
});
