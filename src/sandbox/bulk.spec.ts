import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#sandbox/http/json.ts';
import type { BulkSettings, SandboxOptions } from '#sandbox/data/settings.ts';
import { legacy, maya, region, serve, tomas, withTasks } from './spec-client.ts';

const enterprise = (bulk: Partial<BulkSettings> = {}): Partial<SandboxOptions> => ({
  edition: 'enterprise',
  bulk,
});
const BULK = 'POST /api/annotations/bulk/';
const ID = '0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6';

describe('bulk create', () => {
  test('answers only IDs, and each task has its annotation', async () => {
    const { ask, exported } = await withTasks(3, enterprise());
    const { status, list } = await ask(BULK, { tasks: [3, 1, 2], result: [region()], bulk_created: true });
    expect(status).toBe(201);
    expect(list.map((one) => Object.keys(one))).toEqual([['id'], ['id'], ['id']]);
    const annotations = await exported(1, 2, 3);
    expect(annotations.map((one) => one['task'])).toEqual([1, 2, 3]);
    expect(annotations).toMatchObject([{ bulk_created: true, completed_by: 1 }, {}, {}]);
    expect(new Set(list.map((one) => one['id']))).toEqual(new Set([1, 2, 3]));
  });

  test.each<[BulkSettings['idOrder'], number[]]>([
    ['as-sent', [1, 2, 3, 4]],
    ['reversed', [4, 3, 2, 1]],
    ['shuffled', [2, 4, 3, 1]],
  ])('returns IDs %s', async (idOrder, wanted) => {
    const { ask } = await withTasks(4, enterprise({ idOrder }));
    const { list } = await ask(BULK, { tasks: [1, 2, 3, 4], result: [] });
    expect(list.map((one) => one['id'])).toEqual(wanted);
  });

  test('stores each of the fields, with whole numbers exact', async () => {
    const { ask, exported } = await withTasks(1, enterprise());
    const text = `{"tasks":[1],"project":1,"task":1,"result":[],"completed_by":1,"ground_truth":true,"was_cancelled":true,
      "lead_time":2.5,"bulk_created":true,"unique_id":"${ID}","import_id":9007199254740993,"updated_by":1,
      "last_created_by":1,"last_action":"imported","parent_annotation":null,"parent_prediction":null,
      "draft_created_at":"2026-01-02","selected_items":null}`;
    expect((await ask(BULK, text)).status).toBe(201);
    expect((await exported(1))[0]).toMatchObject({
      completed_by: 1,
      ground_truth: true,
      was_cancelled: true,
      lead_time: 2.5,
      bulk_created: true,
      unique_id: ID,
      import_id: 9007199254740993n,
      last_created_by: 1,
      last_action: 'imported',
      draft_created_at: '2026-01-02T00:00:00Z',
    });
  });

  test('accepts null only where it is allowed', async () => {
    const { ask } = await withTasks(1, enterprise());
    const may =
      'project task lead_time bulk_created import_id last_action last_created_by updated_by parent_annotation parent_prediction draft_created_at selected_items'.split(
        ' ',
      );
    const mayNot = 'result completed_by ground_truth was_cancelled unique_id'.split(' ');
    for (const name of may)
      expect([name, (await ask(BULK, { tasks: [1], [name]: null })).status]).toEqual([name, 201]);
    for (const name of mayNot) {
      const { body } = await ask(BULK, { tasks: [1], [name]: null });
      expect(body['validation_errors']).toEqual({ [name]: ['This field may not be null.'] });
    }
    expect((await ask(BULK, { tasks: null })).body['validation_errors']).toEqual({
      tasks: ['This field may not be null.'],
    });
  });

  test.each<[Json, JsonObject]>([
    [{ result: [] }, { tasks: ['This field is required.'] }],
    [{ tasks: [] }, { tasks: ['This list may not be empty.'] }],
    [{ tasks: 1 }, { tasks: ['Expected a list of items but got type "int".'] }],
    [{ tasks: [1, 'x'] }, { tasks: { 1: ['A valid integer is required.'] } }],
    [{ tasks: [1, 99] }, { tasks: ['Invalid pk "99" - object does not exist.'] }],
    [{ tasks: [1], project: 99 }, { project: ['Invalid pk "99" - object does not exist.'] }],
    [{ tasks: [1], result: {} }, { result: ['annotation "result" field in annotation must be list'] }],
    [
      { tasks: [1], selected_items: { all: true } },
      { non_field_errors: ['Either tasks or selected_items, not both.'] },
    ],
    [{ selected_items: { all: true } }, { project: ['This field is required.'] }],
    [{ selected_items: { included: [1] }, project: 1 }, { all: ['This field is required.'] }],
    [
      { selected_items: { all: true, included: [1] }, project: 1 },
      { selected_items: { non_field_errors: ['included not allowed with all==true'] } },
    ],
    [
      { selected_items: { all: false, excluded: [1] }, project: 1 },
      { selected_items: { non_field_errors: ['excluded not allowed with all==false'] } },
    ],
    [
      { selected_items: { all: false, included: [] }, project: 1 },
      { selected_items: ['No tasks are selected.'] },
    ],
  ])('refuses %j and stores nothing', async (body, errors) => {
    const { ask, exported } = await withTasks(2, enterprise());
    const reply = await ask(BULK, body);
    expect(reply.status).toBe(400);
    expect(reply.body['validation_errors']).toEqual(errors);
    expect(await exported(1, 2)).toEqual([]);
  });

  test.each<[JsonObject, number[]]>([
    [{ all: false, included: [2, 3] }, [2, 3]],
    [{ all: true, excluded: [2] }, [1, 3]],
    [{ all: true }, [1, 2, 3]],
  ])('resolves the selection %j to tasks %j', async (selected_items, wanted) => {
    const { ask, exported } = await withTasks(3, enterprise());
    expect((await ask(BULK, { selected_items, project: 1, result: [] })).status).toBe(201);
    expect((await exported()).map((one) => one['task'])).toEqual(wanted);
  });

  test('stores nothing for an unknown task, or, on a server without transactions, the tasks before it', async () => {
    const stored = async (onBadTask: BulkSettings['onBadTask']) => {
      const { ask, exported } = await withTasks(4, enterprise({ onBadTask }));
      expect((await ask(BULK, { tasks: [1, 2, 99, 3], result: [] })).status).toBe(400);
      return (await exported()).map((one) => one['task']);
    };
    expect(await stored('atomic')).toEqual([]);
    expect(await stored('partial')).toEqual([1, 2]);
  });

  test('treats a task of another project as unknown, if a project is named', async () => {
    const { ask } = serve({ edition: 'enterprise', data: 'seeds' });
    expect((await ask(BULK, { tasks: [1, 6001], project: 1 })).text).toContain('Invalid pk \\"6001\\"');
    expect((await ask(BULK, { tasks: [1, 6001] })).status).toBe(201);
  });

  test('annotates a task that is named twice once', async () => {
    const { ask } = await withTasks(1, enterprise());
    expect((await ask(BULK, { tasks: [1, 1], result: [] })).list).toHaveLength(1);
  });

  test('refuses a unique_id for several tasks', async () => {
    const { ask, exported } = await withTasks(2, enterprise());
    expect((await ask(BULK, { tasks: [1, 2], result: [], unique_id: ID })).status).toBe(409);
    expect((await ask(BULK, { tasks: [1], result: [], unique_id: ID })).status).toBe(201);
    expect((await ask(BULK, { tasks: [2], result: [], unique_id: ID })).status).toBe(409);
    expect((await ask(BULK, { tasks: [2], result: [], unique_id: 'row-1' })).status).toBe(500);
    expect(await exported(1, 2)).toHaveLength(1);
  });

  test('can accept fields and ignore them', async () => {
    const { ask, exported } = await withTasks(2, enterprise({ ignoredFields: ['unique_id', 'lead_time'] }));
    expect((await ask(BULK, { tasks: [1, 2], result: [], unique_id: ID, lead_time: 9 })).status).toBe(201);
    expect(await exported(1)).toMatchObject([
      { lead_time: null, unique_id: expect.not.stringContaining(ID) },
    ]);
  });

  test('answers 500 to a region without value, with the first task annotated', async () => {
    const { ask, exported } = await withTasks(2, enterprise());
    const broken = { ...region() };
    delete broken['value'];
    expect((await ask(BULK, { tasks: [1, 2], result: [broken] })).status).toBe(500);
    expect((await exported()).map((one) => one['task'])).toEqual([1]);
  });

  test('clears other ground truths of the task', async () => {
    const { ask, exported } = await withTasks(1, enterprise());
    for (const _ of [1, 2]) await ask(BULK, { tasks: [1], result: [], ground_truth: true });
    expect((await exported(1)).map((one) => one['ground_truth'])).toEqual([false, true]);
  });

  test('is refused for annotators in Enterprise, allowed from reviewers up, and has no roles on Community', async () => {
    const { ask } = serve({ edition: 'enterprise', data: 'seeds' });
    const body = { tasks: [1], result: [] };
    const refused = await ask(BULK, body, legacy(tomas.legacyToken));
    expect(refused.status).toBe(403);
    expect(refused.body['detail']).toBe('You do not have permission to perform this action.');
    expect((await ask(BULK, body, legacy(maya.legacyToken))).status).toBe(201);
    expect(
      (await ask('POST /api/tasks/1/annotations/', { result: [] }, legacy(tomas.legacyToken))).status,
    ).toBe(201);
  });

  test('creates and exports 10,000 annotations', async () => {
    const { ask } = await withTasks(1000, enterprise());
    for (let first = 1; first <= 10_000; first += 1000) {
      const tasks = Array.from({ length: 1000 }, (_, at) => ((first + at - 1) % 1000) + 1);
      expect((await ask(BULK, { tasks, result: [region()] })).list).toHaveLength(1000);
    }
    const query = (first: number) => Array.from({ length: 250 }, (_, at) => `&ids[]=${first + at}`).join('');
    let read = 0;
    for (let first = 1; first <= 1000; first += 250) {
      const { text } = await ask(`GET /api/projects/1/export?exportType=JSON${query(first)}`);
      read += text.match(/"unique_id"/g)!.length;
    }
    expect(read).toBe(10_000);
  });
});

