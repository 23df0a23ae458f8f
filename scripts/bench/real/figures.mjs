/* Compares the check of texts of real shapes with plain parsing, and verifies each result. */
import { inferSchema, initParser } from 'udsv';
import { readConfig } from '../../../src/config/read/read-config.ts';
import { check, problemLimit, rowsOf } from '../../../src/domain/check.ts';
import { SourceText } from '../../../src/domain/text/source-text.ts';
import { collectGarbage, expectSame, median, timed } from '../timing.mjs';
import { writeReal } from './texts.mjs';

/**
 * @typedef {import('./texts.mjs').RealText} RealText
 * @typedef {import('./writing.mjs').Truth} Truth
 * @typedef {import('../../../src/domain/check.ts').BatchCheck} BatchCheck
 *
 * Medians in milliseconds.
 * @typedef {{ rows: number, bytes: number, turns: number, parse: number, check: number, group: number }} RealTimes
 */

/**
 * In turns, at least three, until the time is over.
 * @param {RealText} real
 * @param {number} rows
 * @param {number} seconds
 * @returns {RealTimes}
 */
export function timeReal(real, rows, seconds) {
  const { text, truth } = writeReal(real, rows);
  const source = SourceText.of(text);
  const read = readConfig(real.config);
  if (!read.ok) throw new Error(`The config of “${real.name}” cannot be read: ${read.problem.message}`);
  const known = { config: read.config, isForBulk: real.isForBulk ?? false };
  /** @type {Record<'parse' | 'check' | 'group', number[]>} */
  const times = { parse: [], check: [], group: [] };
  const end = performance.now() + seconds * 1000;
  /** Kept until the next check, as in the engine: V8 drops the optimised code of a class without objects. */
  let last;
  while (times.parse.length < 3 || (times.parse.length < 9 && performance.now() < end)) {
    times.parse.push(timed(() => parseOnly(real, text, rows)));
    collectGarbage();
    const start = performance.now();
    const checkup = check(source, () => known);
    const checked = performance.now();
    checkup.parsed.entries.contentCodes();
    times.group.push(performance.now() - checked);
    times.check.push(checked - start);
    expectTruth(real, text, truth, checkup);
    last = checkup;
  }
  expectSame('the last check', last !== undefined, true);
  const { parse, check: took, group } = times;
  return {
    rows,
    bytes: source.bytes.length,
    turns: parse.length,
    parse: median(parse),
    check: median(took),
    group: median(group),
  };
}

/**
 * @param {RealText} real
 * @param {string} text
 * @param {number} rows
 */
function parseOnly({ format }, text, rows) {
  let parsed = 0;
  if (format === 'table') parsed = initParser(inferSchema(text)).stringArrs(text).length;
  else if (format === 'json-lines') {
    // One line at a time; the values are kept, like those of a list.
    const values = text.split('\n', rows).map((line) => JSON.parse(line));
    parsed = values.length;
  } else parsed = JSON.parse(text).length;
  expectSame('rows merely parsed', parsed, rows);
}

/**
 * Throws unless the result is correct.
 * @param {RealText} real
 * @param {string} text
 * @param {Truth} truth
 * @param {BatchCheck} checkup
 */
function expectTruth(
  { format },
  text,
  { tasks, contents, groups, refused, warnings, places, samples },
  checkup,
) {
  const { checked, parsed } = checkup;
  expectSame('format', checked.format, format);
  expectSame('entries', checked.entries, tasks.length);
  expectSame('errors', checked.errors, refused.size);
  expectSame('errors of the source', checked.sourceErrors, 0);
  expectSame('warnings', checked.warnings, warnings);
  expectSame('refused', checked.refused, refused.size);
  expectSame('rows', checked.rows, tasks.length - refused.size);
  expectSame('not checked', checked.notChecked.join(), '');
  expectSame('truncated', checked.truncated, Math.max(refused.size, warnings) > problemLimit);

  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  expectSame('errors listed', errors.length, places.length);
  errors.forEach(({ entry, from, to, line, column }, index) => {
    const place = places[index];
    const found = [entry, from, line, column, text.slice(from, to)].join();
    expectSame('place', found, [place?.entry, place?.from, place?.line, place?.column, place?.text].join());
  });

  const { rows } = rowsOf(checkup);
  let row = 0;
  tasks.forEach((task, entry) => {
    if (refused.has(entry)) return;
    if (rows.task[row] !== task || rows.entry[row] !== entry) throw new Error(`Row ${row} is wrong.`);
    row += 1;
  });
  expectSame('rows made', rows.count, row);

  const { codes, firsts } = parsed.entries.contentCodes();
  expectSame('groups', firsts.length, groups);
  contents.forEach((content, entry) => {
    if (codes[entry] !== content) throw new Error(`Entry ${entry} is in a wrong group.`);
  });
  for (const [entry, values] of samples) {
    const { result } = /** @type {{ result: { value: object }[] }} */ (parsed.entries.at(entry));
    expectSame(`values of entry ${entry}`, JSON.stringify(result.map(({ value }) => value)), values);
  }
}
