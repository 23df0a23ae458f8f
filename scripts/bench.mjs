/*
 * `npm run bench`: measures speed and memory in real Chromium, and writes docs/BENCH.md with each figure and its goal.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

const help = `Usage: npm run bench -- [options]

Measures Sheaf in real Chromium and writes docs/BENCH.md. Exits with 1 if a goal is missed or a result is wrong.

  --rows N      the largest number of rows to measure (default: 1000000)
  --only WORDS  only figures whose name contains WORDS; docs/BENCH.md isn't changed
  --label-studio
                only what is measured against a real Label Studio, which needs Python 3.10; replaces its part of docs/BENCH.md
  --postgres    with --label-studio: with PostgreSQL in place of SQLite
  --json        print one line {"name", "value", "goal", "holds"} for each figure
  --help        show this help`;

async function bench() {
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors, UserError } = await import('./lib/user-error.mjs');
  await reportUserErrors(async () => {
    await ensureInstalled();
    const { readFileSync, writeFileSync } = await import('node:fs');
    const { ensureBuilt } = await import('./build.mjs');
    const { launch, serveWorker } = await import('./bench/browser.mjs');
    const { holds } = await import('./bench/figure.mjs');
    const { heavyInputs, measureHeavyInputs } = await import('./bench/heavy-inputs.mjs');
    const { measureMemory } = await import('./bench/memory.mjs');
    const { firstLoad, longestTasks, measureFirstLoad, measureLongestTasks } =
      await import('./bench/page.mjs');
    const { measureLabelStudio } = await import('./bench/label-studio.mjs');
    const { amount, report, withLabelStudio } = await import('./bench/report.mjs');
    const { measureResultsTable, resultsTable } = await import('./bench/results-table.mjs');
    const { measureRunMemory, reopenedCalls, runMemory } = await import('./bench/run-memory.mjs');
    const { measureRunSpeed, runSpeed } = await import('./bench/run-speed.mjs');
    const { measureSandbox, sandboxGrowth } = await import('./bench/sandbox.mjs');
    const { measureMatching, measureRealTexts, measureVerdicts, measureWorstCases } =
      await import('./bench/verdicts.mjs');
    const { root } = await import('./lib/root.mjs');

    const options = await readOptions();
    /** @type {import('./bench/figure.mjs').Figure[]} */
    const figures = [];
    /** @param {import('./bench/figure.mjs').Figure} figure */
    const found = (figure) => {
      if (!figure.name.includes(options.only)) return;
      figures.push(figure);
      const { name, value, goal, how } = figure;
      const line = `${holds(figure) ? ' ' : '!'} ${name}: ${amount(figure)}${goal === null ? '' : ` (goal ${goal})`} – ${how}`;
      console.log(options.json ? JSON.stringify({ name, value, goal, holds: holds(figure) }) : line);
    };

    const document = `${root}/docs/BENCH.md`;
    if (options.isLabelStudio) {
      if (options.isPostgres) process.env['SHEAF_LABEL_STUDIO_DATABASE'] = 'postgres';
      const browser = await launch();
      try {
        await measureLabelStudio(browser, found);
      } finally {
        await browser.close();
      }
      const database = options.isPostgres ? 'PostgreSQL' : 'SQLite';
      if (options.only === '')
        writeFileSync(document, withLabelStudio(readFileSync(document, 'utf8'), database, figures));
      if (!figures.every(holds)) process.exitCode = 1;
      return;
    }

    await ensureBuilt();
    /** @type {typeof import('../src/server/main.ts')} */
    const { startServer } = await import(new URL('../dist/server/main.js', import.meta.url).href);
    const app = await startServer({ port: 0, sandboxEdition: 'enterprise' });
    const worker = await serveWorker();
    const browser = await launch();
    try {
      await measureVerdicts(browser, worker.address, options, found);
      await measureRealTexts(browser, worker.address, options, found);
      await measureWorstCases(browser, worker.address, options, found);
      await measureMatching(browser, worker.address, options, found);
      await measureMemory(browser, worker.address, options, found);
      const isWanted = (/** @type {string[]} */ names) => names.some((name) => name.includes(options.only));
      if (isWanted(longestTasks)) await measureLongestTasks(browser, app.address, found);
      if (isWanted(heavyInputs)) await measureHeavyInputs(browser, app.address, options, found);
      if (isWanted(firstLoad)) await measureFirstLoad(browser, app.address, found);
      if (isWanted(resultsTable)) {
        const fresh = await startServer({ port: 0, sandboxEdition: 'enterprise' });
        await measureResultsTable(browser, fresh.address, options, found);
        await fresh.close();
      }
      if (isWanted([sandboxGrowth])) {
        const fresh = await startServer({ port: 0, sandboxEdition: 'enterprise' });
        await measureSandbox(fresh.address, found);
        await fresh.close();
      }
      if (isWanted(runSpeed)) {
        const fresh = await startServer({ port: 0, sandboxEdition: 'enterprise' });
        await measureRunSpeed(browser, fresh.address, options, found);
        await fresh.close();
      }
      if (isWanted([runMemory, reopenedCalls])) {
        const fresh = await startServer({ port: 0, sandboxEdition: 'enterprise' });
        await measureRunMemory(browser, fresh.address, options, found);
        await fresh.close();
      }
      if (options.only === '')
        writeFileSync(document, report(figures, browser.version(), readFileSync(document, 'utf8')));
    } finally {
      await browser.close();
      worker.close();
      await app.close();
    }
    if (figures.length === 0) throw new UserError(`No figure has “${options.only}” in its name.`, 2);
    if (!figures.every(holds)) process.exitCode = 1;
  });
}

async function readOptions() {
  const { readCommandLine } = await import('./lib/command-line.mjs');
  const { UserError } = await import('./lib/user-error.mjs');
  const { values } = readCommandLine('npm run bench', help, {
    options: {
      rows: { type: 'string', default: '1000000' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      'label-studio': { type: 'boolean', default: false },
      postgres: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const { rows, only, json, postgres: isPostgres, 'label-studio': isLabelStudio } = values;
  if (!/^[1-9]\d{3,6}$/.test(rows)) {
    throw new UserError(`--rows must be a number from 1000 to 9999999, not “${rows}”.`, 2);
  }
  if (isPostgres && !isLabelStudio) throw new UserError('--postgres needs --label-studio.', 2);
  return { rows: Number(rows), only, json, isLabelStudio, isPostgres };
}

void bench();