describe('bulk delete', () => {
  const DELETE = 'POST /api/annotations/bulk-delete/';

  test('deletes the given annotations of one project', async () => {
    const { ask, exported } = await withTasks(3, enterprise());
    await ask(BULK, { tasks: [1, 2, 3], result: [] });
    expect((await ask(DELETE, { ids: [1, 3], project: 1 })).body).toEqual({ deleted_count: 2 });
    expect((await exported()).map((one) => one['id'])).toEqual([2]);
  });

  test.each<[Json, JsonObject]>([
    [{}, { ids: ['This field is required.'], project: ['This field is required.'] }],
    [{ ids: [], project: 1 }, { ids: ['This list may not be empty.'] }],
    [
      { ids: Array.from({ length: 101 }, (_, at) => at), project: 1 },
      { ids: ['Ensure this field has no more than 100 elements.'] },
    ],
    [{ ids: [1, 99], project: 1 }, { ids: ['Invalid pk "99" - object does not exist.'] }],
    [{ ids: [1], project: 99 }, { project: ['Invalid pk "99" - object does not exist.'] }],
  ])('refuses %j', async (body, errors) => {
    const { ask, exported } = await withTasks(1, enterprise());
    await ask(BULK, { tasks: [1], result: [] });
    expect((await ask(DELETE, body)).body['validation_errors']).toEqual(errors);
    expect(await exported()).toHaveLength(1);
  });
});
