import { describeConfig } from '#config/read/describe-config.ts';
import { readConfig, type ReadConfig } from '#config/read/read-config.ts';
import { check, type BatchCheck } from '#domain/check.ts';
import { comparisons, type Comparison, type TaskMatching } from '#domain/match/comparison.ts';
import { TaskTable, type TaskData } from '#domain/match/task-table.ts';
import { comparedWords, type KnownTasks, type UnknownTasks } from '#domain/match/tasks-of.ts';
import { proposeMatching } from '#domain/match/try-matching.ts';
import { keyColumnsOf } from '#domain/parse/key-columns.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { entryWord, type ImportSettings } from '#domain/parse/import-settings.ts';
import { count } from '#wire/text/figures.ts';
import { checkLines } from './check-lines.ts';
import { readText, type ExitCode, type Output } from './read-text.ts';

export interface CheckBatchOptions {
  /** File of the labelling config. */
  config?: string;
  /** File of the batch, in any format supported in the browser. */
  batch?: string;
  json: boolean;
  controls: boolean;
  jsonl: boolean;
  /** File with exported tasks of the project: task IDs are checked against them, and rows can be matched. */
  tasks?: string;
  /** The column of the batch and the key of the tasks’ data to match by: `photo=image`. */
  match?: string;
  /** Controls whose choices have a column each in the batch. */
  choices?: string[];
  /** The part that is compared. */
  compare?: string;
  /** Warn about controls that the bulk endpoint isn’t documented for. */
  bulk: boolean;
}

/** The same check as in the browser. Exit code: 0 no problems, 1 errors or warnings, 2 could not be read. */
export async function checkBatch(options: CheckBatchOptions, output: Output): Promise<ExitCode> {
  if (options.jsonl) return checkLines(options, output);
  const xml = await readText(options.config!, output);
  if (xml === undefined) return 2;
  const read = readConfig(String(xml));
  if (!read.ok) {
    const { line, column, message } = read.problem;
    output.complain(`${options.config!}:${line}:${column}: ${message}\n`);
    return 2;
  }
  if (options.controls) {
    output.write(`${JSON.stringify(describeConfig(read.config), null, 2)}\n`);
    return 0;
  }
  const tasks = options.tasks === undefined ? undefined : await readTasks(options.tasks, output);
  if (options.tasks !== undefined && tasks === undefined) return 2;
  const text = await readText(options.batch!, output);
  if (text === undefined) return 2;
  const checked = checkText(text, read, tasks, options);
  if ('wrong' in checked) {
    output.complain(`${checked.wrong}\n`);
    return 2;
  }
  return report(checked, options, output);
}

/** The tasks of a file: an exported list, or an answer of the API. Undefined if unreadable. */
async function readTasks(file: string, output: Output): Promise<TaskTable | undefined> {
  const text = await readText(file, output);
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(String(text));
  } catch (error) {
    output.complain(`${file} isn’t valid JSON: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
  const list: unknown = Array.isArray(json) ? json : (json as { tasks?: unknown } | null)?.tasks;
  if (!Array.isArray(list) || !list.every(isTask)) {
    output.complain(`${file} isn’t a list of tasks with “id” and “data”. Export the project as JSON.\n`);
    return undefined;
  }
  const table = new TaskTable(Infinity);
  table.add(list);
  return table;
}

function isTask(task: unknown): task is TaskData {
  if (typeof task !== 'object' || task === null || !('id' in task) || !('data' in task)) return false;
  return typeof task.id === 'number' && typeof task.data === 'object' && task.data !== null;
}

/** A check, with the task matching. */
interface Checked extends BatchCheck {
  matched?: { column: string; matching: TaskMatching };
}

/** Checks the batch. Table rows without task IDs are matched with the given options, or with the best proposal. */
function checkText(
  text: SourceText,
  { config }: Extract<ReadConfig, { ok: true }>,
  tasks: TaskTable | undefined,
  options: CheckBatchOptions,
): Checked | { wrong: string } {
  const { bulk, match, compare, choices = [] } = options;
  const tasksOf = (): KnownTasks | UnknownTasks =>
    tasks === undefined
      ? { why: 'Rows are matched to tasks, so the tasks of the project are needed: add --tasks FILE' }
      : { tasks, title: 'the project' };
  const checkWith = (settings: ImportSettings) =>
    check(text, () => ({ config, isForBulk: bulk }), { ...settings, labelColumns: choices }, tasksOf);
  const first = checkWith({});
  const used = new Set(first.parsed.reading?.columns.map(({ target }) => target));
  const unused = choices.find((name) => !used.has(`label:${name}`));
  if (unused !== undefined)
    return { wrong: `--choices ${unused}: no column is named like a choice of “${unused}”.` };
  const columns = keyColumnsOf(first.parsed);
  const isMissing = first.findings.list().some(({ code }) => code === 'task-column-missing');
  if (tasks === undefined || (match === undefined && !isMissing)) return first;
  const [name, field = ''] = match?.split(/=(.*)/s) ?? [];
  const column = columns.findIndex((one) => one.name === name);
  if (match !== undefined && (column < 0 || !tasks.fields.includes(field)))
    return {
      wrong: `--match ${match}: ${column < 0 ? 'the batch has no such column' : 'no task has such data'}.`,
    };
  if (compare !== undefined && !comparisons.some((one) => one === compare))
    return { wrong: `--compare is one of ${comparisons.join(', ')}, not ${compare}.` };
  const candidates = column < 0 ? columns : [columns[column]!];
  const found = proposeMatching(tasks, candidates, match === undefined ? undefined : field);
  const asked = { field, compare: 'value' as const, ignoresCase: true };
  const key = match === undefined ? found && candidates[found.column]! : columns[column];
  if (key === undefined) return first;
  const matching: TaskMatching = {
    ...(found?.matching ?? asked),
    ...(compare !== undefined && { compare: compare as Comparison }),
  };
  const checked = checkWith({ columns: { [key.name]: 'task-key' }, matching });
  return { ...checked, matched: { column: key.name, matching } };
}

function report(
  { checked, parsed, matched }: Checked,
  { batch, json }: CheckBatchOptions,
  output: Output,
): ExitCode {
  const { format, errors, warnings, entries, rows, problems } = checked;
  // A table without a task column has no entries.
  const isUnreadable = format === 'unreadable' || format === 'empty' || (entries === 0 && errors > 0);
  if (json) {
    const valid = !isUnreadable && errors === 0;
    // docs/CHECK-BATCH.md promises these names; internal names may differ.
    const report = { valid, ...checked, rows, errors, warnings, problems, reading: parsed.reading, matched };
    output.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    for (const { line, column, severity, code, message } of problems)
      output.write(`${batch!}:${line}:${column}: ${severity}: ${message} [${code}]\n`);
    if (matched) output.complain(`${wordsOf(matched)}\n`);
    if (format === 'empty') output.complain(`${batch!} is empty.\n`);
    const more = errors + warnings > problems.length ? ` The first ${problems.length} are listed.` : '';
    const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
    output.write(`${count(entries, entryWord(format))}, ${count(rows, 'annotation')}: ${found}.${more}\n`);
  }
  if (isUnreadable) return 2;
  return errors + warnings > 0 ? 1 : 0;
}

const wordsOf = ({ column, matching: { field, compare } }: NonNullable<Checked['matched']>): string =>
  `Rows are matched to tasks: “${column}” with “${field}”, by ${comparedWords[compare]}. Use --match to change that.`;
