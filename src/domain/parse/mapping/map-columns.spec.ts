import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { checkText } from '#domain/spec-texts.ts';

function configOf(tags: string): ConfigOf {
  const read = readConfig(`<View><Text name="text" value="$text"/>${tags}</View>`);
  if (!read.ok) throw new Error(read.problem.message);
  return () => ({ config: read.config, isForBulk: false });
}

const reviews = configOf(
  '<Choices name="sentiment" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>',
);
const invoices = configOf(
  '<Labels name="sentence" toName="text"><Label value="Total"/></Labels><TextArea name="summary" toName="text"/>',
);
const moods = configOf(
  '<Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>',
);

const targetsOf = (text: string, settings: ImportSettings, config?: ConfigOf) =>
  checkText(text, config, settings).parsed.reading!.columns.map(({ target }) => target);
const problemsOf = (text: string, settings: ImportSettings, config?: ConfigOf) =>
  checkText(text, config, settings).checked.problems.map(({ severity, code }) => `${severity} ${code}`);

describe('a chosen target', () => {
  const text = 'task,feeling\n7004,Positive\n7005,Negative\n';
  const chosen: ImportSettings = { columns: { feeling: 'control:sentiment' } };

  it('is used where the project has it', () => {
    expect(targetsOf(text, chosen, reviews)).toEqual(['task', 'control:sentiment']);
    expect(problemsOf(text, chosen, reviews)).toEqual([]);
  });

  it.each<[string, ColumnTarget]>([
    ['a control', 'control:sentiment'],
    ['a control, but one that draws regions', 'control:sentence'],
    ['a choice of a control', 'label:sentiment'],
    ['a choice of a control that has none', 'label:summary'],
    ['a field', 'field:mood'],
  ])('creates no empty annotations in a project without it: %s', (_, target) => {
    const settings: ImportSettings = { columns: { feeling: target } };
    expect(problemsOf(text, settings, invoices)).toEqual(['error labels-column-missing']);
    expect(checkText(text, invoices, settings).checked.rows).toBe(0);
  });

  it.each([chosen, { ...chosen, ignoresOtherColumns: true }])(
    'gives way to a detected one in a project without it: %j',
    (settings) => {
      const withTask = { ...settings, columns: { task: 'task', ...settings.columns } } as const;
      expect(targetsOf(text, withTask, moods)).toEqual(['task', 'control:mood']);
    },
  );

  it('causes no warnings before the project’s labels are known', () => {
    expect(problemsOf(text, chosen)).toEqual([]);
    expect(checkText(text, undefined, chosen).checked.rows).toBe(2);
  });

  it('makes records of objects before the project’s labels are known', () => {
    const objects = '[{"task": 7004, "feeling": "Positive"}]';
    expect(checkText(objects, undefined, chosen).parsed.format).toBe('records');
    expect(problemsOf(objects, chosen)).toEqual([]);
  });
});

describe('columns with the same name', () => {
  const text = 'task,sentiment,sentiment\n1001,Positive,Negative\n1002,Negative,Negative\n';
  const answersOf = (settings: ImportSettings) => checkText(text, reviews, settings).parsed.entries.at(0);
  const withAnswer = (choice: string) => ({
    task: 1001,
    result: [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: [choice] } }],
  });

  it('have names on screen that differ', () => {
    const { columns } = checkText(text, reviews).parsed.reading!;
    expect(columns.map(({ name, target }) => [name, target])).toEqual([
      ['task', 'task'],
      ['sentiment', 'control:sentiment'],
      ['sentiment (2)', 'nothing'],
    ]);
  });

  it('are ignored or mapped one by one', () => {
    expect(targetsOf(text, { columns: { sentiment: 'nothing' } }, reviews)).toEqual([
      'task',
      'nothing',
      'control:sentiment',
    ]);
    expect(answersOf({ columns: { 'sentiment (2)': 'nothing' } })).toEqual(withAnswer('Positive'));
    const second: ImportSettings = {
      columns: { sentiment: 'nothing', 'sentiment (2)': 'control:sentiment' },
    };
    expect(answersOf(second)).toEqual(withAnswer('Negative'));
    expect(problemsOf(text, second, reviews)).toEqual(['warning column-name-twice']);
  });

  it('aren’t mixed up with a column named like one of them on screen', () => {
    const odd = 'task,a,a,a (2)\n1,x,y,z\n';
    const names = checkText(odd, reviews).parsed.reading!.columns.map(({ name }) => name);
    expect(names).toEqual(['task', 'a', 'a (3)', 'a (2)']);
  });
});

describe('columns without a name', () => {
  const text = 'task,,\n1001,Positive,Negative\n1002,Negative,Negative\n';

  it('are named by their place', () => {
    const { reading, problems } = checkText(text, reviews).parsed;
    expect(reading!.columns.map(({ name }) => name)).toEqual(['task', 'Column 2', 'Column 3']);
    const unused = problems.find(({ code }) => code === 'labels-column-unused');
    expect(unused!.message).toBe(
      'Column 3 has labels of “sentiment”, but isn’t used, because “Column 2” is. Keep one of them, or choose Ignore.',
    );
  });

  it('are ignored one by one', () => {
    expect(targetsOf(text, { columns: { 'Column 2': 'nothing' } }, reviews)).toEqual([
      'task',
      'nothing',
      'control:sentiment',
    ]);
  });
});
