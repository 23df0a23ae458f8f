import { expect, it } from 'vitest';
import { check } from './check.ts';
import { rowsOf } from './check.ts';
import { TaskTable } from './match/task-table.ts';
import type { TasksOf } from './match/tasks-of.ts';
import type { ImportSettings } from './parse/import-settings.ts';
import { readGridRows } from './parse/grid/grid-rows.ts';
import { SourceText } from './text/source-text.ts';
import { readConfig } from '#config/read/read-config.ts';
import type { ConfigOf } from './requests/known-config.ts';

const read = readConfig(
  '<View><Text name="t" value="$text"/><Choices name="mood" toName="t"><Choice value="Good"/><Choice value="Bad"/></Choices></View>',
);
if (!read.ok) throw new Error(read.problem.message);
const configOf: ConfigOf = () => ({ config: read.config, isForBulk: true });

function tasksWith(images: Record<number, string>): TasksOf {
  const tasks = new TaskTable();
  tasks.add(Object.entries(images).map(([id, image]) => ({ id: Number(id), data: { image } })));
  return () => ({ tasks, title: 'Street scenes' });
}
const tasksOf = tasksWith({ 11: 's3://x/a.jpg', 12: 's3://x/b.jpg', 13: 's3://y/b.jpg' });
const settings: ImportSettings = {
  columns: { photo: 'task-key' },
  matching: { field: 'image', compare: 'file-name', ignoresCase: true },
};
const table = 'photo,mood\nA.jpg,Good\nb.jpg,Bad\nc.jpg,Good\n,Bad\n';

it('matches table rows, and reports unmatched ones at their cells', () => {
  const checked = check(SourceText.of(table), configOf, settings, tasksOf);
  expect([...rowsOf(checked).rows.task]).toEqual([11]);
  expect(checked.checked).toMatchObject({ rows: 1, errors: 3, refused: 3 });
  expect(checked.checked.problems.map(({ line, column, code }) => ({ line, column, code }))).toEqual([
    { line: 3, column: 1, code: 'task-ambiguous' },
    { line: 4, column: 1, code: 'task-not-found' },
    { line: 5, column: 1, code: 'task-key-missing' },
  ]);
  expect(checked.parsed.entries.at(0)).toMatchObject({ task: 11 });
});

it('matches records, also by a number', () => {
  const tasks = new TaskTable();
  tasks.add([{ id: 7, data: { sku: '4711' } }]);
  const text = SourceText.of('[{"sku": 4711, "mood": "Good"}, {"sku": 4712, "mood": "Good"}]');
  const { checked, parsed } = check(
    text,
    configOf,
    {
      format: 'records',
      columns: { sku: 'task-key' },
      matching: { field: 'sku', compare: 'value', ignoresCase: true },
    },
    () => ({ tasks, title: 'Shop' }),
  );
  expect(parsed.entries.at(0)).toMatchObject({ task: 7 });
  expect(checked.problems.map(({ entry, code }) => [entry, code])).toEqual([[1, 'task-not-found']]);
});

it('groups unmatched rows, and shows the message of each in the grid', () => {
  const rows = Array.from({ length: 1500 }, (_, row) => `none-${row}.jpg,Good`);
  const { parsed, findings, checked } = check(
    SourceText.of(`photo,mood\n${rows.join('\n')}\n`),
    configOf,
    settings,
    tasksOf,
  );
  expect(checked.problemGroups.map(({ code, count }) => [code, count])).toEqual([['task-not-found', 1500]]);
  const [row] = readGridRows(
    parsed.grid!,
    { entries: parsed.entries, findings, configOf, tasksOf },
    { rows: [1499], columns: { from: 0, to: 2 } },
  );
  expect(row?.problems).toMatchObject([{ code: 'task-not-found', column: 0 }]);
});

it('matches nothing while the tasks are unknown, and says so once', () => {
  const { checked } = check(SourceText.of(table), configOf, settings, () => ({ why: 'Not read yet' }));
  expect(checked).toMatchObject({ rows: 0, sourceErrors: 1, errors: 1 });
  expect(checked.problems[0]?.message).toBe('Not read yet.');
});

it('ignores a column of task IDs while matching', () => {
  const text = SourceText.of('task,photo,mood\n99,a.jpg,Good\n');
  const checked = check(text, configOf, settings, tasksOf);
  expect([...rowsOf(checked).rows.task]).toEqual([11]);
});

it('compares task IDs with the known tasks of the project', () => {
  const list =
    '[{"task": 11, "result": []}, {"task": 90002, "result": []}, {"tasks": [12, 5, 6], "result": []}]';
  const { checked } = check(SourceText.of(list), configOf, {}, tasksOf);
  const unknown = checked.problems.filter(({ code }) => code === 'task-not-in-project');
  expect(unknown.map(({ entry, message, column }) => [entry, message, column])).toEqual([
    [1, 'Task 90002 isn’t in Street scenes.', expect.any(Number)],
    [2, 'Task 5 isn’t in Street scenes.', expect.any(Number)],
    [2, 'Task 6 isn’t in Street scenes.', expect.any(Number)],
  ]);
  expect(check(SourceText.of(list), configOf, {}).checked.errors).toBe(0);
});
