import { checkResult } from '#config/check/check-result.ts';
import { readConfig, type ReadConfig } from '#config/read/read-config.ts';
import { findInvalidUtf8 } from '#domain/text/decode.ts';
import { joined, type Bytes } from '#domain/text/source-text.ts';
import { isJsonObject, readJson } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { readText, type ExitCode, type Output } from './read-text.ts';

/**
 * Answers each line `{"config": XML, "result": […]}` with one line, in order. Unreadable lines get an answer too, so
 * that lines and answers correspond.
 */
export async function checkLines(
  { config: file, bulk }: { config?: string; bulk: boolean },
  output: Output,
): Promise<ExitCode> {
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
