import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, signedInEngine } from '#engine/spec-driver.ts';

async function proposalFor(text: string, project?: number) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const engine = await signedInEngine(handle, sandboxUsers[0]!.legacyToken);
  await engine.batch.setProject(project);
  await checkText(engine, text);
  return engine.batch.proposeProject();
}

it('proposes the project with most of the batch’s tasks', async () => {
  expect(await proposalFor('task,mood\n90001,x\n9001,x\n9002,x\n9002,x\n')).toEqual({
    project: 5,
    title: 'Street scenes',
    why: { by: 'tasks', found: 2, of: 3 },
  });
});

it('proposes by labels without task IDs, if only one project matches', async () => {
  expect(await proposalFor('photo,contents,quality\na.png,Goods,3\n')).toEqual({
    project: 2,
    title: 'Shop photos',
    why: { by: 'labels', columns: ['contents', 'quality'] },
  });
  // Two projects have a control “sentiment”.
  expect(await proposalFor('text,sentiment\nGood,Positive\n')).toBeUndefined();
});

describe('an export', () => {
  const exported = (id: number, region: object) =>
    JSON.stringify([{ id, data: { image: 'a.png' }, annotations: [{ result: [region] }] }]);
  const box = (name: string, label: string) => ({
    from_name: name,
    to_name: 'street',
    type: 'rectanglelabels',
    value: { x: 1, y: 1, width: 5, height: 5, rectanglelabels: [label] },
  });
  const streets = (...columns: string[]) => ({
    project: 5,
    title: 'Street scenes',
    why: { by: 'labels', columns },
  });

  it('is for the only project with its controls and labels, or else with controls of their types', async () => {
    expect(await proposalFor(exported(900_001, box('box', 'Sign')))).toEqual(streets('box'));
    expect(await proposalFor(exported(900_001, box('bbox', 'Sign')))).toEqual(streets('bbox'));
    expect(await proposalFor(exported(900_001, box('box', 'Tree')))).toBeUndefined();
  });

  it('isn’t for a project that has other tasks of the same ids and other labels', async () => {
    expect(await proposalFor(exported(3, box('box', 'Sign')))).toEqual(streets('box'));
    expect(await proposalFor(exported(9001, box('box', 'Sign')))).toMatchObject({
      project: 5,
      why: { by: 'tasks' },
    });
    // What fits no project is still for the one with its tasks, since controls can be mapped.
    expect(await proposalFor(exported(9001, box('box', 'Tree')))).toMatchObject({ project: 5 });
  });
});

it('proposes nothing for unknown tasks or if a project is chosen', async () => {
  expect(await proposalFor('[{"task": 90001, "result": []}]')).toBeUndefined();
  expect(await proposalFor('task,mood\n9001,x\n', 1)).toBeUndefined();
});
