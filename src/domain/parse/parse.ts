import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import { detectFormat } from './detect-format.ts';
import { parseJson, parseLines } from './parse-json.ts';
import { parseTable } from './parse-table.ts';
import type { Parsed } from './parsed.ts';
import type { ImportSettings } from './import-settings.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/**
 * Parses a source in any supported format. `configOf` gives the config for mapping columns to controls and for matching
 * requests to templates, `tasksOf` what is known of tasks, for rows that are matched to them.
 */
export function parse(
  text: SourceText,
  settings: ImportSettings = {},
  configOf?: ConfigOf,
  tasksOf?: TasksOf,
): Parsed {
  const format = settings.format === 'table' ? 'table' : detectFormat(text);
  const asked = { text, settings, configOf, tasksOf };
  if (format === 'table' && (settings.format ?? 'table') === 'table') return parseTable(asked);
  return format === 'json-lines' ? parseLines(asked) : parseJson(asked);
}
