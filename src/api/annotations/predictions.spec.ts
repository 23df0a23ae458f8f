import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { valueOf } from '#wire/spec-outcome.ts';
import { exportAnnotations } from './export.ts';
import { inOneLine } from '#api/http/failure-of.ts';
import { createHttpClient } from '#api/http/http-client.ts';
import { refreshSummary } from '#api/project-summary.ts';
import {
  countPredictions,
  deletePredictions,
  importPredictions,
  liveModels,
  tasksWithPredictions,
  turnIntoAnnotations,
} from './predictions.ts';

const nameCall = async () => '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10 1';
const project = 1;

const clientOf = (fetch: (request: Request) => Promise<Response>) =>
  createHttpClient({
    base: 'http://sandbox.test',
    timeLimitSeconds: 90,
    fetch,
    token: {
      token: { kind: 'legacy' },
      authorization: async () => ({ ok: true, value: `Token ${sandboxUsers[0]!.legacyToken}` }),
      renewed: async () => undefined,
    },
  });
const community = () => clientOf(createSandbox({ edition: 'community', data: 'seeds' }).handle);

const prediction = (task: number, version: string, choice = 'Positive') => ({
  task,
  version,
  result: [
    {
      id: `m-${task}`,
      from_name: 'sentiment',
      to_name: 'review',
      type: 'choices',
      value: { choices: [choice] },
    },
  ],
});

describe('predictions', () => {
  it('are counted by version, turned into annotations once, and deleted without them', async () => {
    const client = community();
    const before = valueOf(await countPredictions(client, project)).size;
    const sent = [prediction(1, 'ours (1)'), prediction(2, 'ours (1)'), prediction(2, 'theirs')];
    expect(valueOf(await importPredictions(client, project, sent, nameCall))).toBe(3);
    const counts = valueOf(await countPredictions(client, project));
    expect([counts.size - before, counts.get('ours (1)'), counts.get('theirs')]).toEqual([2, 2, 1]);

    const chunk = { version: 'ours (1)', tasks: [1, 2] };
    expect(valueOf(await turnIntoAnnotations(client, project, chunk, nameCall))).toBe(2);
    expect(valueOf(await turnIntoAnnotations(client, project, chunk, nameCall))).toBe(0);

    expect(valueOf(await deletePredictions(client, project, 'ours (1)'))).toBe(2);
    expect(valueOf(await deletePredictions(client, project, 'ours (1)'))).toBe(0);
    expect(valueOf(await countPredictions(client, project)).get('theirs')).toBe(1);
    const there = valueOf(await exportAnnotations(client, project, [1, 2]));
    const ours = [...there.values()].flat().filter(({ regionIds }) => regionIds[0]?.startsWith('m-'));
    expect(ours).toHaveLength(2);
    valueOf(await refreshSummary(client, project));
  });

  it('with unknown labels are dropped silently; the tasks of the others can be found', async () => {
    const client = community();
    const sent = [prediction(1, 'ours (1)'), prediction(2, 'ours (1)', 'Angry'), prediction(3, 'ours (12)')];
    expect(valueOf(await importPredictions(client, project, sent, nameCall))).toBe(2);
    expect(valueOf(await tasksWithPredictions(client, project, 'ours (1)'))).toEqual([1]);
  });

  it('are all refused if a task is missing', async () => {
    const client = community();
    const sent = [prediction(1, 'ours'), prediction(9_999_999, 'ours')];
    const outcome = await importPredictions(client, project, sent, nameCall);
    expect(outcome).toMatchObject({ failure: { status: 400 } });
    expect(!outcome.ok && inOneLine(outcome.failure)).toContain("task ID couldn't be retrieved");
    expect(valueOf(await countPredictions(client, project)).has('ours')).toBe(false);
  });

  it('aren’t turned into annotations if the answer says something else', async () => {
    const client = clientOf(async () => Response.json({ detail: 'Queued' }));
    const chunk = { version: 'ours', tasks: [1] };
    expect(await turnIntoAnnotations(client, project, chunk, nameCall)).toMatchObject({
      failure: { kind: 'unreadable', message: 'The server sent an unexpected response: it says “Queued”.' },
    });
  });
});

it('names the models connected to a project', async () => {
  expect(valueOf(await liveModels(community(), project))).toEqual([]);
  const client = clientOf(async () => Response.json({ static: [], live: [{ title: 'YOLO' }] }));
  expect(valueOf(await liveModels(client, project))).toEqual(['YOLO']);
});
