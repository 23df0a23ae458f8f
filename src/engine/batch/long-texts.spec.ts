import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#engine/engine.ts';
import { checkText, signedInEngine } from '#engine/spec-driver.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';

/* Messages to the screen stay small for any text. */

const long = 'lorem ipsum '.repeat(200_000);
const quoted = (text: string) => `"${text}"`;

const region = (value: object, more: object = {}) => ({
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value,
  ...more,
});
const request = (result: object[], more: object = {}) => JSON.stringify([{ task: 1, result, ...more }]);
const names = Array.from({ length: 5000 }, (_, column) => `column ${column}`);

let engine: Engine;

beforeAll(async () => {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });
  engine = await signedInEngine(sandbox.handle, sandboxUsers[0]!.legacyToken);
  await engine.batch.setProject(1);
});

const sizeOf = (answer: unknown) => JSON.stringify(answer ?? null).length;

describe.each<[string, string]>([
  ['a cell', `task,sentiment,note\n1,Positive,${quoted(long)}\n`],
  ['a label', `task,sentiment\n1,${quoted(long)}\n2,${quoted(`x${long}`)}\n`],
  ['a task', `task,sentiment\n${quoted(long)},Positive\n`],
  ['a column name', `task,sentiment,${quoted(long)},${quoted(long)}\n1,Positive,,\n`],
  ['a wide table', `task,sentiment,${names.join()}\n1,Positive,${names.join()}\n`],
  ['a value of a record', JSON.stringify([{ task: 1, sentiment: 'Positive', note: long, list: [long] }])],
  ['a key of a record', JSON.stringify([{ task: 1, sentiment: 'Positive', [long]: 'x' }])],
  ['a label in JSON', request([region({ choices: [long] })])],
  ['a control', request([region({ choices: ['Positive'] }, { from_name: long })])],
  ['a field', request([region({ choices: ['Positive'] })], { import_id: long, unique_id: long, project: 1 })],
  ['an unknown field', request([region({ choices: ['Positive'] })], { [long]: 1 })],
  ['an unknown member of a region', request([region({ choices: ['Positive'], [long]: 1 }, { [long]: 1 })])],
  ['many unknown fields', request([], Object.fromEntries(names.map((name) => [name, long.slice(0, 500)])))],
  ['a text in spaces', request([region({ choices: [`${long} `] })], { last_action: ` ${long}` })],
])('%s without end', (_, text) => {
  it('is cut for the screen', async () => {
    const { text: _text, problems, problemGroups, ...verdict } = await checkText(engine, text);
    expect(sizeOf(verdict)).toBeLessThan(10_000);
    for (const problem of [...problems, ...problemGroups]) expect(sizeOf(problem)).toBeLessThan(15_000);
    expect(problems.every(({ message }) => message.length <= 1100)).toBe(true);
    expect(sizeOf(await engine.batch.entries(0, 100))).toBeLessThan(10_000);
    expect(sizeOf(await engine.batch.columns({ from: 0, to: 32 }))).toBeLessThan(40_000);
    const rows = [...Array(64).keys()];
    expect(sizeOf(await engine.batch.gridRows({ rows, columns: { from: 0, to: 32 } }))).toBeLessThan(40_000);
    expect(sizeOf(await engine.batch.columnValues())).toBeLessThan(10_000);
    expect(sizeOf(await engine.batch.readEntry(0))).toBeLessThan(1_200_000);
  });
});

it('returns the length of a request that is too long for the form', async () => {
  const text = request([region({ choices: ['Positive'] })], { import_id: long });
  await checkText(engine, text);
  expect(await engine.batch.readEntry(0)).toEqual({ tooLong: text.length - 2 });
});

it('returns a whole cell for editing, or nothing', async () => {
  await checkText(engine, `task,note\n1,${'x'.repeat(10_000)}\n2,${'x'.repeat(10_001)}\n`);
  expect(await engine.batch.cell(0, 1)).toHaveLength(10_000);
  expect(await engine.batch.cell(1, 1)).toBeUndefined();
  expect(await engine.batch.cell(9, 9)).toBeUndefined();
});
