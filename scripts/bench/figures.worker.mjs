/*
 * Runs in a worker of a real browser: measures the check of a text, alternating with plain parsing by the platform or
 * uDSV, and verifies each result.
 */
import { inferSchema, initParser } from 'udsv';
import { readConfig } from '../../src/config/read/read-config.ts';
import { check, rowsOf } from '../../src/domain/check.ts';
import { textOfSlices } from '../../src/domain/text/decode.ts';
import { ProblemList } from '../../src/domain/problems/problem-list.ts';
import { groupRows } from '../../src/domain/plan/groups.ts';
import { lineColumns } from '../../src/domain/text/locate.ts';
import { SourceText } from '../../src/domain/text/source-text.ts';
import { validate } from '../../src/domain/validate/validate.ts';
import { timeMatching } from './matching.mjs';
import { timeReal } from './real/figures.mjs';
import { realTexts } from './real/texts.mjs';
import { collectGarbage, expectSame, median, timed } from './timing.mjs';
import { worstCases } from './worst-cases.mjs';
import { labelConfig, plain, spread, tableRows, writeJsonRows, writeTable, wrongLabel } from './texts.mjs';

/**
 * @typedef {'plain' | 'quoted' | 'repeated' | 'distinct' | 'long-ids'} Kind
 * @typedef {'parse' | 'paste' | 'check' | 'group' | 'validate' | 'place' | 'short ids'} Step
 * @typedef {{ kind: Kind, rows: number, mistakes: number, do: 'time' | 'hold', seconds: number }} Task
 * @typedef {{ do: 'worst', only: string }} WorstTask only the cases whose name has these words
 * @typedef {{ do: 'real', name: string, rows: number, seconds: number }} RealTask
 * @typedef {'check' | 'verify' | 'collect' | 'match'} Order
 * @typedef {Record<Step, number>} Times medians in milliseconds; zero where it was not part of the task
 * @typedef {{ bytes: number, rows: number, turns: number, times: Times }} Timed
 * @typedef {{ text: string, bytes: SourceText, kind: Kind, rows: number, mistakes: ReadonlySet<number> }} Source
 */

const read = readConfig(labelConfig);
if (!read.ok) throw new Error(`The config of the benchmark cannot be read: ${read.problem.message}`);
const { config } = read;
/** What the engine keeps of a checked batch. */
const held =
  /** @type {{ source?: Source, checkup?: import('../../src/domain/check.ts').BatchCheck, last?: import('../../src/domain/check.ts').BatchCheck }} */ ({});

