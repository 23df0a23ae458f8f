import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
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

async function run(options: Partial<CheckBatchOptions>, input = '') {
  const output = { written: '', complained: '' };
  const code = await checkBatch(
    { json: false, controls: false, jsonl: false, bulk: false, ...options },
    {
      input: Readable.from([input]),
      write: (text) => void (output.written += text),
      complain: (text) => void (output.complained += text),
    },
  );
  return { code, ...output };
}

describe('check-batch', () => {
  it('ends with 0 where nothing is wrong', async () => {
    const { code, written } = await run({ config: seed('config.xml'), batch: seed('passes.json') });
    expect([code, written]).toEqual([0, '1 request, 2 annotations: 0 errors, 0 warnings.\n']);
  });

  it('ends with 1 and tells each place', async () => {
    const { code, written } = await run({ config: seed('config.xml'), batch: seed('fails.json') });
    expect(code).toBe(1);
    expect(written).toMatch(
      /fails\.json:\d+:\d+: error: “Neither” is the display name of this choice.*\[choice-unknown\]\n/,
    );
    expect(written).toContain('1 request, 0 annotations: 2 errors, 0 warnings.');
  });

  it('tells the same as JSON', async () => {
    const { written } = await run({ config: seed('config.xml'), batch: seed('fails.json'), json: true });
    expect(JSON.parse(written)).toMatchObject({
      valid: false,
      errors: 2,
      problems: [{ code: 'choice-unknown' }, {}],
    });
  });

  it.each([
    [{ config: seed('nothing.xml'), batch: seed('passes.json') }, 'cannot be read'],
    [{ config: seed('passes.json'), batch: seed('passes.json') }, 'This isn’t valid XML'],
    [{ config: seed('config.xml'), batch: seed('nothing.json') }, 'cannot be read'],
  ])('ends with 2 where something cannot be read', async (options, words) => {
    const { code, complained, written } = await run(options);
    expect([code, written]).toEqual([2, '']);
    expect(complained).toContain(words);
  });

  it('ends with 2 where the batch is nothing that it knows', async () => {
    expect((await run({ config: seed('config.xml'), batch: seed('config.xml') })).code).toBe(2);
  });

  it('prints what was understood', async () => {
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

  it('reads a table as the console does, and tells the place of each cell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sheaf-check-batch-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const batch = join(folder, 'batch.csv');
    writeFileSync(batch, 'task;sentiment\r\n1;Positive\r\n2;Positve\r\n');
    const { code, written } = await run({ config: seed('config.xml'), batch });
    expect(code).toBe(1);
    expect(written).toContain(`${batch}:3:3: error: “Positve” isn’t a choice in “sentiment”.`);
    expect(written).toContain('2 rows, 1 annotation: 1 error, 0 warnings.');
  });
});
