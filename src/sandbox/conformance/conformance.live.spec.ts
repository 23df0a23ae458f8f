import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureLabelStudio, startLabelStudio, usesPostgres } from '../../../scripts/label-studio.mjs';
import { createSandbox } from '#sandbox/handle.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import { RequestPlayer, differencesOf, knownDifferences, type KnownDifference } from './exchange.ts';
import { Renumbering } from './renumbering.ts';
import { allSteps } from './steps/all-steps.ts';
import type { Step } from './steps/ask.ts';

/**
 * Sends the same requests to an empty sandbox and an empty Label Studio and compares the answers. `replay.spec.ts` uses
 * recorded answers; these are the app's current requests.
 */

const kept: KnownDifference[] = [
  ...[
    'import tasks',
    'import tasks elsewhere',
    'import tasks to pick from',
    'import tasks to match',
    'import tasks for predictions',
    'import tasks to export',
  ].map((name) => ({
    name,
    path: 'body.duration',
    why: 'a measured time',
  })),
  {
    name: 'the summary',
    path: 'body.all_data_columns',
    why: 'the server counts a column again with each annotation',
  },
  ...['version', 'the version across'].flatMap((name) =>
    ['body.lsf', 'body.backend', 'body.label-studio-frontend.commit', 'body.dm2.commit'].map((path) => ({
      name,
      path,
      why: 'says how the server was built; the app reads release and edition',
    })),
  ),
];

/** The sandbox follows a server with SQLite. */
const keptOnPostgres: KnownDifference[] = [
  { name: 'change to a unique_id that is taken', path: 'body.detail', why: 'the words of the database' },
  ...[
    ['a lone surrogate', 'header content-type', 'header allow', 'body'],
    ['it breaks the export of its task', 'status', 'header content-type', 'header set-cookie', 'body'],
    ['and of those beside it', 'status', 'header content-type', 'header set-cookie', 'body'],
    ['nor the list of ids', 'body.total_annotations'],
    ['it can be removed unseen', 'status', 'header content-type', 'body'],
    ['and then all is well', 'body.0.updated_by'],
  ].flatMap(([name = '', ...paths]) =>
    paths.map((path) => ({ name, path, why: 'PostgreSQL refuses a lone surrogate, which SQLite stores' })),
  ),
  {
    name: 'the summary that knows them',
    path: 'body.created_labels.mood',
    why: 'the server counts the label of one of the annotations, which are in no order',
  },
];

const differences = new Map<Step, string[]>();
const { unexpected, outOfDate } = knownDifferences(usesPostgres() ? [...kept, ...keptOnPostgres] : kept);

let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  await ensureLabelStudio();
  const labelStudio = await startLabelStudio();
  stop = labelStudio.stop;
  const real = new RequestPlayer({
    base: labelStudio.url,
    fetch,
    legacyToken: labelStudio.token,
    aliases: [
      ['manager@example.com', emptySandboxUser.email],
      ['"initials":"ma"', '"initials":"ad"'],
    ],
  });
  const sandbox = createSandbox({ edition: 'community', data: 'empty' });
  // The same address as the real server, because answers contain it.
  const standIn = new RequestPlayer({
    base: labelStudio.url,
    fetch: (request) => sandbox.handle(request),
    legacyToken: emptySandboxUser.legacyToken,
  });
  const renumbering = usesPostgres() ? new Renumbering() : undefined;
  for (const step of allSteps) {
    const theirs = await real.ask(renumbering?.forServer(step) ?? step);
    const ours = await standIn.ask(step);
    const [wanted, got] = renumbering?.aligned(theirs, ours) ?? [theirs, ours];
    differences.set(
      step,
      differencesOf(wanted, got, (text) => real.hasSent(text)),
    );
  }
});
afterAll(() => stop?.());

describe('the sandbox and Label Studio give the same answers', () => {
  test.each(allSteps.map((step) => [step.name, step] as const))('%s', (name, step) => {
    expect(unexpected(name, differences.get(step)!)).toEqual([]);
  });

  test('every known difference still occurs', () => {
    expect(outOfDate()).toEqual([]);
  });
});