globalThis.addEventListener('message', ({ data }) => {
  const task = /** @type {Task | WorstTask | RealTask | Order} */ (data);
  try {
    postMessage({ ok: true, value: answer(task) });
  } catch (error) {
    postMessage({
      ok: false,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});

/** @param {Task | WorstTask | RealTask | Order} task */
function answer(task) {
  if (task === 'collect') return collectGarbage();
  if (task === 'match') return timeMatching();
  if (task === 'check') {
    if (!held.source) throw new Error('There is no text to check.');
    held.checkup = check(held.source.bytes, configOf(held.source));
    held.checkup.parsed.entries.contentCodes();
    return undefined;
  }
  if (task === 'verify') {
    if (!held.source || !held.checkup) throw new Error('Nothing was checked.');
    return verify(held.source, held.checkup);
  }
  if (task.do === 'worst')
    return worstCases.filter(({ name }) => name.includes(task.only)).map(timeWorstCase);
  if (task.do === 'real') {
    const real = realTexts.find(({ name }) => name === task.name);
    if (!real) throw new Error(`There is no text “${task.name}”.`);
    return timeReal(real, task.rows, task.seconds);
  }
  const source = write(task.kind, task.rows, task.mistakes);
  if (task.do === 'time') return time(source, task.seconds);
  // Only the bytes are kept, as in the engine.
  held.source = source;
  return source.text.length;
}

/**
 * @param {Kind} kind
 * @param {number} rows
 * @param {number} count
 * @returns {Source}
 */
function write(kind, rows, count) {
  const mistakes = spread(count, rows);
  const isTable = kind === 'plain' || kind === 'quoted';
  const text = isTable ? writeTable(kind, rows, mistakes) : writeJsonRows(kind, rows, mistakes);
  return { text, bytes: SourceText.of(text), kind, rows, mistakes };
}

/** @param {Source} source */
const isTable = ({ kind }) => kind === 'plain' || kind === 'quoted';

/**
 * Runs everything in turns, at least three, until the time is over.
 * @param {Source} source
 * @param {number} seconds
 * @returns {Timed}
 */
function time(source, seconds) {
  /** @type {Record<Step, number[]>} */
  const times = { parse: [], paste: [], check: [], group: [], validate: [], place: [], 'short ids': [] };
  const short = source.kind === 'long-ids' ? write('repeated', source.rows, source.mistakes.size) : undefined;
  const slices =
    source.kind === 'repeated' && source.mistakes.size < 1000 ? slicesOf(source.text) : undefined;
  const end = performance.now() + seconds * 1000;
  let turns = 0;
  while (turns < 3 || (turns < 9 && performance.now() < end)) {
    times.parse.push(timed(() => parseOnly(source)));
    if (short) times['short ids'].push(checkAndTime(short).took.check);
    if (slices) times.paste.push(timed(() => pasted(source, slices)));
    const { took, checkup } = checkAndTime(source);
    times.check.push(took.check);
    times.group.push(took.group);
    if (source.kind === 'distinct') times.validate.push(timed(() => validated(source, checkup)));
    if (source.mistakes.size >= 1000) times.place.push(timed(() => placed(source, checkup)));
    turns += 1;
  }
  const medians = Object.entries(times).map(([step, list]) => [step, median(list)]);
  return { bytes: source.text.length, rows: source.rows, turns, times: Object.fromEntries(medians) };
}

/**
 * Five alternating turns each.
 * @param {import('./worst-cases.mjs').WorstCase} worstCase
 * @returns {import('./figure.mjs').Figure}
 */
function timeWorstCase({ name, goal, of, prepare }) {
  const { work, baseline } = prepare();
  /** @type {{ ours: number[], theirs: number[] }} */
  const times = { ours: [], theirs: [] };
  for (let turn = 0; turn < 5; turn += 1) {
    times.theirs.push(timed(baseline));
    times.ours.push(timed(work));
  }
  const [ours, theirs] = [median(times.ours), median(times.theirs)];
  const how = `${of}: ${ours.toFixed(1)} ms to ${theirs.toFixed(1)} ms; 5 turns`;
  return { name, value: ours / theirs, goal, unit: '×', how };
}

/**
 * Slices of a pasted text as the page sends them (`putLongText`), as separate strings.
 * @param {string} text
 * @returns {string[]}
 */
function slicesOf(text) {
  const slices = [];
  for (let from = 0; from < text.length; from += 1_000_000) slices.push(text.slice(from, from + 1_000_000));
  return structuredClone(slices);
}

/**
 * The text as the engine stores a paste.
 * @param {Source} source
 * @param {readonly string[]} slices
 */
function pasted({ bytes }, slices) {
  expectSame('bytes pasted', textOfSlices(slices).bytes.length, bytes.bytes.length);
}

/** @param {Source} source */
function parseOnly(source) {
  const { text, rows } = source;
  const parsed = isTable(source) ? initParser(inferSchema(text)).stringArrs(text) : JSON.parse(text);
  if (parsed.length !== rows) throw new Error(`${parsed.length} rows were parsed of ${rows}.`);
}

/**
 * The whole pipeline: parsing, checking against a config, placing problems, rows, groups. The result must be correct.
 * @param {Source} source
 */
function checkAndTime(source) {
  collectGarbage();
  const start = performance.now();
  const checkup = check(source.bytes, configOf(source));
  const checked = performance.now();
  checkup.parsed.entries.contentCodes();
  const took = { check: checked - start, group: performance.now() - checked };
  // Kept until the next check, as in the engine: V8 drops the optimised code of a class without objects.
  held.last = checkup;
  verify(source, checkup);
  return { took, checkup };
}

/**
 * @param {Source} source
 * @param {import('../../src/domain/check.ts').BatchCheck} checkup
 */
function verify(source, checkup) {
  const { rows } = rowsOf(checkup);
  expectTruth(source, checkup, rows, groupRows(rows, checkup.parsed.entries));
}

/**
 * Only validation: the fields of every request and its labels, without parsing.
 * @param {Source} source
 * @param {import('../../src/domain/check.ts').BatchCheck} checkup
 */
function validated(source, { parsed, findings }) {
  const again = new ProblemList(1000);
  validate(parsed.entries, again, configOf(source));
  expectSame('errors found again', again.errors, findings.errors);
}

/**
 * Only placing problems: spans in the text, then lines and columns.
 * @param {Source} source
 * @param {import('../../src/domain/check.ts').BatchCheck} checkup
 */
function placed({ bytes }, { parsed, findings, checked }) {
  const sought = findings.list();
  const spans = parsed.layout.spans(sought);
  const places = lineColumns(
    bytes,
    spans.map(({ from }) => from),
    parsed.layout.markBefore,
  );
  expectSame('problems placed', places.length, checked.problems.length);
  expectSame('the last place', places.at(-1)?.line, checked.problems.at(-1)?.line);
}

/**
 * A rectangle isn’t documented for bulk labelling, which would cause a warning for each request.
 * @param {Source} source
 * @returns {import('../../src/domain/requests/known-config.ts').ConfigOf}
 */
function configOf({ kind }) {
  const known = { config, isForBulk: kind !== 'distinct' };
  return () => known;
}

/**
 * Throws unless the result is correct: its counts, each mistake at its place, each row, each group.
 * @param {Source} source
 * @param {import('../../src/domain/check.ts').BatchCheck} checkup
 * @param {import('../../src/domain/plan/rows.ts').Rows} made
 * @param {import('../../src/domain/plan/groups.ts').RowGroups} groups
 */
function expectTruth(source, checkup, made, groups) {
  const { text, kind, rows, mistakes } = source;
  const { checked, parsed } = checkup;
  // A task ID of 18 digits can’t be represented exactly, so each such request also has that error.
  const isRefused = kind === 'long-ids';
  const refused = isRefused ? rows : mistakes.size;
  expectSame('shape', checked.format, isTable(source) ? 'table' : 'requests');
  expectSame('entries', checked.entries, rows);
  expectSame('errors', checked.errors, isRefused ? rows + mistakes.size : mistakes.size);
  expectSame('refused', checked.refused, refused);
  expectSame('warnings', checked.warnings, 0);
  expectSame('rows', checked.rows, rows - refused);
  expectSame('rows made', made.count, rows - refused);
  expectSame('not checked', checked.notChecked.join(), '');
  expectPlaces(source, checked.problems);

  for (let index = 0; index < rows; index += 997) expectEntry(source, parsed.entries.at(index), index);
  if (isRefused) return;
  const { task, entry } = made;
  let row = 0;
  for (let index = 0; index < rows; index += 1) {
    if (mistakes.has(index)) continue;
    if (entry[row] !== index || task[row] !== plain(index).task) throw new Error(`Row ${row} is wrong.`);
    row += 1;
  }
  expectGroups(source, made, groups);
  expectSame('characters', text.length > rows, true);
}

/**
 * @param {Source} source
 * @param {import('../../src/wire/problem.ts').PlacedProblem[]} problems
 */
function expectPlaces({ text, kind, mistakes, rows }, problems) {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const wanted =
    kind === 'long-ids'
      ? Array.from({ length: Math.min(rows, errors.length) }, (_, row) => row)
      : [...mistakes];
  if (kind === 'long-ids') expectSame('errors listed', errors.length >= Math.min(rows, 900), true);
  else expectSame('errors listed', errors.length, wanted.length);
  let before = -1;
  for (const { entry = -1, line, column, from, to } of errors) {
    expectSame('line', line, entry + 2);
    expectSame('column', column, from - text.lastIndexOf('\n', from - 1));
    const marked = text.slice(from, to);
    if (kind === 'long-ids' && !marked.includes(wrongLabel)) {
      expectSame('the id', marked, `1234567890${plain(entry).task}`);
    } else {
      expectSame('a mistake', mistakes.has(entry) && marked.includes(wrongLabel), true);
    }
    expectSame('order', entry >= before, true);
    before = entry;
  }
}

/**
 * @param {Source} source
 * @param {unknown} entry
 * @param {number} index
 */
function expectEntry({ kind, mistakes }, entry, index) {
  const { task, result } = /** @type {{ task: unknown, result: { value: object }[] }} */ (entry);
  if (kind !== 'long-ids') expectSame('task', task, plain(index).task);
  const { label, note } = isTable(/** @type {Source} */ ({ kind }))
    ? tableRows[kind === 'quoted' ? 'quoted' : 'plain'](index)
    : { label: plain(index).label, note: '' };
  const first = mistakes.has(index) ? wrongLabel : label;
  expectSame('label', JSON.stringify(result[0]?.value), JSON.stringify({ choices: [first] }));
  if (note !== '') expectSame('note', JSON.stringify(result[1]?.value), JSON.stringify({ text: [note] }));
  if (kind === 'distinct')
    expectSame('number', JSON.stringify(result[2]?.value), JSON.stringify({ number: index }));
}

/**
 * As many groups as distinct contents, with equal rows in each.
 * @param {Source} source
 * @param {import('../../src/domain/plan/rows.ts').Rows} rows
 * @param {import('../../src/domain/plan/groups.ts').RowGroups} groups
 */
function expectGroups({ kind }, rows, groups) {
  /** @param {number} row */
  const contentOf = (row) => {
    const index = rows.entry[row] ?? -1;
    if (kind === 'distinct') return String(index);
    if (kind === 'repeated' || kind === 'long-ids') return plain(index).label;
    const { label, note } = tableRows[kind](index);
    return `${label} ${note}`;
  };
  const contents = new Set();
  for (let group = 0; group < groups.count; group += 1) {
    const members = groups.order.subarray(groups.starts[group], groups.starts[group + 1]);
    const same = contentOf(members[0] ?? -1);
    for (const row of members)
      if (contentOf(row) !== same) throw new Error(`Row ${row} is in a wrong group.`);
    contents.add(same);
  }
  const all = new Set(Array.from({ length: rows.count }, (_, row) => contentOf(row)));
  expectSame('groups', groups.count, all.size);
  expectSame('groups that differ', contents.size, all.size);
  expectSame('rows in groups', groups.order.length, rows.count);
}
