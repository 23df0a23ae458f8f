import { describe, expect, it } from 'vitest';
import { createHttpClient } from '#api/http-client.ts';
import { Batch } from './bench.ts';
import { ProjectConfigs } from './project-configs.ts';

const config =
  '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="Good"/></Choices></View>';

/** A bench whose server has projects 1 (sound) and 2 (a broken config), and nothing else. */
function bench() {
  const asked: string[] = [];
  let time = 0;
  const client = createHttpClient({
    base: 'http://server.test',
    timeLimitSeconds: 5,
    fetch: async ({ url }) => {
      const { pathname } = new URL(url);
      asked.push(pathname);
      const id = Number(/\d+/.exec(pathname)?.[0]);
      if (id > 2) return Response.json({ detail: 'No Project matches the given query.' }, { status: 404 });
      const label_config = id === 1 ? config : '<View>';
      return Response.json({ id, title: '', task_number: 1, total_annotations_number: 0, label_config });
    },
  });
  const workbench = new Batch();
  workbench.configs = new ProjectConfigs(client, false, () => time);
  return { workbench, asked, wait: (milliseconds: number) => (time += milliseconds) };
}

const batch = (...projects: number[]) =>
  JSON.stringify(
    projects.map((project, index) => ({
      tasks: [index + 1],
      project,
      result: [{ from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['God'] } }],
    })),
  );

describe('the configs of the projects that a batch names', () => {
  it('are read once, and the batch is checked against them', async () => {
    const { workbench, asked } = bench();
    const checked = await workbench.check(batch(1, 1));
    expect(checked.problems.filter(({ code }) => code === 'choice-unknown')).toHaveLength(2);
    expect(checked.notChecked).toEqual([]);
    await workbench.check(`${batch(1)} `);
    expect(asked).toEqual(['/api/projects/1/']);
  });

  it('may be missing or broken; then it is said what was not checked', async () => {
    const { workbench, asked, wait } = bench();
    const { notChecked, errors } = await workbench.check(batch(2, 3));
    expect(errors).toBe(0);
    expect(notChecked).toEqual([
      'The labelling config of project 2 cannot be understood, so labels are not checked: line 1, column 7: This isn’t valid XML: Missing end tag for element View',
      expect.stringMatching(/^Project 3 could not be read, so labels are not checked: .*[^.]$/),
    ]);
    await workbench.check(batch(3));
    expect(asked).toHaveLength(2);
    wait(60_000);
    await workbench.check(batch(3));
    expect(asked).toHaveLength(3);
  });

  it('are not there without a project or a server', async () => {
    const { workbench } = bench();
    const unnamed = JSON.stringify({ tasks: [1], result: [] });
    expect((await workbench.check(unnamed)).notChecked).toEqual([
      'No project is chosen, so labels are not checked',
    ]);
    workbench.configs = undefined;
    expect((await workbench.check(batch(1))).notChecked).toEqual([
      'Not connected to a server, so labels are not checked',
    ]);
  });
});
