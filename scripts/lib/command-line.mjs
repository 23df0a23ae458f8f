import { parseArgs } from 'node:util';
import { UserError } from './user-error.mjs';

/** @typedef {import('node:util').ParseArgsConfig} ParseArgsConfig */

/**
 * Reads the options of a command. `--help` prints `help` and ends the process; a mistake is a `UserError`.
 * @template {ParseArgsConfig} const T
 * @param {string} command as users type it: `npm start`
 * @param {string} help
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function readCommandLine(command, help, config) {
  try {
    const read = parseArgs(config);
    if (!(/** @type {{ help?: boolean }} */ (read.values).help)) return read;
  } catch (error) {
    // Node's later sentences give hints about "--", which don't apply here.
    const [sentence] = String(error instanceof Error ? error.message : error).split(/\. |\n/);
    throw new UserError(`${sentence}. See ${command} -- --help`, 2);
  }
  console.log(help);
  process.exit(0);
}
