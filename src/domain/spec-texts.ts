import type { Json } from '#wire/json/json.ts';
import { check, rowsOf, type BatchCheck } from './check.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { parse } from '#domain/parse/parse.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import type { RowsAndSelections } from '#domain/plan/rows.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { SourceText } from '#domain/text/source-text.ts';

/* Helpers for specs, which pass sources as strings. */

export function checkText(
  text: string,
  configOf?: ConfigOf,
  choice?: ImportSettings,
): BatchCheck & RowsAndSelections {
  const checkup = check(SourceText.of(text), configOf, choice);
  return { ...checkup, ...rowsOf(checkup) };
}

export const parseText = (text: string, choice?: ImportSettings, configOf?: ConfigOf): Parsed =>
  parse(SourceText.of(text), choice, configOf);

/** All entries as JSON. */
export const valuesOf = (entries: Entries): Json[] =>
  Array.from({ length: entries.length }, (_, entry) => entries.at(entry));
