import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldNames } from '#wire/bulk-request.ts';
import { readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { checkForm } from './check-form.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { readForm } from './read-form.ts';
import { emptyForm, type FormValues } from './form-values.ts';
import { entryToForm } from './entry-to-form.ts';
import { validate } from '#domain/validate/validate.ts';

function objectOf(text: string): JsonObject {
  return readJson(text).value as JsonObject;
}

/** The differences from an empty form. */
function shown(text: string): Partial<FormValues> {
  const values = entryToForm(objectOf(text));
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(emptyForm[key as keyof FormValues]),
    ),
  );
}

function membersOf(values: Partial<FormValues>): Record<string, string> {
  return Object.fromEntries(readForm({ ...emptyForm, ...values }).members);
}

describe('a request and its form', () => {
  it.each([
    ['import_id', '9'.repeat(10_001)],
    ['unique_id', JSON.stringify('x'.repeat(10_001))],
    ['tasks', JSON.stringify(Array.from({ length: 3000 }, (_, index) => 2 * index + 1))],
  ])('keep %s as JSON if it is too long for an input', (name, json) => {
    const values = entryToForm(objectOf(`{"${name}": ${json}}`));
    expect(Object.keys(values.rawJson)).toEqual([name]);
    expect(Object.values(values).every((value) => typeof value !== 'string' || value.length < 100)).toBe(
      true,
    );
    expect(JSON.parse(readForm(values).members.get(name)!)).toEqual(JSON.parse(json));
  });

  it.each<[string, Partial<FormValues>]>([
    ['{}', {}],
    ['{"tasks": [1, 2, 3, 7]}', { taskIds: '1-3, 7' }],
    ['{"task": 5}', { target: 'task', taskIds: '5' }],
    ['{"selected_items": {"all": false, "included": [5, 6]}}', { target: 'selected-only', taskIds: '5, 6' }],
    ['{"selected_items": {"all": true, "excluded": [5]}}', { target: 'all-except', taskIds: '5' }],
    ['{"project": 3}', { project: '3' }],
    ['{"project": null}', { nulls: { project: true } }],
    ['{"completed_by": null}', { nulls: { completed_by: true } }],
    ['{"import_id": 9007199254740993}', { importId: '9007199254740993' }],
    ['{"lead_time": 12.5}', { leadTime: '12.5' }],
    ['{"project": "abc"}', { project: 'abc' }],
    ['{"project": "12"}', { project: '"12"' }],
    ['{"project": ""}', { project: '""' }],
    ['{"project": " x"}', { project: '" x"' }],
    ['{"project": true}', { project: 'true' }],
    ['{"project": [1]}', { project: '[1]' }],
    ['{"unique_id": "row-1"}', { uniqueId: 'row-1' }],
    ['{"draft_created_at": "2026-01-02"}', { draftCreatedAt: '2026-01-02' }],
    ['{"draft_created_at": null}', { nulls: { draft_created_at: true } }],
    ['{"ground_truth": true}', { groundTruth: 'true' }],
    ['{"was_cancelled": false}', { wasCancelled: 'false' }],
    ['{"bulk_created": null}', { bulkCreated: 'null' }],
    ['{"last_action": "submitted"}', { lastAction: 'submitted' }],
    ['{"last_action": null}', { lastAction: 'null' }],
    ['{"result": []}', { hasResult: true }],
    ['{"result": [{"a": 1}, 5]}', { hasResult: true, result: [{ json: '{\n  "a": 1\n}' }, { json: '5' }] }],
  ])('%s', (text, values) => {
    expect(shown(text)).toEqual(values);
    expect(objectOfMembers(membersOf(values))).toEqual(objectOf(text));
  });

  it.each<[string, Record<string, string>]>([
    ['{"tasks": []}', { tasks: '[]' }],
    ['{"tasks": [1, "x"]}', { tasks: '[1,"x"]' }],
    ['{"tasks": [1], "selected_items": {"all": true}}', { tasks: '[1]', selected_items: '{"all":true}' }],
    ['{"selected_items": {"all": true, "other": 1}}', { selected_items: '{"all":true,"other":1}' }],
    ['{"selected_items": {"all": false}}', { selected_items: '{"all":false}' }],
    ['{"task": null}', { task: 'null' }],
    ['{"ground_truth": "yes"}', { ground_truth: '"yes"' }],
    ['{"ground_truth": null}', { ground_truth: 'null' }],
    ['{"last_action": "not-set"}', { last_action: '"not-set"' }],
    ['{"last_action": "nope"}', { last_action: '"nope"' }],
    ['{"unique_id": ""}', { unique_id: '""' }],
    ['{"unique_id": 17}', { unique_id: '17' }],
    ['{"result": {}}', { result: '{}' }],
    ['{"result": null}', { result: 'null' }],
    ['{"selectedItems": [1]}', { selectedItems: '[1]' }],
  ])('keeps what no input can show: %s', (text, rawJson) => {
    expect(shown(text)).toEqual({ rawJson });
    expect(objectOfMembers(membersOf({ rawJson }))).toEqual(objectOf(text));
  });

  it('loses nothing of any object, and finds the same problems as the editor', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        null,
        true,
        1,
        12.5,
        '12',
        'abc',
        '',
        'not-set',
        'null',
        'submitted',
        [],
        [1, 2],
        [{}],
      ),
    );
    const names = [
      ...fieldNames.filter((name) => !['tasks', 'task', 'selected_items'].includes(name)),
      'other',
      '__proto__',
    ];
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), value),
        fc.array(fc.integer({ min: 1 })),
        (fields, ids) => {
          const entry = objectOf(JSON.stringify({ ...fields, tasks: ids }));
          const values = entryToForm(entry);
          expect(objectOfMembers(Object.fromEntries(readForm(values).members))).toEqual(entry);

          const findings = new ProblemList(100);
          validate(entriesOf([entry]), findings);
          const codes = (list: { code: string; message: string }[]) =>
            list.map(({ code, message }) => `${code} ${message}`).toSorted();
          expect(codes(checkForm(values))).toEqual(codes(findings.list()));
        },
      ),
      { seed: 20260801, numRuns: 500 },
    );
  });
});

