import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { check } from '#domain/check.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import { valuesOf } from '#domain/spec-texts.ts';
import { SourceText } from '#domain/text/source-text.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';

const config = configWith(
  '<Labels name="label" toName="text"><Label value="PER"/></Labels><Text name="text" value="$text"/>',
  '<Choices name="kind" toName="text" value="$options"/>',
);
const configOf = () => ({ config, isForBulk: false });

const span = (start: number, end: number, text?: string): JsonObject => ({
  from_name: 'label',
  to_name: 'text',
  type: 'labels',
  value: { start, end, ...(text !== undefined && { text }), labels: ['PER'] },
});

const codePoints = (text: string): number => Array.from(text).length;

const pick = (...choices: string[]): JsonObject => ({
  from_name: 'kind',
  to_name: 'text',
  type: 'choices',
  value: { choices },
});

/** Checks regions on tasks with this data, numbered from 1. */
function checked(rows: { data: Record<string, Json>; result: JsonObject[] }[]) {
  const tasks = new TaskTable();
  tasks.add(rows.map(({ data }, index) => ({ id: index + 1, data })));
  const tasksOf = () => ({ tasks, title: 'Names' });
  const text = SourceText.of(
    JSON.stringify(
      rows.map(({ result }, index) => ({ task: index + 1, result })),
      null,
      1,
    ),
  );
  const found = check(text, configOf, {}, tasksOf);
  return {
    problems: found.checked.problems.filter(({ severity }) => severity !== 'info'),
    rows: found.checked.rows,
    spansWhenFixed() {
      const problem = found.checked.problems.find(({ fix }) => fix !== undefined)!;
      const alike = findAlike(found.parsed.entries, configOf, problem, tasksOf);
      const fixed = check(applyFixes(text, found.parsed, alike), configOf, {}, tasksOf);
      return valuesOf(fixed.parsed.entries).map((entry) => {
        const [region] = (entry as { result: { value: { start: number; end: number } }[] }).result;
        return [region!.value.start, region!.value.end];
      });
    },
  };
}

const codes = (data: Record<string, Json>, ...result: JsonObject[]) =>
  checked([{ data, result }]).problems.map(({ severity, code }) => `${severity} ${code}`);

describe('spans and their task’s text', () => {
  it('accepts a span with the right text', () => {
    expect(codes({ text: '💩 Ada Lovelace' }, span(2, 5, 'Ada'))).toEqual([]);
    expect(codes({ text: 'Ada\nLovelace' }, span(0, 12, String.raw`Ada\nLovelace`))).toEqual([]);
  });

  it('refuses an end beyond the text, with or without a copy of the text', () => {
    const data = { text: '💩 Ada' };
    expect(codes(data, span(2, 6))).toEqual(['error span-beyond-text']);
    expect(codes(data, span(2, 6, 'Eve'))).toEqual(['error span-beyond-text']);
    const [problem] = checked([{ data, result: [span(2, 6)] }]).problems;
    expect(problem).toMatchObject({ path: ['result', 0, 'value', 'end'] });
    expect(problem!.message).toContain('ends at 6, but the task’s text has 5 characters');
  });

  it('shows the text that is really there', () => {
    const { problems, rows } = checked([{ data: { text: 'Ada and Eve' }, result: [span(4, 7, 'Eve')] }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toBe(
      'The text from 4 to 7 is “and”, but this region says “Eve”. Correct its start and end.',
    );
    expect(rows).toBe(1);
  });

  it('one fix corrects all offsets that were counted differently, each for its own text', () => {
    const { problems, spansWhenFixed } = checked([
      { data: { text: '💩💩 Ada' }, result: [span(5, 8, 'Ada')] },
      { data: { text: 'One\r\ntwo\r\nAda' }, result: [span(8, 11, 'Ada')] },
      { data: { text: 'One\ntwo\nAda' }, result: [span(10, 13, 'Ada')] },
      { data: { text: 'Ada' }, result: [span(0, 3, 'Ada')] },
    ]);
    expect(problems.map(({ entry, severity }) => [entry, severity])).toEqual([
      [0, 'error'],
      [1, 'warning'],
      [2, 'error'],
    ]);
    expect(problems[0]).toMatchObject({ alike: 3 });
    expect(problems[0]!.message).toContain('emoji as two (UTF-16)');
    expect(problems[1]!.message).toContain('a line break as one');
    expect(problems[2]!.message).toContain('a line break as two');
    expect(spansWhenFixed()).toEqual([
      [3, 6],
      [10, 13],
      [8, 11],
      [0, 3],
    ]);
  });

  it('reports nothing for an unknown text', () => {
    expect(codes({ body: 'Ada' }, span(90, 93, 'Eve'))).toEqual([]);
  });

  const part = array(constantFrom('a', 'b', ' ', '\n', '\r\n', '💩', '👩‍👧', 'é'), { maxLength: 12 });
  const name = constantFrom('Ada', 'Eve💩', 'X\nY', 'X\r\nY');

  it('never warns about a correct span', () => {
    assert(
      property(part, name, part, (before, marked, after) => {
        const start = codePoints(before.join(''));
        const data = { text: before.join('') + marked + after.join('') };
        expect(codes(data, span(start, start + codePoints(marked), marked))).toEqual([]);
      }),
    );
  });

  it('suggests the right span for one in UTF-16', () => {
    assert(
      property(part, constantFrom('Ada', 'Eve💩'), part, (before, marked, after) => {
        const first = `💩${before.join('')}`;
        const start = codePoints(first);
        const data = { text: first + marked + after.join('') };
        const found = checked([{ data, result: [span(first.length, first.length + marked.length, marked)] }]);
        expect(found.problems.map(({ code }) => code)).toEqual(['span-counted-otherwise']);
        expect(found.spansWhenFixed()).toEqual([[start, start + codePoints(marked)]]);
      }),
    );
  });
});

describe('choices from the task', () => {
  it('accepts those of the task’s list, by alias if there is one', () => {
    const data = { text: 'Ada', options: ['Red', { value: 'Green', alias: 'g' }] };
    expect(codes(data, pick('Red'))).toEqual([]);
    expect(codes(data, pick('g'))).toEqual([]);
  });

  it('refuses others, and suggests the closest one', () => {
    const { problems } = checked([
      { data: { text: 'Ada', options: ['Red', 'Green'] }, result: [pick('red')] },
    ]);
    expect(problems[0]).toMatchObject({
      code: 'choice-not-in-task',
      severity: 'error',
      path: ['result', 0, 'value', 'choices', 0],
      fix: { value: 'Red' },
    });
    expect(codes({ text: 'Ada', options: ['Red'] }, pick('Blue'))).toEqual(['error choice-not-in-task']);
  });
});
