import { describe, expect, it } from 'vitest';
import { createHttpClient } from '#api/http/http-client.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { Batch } from './batch.ts';
import { checkCalls } from '#engine/batch/calls/check-calls.ts';
import { ProjectConfigs } from './project-configs.ts';

const config =
  '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="Good"/></Choices></View>';

/** Checks of a batch whose server has only projects 1 (valid) and 2 (an invalid config). */
function checks() {
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
  const configs = new ProjectConfigs(client, false, () => time);
  const checkOf = (current?: ProjectConfigs) => {
    const checked = new Batch(
      () => current,
      () => undefined,
    );
    return (text: string) => checkCalls(checked).check(checked.text.open(SourceText.of(text)));
  };
  return {
    check: checkOf(configs),
    checkWhileDisconnected: checkOf(),
    asked,
    wait: (milliseconds: number) => (time += milliseconds),
  };
}

const batch = (...projects: number[]) =>
  JSON.stringify(
    projects.map((project, index) => ({
      tasks: [index + 1],
      project,
      result: [{ from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['God'] } }],
    })),
  );

describe('ProjectConfigs', () => {
  it('reads each config once, and checks the batch against it', async () => {
    const { check, asked } = checks();
    const checked = await check(batch(1, 1));
    expect(checked.problems.filter(({ code }) => code === 'choice-unknown')).toHaveLength(2);
    expect(checked.notChecked).toEqual([]);
    await check(`${batch(1)} `);
    expect(asked).toEqual(['/api/projects/1/']);
  });

  it('reports what was not checked if a config is missing or invalid', async () => {
    const { check, asked, wait } = checks();
    const { notChecked, errors } = await check(batch(2, 3));
    expect(errors).toBe(0);
    expect(notChecked).toEqual([
      'The labelling config of project 2 is invalid, so labels aren’t checked: line 1, column 7: This isn’t valid XML: Missing end tag for element View',
      expect.stringMatching(/^Project 3 couldn’t be read, so labels aren’t checked: .*[^.]$/),
    ]);
    await check(batch(3));
    expect(asked).toHaveLength(2);
    wait(60_000);
    await check(batch(3));
    expect(asked).toHaveLength(3);
  });

  it('reads fifty configs at most, and names the limit once for the others', async () => {
    const { check, asked } = checks();
    const many = batch(...Array.from({ length: 300 }, (_, index) => index + 1));
    await check(many);
    expect(asked).toHaveLength(50);
    expect((await check(batch(299, 300, 1))).notChecked).toEqual([
      'Labels are checked for 50 projects at most. Split the batch to check the others',
    ]);
    expect(asked).toHaveLength(50);
  });

  it('has no configs without a project or a server', async () => {
    const { check, checkWhileDisconnected } = checks();
    const unnamed = JSON.stringify({ tasks: [1], result: [] });
    expect((await check(unnamed)).notChecked).toEqual(['No project is chosen, so labels aren’t checked']);
    expect((await checkWhileDisconnected(batch(1))).notChecked).toEqual([
      'Not connected to a server, so labels aren’t checked',
    ]);
  });
});