describe('readForm', () => {
  it.each<[Partial<FormValues>, Record<string, string>]>([
    [{ project: ' 12 ' }, { project: '12' }],
    [{ project: 'null' }, { project: 'null' }],
    [{ leadTime: '1,5' }, { lead_time: '"1,5"' }],
    [{ leadTime: '1.50' }, { lead_time: '1.50' }],
    [{ uniqueId: ' x ' }, { unique_id: '" x "' }],
    [{ nulls: { project: false } }, {}],
    [{ nulls: { project: true }, project: '3' }, { project: '3' }],
    [{ rawJson: { ground_truth: '"yes"' }, groundTruth: 'true' }, { ground_truth: 'true' }],
    [{ rawJson: { tasks: '[]', selected_items: '{}' }, taskIds: '5' }, { tasks: '[5]' }],
    [
      { rawJson: { task: 'null' }, taskIds: '5' },
      { task: 'null', tasks: '[5]' },
    ],
    [{ target: 'all-except' }, { selected_items: '{"all": true}' }],
    [{ target: 'all-except', taskIds: '3-5' }, { selected_items: '{"all": true, "excluded": [3, 4, 5]}' }],
    [{ target: 'selected-only' }, { selected_items: '{"all": false, "included": []}' }],
    [{ target: 'task', taskIds: '3' }, { task: '3' }],
    [{ hasResult: true, result: [{ json: ' {"a": 1.0}\n' }] }, { result: '[{"a": 1.0}]' }],
    [{ hasResult: false, result: [{ json: '{}' }] }, {}],
  ])('%j', (values, members) => {
    expect(membersOf(values)).toEqual(members);
  });

  it('reports what no request can contain', () => {
    const values: FormValues = {
      ...emptyForm,
      taskIds: '12-5',
      hasResult: true,
      result: [{ json: '{"a": 1}' }, { json: '{"a": ' }, { json: '' }, { json: '{\n  a: 1\n}' }],
    };
    const { problems, regions } = readForm(values);
    expect(regions).toEqual(['{"a": 1}', undefined, undefined, undefined]);
    expect(problems).toMatchObject([
      {
        code: 'task-range-backwards',
        severity: 'error',
        message: '12-5 runs backwards. Use 5-12.',
        field: 'taskIds',
        unsaved: true,
      },
      {
        code: 'json-cut-off',
        severity: 'error',
        message: 'The text ends inside an object: the closing } is missing.',
        field: 'result.1.json',
        unsaved: true,
      },
      {
        code: 'json-empty',
        severity: 'error',
        message: 'This region is empty. Fill it in, or remove it.',
        field: 'result.2.json',
        unsaved: true,
      },
      {
        code: 'json-name-without-quotes',
        severity: 'error',
        message: 'Line 2, column 3: The name a needs double quotes: "a".',
        field: 'result.3.json',
        unsaved: true,
      },
    ]);
  });
});

