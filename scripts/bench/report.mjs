import { cpus, platform, totalmem } from 'node:os';
import { version } from '../label-studio.mjs';
import { before } from './before.mjs';
import { holds } from './figure.mjs';

/** @typedef {import('./figure.mjs').Figure} Figure */

/** Goals that aren’t measured here, and why. */
const unmeasured = [
  [
    'engine → screen, 1,000,000 rows',
    'rows cross in windows of what is visible, so there is no crossing of all rows to time',
  ],
];

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
 * The document of all figures. Those about a real server are kept.
 * @param {Figure[]} figures
 * @param {string} chromium its version
 * @param {string} before the document so far
 */
export function report(figures, chromium, before) {
  const kept = sectionsOf(before).filter((section) => section.startsWith(labelStudioHeading));
  return insert(sectionsOf(newReport(figures, chromium)), kept);
}

/**
 * @param {Figure[]} figures
 * @param {string} chromium
 */
function newReport(figures, chromium) {
  const missed = figures.filter((figure) => !holds(figure)).length;
  const withGoal = figures.filter(({ goal }) => goal !== null).length;
  return `# How fast it is, and how much memory it takes

\`npm run bench\` measures all of this anew and writes this page; \`npm run bench -- --help\` lists its options. It ends with 1
where a goal is missed, and stops at once where a verdict is wrong: after each measured run the counts, the place of every
planted mistake, every row and every group are compared with the truth about the text.

Measured on ${new Date().toISOString().slice(0, 10)} with Chromium ${chromium} (headless), Node ${process.versions.node}, on a machine with ${cpus().length} processors and
${Math.round(totalmem() / 2 ** 30)} GiB of memory (${platform()}). Of ${withGoal} goals ${withGoal - missed} hold and ${missed} ${missed === 1 ? 'is' : 'are'} missed.

${tableOf(figures)}

## Before and after

The texts of real shapes, against merely parsing the same text. *Before* was measured on 2026-11-28, before the engine was changed for them.

| text | before | now | goal |
| --- | --- | --- | --- |
${figures.flatMap((figure) => (before[figure.name] === undefined ? [] : [beforeAndAfter(figure)])).join('\n')}

## Four bytes at a time

On 2026-11-29 the engine was changed to read texts, labels and numbers by the word. The machine was busy that day, with three to seven
programs for its two processors, so this is the processor time of the worker’s thread in the same Chromium: both engines and the parser in
turns, five each, medians.

| text | before | now | goal |
| --- | --- | --- | --- |
| a choice and a plain note | 1.41 × | 1.21 × | ≤ 1.5 × |
| notes with quotation marks and line breaks | 2.07 × | 1.31 × | ≤ 1.5 × |
| named entities | 1.53 × | 1.32 × | ≤ 1.5 × |
| boxes of long decimals | 2.08 × | 1.48 × | ≤ 1.5 × |
| an export | 3.35 × | 2.70 × | ≤ 1.5 × |
| JSON Lines | 1.23 × | 0.99 × | ≤ 1.5 × |
| records with texts | 3.42 × | 2.76 × | ≤ 1.5 × |
| a JSON-MIN export | 2.38 × | 2.12 × | ≤ 1.5 × |
| Arabic, Chinese and emoji | 1.35 × | 1.14 × | ≤ 1.5 × |
| indented, with CRLF | 1.37 × | 1.19 × | ≤ 1.5 × |
| deep taxonomies | 2.01 × | 1.55 × | ≤ 1.5 × |
| relations | 1.75 × | 1.46 × | ≤ 1.5 × |
| keys and spaces in any order | 3.27 × | 3.07 × | ≤ 5 × |
| a mistake in every request | 5.31 × | 2.15 × | ≤ 3 × |
| CSV with long quoted texts | 2.41 × | 2.21 × | ≤ 1.5 × |
| CSV with the task in the middle | 2.25 × | 2.22 × | ≤ 1.5 × |
| CSV with CRLF | 2.26 × | 2.30 × | ≤ 1.5 × |
| CSV of 40 columns | 1.39 × | 1.37 × | ≤ 1.5 × |
| CSV, a mistake in every row | 8.12 × | 9.40 × | ≤ 3 × |

By the clock, on the same day: JSON with five results 0.20, pasted 0.36, all distinct 0.68, with grouping 0.80, 1,000 problems placed 0.06,
CSV 0.28, with many quoted cells 0.13, task ids of 18 digits 1.06. The texts above were up to 1.9 times as slow by the clock, against
parsing, as by processor time: an export 4.1, boxes 2.3, deep taxonomies 2.6, a mistake in every request 2.5 in one run and 3.6 in another.

## Annotations matched where they are

On 2026-11-29 an export was no longer rewritten to a list of requests: its annotations are matched in place, and its line ends are
counted while values are skipped. Processor time as above, both builds and the parser in turns, five each, medians; the other JSON texts
stayed within a twentieth.

| text | before | now | goal |
| --- | --- | --- | --- |
| an export | 2.37 × | 1.36 × | ≤ 1.5 × |
| boxes of long decimals | 1.55 × | 1.55 × | ≤ 1.5 × |
| deep taxonomies | 1.60 × | 1.62 × | ≤ 1.5 × |
| relations | 1.51 × | 1.53 × | ≤ 1.5 × |
| a JSON-MIN export | 1.77 × | 1.74 × | ≤ 1.5 × |
| records with texts | 2.32 × | 2.30 × | ≤ 1.5 × |

Half of what records take is not reading: 40,000 of them have 17,800 different sets of values, each looked up, numbered and compared.
Tried and not kept, because it saved less than noise: strings skipped eight bytes at a time, and what is known of each member side by side
in one array.

## What is remembered, and why

Each was deleted in a trial; the figures are the times merely parsing a text takes, with it and without.

| what | with | without | |
| --- | --- | --- | --- |
| whole rows of a table | 0.22, quoted 0.14 | 0.51, quoted 0.33 | kept: the goals are 0.35 and 0.2 |
| rows compared eight bytes at a time, as doubles | 0.22, quoted 0.14 | 0.27, quoted 0.18 | deleted: four at a time, as whole numbers, give 0.22 and 0.16 |
| eight digits of a table’s task at a time | 0.22, quoted 0.14 | 0.24, quoted 0.15 | deleted |
| literals of templates compared eight bytes at a time | 0.26, indented 1.2 | 0.33, indented 1.4 | kept |
| eight digits of a request’s task at a time | 0.33 | 0.34 | deleted |
| a \`result\` parsed once for all requests with the same text | 0.24 | 0.25 | deleted |
| requests as a whole, besides their regions | 0.25 | 0.7 | kept for the first 64 with a single label |

## Memory of a run

A run of 100,000 rows that all differ makes 100,000 calls. What it holds, found with heap snapshots of the engine in November 2026:

| what | bytes a call before | now | |
| --- | --- | --- | --- |
| the planned call and its group | 349 | 225 | a call of a whole group shares its rows; all groups share one buffer |
| the events of the run | 167 | 2 | they were kept and read by nothing; the account has 10 bytes a row |
| a call that has ended | 6,600 | 0 | for 100 seconds: \`AbortSignal.timeout()\` held its request and its answer |

At the peak 20,000 calls took 290 MB above the text before, and 135 MB now; all 100,000 calls take 287 MB. About 100 MB of that don't depend
on the rows: the compiled code, and what the browser lets pile up before it collects garbage. While calls are sent the memory hardly grows.
The peak comes after them, when all rows are read back: 250 tasks an export, four at a time, as text, as JSON and as annotations, until the
next collection. With developer tools attached each call takes another 5 kB, for their record of requests.

A planned call keeps its group (first entry, rows, marker) and nothing of its body, which is made when it is sent. The marker, about a quarter of it,
could be made from the number of the group.

## What the figures are

- **CSV** and **JSON**: the whole way in a worker from a text's bytes to its verdict, by the same functions that the engine calls: read,
  checked against a labelling config, each problem at its place (\`check\` of \`src/domain\`), and which requests say the same
  (\`contents\`); rows and groups are listed only for a plan, and so in the check of the truth alone. It is told as a share of the time that uDSV's \`stringArrs\` (CSV) or \`JSON.parse\` (JSON) needs merely to parse
  the same text, in turns in the same worker; what counts is the median. The absolute times only show the order of magnitude: the machine
  may have been busy with other things. Three
  mistakes are planted in each text. Reading the file itself is not in it, on either side.
- **Pasted**: with the time that the engine takes to make one text of the slices in which the page hands it over.
- **All distinct**: three regions in each request (a choice, a rectangle, a number), no two requests alike.
- **Checking fields and labels alone**: \`validate\` of all distinct requests, once they are read; what hangs on their numbers is looked at while they are
  read, and so in the figure above. The worker's policy is as strict as the app's own.
- **1,000 problems placed**: from the paths of 1,000 problems, spread over the text, to their lines and columns, alone. How many lines
  stand before every 64th request is known from reading it, which is no part of this figure.
- **Task ids of 18 digits**: against the same rows with ids of 8. They are beyond what a number holds exactly, so the right verdict is an
  error at each of them; telling that is part of the time, as is listing the first 1,000 of them. Nothing is grouped on either side.
- **Real**: texts as people bring them, each written from a seed (\`scripts/bench/real\`), the whole way with grouping. Every verdict is
  compared with the truth about the text: counts, the place of each mistake, rows, groups, and values of every 997th entry. JSON Lines
  are merely parsed a line at a time, tables by uDSV.
- **Worst cases**: inputs that were chosen to be slow, such as a config that opens half a million comments; a way through them that is
  not linear shows as a figure hundreds of times as large. Each is timed in turns with what it is compared with.
- **Sandbox**: the last of 100 calls that create 1,000 annotations each, against the first ones; all are counted in the export.
- **Memory at its peak**: by how much the process of the page and its worker grows at most during one check (resident memory, looked
  at every 5 ms), garbage not yet collected included; told as a share of the text. Only on Linux. What the making of the text left in
  the process (up to some 30 MB) can be used again and is then not seen, so a small figure is a little too small.
- **Memory kept**: what the finished check holds above the text, by \`performance.measureUserAgentSpecificMemory\`, after a
  collection of garbage.
- **Memory of a run**: by how much the page's process grows at most above the text, since the page was opened, while the engine plans
  rows that all differ, sends each in a separate call to the sandbox and reads all of them back (resident memory, looked at every 20 ms).
  The engine runs in its worker as in the app, in a page without the screens. 100,000 calls take minutes, so 20,000 are sent, with a goal
  of 200 MB that leaves room for the others; \`npm run bench -- --only "Memory of a run"\` sends all of them, with the goal of 300 MB.
- **Tasks created, against one by one**: a run of equal rows in the app’s own engine, its journal in IndexedDB, against a loop that sends one
  POST after another. Both go to the sandbox through a server that takes 50 ms for each answer and 0.2 ms for each task that is
  created, four creating calls at a time. The loop is timed for 40 calls and counted for all rows. *Created* is when the last
  creating call is answered, *verified* when all annotations were read back once.
- **Estimate of the time left**: what the page of the run says a third of the way, against what it then takes to create the others; the
  larger of the two divided by the smaller one. **Estimate in the review**: the same for what the review says, against the whole run.
- **Reopening a run**: the stored run in a new engine, until the first rows of its table are there. Of calls: the run of “Memory of a run”,
  in which each row is a call; for 20,000 calls the goal is a fifth of that for 100,000.
- **Journal of a run**: the same run of calls with its journal in IndexedDB and with one in memory, in turns.
- **Another policy in the review**: the rows of a planned batch, no two alike, are planned again for another policy, by the app’s own
  engine; the processor time of its process, not the clock, because it is what the person waits for on a machine that isn’t busy.
- **Results table**: of a run in which all but 5,000 tasks don’t exist, so each of its rows has a reason. It is opened from the list of
  runs, scrolled by the wheel, faster than anybody reads, and left at its last row. Frames are timed by the page; one counts as late above
  17.2 ms, since the clock is rounded.
- **On Label Studio Community**: milliseconds a row of the script, divided by those of a run in the app’s own engine in Chromium, its
  journal in IndexedDB. *Staged and verified* is without the time of the calls that delete predictions, each of which comes after the rows
  of its chunk are verified. Any other use of the machine slows the server down, too, so only the ratios count.
- **Longest task**: of the page of the built app, signed in to the sandbox, by the browser's own account of tasks longer than 50 ms; 0
  means that there was none. A file is opened by the button for it. The clipboard's own cost is a paste of the same text in a page that
  does nothing with it. The server's answers with 50,000 projects and with an error text of 5 MB are written by the benchmark. What a packed
  file holds is the growth of the page's process until it is refused.
- **First load**: gzip, everything that the browser asks for before the first screen stands; what is fetched ahead after it does not count.

## What has a goal and is not measured

${unmeasured.map(([what, why]) => `- ${what}: ${why}.`).join('\n')}
`;
}
