import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureLabelStudio, startLabelStudio } from '../../../scripts/label-studio.mjs';
import { createSandbox } from '#sandbox/handle.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import { RequestPlayer, differencesOf, knownDifferences, type KnownDifference } from './exchange.ts';
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
  ...['version', 'the version across'].flatMap((name) =>
    ['body.lsf', 'body.backend', 'body.label-studio-frontend.commit', 'body.dm2.commit'].map((path) => ({
      name,
      path,
      why: 'says how the server was built; the app reads release and edition',
    })),
  ),
];

// The sandbox follows a server with SQLite. PostgreSQL numbers refused rows, too, and refuses a lone surrogate.
const isSqlite = process.env['SHEAF_LABEL_STUDIO_DATABASE'] !== 'postgres';

const differences = new Map<Step, string[]>();
const { unexpected, outOfDate } = knownDifferences(kept);

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
  for (const step of allSteps) {
    const wanted = await real.ask(step);
    const got = await standIn.ask(step);
    differences.set(
      step,
      differencesOf(wanted, got, (text) => real.hasSent(text)),
    );
  }
});
afterAll(() => stop?.());

describe.skipIf(!isSqlite)('the sandbox and Label Studio give the same answers', () => {
  test.each(allSteps.map((step) => [step.name, step] as const))('%s', (name, step) => {
    expect(unexpected(name, differences.get(step)!)).toEqual([]);
  });

  test('every known difference still occurs', () => {
    expect(outOfDate()).toEqual([]);
  });
});
