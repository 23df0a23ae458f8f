/**
 * Results for texts of real shapes on 2026-11-28, before the engine was optimised for them, as a multiple of plain
 * parsing.
 *
 * @type {Readonly<Record<string, number>>}
 */
export const before = {
  'Real: a choice and a plain note': 1.3,
  'Real: notes with quotation marks and line breaks': 39.2,
  'Real: named entities': 59.5,
  'Real: boxes of long decimals': 75.8,
  'Real: an export': 142.8,
  'Real: JSON Lines': 0.9,
  'Real: records with texts': 20.2,
  'Real: a JSON-MIN export': 16.3,
  'Real: Arabic, Chinese and emoji': 0.8,
  'Real: indented, with CRLF': 1.1,
  'Real: deep taxonomies': 18.7,
  'Real: relations': 60.4,
  'Real: keys and spaces in any order': 20.7,
  'Real: a mistake in every request': 40.2,
  'Real: CSV with long quoted texts': 15.0,
  'Real: CSV with the task in the middle': 14.3,
  'Real: CSV with CRLF': 24.7,
  'Real: CSV of 40 columns': 6.8,
  'Real: CSV, a mistake in every row': 99.6,
};
