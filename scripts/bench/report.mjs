import { cpus, platform, totalmem } from 'node:os';
import { version } from '../label-studio.mjs';
import { before } from './before.mjs';
import { holds } from './figure.mjs';

/** @typedef {import('./figure.mjs').Figure} Figure */

/** @param {Figure} figure */
export const amount = ({ value, unit }) =>
  `${value.toFixed(unit === 'ms' ? 0 : unit === 'kB' ? 1 : 2)} ${unit}`;

/** @param {Figure} figure */
const bound = ({ goal, unit, atLeast }) => (goal === null ? '–' : `${atLeast ? '≥' : '≤'} ${goal} ${unit}`);

/** @param {Figure} figure */
const verdict = (figure) => (figure.goal === null ? '–' : holds(figure) ? 'holds' : '**misses**');

/** @param {Figure} figure */
const beforeAndAfter = (figure) =>
  `| ${figure.name.replace('Real: ', '')} | ${before[figure.name]} × | ${amount(figure)} | ${bound(figure)} |`;

const labelStudioHeading = '## On Label Studio Community';

/**
 * The document with these figures about a real server, in place of those it has for this database.
 * @param {string} document
 * @param {'SQLite' | 'PostgreSQL'} database
 * @param {Figure[]} figures
 */
export function withLabelStudio(document, database, figures) {
  const heading = `${labelStudioHeading} with ${database}`;
  const others = sectionsOf(document).filter((section) => !section.startsWith(`${heading}\n`));
  const section = `${heading}

\`npm run bench -- --label-studio${database === 'SQLite' ? '' : ' --postgres'}\` measures this against a Label Studio ${version} that it starts: rows of different values, verified one
by one, against a script that creates them with Label Studio’s own SDK and verifies nothing. All take turns on the same server, ${new Date().toISOString().slice(0, 10)}.

${tableOf(figures)}

`;
  return insert(others, [section]);
}

/** @param {string} document */
const sectionsOf = (document) => document.split(/^(?=## )/m);

/**
 * @param {string[]} sections of a document
 * @param {string[]} more
 */
function insert(sections, more) {
  const at = sections.findIndex((section) => section.startsWith('## What the figures are'));
  return [...sections.slice(0, at), ...more, ...sections.slice(at)].join('');
}

/** @param {Figure[]} figures */
const tableOf = (figures) => `| what | measured | goal | | of |
| --- | --- | --- | --- | --- |
${figures.map((figure) => `| ${figure.name} | ${amount(figure)} | ${bound(figure)} | ${verdict(figure)} | ${figure.how} |`).join('\n')}`;

/**
 * The document with these figures in its first two parts. All other parts are written by hand, or about a real server, and kept.
 * @param {Figure[]} figures
 * @param {string} chromium its version
 * @param {string} document the document so far
 */
export function report(figures, chromium, document) {
  const [, , ...kept] = sectionsOf(document);
  return [measured(figures, chromium), ...kept].join('');
}

/**
 * @param {Figure[]} figures
 * @param {string} chromium
 */
function measured(figures, chromium) {
  const missed = figures.filter((figure) => !holds(figure)).length;
  const withGoal = figures.filter(({ goal }) => goal !== null).length;
  return `# How fast it is, and how much memory it takes

\`npm run bench\` measures the figures of the first two tables and writes them here; \`npm run bench -- --help\` lists its options. It ends
with 1 where a goal is missed, and stops at once where a verdict is wrong: after each measured run the counts, the place of every
planted mistake, every row and every group are compared with the truth about the text.

Measured on ${new Date().toISOString().slice(0, 10)} with Chromium ${chromium} (headless), Node ${process.versions.node}, on a machine with ${cpus().length} processors and
${Math.round(totalmem() / 2 ** 30)} GiB of memory (${platform()}). Of ${withGoal} goals ${withGoal - missed} hold and ${missed} ${missed === 1 ? 'is' : 'are'} missed.

${tableOf(figures)}

## Before and after

The texts of real shapes, against merely parsing the same text. *Before* was measured on 2026-11-28, before the engine was changed for them.

| text | before | now | goal |
| --- | --- | --- | --- |
${figures.flatMap((figure) => (before[figure.name] === undefined ? [] : [beforeAndAfter(figure)])).join('\n')}

`;
}
