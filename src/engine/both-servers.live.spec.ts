import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureLabelStudio, startLabelStudio, usesPostgres } from '../../scripts/label-studio.mjs';
import { differencesOf, RequestPlayer } from '#sandbox/conformance/exchange.ts';
import { Renumbering } from '#sandbox/conformance/renumbering.ts';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import { createSandbox } from '#sandbox/handle.ts';
import { createSpecClient, exported, newProject, region } from '#sandbox/spec-client.ts';
import type { Engine } from './engine.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import { allRows, checkText, createAll, engineOver, impatientClock, table } from './spec-driver.ts';

/*
 * Runs the engine on a real Label Studio, and sends each request to an identical sandbox as well: both must give the same
 * answer. So new requests of the app are compared from the start.
 */

const differences: string[] = [];
const requested: string[] = [];

/** Differences that don’t concern the sandbox. */
const ignored = [
  // A measured time, and the build of the server.
  /: body\.(duration|lsf|backend|label-studio-frontend\.commit|dm2\.commit): /,
];

let labelStudio: Awaited<ReturnType<typeof startLabelStudio>>;
let engine: Engine;
let server: ReturnType<typeof createSpecClient>;
beforeAll(async () => {
  await ensureLabelStudio();
  labelStudio = await startLabelStudio();
  const { url, token } = labelStudio;
  const fetchFromBoth = comparedFetch(url, token);
  server = createSpecClient(url, token, fetchFromBoth);
  ({ engine } = engineOver(fetchFromBoth, url, memoryStore(), impatientClock()));
  const address = { base: url, linkBase: url, name: 'Label Studio', timeLimitSeconds: 30 };
  const connection = await engine.session.connect(address, token);
  if (!connection.ok) throw new Error(connection.failure.message);
});
afterAll(() => labelStudio?.stop());

/**
 * Gives the real server’s answer, and records where the sandbox’s differs. One request at a time, so that both assign
 * equal IDs.
 */
function comparedFetch(base: string, legacyToken: string) {
  const sandbox = createSandbox({ edition: 'community', data: 'empty' });
  let latest: Response | undefined;
  const real = new RequestPlayer({
    base,
    fetch: async (request) => {
      latest = await fetch(request);
      return latest.clone();
    },
    legacyToken,
    aliases: [
      ['manager@example.com', emptySandboxUser.email],
      ['"initials":"ma"', '"initials":"ad"'],
    ],
  });
  const standIn = new RequestPlayer({
    base,
    fetch: (request) => sandbox.handle(request),
    legacyToken: emptySandboxUser.legacyToken,
  });
  const renumbering = usesPostgres() ? new Renumbering() : undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function askBoth(request: Request): Promise<Response> {
    const { method, url, headers } = request;
    const path = url.slice(base.length);
    const rawBody = await request.text();
    const recorded = {
      method,
      path,
      ...(headers.has('authorization') && { authorization: 'Token <legacy>' }),
      ...(rawBody !== '' && { rawBody }),
    };
    const theirs = await real.ask(recorded);
    const answer = latest!;
    const ours = await standIn.ask(renumbering?.forSandbox(recorded) ?? recorded);
    const [wanted, got] = renumbering?.aligned(theirs, ours) ?? [theirs, ours];
    requested.push(`${method} ${path.replace(/\?.*/, '').replaceAll(/\d+/g, '*')}`);
    const found = differencesOf(wanted, got, (text) => real.hasSent(text)).map(
      (difference) => `${method} ${path}: ${difference}`,
    );
    differences.push(...found.filter((difference) => !ignored.some((pattern) => pattern.test(difference))));
    return answer;
  }

  return (request: Request): Promise<Response> => {
    const answer = turn.then(() => askBoth(request));
    turn = answer.catch(() => {});
    return answer;
  };
}

/** The differences since the last call. */
const newDifferences = () => differences.splice(0);

describe('the app’s own requests', () => {
  it('agree on signing in and reading', async () => {
    const { project, tasks } = await newProject(server, 60, [{ sku: 'A-1' }]);
    await engine.batch.setProject(project);
    await engine.tasks.projects('', 1);
    await engine.tasks.projects('unknown', 1);
    await engine.tasks.project(project);
    await engine.tasks.project(9999);
    await engine.tasks.page(project, { search: '', page: 2 });
    await engine.tasks.page(project, { search: 'task 1', page: 1 });
    await engine.tasks.idsBySearch(project, 'A-1');
    await engine.tasks.views(project);
    await engine.tasks.readAll(project, () => {});
    await server.ask(`POST /api/tasks/${tasks[4]}/annotations/`, { result: [region()] });
    await engine.tasks.readAll(project, () => {});
    await engine.batch.example();
    await checkText(engine, 'task,mood,completed_by\n1,Good,someone@example.com');
    await engine.batch.setProject(undefined);
    expect(await engine.batch.proposeProject()).toMatchObject({ project });
    expect(newDifferences()).toEqual([]);
  });

  it('agree on creating, reading back and undoing', async () => {
    const { project, tasks } = await newProject(server, 12);
    const batch = [
      { tasks: tasks.slice(0, 8), result: [region('Good')] },
      { tasks: tasks.slice(8, 10), result: [], was_cancelled: true },
      { task: tasks[10], result: [region('Bad')], ground_truth: true, lead_time: 3.5, completed_by: 1 },
      { task: tasks[11], result: [region('Bad')], completed_by: 999 },
    ];
    const run = await createAll(engine, batch, project);
    expect(run.totals).toMatchObject({ created: 11, refused: 1 });
    expect((await table(engine, run)).flatMap(({ annotations }) => annotations)).toHaveLength(11);

    const choice = { query: allRows, copiesOnly: false };
    await engine.runs.undoPreview(run.id, choice, () => {});
    const undone = await engine.runs.undo(run.id, choice, () => {});
    expect(undone.totals.deleted).toBe(11);
    expect(await exported(server, project, tasks)).toEqual([]);
    expect(newDifferences()).toEqual([]);
  });

  it('agree on a review with others’ annotations and deleted tasks', async () => {
    const { project, tasks } = await newProject(server, 6);
    await server.ask(`POST /api/tasks/${tasks[0]}/annotations/`, { result: [region('Bad')] });
    const other = await newProject(server, 1);
    const run = await createAll(engine, [{ tasks: [...tasks, ...other.tasks], result: [region()] }], project);
    expect(run.totals).toMatchObject({ created: 6, skipped: 1 });
    await engine.runs.checkUnknown(run.id, () => {});
    expect(newDifferences()).toEqual([]);
  });

  it('cover all endpoints the app uses', () => {
    // The conformance suite compares the other calls one by one.
    expect([...new Set(requested)].toSorted()).toEqual([
      'DELETE /api/annotations/*/',
      'GET /api/current-user/whoami',
      'GET /api/dm/columns/',
      'GET /api/dm/views/',
      'GET /api/projects/',
      'GET /api/projects/*/',
      'GET /api/projects/*/export',
      'GET /api/tasks/',
      'GET /api/tasks/*/',
      'GET /api/users/',
      'GET /api/version/',
      'POST /api/projects/',
      'POST /api/projects/*/import',
      'POST /api/tasks/*/annotations/',
    ]);
  });
});
