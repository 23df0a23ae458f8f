import type { ConfigOf } from './config-of.ts';
import { detectFormat } from './detect.ts';
import { parseJson, parseLines } from './parse-json.ts';
import { parseTable } from './parse-records.ts';
import type { Parsed } from './parsed.ts';
import type { ReadingChoice } from './source/reading.ts';
import type { SourceText } from './source-text.ts';

/**
 * Reads a source in whatever format it is written. Configs are asked for where columns may be taken for their controls, and
 * where requests are known by others that they do not mind.
 */
export function parse(text: SourceText, choice: ReadingChoice = {}, configOf?: ConfigOf): Parsed {
  const format = choice.format === 'table' ? 'table' : detectFormat(text);
  const asked = { text, choice, configOf };
  if (format === 'table' && (choice.format ?? 'table') === 'table') return parseTable(asked);
  return format === 'json-lines' ? parseLines(asked) : parseJson(asked);
}
