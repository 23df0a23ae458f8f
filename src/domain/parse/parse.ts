import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import { detectFormat } from './detect-format.ts';
import { headUnits, textFormatMessage } from '#domain/parse/other-tools/other-formats.ts';
import { parseJson, parseLines, parseYolo } from './parse-json.ts';
import { parseTable } from './parse-table.ts';
import { notSupported, type Parsed } from './parsed.ts';
import type { ImportSettings } from './import-settings.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/**
 * Parses a source in any supported format. `configOf` returns configs for mapping columns to controls and for matching
 * requests to templates, `tasksOf` the known tasks for task matching.
 */
export function parse(
  text: SourceText,
  settings: ImportSettings = {},
  configOf?: ConfigOf,
  tasksOf?: TasksOf,
): Parsed {
  const format = settings.format === 'table' ? 'table' : detectFormat(text);
  const asked = { text, settings, configOf, tasksOf };
  if (format === 'yolo') return parseYolo(asked);
  if (format === 'table' && (settings.format ?? 'table') === 'table')
    return (settings.format === undefined ? refuseFormat(text) : undefined) ?? parseTable(asked);
  return format === 'json-lines' ? parseLines(asked) : parseJson(asked);
}

/** The result for a recognised format that isn’t supported. */
function refuseFormat(text: SourceText): Parsed | undefined {
  const message = textFormatMessage(text.slice(0, headUnits));
  return message === undefined ? undefined : notSupported(text, message);
}
