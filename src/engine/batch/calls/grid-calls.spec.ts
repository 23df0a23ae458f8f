import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, signedInEngine } from '#engine/spec-driver.ts';

const reviews = 1;

async function connected() {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const engine = await signedInEngine(handle, sandboxUsers[0]!.legacyToken);
  await engine.batch.setProject(reviews);
  return engine;
}

it('lists and deletes the rows of a problem group, including problems that aren’t listed', async () => {
  const engine = await connected();
  const rows = Array.from(
    { length: 1200 },
    (_, row) => `${row + 1},${row % 2 === 0 ? 'Positve' : 'Positive'}`,
  );
  const { problemGroups } = await checkText(engine, ['task,sentiment', ...rows, '9x,Neutral'].join('\n'));
  expect(problemGroups).toMatchObject([
    { code: 'choice-unknown', count: 600, control: 'sentiment' },
    { code: 'task-id-not-whole', count: 1 },
  ]);
  const wrong = await engine.batch.rowsOfGroup(problemGroups[0]!.first);
  expect([wrong.length, wrong[0], wrong.at(-1)]).toEqual([600, 0, 1198]);
  expect([...(await engine.batch.rowsOfGroup(problemGroups[1]!.first))]).toEqual([1200]);

  const { text } = await engine.batch.deleteRows(wrong);
  expect(text.part.text).toMatch(/^task,sentiment\n2,Positive\n4,/);
  // The outdated group has no rows in the new text.
  expect([...(await engine.batch.rowsOfGroup(problemGroups[0]!.first))]).toEqual([]);
});
