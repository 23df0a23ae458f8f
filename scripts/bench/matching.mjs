/* Times finding the tasks of 100,000 rows among 100,000 tasks that were read, and holds each task to the truth. */
import { indexOf } from '../../src/domain/match/task-index.ts';
import { TaskTable } from '../../src/domain/match/task-table.ts';
import { matchEntries } from '../../src/domain/match/tasks-of.ts';
import { collectGarbage, expectSame, median, timed } from './timing.mjs';

const rows = 100_000;
/** Coprime to the number of rows, so that each task is asked for once, in another order. */
const step = 7919;

/**
 * @typedef {import('../../src/domain/match/comparison.ts').TaskMatching} TaskMatching
 * @typedef {{ of: string, matching: TaskMatching, keyAt: (task: number) => string }} Case
 */

/** @type {Case[]} */
const cases = [
  {
    of: 'a SKU',
    matching: { field: 'sku', compare: 'value', ignoresCase: true },
    keyAt: (task) => `sku-${task}`,
  },
  {
    of: 'the file name of an upload',
    matching: { field: 'image', compare: 'file-name', ignoresCase: true },
    keyAt: (task) => `Street Scene ${task}.JPG`,
  },
];

/** @returns {import('./figure.mjs').Figure[]} */
export function timeMatching() {
  return cases.map(({ of, matching, keyAt }) => {
    // As they come from a file: no two keys share a string.
    const keys = /** @type {string[]} */ (
      JSON.parse(JSON.stringify(Array.from({ length: rows }, (_, row) => keyAt((row * step) % rows))))
    );
    const times = Array.from({ length: 7 }, () => {
      const tasks = tasksOf();
      collectGarbage();
      return timed(() => {
        const matched = matchEntries({ tasks, title: 'Bench' }, matching, rows, (row) => keys[row]);
        expectSame('the task of row 1', matched.tasks[1], step + 1);
        expectSame('rows without a task', matched.tasks.indexOf(0), -1);
      });
    });
    const again = tasksOf();
    indexOf(again, matching);
    const kept = timed(() =>
      matchEntries({ tasks: again, title: 'Bench' }, matching, rows, (row) => keys[row]),
    );
    return {
      name: `Matching 100,000 rows by ${of}`,
      value: median(times),
      goal: 100,
      unit: 'ms',
      how: `100,000 tasks that were read, in another order; ${kept.toFixed(0)} ms when the same field was matched before; 7 turns`,
    };
  });
}

function tasksOf() {
  const tasks = new TaskTable();
  /** @type {import('../../src/domain/match/task-table.ts').TaskData[]} */
  const list = JSON.parse(
    JSON.stringify(
      Array.from({ length: rows }, (_, task) => ({
        id: task + 1,
        data: {
          image: `/data/upload/2/${(0x9c00_0000 + task).toString(16)}-street scene ${task}.jpg`,
          sku: `SKU-${task}`,
        },
      })),
    ),
  );
  tasks.add(list);
  return tasks;
}
