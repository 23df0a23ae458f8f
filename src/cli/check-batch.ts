import { readFileSync } from 'node:fs';
import { checkResult } from '#config/check/check-result.ts';
import { describeConfig } from '#config/read/describe-config.ts';
import { readConfig, type ReadConfig } from '#config/read/read-config.ts';
import { check } from '#domain/check.ts';
import { findNoUtf8 } from '#domain/text/decode.ts';
import { decodeFile } from '#domain/text/decode-file.ts';
import { joined, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import { entryWord } from '#domain/parse/import-settings.ts';
import { isJsonObject, readJson } from '#wire/json.ts';
import { count } from '#wire/words.ts';

/** No problems, problems, could not be read. */
type ExitCode = 0 | 1 | 2;

export interface CheckBatchOptions {
  /** File of the labelling config. */
  config?: string;
  /** File of the batch, in any format that the browser reads. */
  batch?: string;
  json: boolean;
  controls: boolean;
  jsonl: boolean;
  /** Warn of controls that the bulk endpoint isn't documented for. */
  bulk: boolean;
}

interface Output {
  write: (text: string) => void;
  /** For people, where standard output is for machines. */
  complain: (text: string) => void;
  input: NodeJS.ReadableStream;
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
  const text = await readText(options.batch!, output);
  return text === undefined ? 2 : checkText(text, read, options, output);
}

function checkText(
  text: SourceText,
  { config }: Extract<ReadConfig, { ok: true }>,
  { batch, json, bulk }: CheckBatchOptions,
  output: Output,
): ExitCode {
  const { checked } = check(text, () => ({ config, isForBulk: bulk }));
  const { format, errors, warnings, entries, rows, problems } = checked;
  // A table without a task column has no entries.
  const isUnreadable = format === 'unreadable' || format === 'empty' || (entries === 0 && errors > 0);
  if (json) {
    const valid = !isUnreadable && errors === 0;
    // docs/CHECK-BATCH.md promises these names, whatever they are called inside.
    const report = { valid, ...checked, rows, errors, warnings, problems, reading: checked.reading };
    output.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    for (const { line, column, severity, code, message } of problems)
      output.write(`${batch!}:${line}:${column}: ${severity}: ${message} [${code}]\n`);
    if (format === 'empty') output.complain(`${batch!} is empty.\n`);
    const more = errors + warnings > problems.length ? ` The first ${problems.length} are listed.` : '';
    const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
    output.write(`${count(entries, entryWord(format))}, ${count(rows, 'annotation')}: ${found}.${more}\n`);
  }
  if (isUnreadable) return 2;
  return errors + warnings > 0 ? 1 : 0;
}

/**
 * Answers each line `{"config": XML, "result": […]}` with one line, in order. A line that can't be read is answered too, so
 * that lines and answers stay in step.
 */
async function checkLines({ config: file, bulk }: CheckBatchOptions, output: Output): Promise<ExitCode> {
  const xml = file === undefined ? undefined : await readText(file, output);
  if (file !== undefined && xml === undefined) return 2;
  const shared = xml && String(xml);
  const configs = new Map<string, ReadConfig>();
  let worst: ExitCode = 0;
  let answers = '';
  for await (const line of linesOf(output.input)) {
    const answered = answerToLine(line, shared, bulk, configs);
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
  bytes: Bytes;
  /** From 1. */
  number: number;
}

/** The lines that hold something, however the input is cut into chunks. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<Line> {
  let number = 1;
  let chunks: Bytes[] = [];
  for await (const chunk of input) {
    const bytes = Uint8Array.from(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      yield { bytes: joined([...chunks, bytes.subarray(start, end)]), number };
      chunks = [];
      number += 1;
      start = end + 1;
    }
    chunks.push(bytes.subarray(start));
  }
  yield { bytes: joined(chunks), number };
}

const lineFeed = 0x0a;

/** Understood configs are kept, as they repeat; at most so many, so that they don't fill the memory. */
const maxConfigs = 200;

interface Answer {
  valid: boolean;
  problems: { code: string; message: string; path: (string | number)[]; severity: string; fix?: unknown }[];
}

/** Undefined for an empty line. */
function answerToLine(
  { bytes, number }: Line,
  shared: string | undefined,
  isForBulk: boolean,
  configs: Map<string, ReadConfig>,
): { code: ExitCode; answer: Answer } | undefined {
  const noText = findNoUtf8(bytes);
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
    // Errors whatever the config: a duplicate key, a lone surrogate.
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

/** Undefined where it can't be read; why is complained of. */
async function readText(file: string, { complain }: Output): Promise<SourceText | undefined> {
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(readFileSync(file));
  } catch (error) {
    complain(`${file} can’t be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
  const decoded = await decodeFile(bytes);
  if (decoded.ok) return decoded.text;
  complain(`${file}${decoded.line === undefined ? '' : `:${decoded.line}`}: ${decoded.message}\n`);
  return undefined;
}
