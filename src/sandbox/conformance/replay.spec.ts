import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { readJson } from '#sandbox/http/json.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import {
  RequestPlayer,
  differencesOf,
  knownDifferences,
  type RecordedResponse,
  type RecordedRequest,
  type KnownDifference,
} from './exchange.ts';

/**
 * Holds the sandbox to the real server: 183 requests that were made to Label Studio Community 1.23.2, in order, against
 * an empty server, and what it answered.
 */

/** Where the sandbox differs, and why it may. Each must be needed: one that no longer differs fails as well. */
const kept: KnownDifference[] = [
  { name: 'import tasks', path: 'body.duration', why: 'a measured time' },
  { name: 'import tasks into NER', path: 'body.duration', why: 'a measured time' },
  {
    name: 'annotation region unhashable id',
    path: 'body.detail',
    why: 'the traceback names files of Python',
  },
  {
    name: 'summary',
    path: 'body.all_data_columns.text',
    why: 'the server counts a column again with each annotation',
  },
  {
    name: 'summary',
    path: 'body.all_data_columns.sku',
    why: 'the server counts a column again with each annotation',
  },
];

interface Recorded {
  name: string;
  request: RecordedRequest;
  response: RecordedResponse;
}

const recordings = readFileSync(
  new URL('../../../seeds/recorded/community-1.23.2.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => readJson(line) as unknown as Recorded)
  .filter((one) => 'request' in one);

const sandbox = createSandbox({ edition: 'community', data: 'empty' });
const caller = new RequestPlayer({
  base: 'http://127.0.0.1:8080',
  fetch: (request) => sandbox.handle(request),
  legacyToken: emptySandboxUser.legacyToken,
});
const { unexpected, outOfDate } = knownDifferences(kept);

/** Requests depend on those before them, so all are made first, and each is then a test. */
const differences = new Map<Recorded, string[]>();
beforeAll(async () => {
  for (const recorded of recordings) {
    const answer = await caller.ask(recorded.request);
    differences.set(
      recorded,
      differencesOf(recorded.response, answer, (text) => caller.hasSent(text)),
    );
  }
});

describe('as Label Studio Community 1.23.2', () => {
  test.each(recordings.map((recorded, at) => [`${at + 1} ${recorded.name}`, recorded] as const))(
    '%s',
    (_, recorded) => {
      expect(unexpected(recorded.name, differences.get(recorded)!)).toEqual([]);
    },
  );

  test('no kept difference is out of date', () => {
    expect(outOfDate()).toEqual([]);
  });
});
