import { openWorker } from './browser.mjs';
import { realTexts } from './real/texts.mjs';

/** A slower step isn’t repeated beyond three turns. */
const seconds = 12;

/**
 * @typedef {import('./figures.worker.mjs').Kind} Kind
 * @typedef {import('./figures.worker.mjs').Step} Step
 * @typedef {import('./figures.worker.mjs').Timed} Timed
 */

/**
 * @typedef {object} Measured
 * @property {Kind} kind
 * @property {number} rows
 * @property {number} mistakes
 * @property {{ name: string, goal: number | null, of: Step[], to: Step }[]} ratios the sum of some steps relative to
 * another one
 */

/**
 * @param {number} most rows
 * @returns {Measured[]}
 */
const all = (most) => [
  {
    kind: 'plain',
    rows: Math.min(most, 1_000_000),
    mistakes: 3,
    ratios: [{ name: 'CSV', goal: 0.35, of: ['check', 'group'], to: 'parse' }],
  },
  {
    kind: 'quoted',
    rows: Math.min(most, 1_000_000),
    mistakes: 3,
    ratios: [{ name: 'CSV, many quoted cells', goal: 0.2, of: ['check', 'group'], to: 'parse' }],
  },
  {
    kind: 'repeated',
    rows: Math.min(most, 1_000_000),
    mistakes: 3,
    ratios: [
      { name: 'JSON, five results', goal: 0.35, of: ['check', 'group'], to: 'parse' },
      { name: 'JSON, five results, pasted', goal: 0.45, of: ['paste', 'check', 'group'], to: 'parse' },
    ],
  },
  {
    kind: 'distinct',
    rows: Math.min(most, 100_000),
    mistakes: 3,
    ratios: [
      { name: 'JSON, all distinct', goal: 1, of: ['check'], to: 'parse' },
      { name: 'JSON, all distinct, with grouping', goal: 1.4, of: ['check', 'group'], to: 'parse' },
      { name: 'Checking fields and labels alone', goal: 0.1, of: ['validate'], to: 'parse' },
    ],
  },
  {
    kind: 'repeated',
    rows: Math.min(most, 420_000),
    mistakes: 1000,
    ratios: [{ name: '1,000 problems placed', goal: 0.12, of: ['place'], to: 'parse' }],
  },
  {
    kind: 'long-ids',
    rows: Math.min(most, 1_000_000),
    mistakes: 3,
    ratios: [{ name: 'Task ids of 18 digits', goal: 1.25, of: ['check'], to: 'short ids' }],
  },
];

/** @type {Record<Step, string>} */
const words = {
  parse: 'merely parsed',
  paste: 'taken in',
  check: 'checked',
  group: 'grouped',
  validate: 'fields and labels checked',
  place: 'placed',
  'short ids': 'checked with short ids',
};

/**
 * Time from a text to its checked result, relative to plain parsing.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ rows: number, only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureVerdicts(browser, address, { rows: most, only }, found) {
  for (const { kind, rows, mistakes, ratios } of all(most)) {
    if (!ratios.some(({ name }) => name.includes(only))) continue;
    const worker = await openWorker(browser, address);
    const timed = /** @type {Timed} */ (await worker.ask({ kind, rows, mistakes, do: 'time', seconds }));
    await worker.close();
    for (const { name, goal, of, to } of ratios) {
      const value = of.reduce((sum, step) => sum + timed.times[step], 0) / timed.times[to];
      const parts = [...of, to].map((step) => `${words[step]} ${Math.round(timed.times[step])} ms`);
      const size = `${rows.toLocaleString('en')} rows, ${(timed.bytes / 1e6).toFixed(1)} MB`;
      found({ name, value, goal, unit: '×', how: `${size}: ${parts.join(', ')}; ${timed.turns} turns` });
    }
  }
}

/**
 * Slow inputs, relative to what the platform needs for the same text.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureWorstCases(browser, address, { only }, found) {
  const worker = await openWorker(browser, address);
  const figures = await worker.ask({ do: 'worst', only });
  await worker.close();
  for (const figure of /** @type {import('./figure.mjs').Figure[]} */ (figures)) found(figure);
}

/**
 * Rows that are matched to tasks.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureMatching(browser, address, { only }, found) {
  if (only !== '' && !'Matching 100,000 rows'.includes(only) && !only.startsWith('Matching')) return;
  const worker = await openWorker(browser, address);
  const figures = await worker.ask('match');
  await worker.close();
  for (const figure of /** @type {import('./figure.mjs').Figure[]} */ (figures)) found(figure);
}

/**
 * Texts of real shapes, each in a new worker.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ rows: number, only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureRealTexts(browser, address, { rows: most, only }, found) {
  for (const { name: text, rows: usual, goal } of realTexts) {
    const name = `Real: ${text}`;
    if (!name.includes(only)) continue;
    const worker = await openWorker(browser, address);
    const rows = Math.min(most, usual);
    const times = /** @type {import('./real/figures.mjs').RealTimes} */ (
      await worker.ask({ do: 'real', name: text, rows, seconds: 2 })
    );
    await worker.close();
    const { bytes, turns, parse, check, group } = times;
    const size = `${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB`;
    const parts = `checked ${Math.round(check)} ms, grouped ${Math.round(group)} ms, merely parsed ${Math.round(parse)} ms`;
    found({
      name,
      value: (check + group) / parse,
      goal,
      unit: '×',
      how: `${size}: ${parts}; ${turns} turns`,
    });
  }
}
