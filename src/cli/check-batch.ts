import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { checkResult } from '#config/check/check-result.ts';
import { describeConfig } from '#config/describe-config.ts';
import { readConfig, type ReadConfig } from '#config/read/read-config.ts';
import { check } from '#domain/check.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { entryWord } from '#domain/parse/import-settings.ts';
import { isJsonObject, readJson } from '#wire/json.ts';
import { count } from '#wire/words.ts';

/** What ran through without a problem, what has problems, and what could not be read. */
type ExitCode = 0 | 1 | 2;

export interface CheckBatchOptions {
  /** File of the labelling config. */
  config?: string;
  /** File of the batch, in any format that the console reads. */
  batch?: string;
  json: boolean;
  controls: boolean;
  jsonl: boolean;
  /** Whether it is meant for the bulk endpoint, which is documented for six kinds of answers only. */
  bulk: boolean;
}

interface Output {
  write: (text: string) => void;
  /** For people, where standard output is for machines. */
  complain: (text: string) => void;
  input: NodeJS.ReadableStream;
}

/** The console's own check, without the console. Exit code 0 is clean, 1 has errors or warnings, 2 could not be read. */
export async function checkBatch(options: CheckBatchOptions, output: Output): Promise<ExitCode> {
  if (options.jsonl) return checkLines(options, output);
  const xml = readText(options.config!, output);
  if (xml === undefined) return 2;
  const read = readConfig(xml);
  if (!read.ok) {
    const { line, column, message } = read.problem;
    output.complain(`${options.config!}:${line}:${column}: ${message}\n`);
    return 2;
  }
  if (options.controls) {
    output.write(`${JSON.stringify(describeConfig(read.config), null, 2)}\n`);
    return 0;
  }
  const text = readText(options.batch!, output);
  return text === undefined ? 2 : checkText(text, read, options, output);
}

function checkText(
  text: string,
  { config }: Extract<ReadConfig, { ok: true }>,
  { batch, json, bulk }: CheckBatchOptions,
  output: Output,
): ExitCode {
  const { checked } = check(SourceText.of(text), () => ({ config, isForBulk: bulk }));
  const { shape, errors, warnings, entries, rows, problems } = checked;
  // A table in which no column names the tasks is as good as none.
  const isUnreadable = shape === 'unreadable' || shape === 'empty' || (entries === 0 && errors > 0);
  if (json) {
    const valid = !isUnreadable && errors === 0;
    output.write(`${JSON.stringify({ valid, ...checked }, null, 2)}\n`);
  } else {
    for (const { line, column, severity, code, message } of problems)
      output.write(`${batch!}:${line}:${column}: ${severity}: ${message} [${code}]\n`);
    if (shape === 'empty') output.complain(`${batch!} is empty.\n`);
    const more = errors + warnings > problems.length ? ` The first ${problems.length} are listed.` : '';
    const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
    output.write(`${count(entries, entryWord(shape))}, ${count(rows, 'annotation')}: ${found}.${more}\n`);
  }
  if (isUnreadable) return 2;
  return errors + warnings > 0 ? 1 : 0;
}

/**
 * Answers each line `{"config": XML, "result": […]}` with one line, in order. Configs repeat, so each is understood
 * once. A line that cannot be read is answered too, so that lines and answers stay in step.
 */
async function checkLines({ config: file, bulk }: CheckBatchOptions, output: Output): Promise<ExitCode> {
  const given = file === undefined ? undefined : readText(file, output);
  if (file !== undefined && given === undefined) return 2;
  const configs = new Map<string, ReadConfig>();
  let worst: ExitCode = 0;
  let answers = '';
  for await (const line of createInterface({ input: output.input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { code, answer } = answerTo(line, given, bulk, configs);
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

/** So many configs are kept: a stream of ever new ones must not fill the memory. */
const maxConfigs = 200;

interface Answer {
  valid: boolean;
  problems: { code: string; message: string; path: (string | number)[]; severity: string; fix?: unknown }[];
}

function answerTo(
  line: string,
  given: string | undefined,
  isForBulk: boolean,
  configs: Map<string, ReadConfig>,
): { code: ExitCode; answer: Answer } {
  const { value, faults } = readJson(line);
  const fault = faults[0];
  if (value === undefined) return unreadable(fault!.code, fault!.message, []);
  const asked = isJsonObject(value) ? value : { result: value };
  const xml = asked['config'] ?? given;
  if (typeof xml !== 'string')
    return unreadable('config-missing', 'There is no “config”: the XML as text.', ['config']);
  let read = configs.get(xml);
  if (read === undefined) {
    read = readConfig(xml);
    if (configs.size >= maxConfigs) configs.clear();
    configs.set(xml, read);
  }
  if (!read.ok) return unreadable(read.problem.code, read.problem.message, ['config']);
  const isSkipped = asked['was_cancelled'] === true;
  const problems = [
    // What must not be sent whatever the config: a key given twice, half a character.
    ...faults.map(({ code, message, path }) => ({
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

function readText(file: string, output: Output): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    output.complain(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