describe('checkForm', () => {
  const valid: FormValues = { ...emptyForm, taskIds: '1-3', hasResult: true };

  it.each<[Partial<FormValues>, [string, string][]]>([
    [{}, []],
    [{ taskIds: '' }, [['no-target', 'taskIds']]],
    [{ taskIds: 'x' }, [['task-id-not-whole', 'taskIds']]],
    [{ target: 'task' }, [['one-task-only', 'taskIds']]],
    [{ target: 'selected-only', taskIds: '' }, [['selection-empty', 'taskIds']]],
    [{ taskIds: '5, 5' }, [['task-twice-in-request', 'taskIds']]],
    [{ hasResult: false }, [['result-left-out', 'hasResult']]],
    [{ project: 'abc' }, [['project-id-not-whole', 'project']]],
    [{ completedBy: '0' }, [['user-id-not-whole', 'completedBy']]],
    [{ nulls: { completed_by: true } }, [['null-not-allowed', 'completedBy']]],
    [{ leadTime: '-1' }, [['lead-time-negative', 'leadTime']]],
    [{ importId: '9223372036854775808' }, [['import-id-too-large', 'importId']]],
    [
      { importId: '1e400' },
      [
        ['import-id-not-whole', 'importId'],
        ['number-too-large', 'importId'],
      ],
    ],
    [{ draftCreatedAt: '2026-02-30' }, [['date-does-not-exist', 'draftCreatedAt']]],
    [{ groundTruth: 'true' }, [['ground-truth-replaces-others', 'groundTruth']]],
    [{ rawJson: { selectedItems: '1' } }, [['field-unknown', '']]],
    [{ rawJson: { bulk_created: '"x"' } }, [['not-true-or-false', 'bulkCreated']]],
    [{ rawJson: { result: '{}' }, hasResult: false }, [['result-not-a-list', 'result']]],
    [{ result: [{ json: '5' }] }, [['region-not-an-object', 'result.0.json']]],
    [{ result: [{ json: '{"type": "relation", "a": 1, "a": 2}' }] }, [['duplicate-key', 'result.0.json']]],
    [{ result: [{ json: '{"type": "relation", "a": "\\ud800"}' }] }, [['lone-surrogate', 'result.0.json']]],
    [
      { result: [{ json: '{' }, { json: '{"type": "choices"}' }] },
      [
        ['json-cut-off', 'result.0.json'],
        ['region-value-missing', 'result.1.json'],
        ['region-key-missing', 'result.1.json'],
      ],
    ],
  ])('%j', (changes, problems) => {
    const found = checkForm({ ...valid, ...changes }).map(({ code, field }) => `${field}: ${code}`);
    expect(found.toSorted()).toEqual(problems.map(([code, field]) => `${field}: ${code}`).toSorted());
  });
});

function objectOfMembers(members: Record<string, string>): Json | undefined {
  return readJson(
    `{${Object.entries(members)
      .map(([name, json]) => `${JSON.stringify(name)}: ${json}`)
      .join()}}`,
  ).value;
}
