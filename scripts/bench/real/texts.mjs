/*
 * Realistic texts from a seed, each with its expected result. Layouts, lengths and values vary as in real batches,
 * neither to suit a cache nor to defeat it.
 */
import { newsConfig, reviews, streetConfig, taxonomyConfig } from './configs.mjs';
import {
  boxesOf,
  categoriesOf,
  escapedNote,
  exportedTaskOf,
  foreignNote,
  minOf,
  mistaken,
  newsOf,
  plainNote,
  recordOf,
  reviewOf,
} from './entries.mjs';
import { realTables } from './tables.mjs';
import { spread } from '../texts.mjs';
import { dumps, randomFrom, TextBuilder } from './writing.mjs';

/**
 * @typedef {import('./writing.mjs').Random} Random
 *
 * @typedef {object} RealText
 * @property {string} name of its figure
 * @property {'requests' | 'json-lines' | 'records' | 'export' | 'table'} format
 * @property {number} rows by default
 * @property {number} goal multiple of plain parsing
 * @property {string} config
 * @property {boolean} [isForBulk] only controls that bulk labelling is documented for
 * @property {(builder: TextBuilder, rows: number, random: Random, wrong: ReadonlySet<number>) => void} write with a mistake in some rows
 * @property {boolean} [isAllWrong] every row has a mistake
 */

const ofReviews = /** @type {const} */ ({ format: 'requests', goal: 1.5, config: reviews, isForBulk: true });

/** @type {RealText[]} */
const jsonTexts = [
  {
    name: 'a choice and a plain note',
    ...ofReviews,
    rows: 100_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => reviewOf(random, index, wrong, plainNote(random))),
  },
  {
    name: 'notes with quotation marks and line breaks',
    ...ofReviews,
    rows: 60_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => reviewOf(random, index, wrong, escapedNote(random)), {
        // As written by Python, sometimes with PHP’s escaped slashes.
        write: (request) => (random.below(4) === 0 ? dumps(request).replaceAll('/', '\\/') : dumps(request)),
      }),
  },
  {
    name: 'named entities',
    format: 'requests',
    rows: 15_000,
    goal: 1.5,
    config: newsConfig,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => newsOf(random, index, wrong, false)),
  },
  {
    name: 'boxes of long decimals',
    format: 'requests',
    rows: 5_000,
    goal: 1.5,
    config: streetConfig,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => boxesOf(random, index, wrong)),
  },
  {
    name: 'an export',
    ...ofReviews,
    format: 'export',
    rows: 15_000,
    write: writeExport,
  },
  {
    name: 'JSON Lines',
    ...ofReviews,
    format: 'json-lines',
    rows: 100_000,
    write: (builder, rows, random, wrong) => {
      for (let index = 0; index < rows; index += 1) {
        const { request, written } = reviewOf(random, index, wrong, plainNote(random));
        builder.addEntry(dumps(request), written);
        builder.add('\n');
      }
    },
  },
  {
    name: 'records with texts',
    ...ofReviews,
    format: 'records',
    rows: 40_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => recordOf(random, index, wrong)),
  },
  {
    name: 'a JSON-MIN export',
    ...ofReviews,
    format: 'records',
    rows: 40_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => minOf(random, index, wrong), {
        write: (record) => dumps(record, { ascii: false, indent: 2 }),
      }),
  },
  {
    name: 'Arabic, Chinese and emoji',
    ...ofReviews,
    rows: 40_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => reviewOf(random, index, wrong, foreignNote(random)), {
        write: (request) => dumps(request, { ascii: false }),
      }),
  },
  {
    name: 'indented, with CRLF',
    ...ofReviews,
    rows: 40_000,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => reviewOf(random, index, wrong, plainNote(random)), {
        write: (request) => dumps(request, { indent: 2, end: '\r\n' }),
        end: '\r\n',
      }),
  },
  {
    name: 'deep taxonomies',
    format: 'requests',
    rows: 40_000,
    goal: 1.5,
    config: taxonomyConfig,
    isForBulk: true,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => categoriesOf(random, index, wrong)),
  },
  {
    name: 'relations',
    format: 'requests',
    rows: 10_000,
    goal: 1.5,
    config: newsConfig,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) => newsOf(random, index, wrong, true)),
  },
  {
    // No program writes this: it always misses the cache of earlier requests.
    name: 'keys and spaces in any order',
    ...ofReviews,
    rows: 60_000,
    goal: 5,
    write: (builder, rows, random, wrong) =>
      writeList(
        builder,
        rows,
        (index) =>
          reviewOf(random, index, wrong, random.below(5) === 0 ? escapedNote(random) : plainNote(random)),
        { write: (request) => dumps(shuffled(random, request), random.pick(styles)) },
      ),
  },
  {
    name: 'a mistake in every request',
    ...ofReviews,
    rows: 100_000,
    goal: 3,
    isAllWrong: true,
    write: (builder, rows, random, wrong) =>
      writeList(builder, rows, (index) =>
        reviewOf(random, index, wrong, plainNote(random), mistaken(random)),
      ),
  },
];

export const realTexts = [...jsonTexts, ...realTables];

/**
 * The text with its expected result, always the same for the same number of rows.
 * @param {RealText} text
 * @param {number} rows
 */
export function writeReal({ write, isAllWrong }, rows) {
  const builder = new TextBuilder();
  write(builder, rows, randomFrom(2026), isAllWrong ? spread(rows, rows) : spread(3, rows));
  return builder.finish();
}

/**
 * @param {TextBuilder} builder
 * @param {number} rows
 * @param {(index: number) => import('./entries.mjs').Made} make
 * @param {{ write?: (request: object) => string, end?: string }} [style]
 */
function writeList(builder, rows, make, { write = (request) => dumps(request), end = '\n' } = {}) {
  for (let index = 0; index < rows; index += 1) {
    const { request, written } = make(index);
    builder.add(index === 0 ? `[${end}` : `,${end}`);
    builder.addEntry(write(request), written);
  }
  builder.add(`${end}]${end}`);
}

/** @type {RealText['write']} */
function writeExport(builder, rows, random, wrong) {
  let taken = 0;
  for (let index = 0; index < rows; index += 1) {
    const { task, annotations } = exportedTaskOf(random, index, wrong.has(index), taken);
    taken += annotations.length;
    const text = dumps(task, { ascii: false, compact: true });
    builder.add(index === 0 ? '[' : ',');
    for (const { written } of annotations) builder.note(written, text);
    builder.add(text);
  }
  builder.add(']');
}

const styles = [{}, { compact: true }, { indent: 2 }, { indent: 4, end: '\r\n' }, { ascii: false }];

/**
 * The same value with shuffled keys.
 * @param {Random} random
 * @param {unknown} value
 * @returns {unknown}
 */
function shuffled(random, value) {
  if (Array.isArray(value)) return value.map((item) => shuffled(random, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    random.shuffle(Object.entries(value)).map(([key, member]) => [key, shuffled(random, member)]),
  );
}
