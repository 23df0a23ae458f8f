import { expect, test } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { checkText, engineOver } from '#engine/spec-driver.ts';

const base = 'http://sheaf.example/';
const open = () => engineOver(createSandbox({ edition: 'enterprise', data: 'seeds' }).handle, base).engine;

const whole = (text: string) =>
  expect.objectContaining({ part: { text, from: 0, to: text.length, firstLine: 1 } });

test('a repair changes nothing before it is applied', async () => {
  const engine = open();
  expect(await checkText(engine, "[{'tasks': [101],}]")).toMatchObject({ format: 'unreadable' });
  expect(await engine.batch.previewRepair()).toMatchObject({
    kinds: [
      { one: 'text in single quotes', count: 1 },
      { one: 'trailing comma', count: 1 },
    ],
    changes: [
      { line: 1, column: 3, before: "'tasks'", after: '"tasks"' },
      { line: 1, column: 17, before: ',', after: '' },
    ],
  });
  expect(await engine.batch.format()).toEqual(whole("[{'tasks': [101],}]"));
  expect(await engine.batch.entries(0, 1)).toEqual([]);

  expect(await engine.batch.applyRepair()).toEqual(whole('[{"tasks": [101]}]'));
  expect(await engine.batch.entries(0, 1)).toHaveLength(1);
  // The repaired text is valid.
  expect(await engine.batch.previewRepair()).toBeUndefined();
  expect(await engine.batch.applyRepair()).toEqual(whole('[{"tasks": [101]}]'));
});

test('repairs the text of the last check', async () => {
  const engine = open();
  await checkText(engine, '[1,]');
  await checkText(engine, '[1, 2');
  expect(await engine.batch.previewRepair()).toBeUndefined();
  expect(await engine.batch.applyRepair()).toEqual(whole('[1, 2'));
});
