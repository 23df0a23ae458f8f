import { parse, stringify } from 'lossless-json';

/** JSON as Label Studio stores it: integers of any length are exact (`bigint`), other numbers are doubles. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Text that isn't JSON, with the message of Python's decoder. */
export class InvalidJson extends Error {}

/** JSON nested deeper than Python's recursion limit. Label Studio answers 500, not 400. */
export class TooDeep extends Error {}

/** A value that can't be serialized. `position` counts the characters before the lone surrogate. */
export class NotSerializable extends Error {
  readonly surrogate: string;
  readonly position: number;

  constructor(surrogate: string, position: number) {
    super(
      `'utf-8' codec can't encode character '${surrogate}' in position ${position}: surrogates not allowed`,
    );
    this.surrogate = surrogate;
    this.position = position;
  }
}

/** A number too large for a double. Python reads and stores it as infinity, but can't write it as JSON. */
export class InfiniteNumber {
  toJSON(): never {
    throw new NotSerializable('inf', 0);
  }
}

/** Seen on 1.23.2: 906 nested lists are accepted, 907 raise a RecursionError. */
const MAX_DEPTH = 906;

/**
 * Parses JSON like Python's `json` module.
 *
 * @throws {InvalidJson} with Python's message and position
 * @throws {TooDeep}
 */
export function readJson(text: string): Json {
  checkDepth(text);
  try {
    return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidJson(pythonMessage(text, error.message));
    throw error;
  }
}

/**
 * Writes an answer as the server does.
 *
 * @throws {NotSerializable} for a lone surrogate or infinity: both can be stored, and then break every answer with them
 */
export function writeJson(value: unknown): string {
  const text = stringifyNatively(value) ?? stringify(value)!;
  const lone = /(?<=(?:^|[^\\])(?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/.exec(text);
  if (lone) throw new NotSerializable(lone[0], codePointCount(text.slice(0, lone.index)));
  return text;
}

/** Ten times as fast, but can't write a `bigint`. */
function stringifyNatively(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Python counts a surrogate pair as one character. */
const codePointCount = (text: string) => text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0);

/** True for objects that are neither arrays nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseNumber(text: string): number | bigint {
  const value = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value) ? value : BigInt(text);
  return Number.isFinite(value) ? value : (new InfiniteNumber() as unknown as number);
}

function checkDepth(text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{}\]]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) {
      const what = token === '[' ? 'array' : 'object';
      throw new TooDeep(
        `maximum recursion depth exceeded while decoding a JSON ${what} from a unicode string`,
      );
    }
  }
}

/** Python's message and position for an error of lossless-json. Seen on 1.23.2. */
function pythonMessage(text: string, message: string): string {
  let position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const constant = /^(?:NaN|-?Infinity)/.exec(
    text.slice(message.startsWith('Invalid number') ? position - 1 : position),
  );
  if (constant) return `Out of range float values are not JSON compliant: '${constant[0]}'`;

  const isFirst = /[[{,]\s*$/.test(text.slice(0, position));
  const words =
    pythonMessages.find(([start]) => message.startsWith(start))?.[isFirst ? 1 : 2] ?? 'Expecting value';
  if (words === 'Unterminated string starting at') position = text.lastIndexOf('"');
  const before = text.slice(0, position);
  const column = position - before.lastIndexOf('\n');
  return `${words}: line ${before.split('\n').length} column ${column} (char ${position})`;
}

/** Start of a lossless-json message → Python's message after `[`, `{` or a comma, and elsewhere. */
const pythonMessages: [string, string, string][] = [
  ['Quoted object key expected', ...twice('Expecting property name enclosed in double quotes')],
  [
    'Quoted object key or end',
    'Expecting property name enclosed in double quotes',
    "Expecting ',' delimiter",
  ],
  ['Array item or end', 'Expecting value', "Expecting ',' delimiter"],
  ['Colon', ...twice("Expecting ':' delimiter")],
  ['Comma', ...twice("Expecting ',' delimiter")],
  ['Expected end of input', ...twice('Extra data')],
  ['End of string', ...twice('Unterminated string starting at')],
  ['Invalid character', ...twice('Invalid control character at')],
  ['Invalid escape', ...twice('Invalid \\escape')],
];

function twice(words: string): [string, string] {
  return [words, words];
}
