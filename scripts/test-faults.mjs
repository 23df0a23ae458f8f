/*
 * `npm run test:faults`: plays random runs with random faults and compares the account with the server; see
 * docs/FAULTS.md.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

const help = `Usage: npm run test:faults -- [options]

Plays random runs against random accidents of server, network, browser and people, each in virtual time, and compares
what Sheaf says at the end with what is on the server. Exits with 1 if a schedule is broken.

  --schedules N  how many schedules to play (default: 1000)
  --seed S       the first seed; the others follow it (default: 1)
  --mutant NAME  plays them against a run with a mistake; exits with 1 once a schedule is broken
  --mutants      does this for every mutant, and says which survive; exits with 1 if one does
  --help         show this help`;

async function testFaults() {
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors, UserError } = await import('./lib/user-error.mjs');
  await reportUserErrors(async () => {
    await ensureInstalled();
    const { loadFaultTest } = await import('./faults/build.mjs');
    const { mutants } = await import('./faults/mutants.mjs');
    const options = await readOptions();
    if (options.mutants) return testMutants(options);

    const mutant = mutants.find(({ name }) => name === options.mutant);
    if (options.mutant !== undefined && !mutant) {
      const names = mutants.map(({ name }) => `“${name}”`).join(', ');
      throw new UserError(`No mutant is called “${options.mutant}”. There are ${names}.`, 2);
    }
    const { playAll } = await loadFaultTest(mutant);
    const { schedules, broken, calls, duplicates, copies } = await playAll({
      ...options,
      only: mutant?.only,
      maxBroken: mutant ? 1 : 5,
      withStories: true,
      onBroken: (seed, story) => console.log(`Seed ${seed} is broken:\n${story}\n`),
    });
    console.log(
      `${calls} creating calls. Duplicates on the server: ${copies}. Rows shown as duplicated or suspect: ${duplicates}.`,
    );
    console.log(`${schedules} schedules, ${broken.length} broken`);
    if (broken.length > 0) process.exitCode = 1;
  });
}

/** @param {{ seed: number, schedules: number }} options */
async function testMutants(options) {
  const { loadFaultTest } = await import('./faults/build.mjs');
  const { mutants } = await import('./faults/mutants.mjs');
  let survivors = 0;
  for (const mutant of mutants) {
    const { playAll } = await loadFaultTest(mutant);
    const { schedules, broken } = await playAll({
      ...options,
      only: mutant.only,
      maxBroken: 1,
      withStories: false,
    });
    const [found] = broken;
    if (!found) survivors += 1;
    const verdict = found
      ? `found by seed ${found.seed}: ${found.story.split('\n')[0]}`
      : `SURVIVED ${schedules} schedules`;
    console.log(`${mutant.name}: ${verdict}`);
  }
  console.log(`${mutants.length} mutants, ${survivors} survived`);
  if (survivors > 0) process.exitCode = 1;
}

async function readOptions() {
  const { readCommandLine } = await import('./lib/command-line.mjs');
  const { UserError } = await import('./lib/user-error.mjs');
  const { values } = readCommandLine('npm run test:faults', help, {
    options: {
      schedules: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      mutant: { type: 'string' },
      mutants: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const { schedules, seed, mutant, mutants } = values;
  for (const [name, value] of Object.entries({ schedules, seed }))
    if (!/^[1-9]\d{0,8}$/.test(value))
      throw new UserError(`--${name} must be a whole number from 1, not “${value}”.`, 2);
  return { schedules: Number(schedules), seed: Number(seed), mutant, mutants };
}

void testFaults();
