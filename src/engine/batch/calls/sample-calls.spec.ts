import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, signedInEngine } from '#engine/spec-driver.ts';

const reviews = 1;
const streets = 5;

/** An engine connected to a sandbox; `project` overrides the answers about one project. */
async function connected(project: { label_config?: string; tasks?: number[] } = {}) {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });
  return signedInEngine(async (request) => {
    const answer = await sandbox.handle(request);
    const { pathname } = new URL(request.url);
    if (pathname === `/api/projects/${reviews}/` && project.label_config !== undefined) {
      const body = (await answer.json()) as object;
      return Response.json({ ...body, label_config: project.label_config });
    }
    if (pathname === '/api/tasks/' && project.tasks !== undefined) {
      return Response.json({ tasks: project.tasks.map((id) => ({ id })), total: project.tasks.length });
    }
    return answer;
  }, sandboxUsers[0]!.legacyToken);
}

describe('a sample', () => {
  it('has the project’s labels and tasks, and no problems', async () => {
    const engine = await connected();
    await engine.batch.setProject(reviews);
    const sample = await engine.batch.sample('json');
    if (!sample.ok) throw new Error(sample.failure.message);
    expect(sample.value).toMatchObject({ name: 'sheaf-sample-project-1.json', notes: [] });
    const text = await sample.value.file.text();
    expect(await checkText(engine, text)).toMatchObject({ entries: 3, rows: 3, errors: 0, warnings: 0 });
    for (const label of ['Positive', 'Neutral', 'Negative']) expect(text).toContain(`"${label}"`);
    const plan = await engine.runs.plan({ selection: 'resolve' });
    expect(plan).toMatchObject({ ok: true, value: { skipped: 0 } });
  });

  it('can be a table', async () => {
    const engine = await connected({ tasks: [7, 8, 9, 10] });
    await engine.batch.setProject(reviews);
    const sample = await engine.batch.sample('csv');
    if (!sample.ok) throw new Error(sample.failure.message);
    expect(sample.value.name).toBe('sheaf-sample-project-1.csv');
    expect(await sample.value.file.text()).toBe(
      'task,sentiment\r\n7,Positive\r\n8,Neutral\r\n9,Negative\r\n',
    );
  });

  it('is a table without formulas, which is imported with the same labels', async () => {
    const label_config = `<View><Text name="text" value="$text"/><Choices name="=mood" toName="text">
      <Choice value="=HYPERLINK(&quot;http://a.example&quot;)"/><Choice value="@good"/></Choices></View>`;
    const engine = await connected({ label_config, tasks: [7, 8] });
    await engine.batch.setProject(reviews);
    const sample = await engine.batch.sample('csv');
    if (!sample.ok) throw new Error(sample.failure.message);
    const csv = await sample.value.file.text();
    expect(csv.split('\r\n')).toEqual([
      "task,'=mood",
      String.raw`7,"[""=HYPERLINK(\""http://a.example\"")""]"`,
      '8,"[""@good""]"',
      '',
    ]);
    expect(await checkText(engine, csv)).toMatchObject({ rows: 2, errors: 0, warnings: 0 });
  });

  it('has example task IDs and a note if the project has no tasks', async () => {
    const engine = await connected({ tasks: [] });
    await engine.batch.setProject(reviews);
    const sample = await engine.batch.sample('csv');
    if (!sample.ok) throw new Error(sample.failure.message);
    expect(await sample.value.file.text()).toMatch(/^task,sentiment\r\n1,Positive\r\n2,/);
    expect(sample.value.notes).toEqual([
      'Project 1 has no tasks, so the task IDs are examples. Replace them with your own.',
    ]);
  });
});

describe('a missing sample', () => {
  it.each([
    ['without a server', undefined, reviews, 'json', 'token-missing', 'Not connected'],
    ['without a project', {}, undefined, 'json', 'project-missing', 'No project is chosen'],
    ['of a project that is not there', {}, 99, 'json', 'not-found', ''],
    [
      'of an invalid config',
      { label_config: '<View>' },
      reviews,
      'csv',
      'config-unreadable',
      'line 1, column 7',
    ],
    [
      'of a config without controls',
      { label_config: '<View/>' },
      reviews,
      'json',
      'nothing-to-answer',
      'project 1',
    ],
    ['in a table if all regions are drawn', {}, streets, 'csv', 'nothing-to-answer', 'in a table'],
  ] as const)('%s', async (_, answers, project, format, reason, words) => {
    const engine = await connected(answers);
    if (answers === undefined) await engine.session.disconnect();
    await engine.batch.setProject(project);
    expect(await engine.batch.sample(format)).toMatchObject({
      ok: false,
      failure: { reason, message: expect.stringContaining(words) },
    });
  });
});

describe('an example', () => {
  it('fits the chosen project', async () => {
    const engine = await connected();
    await engine.batch.setProject(streets);
    const example = await engine.batch.example();
    if (!example.ok) throw new Error(example.failure.message);
    expect(await checkText(engine, example.value)).toMatchObject({ rows: 3, errors: 0 });
    expect(example.value).toContain('"rectanglelabels": ["Sign"]');
    expect(await engine.batch.exampleRegion()).toContain('"rectanglelabels"');
  });

  it('is a general one without a project or with an invalid config', async () => {
    const engine = await connected({ label_config: '<View>' });
    for (const project of [undefined, reviews]) {
      await engine.batch.setProject(project);
      expect(await engine.batch.example()).toMatchObject({
        ok: true,
        value: expect.stringContaining('"Positive"'),
      });
    }
    await engine.batch.setProject(99);
    expect(await engine.batch.example()).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
    expect(await engine.batch.exampleRegion()).toContain('"Positive"');
  });
});
