/*
 * `node scripts/bench/table.mjs [ROWS]`: how long Sheaf takes to read a table, as a share of the time that uDSV merely
 * splits the same text. Both run in turns in this process, and what counts is the median. Every reading is checked.
 */
import { initParser, inferSchema } from 'udsv';
import { build } from 'vite';
import { root } from '../root.mjs';
import { tableRows, writeTable } from './texts.mjs';

const turns = 9;

/** @typedef {import('./texts.mjs').TableVariant} Variant */

/** @type {Record<Variant, number | undefined>} */
const goals = { plain: 0.3, quoted: 0.15, distinct: undefined };

/** @param {number[]} times */
const median = (times) => times.toSorted((one, other) => one - other)[times.length >> 1] ?? NaN;

/**
 * @template T
 * @param {() => T} work
 * @returns {[number, T]}
 */
function timed(work) {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

const rows = Number(process.argv[2] ?? 1_000_000);
const { detectDialect } = await load('dialect');
const { readTable } = await load('read-table');

let holds = true;
for (const name of /** @type {(Variant)[]} */ (Object.keys(tableRows))) {
  const text = writeTable(name, rows);
  const read = () => readTable(text, detectDialect(text), ['ids', 'codes', 'codes']);
  const split = () => initParser(inferSchema(text)).stringArrs(text);
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const theirs = [];
  let bytes = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const [splitTime, cells] = timed(split);
    if (cells.length !== rows) throw new Error(`uDSV found ${cells.length} rows in “${name}”.`);
    theirs.push(splitTime);
    const [readTime, table] = timed(read);
    ours.push(readTime);
    bytes = check(name, table);
  }
  const ratio = median(ours) / median(theirs);
  const goal = goals[name];
  if (goal !== undefined && ratio > goal) holds = false;
  console.log(
    `${name.padEnd(9)}${(text.length / 1e6).toFixed(1)} MB, Sheaf ${median(ours).toFixed(0)} ms, ` +
      `uDSV ${median(theirs).toFixed(0)} ms: ${ratio.toFixed(3)} ×${goal === undefined ? '' : ` (goal ${goal})`}, ` +
      `kept ${(bytes / text.length).toFixed(3)} × the text`,
  );
}
if (!holds) process.exitCode = 1;

/**
 * Throws unless the table is what was written. Gives how many bytes it keeps.
 * @param {Variant} name
 * @param {import('../../src/domain/table/table.ts').Table} table
 */
function check(name, table) {
  const [tasks, ...texts] = table.columns;
  if (tasks?.kind !== 'ids' || table.rows !== rows)
    throw new Error(`“${name}” was read with ${table.rows} rows.`);
  const [label, note] = texts;
  if (label?.kind !== 'codes' || note?.kind !== 'codes') throw new Error(`“${name}” lacks a column.`);
  /** @type {(column: import('../../src/domain/table/code-column.ts').CodeColumn) => string[]} */
  const dictionary = (column) => Array.from({ length: column.distinct }, (_, code) => column.textOf(code));
  const [labelTexts, noteTexts] = [dictionary(label), dictionary(note)];
  for (let index = 0; index < rows; index += 1) {
    const wanted = tableRows[name](index);
    if (
      tasks.ids[index] !== wanted.task ||
      labelTexts[label.codes[index] ?? -1] !== wanted.label ||
      noteTexts[note.codes[index] ?? -1] !== wanted.note
    )
      throw new Error(`Row ${index} of “${name}” was read wrong.`);
  }
  if (table.faultCounts.size > 0 || table.refusedRows.length > 0) throw new Error(`“${name}” has faults.`);
  const arrays = [table.marks, tasks.ids, label.codes, note.codes];
  // Of each distinct text, where it stands first.
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 4 * (label.distinct + note.distinct));
}

/**
 * One file of src/domain/table, built as the app has it.
 * @template {'dialect' | 'read-table'} Name
 * @param {Name} name
 * @returns {Promise<{ 'dialect': typeof import('../../src/domain/table/dialect.ts'), 'read-table': typeof import('../../src/domain/table/read-table.ts') }[Name]>}
 */
async function load(name) {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { ssr: `src/domain/table/${name}.ts`, write: false, target: 'node20' },
  });
  const [chunk] = 'output' in built ? built.output : [];
  if (chunk === undefined) throw new Error(`${name}.ts was not built.`);
  return await import(`data:text/javascript;base64,${Buffer.from(chunk.code).toString('base64')}`);
}
