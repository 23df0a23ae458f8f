/*
 * `npm run --silent check-batch -- --config FILE.xml --batch FILE`: the app's check, for use in pipelines.
 * Only the report goes to standard output, so installing and building are silent. See docs/CHECK-BATCH.md.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

const help = `Usage: npm run --silent check-batch -- --config FILE.xml --batch FILE [options]

Checks a batch against a project's labelling config, with the same rules as the app.

  --config FILE    the labelling config, XML
  --batch FILE     the batch, in any format that the app can import
  --tasks FILE     the project's tasks, exported as JSON: task IDs are compared with them, and rows without IDs matched
  --match COL=KEY  match the column COL of the batch to the key KEY of the tasks' data
  --compare WHAT   what to compare of both: value, file-name or file-stem
  --choices NAME   use columns named like choices of the control NAME, with 1, x, yes or TRUE in their cells;
                   may be repeated
  --json           print the report as JSON
  --controls       print the controls of the config as JSON; needs no batch
  --jsonl          read lines {"config": XML, "result": [...]} from standard input and print one line for each:
                   {"valid", "problems": [{"code", "message", "path", "severity"}]}
  --bulk           also warn about controls that the bulk endpoint doesn't document
  --help           show this help

Exit codes: 0 no problems, 1 errors or warnings, 2 a file can't be read.`;

async function start() {
  const { readCommandLine } = await import('./lib/command-line.mjs');
  const { reportUserErrors, UserError } = await import('./lib/user-error.mjs');

  await reportUserErrors(async () => {
    const flag = /** @type {const} */ ({ type: 'boolean', default: false });
    const text = /** @type {const} */ ({ type: 'string' });
    const { values } = readCommandLine('npm run check-batch', help, {
      options: {
        config: text,
        batch: text,
        tasks: text,
        match: text,
        compare: text,
        choices: { ...text, multiple: true },
        json: flag,
        controls: flag,
        jsonl: flag,
        bulk: flag,
        help: flag,
      },
    });
    if (!values.jsonl && values.config === undefined) throw new UserError('Missing --config FILE.xml.', 2);
    if (!values.jsonl && !values.controls && values.batch === undefined)
      throw new UserError('Missing --batch FILE.', 2);

    const { ensureInstalled } = await import('./lib/install.mjs');
    const { ensureCliBuilt } = await import('./build.mjs');
    const say = console.log;
    console.log = console.error;
    await ensureInstalled();
    await ensureCliBuilt();
    console.log = say;

    /** @type {typeof import('../src/cli/check-batch.ts')} */
    const { checkBatch } = await import(new URL('../dist/cli/check-batch.js', import.meta.url).href);
    process.exitCode = await checkBatch(values, {
      input: process.stdin,
      write: (piece) => void process.stdout.write(piece),
      complain: (piece) => void process.stderr.write(piece),
    });
  });
}

void start();
