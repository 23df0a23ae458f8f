import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { engineOver } from '#engine/spec-driver.ts';

const base = 'http://sandbox.test';

async function proposalFor(text: string, project?: number) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const { engine } = engineOver(handle, base);
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 5 };
  expect(await engine.session.connect(server, sandboxUsers[0]!.legacyToken)).toMatchObject({ ok: true });
  await engine.batch.setProject(project);
  await engine.batch.check(text);
  return engine.batch.proposeProject();
}

it('the project that has the tasks is proposed, with how many of them', async () => {
  expect(await proposalFor('task,mood\n90001,x\n9001,x\n9002,x\n9002,x\n')).toEqual({
    project: 5,
    title: 'Street scenes',
    why: { by: 'tasks', found: 2, of: 3 },
  });
});

it('without task ids, the only project is proposed whose labels the columns hold', async () => {
  expect(await proposalFor('photo,contents,quality\na.png,Goods,3\n')).toEqual({
    project: 2,
    title: 'Shop photos',
    why: { by: 'labels', columns: ['contents', 'quality'] },
  });
  // Two projects have a control “sentiment”.
  expect(await proposalFor('text,sentiment\nGood,Positive\n')).toBeUndefined();
});

it('nothing is proposed for unknown tasks, or where a project is chosen', async () => {
  expect(await proposalFor('[{"task": 90001, "result": []}]')).toBeUndefined();
  expect(await proposalFor('task,mood\n9001,x\n', 1)).toBeUndefined();
});
