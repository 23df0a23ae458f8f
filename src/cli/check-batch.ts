import { open, type FileHandle } from 'node:fs/promises';
import { checkResult } from '#config/check/check-result.ts';
import { describeConfig } from '#config/read/describe-config.ts';
import { readConfig, type ReadConfig } from '#config/read/read-config.ts';
import { check, type BatchCheck } from '#domain/check.ts';
import { comparisons, type Comparison, type TaskMatching } from '#domain/match/comparison.ts';
import { TaskTable, type TaskData } from '#domain/match/task-table.ts';
import { comparedWords, type KnownTasks, type UnknownTasks } from '#domain/match/tasks-of.ts';
import { proposeMatching } from '#domain/match/try-matching.ts';
import { keyColumnsOf } from '#domain/parse/key-columns.ts';
import { findInvalidUtf8 } from '#domain/text/decode.ts';
import { decodeFile, type FileParts } from '#domain/text/decode-file.ts';
import { joined, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import { entryWord, type ImportSettings } from '#domain/parse/import-settings.ts';
import { isJsonObject, readJson } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { count, sizeInWords } from '#wire/text/words.ts';

/** No problems, problems, could not be read. */
type ExitCode = 0 | 1 | 2;

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

interface Output {
  write: (text: string) => void;
  /** Writes messages for people if standard output is for machines. */
  complain: (text: string) => void;
  input: NodeJS.ReadableStream;
  /** Maximum length of an input line. */
  maxLineBytes?: number;
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

/**
 * Answers each line `{"config": XML, "result": […]}` with one line, in order. Unreadable lines get an answer too, so
 * that lines and answers correspond.
 */
async function checkLines({ config: file, bulk }: CheckBatchOptions, output: Output): Promise<ExitCode> {
  const { input, maxLineBytes = limits.fileBytes } = output;
  const xml = file === undefined ? undefined : await readText(file, output);
  if (file !== undefined && xml === undefined) return 2;
  const shared = xml && String(xml);
  const configs = new Map<string, ReadConfig>();
  let worst: ExitCode = 0;
  let answers = '';
  for await (const line of linesOf(input, maxLineBytes)) {
    const answered =
      line.bytes === undefined
        ? unreadable('line-too-long', `Line ${line.number} is more than ${sizeInWords(maxLineBytes)}.`, [])
        : answerToLine(line.bytes, line.number, shared, bulk, configs);
    if (answered === undefined) continue;
    const { code, answer } = answered;
    worst = Math.max(worst, code) as ExitCode;
    answers += `${JSON.stringify(answer)}\n`;
    if (answers.length > 65_536) {
      output.write(answers);
      answers = '';
    }
  }
  output.write(answers);
  return worst;
}

interface Line {
  /** Undefined if the line is too long. */
  bytes: Bytes | undefined;
  /** From 1. */
  number: number;
}

/** Non-empty lines of an input that arrives in any chunks. */
async function* linesOf(input: NodeJS.ReadableStream, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let length = 0;
  let chunks: Bytes[] = [];
  const add = (bytes: Bytes) => {
    length += bytes.length;
    if (length > maxBytes) chunks = [];
    else chunks.push(bytes);
  };
  const end = (): Line => {
    const line = { bytes: length > maxBytes ? undefined : joined(chunks), number };
    number += 1;
    length = 0;
    chunks = [];
    return line;
  };
  for await (const chunk of input) {
    const bytes = Uint8Array.from(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    let start = 0;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, start)) {
      add(bytes.subarray(start, at));
      yield end();
      start = at + 1;
    }
    add(bytes.subarray(start));
  }
  yield end();
}

const lineFeed = 0x0a;

/** Caches parsed configs, because lines repeat them; limited to save memory. */
const maxConfigs = 200;

interface Answer {
  valid: boolean;
  problems: { code: string; message: string; path: (string | number)[]; severity: string; fix?: unknown }[];
}

/** Undefined for an empty line. */
function answerToLine(
  bytes: Bytes,
  number: number,
  shared: string | undefined,
  isForBulk: boolean,
  configs: Map<string, ReadConfig>,
): { code: ExitCode; answer: Answer } | undefined {
  const noText = findInvalidUtf8(bytes);
  if (noText) {
    const byte = noText.byte.toString(16).toUpperCase().padStart(2, '0');
    const message = `Line ${number} isn’t UTF-8: its byte ${noText.offset + 1} is ${byte}.`;
    return unreadable('not-utf-8', message, []);
  }
  const line = new TextDecoder().decode(bytes);
  return line.trim() === '' ? undefined : answerTo(line, shared, isForBulk, configs);
}

function answerTo(
  line: string,
  shared: string | undefined,
  isForBulk: boolean,
  configs: Map<string, ReadConfig>,
): { code: ExitCode; answer: Answer } {
  const { value, problems: ofWriting } = readJson(line);
  const [first] = ofWriting;
  if (value === undefined) return unreadable(first!.code, first!.message, []);
  const asked = isJsonObject(value) ? value : { result: value };
  const xml = asked['config'] ?? shared;
  if (typeof xml !== 'string')
    return unreadable('config-missing', '“config” is missing. Add the labelling config, XML as text.', [
      'config',
    ]);
  let read = configs.get(xml);
  if (read === undefined) {
    read = readConfig(xml);
    if (configs.size >= maxConfigs) configs.clear();
    configs.set(xml, read);
  }
  if (!read.ok) return unreadable(read.problem.code, read.problem.message, ['config']);
  const isSkipped = asked['was_cancelled'] === true;
  const problems = [
    // Errors independent of the config: a duplicate key, a lone surrogate.
    ...ofWriting.map(({ code, message, path }) => ({
      code,
      message,
      path: path.slice(1),
      severity: 'error' as const,
    })),
    ...checkResult(read.config, asked['result'] ?? null, { isForBulk, isSkipped }),
  ];
  const valid = problems.every(({ severity }) => severity !== 'error');
  return { code: problems.some(({ severity }) => severity !== 'info') ? 1 : 0, answer: { valid, problems } };
}

function unreadable(code: string, message: string, path: string[]): { code: ExitCode; answer: Answer } {
  return { code: 2, answer: { valid: false, problems: [{ code, message, path, severity: 'error' }] } };
}

/** Undefined if it can’t be read, after printing why. */
async function readText(file: string, { complain }: Output): Promise<SourceText | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const decoded = await decodeFile(await partsOf(handle));
    if (decoded.ok) return decoded.text;
    complain(`${file}${decoded.line === undefined ? '' : `:${decoded.line}`}: ${decoded.message}\n`);
  } catch (error) {
    complain(`${file} can’t be read: ${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    await handle?.close();
  }
  return undefined;
}

async function partsOf(handle: FileHandle): Promise<FileParts> {
  const stat = await handle.stat();
  if (stat.isFile() && stat.size > 0)
    return { size: stat.size, read: (from, to) => readPart(handle, from, to) };
  // A pipe has no size and can be read only once, as far as needed.
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    size += (chunk as Buffer).length;
    if (size > limits.fileBytes) break;
    chunks.push(Uint8Array.from(chunk as Buffer));
  }
  const bytes = size > limits.fileBytes ? new Uint8Array() : joined(chunks);
  return { size, read: async (from, to) => bytes.subarray(from, to) };
}

/** Shorter if the file has been truncated. */
async function readPart(handle: FileHandle, from: number, to: number): Promise<Bytes> {
  const bytes = new Uint8Array(to - from);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
