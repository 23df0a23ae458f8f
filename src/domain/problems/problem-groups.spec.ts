import { expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { problemLimit } from '#domain/check.ts';
import { checkText } from '#domain/spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const kindsOf = (rows: string[]) =>
  checkText(['task,mood', ...rows].join('\n'), () => ({ config: read.config, isForBulk: true })).checked;
const asWords = ({ problemGroups }: ReturnType<typeof kindsOf>) =>
  problemGroups.map(({ severity, count, message }) => `${severity} ${count} ${message}`);

it('counts all problems by message, listed or not', () => {
  const late = Array.from({ length: 300 }, (_, index) => `${50_000 + index},Negtive`);
  const checked = kindsOf([...Array.from({ length: 1500 }, (_, index) => `${index + 1},Positve`), ...late]);
  expect(checked.problems).toHaveLength(problemLimit);
  const [most, less] = checked.problemGroups.filter(({ severity }) => severity === 'error');
  expect(most).toMatchObject({ count: 1500, message: expect.stringContaining('“Positve”') as string });
  expect(less).toMatchObject({
    count: 300,
    first: { line: 1502, column: 7, alike: 300, fix: { words: 'Use “Negative”' } },
  });
});

it('counts unlisted problems from zero in each check', () => {
  const rows = [...Array.from({ length: problemLimit }, (_, index) => `${index + 1},Positve`), ',', ','];
  const checks = [kindsOf(rows), kindsOf(rows)];
  for (const { problemGroups, errors } of checks) {
    expect(errors).toBe(problemLimit + 2);
    expect(problemGroups).toContainEqual(expect.objectContaining({ code: 'row-empty', count: 2, rows: 2 }));
  }
});

it('sends rows whose warnings aren’t listed', () => {
  const texts = Array.from({ length: problemLimit + 500 }, (_, index) => `${index + 1},`);
  const checked = kindsOf(texts);
  const warned = { code: 'row-says-nothing', count: texts.length, rows: texts.length };
  expect(checked).toMatchObject({ warnings: texts.length, rows: texts.length, refused: 0 });
  expect(checked.problemGroups).toContainEqual(expect.objectContaining(warned));
});

it('ignores numbers, but not quoted text', () => {
  const listed = asWords(
    kindsOf(['1,Positive', '1,Negative', '2,Positive', '2,Negative', 'x7,Positive', 'x8,Positive']),
  );
  expect(listed.slice(0, 2).map((words) => words.slice(0, 12))).toEqual(['error 1 “x7”', 'error 1 “x8”']);
  expect(listed[2]).toMatch(/^warning 2 Task …: conflicts with /);
});

it('keeps the numbers of a group if all problems have the same', () => {
  expect(asWords(kindsOf(['5,Positive', '5,Negative']))[0]).toMatch(/^warning 1 Task 5: conflicts with/);
});

it('lists 200 groups, and stays bounded if all problems differ', () => {
  const { problemGroups, moreGroups, errors } = kindsOf(
    Array.from({ length: 10_500 }, (_, index) => `x${index},Positive`),
  );
  expect(errors).toBe(10_500);
  expect(problemGroups).toHaveLength(200);
  expect(moreGroups).toBeGreaterThan(1000);
  expect(problemGroups[0]).toMatchObject({
    count: 500,
    message: expect.stringContaining('Others like this one') as string,
  });
});

it('counts the rows of a group, each once, and all of its problems', () => {
  const tags = readConfig(
    '<View><Text name="text" value="$text"/><Choices name="tag" toName="text" choice="multiple"><Choice value="Fast"/></Choices></View>',
  );
  if (!tags.ok) throw new Error(tags.problem.message);
  const rows = Array.from({ length: 400 }, (_, index) => `${index + 1},Slow|Slow|Slow`);
  const text = ['task,tag', ...rows].join('\n');
  const { problemGroups } = checkText(text, () => ({ config: tags.config, isForBulk: true })).checked;
  const unknown = problemGroups.find(({ code }) => code === 'choice-unknown');
  expect(unknown).toMatchObject({ count: 1200, rows: 400 });
});
