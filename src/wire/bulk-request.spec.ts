import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkRequestSchema, fieldNames, lastActions, checkFields } from './bulk-request.ts';
import { readJson, type Json } from '#wire/json/json.ts';

/** All problems as `path: code`. */
function refusals(request: Json): string[] {
  const found: string[] = [];
  checkFields(request, (_severity, code, _message, path) => found.push(`${path.join('.')}: ${code}`));
  return found;
}

function messageFor(text: string): string {
  let words = '';
  checkFields(readJson(text).value!, (_severity, _code, message) => {
    words = message;
  });
  return words;
}

const everything = `{
  "tasks": [12, 13], "project": 3, "result": [{"id": "a"}], "was_cancelled": false, "ground_truth": true,
  "completed_by": 5, "lead_time": 12.5, "bulk_created": true, "unique_id": "x", "import_id": 9007199254740993,
  "parent_prediction": 1, "parent_annotation": 2, "last_action": "submitted", "last_created_by": 5, "updated_by": 5,
  "draft_created_at": "2026-08-01T09:30:00Z", "task": null, "selected_items": null
}`;

describe('the 18 fields', () => {
  it('are these', () => {
    expect(fieldNames).toHaveLength(18);
    expect(fieldNames.toSorted()).toEqual(Object.keys(JSON.parse(everything)).toSorted());
  });

  it('are all accepted together, and none is required', () => {
    expect(refusals(readJson(everything).value!)).toEqual([]);
    expect(refusals({})).toEqual([]);
  });

  it('accept null or refuse it like the server', () => {
    const notNullable = ['completed_by', 'ground_truth', 'result', 'tasks', 'unique_id', 'was_cancelled'];
    expect(fieldNames.filter((name) => refusals({ [name]: null }).length > 0).toSorted()).toEqual(
      notNullable,
    );
    expect(refusals({ result: null })).toEqual(['result: null-not-allowed']);
    expect(messageFor('{"completed_by": null}')).toBe(
      '“completed_by” can’t be null. Remove the field instead.',
    );
  });
});

describe.each([
  ['tasks', ['[1]', '[12, 13, 12]', '[9007199254740991]']],
  ['task', ['12', 'null', '12.0', '1e2']],
  ['project', ['3', 'null']],
  ['completed_by', ['5']],
  ['lead_time', ['0', '12.5', '1e10', 'null', '0.1234567890123456789', '9007199254740993']],
  [
    'import_id',
    ['0', '-5', '9223372036854775807', '-9223372036854775808', '9007199254740993', '1e18', 'null'],
  ],
  ['unique_id', ['"x"', '" "']],
  ['ground_truth', ['true', 'false']],
  ['bulk_created', ['true', 'null']],
  ['last_action', [...lastActions.map((action) => `"${action}"`), 'null']],
  ['draft_created_at', ['"2026-01-02"', '"2026-01-02T03:04:05"', 'null']],
  ['result', ['[]', '[{}]', '[{"a": 1}, {}]']],
  [
    'selected_items',
    [
      'null',
      '{"all": false, "included": [1, 2]}',
      '{"all": true}',
      '{"all": true, "excluded": []}',
      '{"all": true, "excluded": [1]}',
    ],
  ],
])('%s accepts', (field, values) => {
  it.each(values)('%s', (json) => {
    expect(refusals(readJson(`{"${field}": ${json}}`).value!)).toEqual([]);
  });
});

describe.each<[string, [string, string[]][]]>([
  [
    'tasks',
    [
      ['12', ['tasks: tasks-not-a-list']],
      ['"12"', ['tasks: tasks-not-a-list']],
      ['{"0": 12}', ['tasks: tasks-not-a-list']],
      ['[]', ['tasks: tasks-empty']],
      ['[1, "12", 0]', ['tasks.1: task-id-in-quotes', 'tasks.2: task-id-not-whole']],
      ['[1.5]', ['tasks.0: task-id-not-whole']],
      ['[-1]', ['tasks.0: task-id-not-whole']],
      ['[null]', ['tasks.0: task-id-not-whole']],
      ['[true]', ['tasks.0: task-id-not-whole']],
      ['[[1]]', ['tasks.0: task-id-not-whole']],
      ['[9007199254740993]', ['tasks.0: task-id-not-whole']],
      ['[12.00000000000000000001]', ['tasks.0: task-id-not-whole']],
    ],
  ],
  ['task', [['"a"', ['task: task-id-not-whole']]]],
  ['project', [['0', ['project: project-id-not-whole']]]],
  ['completed_by', [['"5"', ['completed_by: user-id-in-quotes']]]],
  ['updated_by', [['1.5', ['updated_by: user-id-not-whole']]]],
  ['parent_annotation', [['{}', ['parent_annotation: annotation-id-not-whole']]]],
  ['parent_prediction', [['[]', ['parent_prediction: prediction-id-not-whole']]]],
  [
    'lead_time',
    [
      ['-1', ['lead_time: lead-time-negative']],
      ['-0.1234567890123456789', ['lead_time: lead-time-negative']],
      ['"12"', ['lead_time: lead-time-not-a-number']],
      ['1e400', ['lead_time: lead-time-not-a-number']],
      ['true', ['lead_time: lead-time-not-a-number']],
    ],
  ],
  [
    'import_id',
    [
      ['9223372036854775808', ['import_id: import-id-too-large']],
      ['-9223372036854775809', ['import_id: import-id-too-large']],
      ['1e20', ['import_id: import-id-too-large']],
      ['1e30', ['import_id: import-id-not-whole']],
      ['1.5', ['import_id: import-id-not-whole']],
      ['9007199254740993.5', ['import_id: import-id-not-whole']],
      ['"12"', ['import_id: import-id-not-whole']],
      ['[12]', ['import_id: import-id-not-whole']],
    ],
  ],
  [
    'unique_id',
    [
      ['""', ['unique_id: unique-id-empty']],
      ['17', ['unique_id: unique-id-not-text']],
    ],
  ],
  [
    'was_cancelled',
    [
      ['"true"', ['was_cancelled: not-true-or-false']],
      ['1', ['was_cancelled: not-true-or-false']],
    ],
  ],
  [
    'last_action',
    [
      ['"nope"', ['last_action: last-action-unknown']],
      ['"Submitted"', ['last_action: last-action-unknown']],
      ['3', ['last_action: last-action-unknown']],
    ],
  ],
  [
    'draft_created_at',
    [
      ['"yesterday"', ['draft_created_at: date-unreadable']],
      ['"2026-02-30"', ['draft_created_at: date-does-not-exist']],
      ['1767322800', ['draft_created_at: date-unreadable']],
    ],
  ],
  [
    'result',
    [
      ['{}', ['result: result-not-a-list']],
      ['"[]"', ['result: result-not-a-list']],
      ['[{}, "x", null, [1]]', ['1', '2', '3'].map((at) => `result.${at}: region-not-an-object`)],
    ],
  ],
  [
    'selected_items',
    [
      ['[1]', ['selected_items: selection-not-an-object']],
      ['{}', ['selected_items: selection-without-all']],
      ['{"all": "yes", "included": [1]}', ['selected_items.all: not-true-or-false']],
      ['{"all": false}', ['selected_items: selection-empty']],
      ['{"all": false, "included": []}', ['selected_items: selection-empty']],
      ['{"all": true, "included": [1]}', ['selected_items.included: selection-included-with-all']],
      [
        '{"all": false, "included": [1], "excluded": [2]}',
        ['selected_items.excluded: selection-excluded-without-all'],
      ],
      ['{"all": false, "included": ["a"]}', ['selected_items.included.0: task-id-not-whole']],
      ['{"all": true, "excluded": 3}', ['selected_items.excluded: excluded-not-a-list']],
      ['{"all": true, "exclude": [3]}', ['selected_items.exclude: field-unknown']],
    ],
  ],
  ['selectedItems', [['{}', ['selectedItems: field-unknown']]]],
  ['__proto__', [['1, "tasks": [1]', ['__proto__: field-unknown']]]],
])('%s refuses', (field, cases) => {
  it.each(cases)('%s', (json, expected) => {
    expect(refusals(readJson(`{"${field}": ${json}}`).value!)).toEqual(expected);
  });
});

it.each([
  [null, ': request-not-an-object'],
  [[], ': request-not-an-object'],
  ['x', ': request-not-an-object'],
])('a request can’t be %j', (request, expected) => {
  expect(refusals(request)).toEqual([expected]);
});

it.each([
  ['{"tasks": ["abc"]}', '“abc” isn’t a valid task ID. Use a positive whole number such as 12.'],
  ['{"tasks": ["12"]}', 'Task ID is in quotes. Use 12, not “12”.'],
  ['{"tasks": ["012"]}', '“012” isn’t written as a plain task ID. Use 12.'],
  ['{"tasks": "12, 13"}', '“tasks” must be a list of task IDs such as [12, 13], not “12, 13”.'],
  ['{"tasks": [{"id": 12}]}', 'Only the ID of this task is needed. Use 12.'],
  [
    '{"tasks": [{"id": 12, "annotations": []}]}',
    'This is task 12 with its annotations, not a task ID. Import the list of tasks, from [ to ].',
  ],
  [
    '{"tasks": [12], "annotation": {"result": []}}',
    '“annotation” isn’t a field of a request. Put its "result" into the request itself.',
  ],
  ['{"tasks": 12}', '“tasks” must be a list of task IDs such as [12], not 12.'],
  ['{"parent_annotation": 0}', '0 isn’t a valid annotation ID. Use a positive whole number such as 12.'],
  ['{"selectedItems": 1}', '“selectedItems” isn’t a field of a request. Did you mean “selected_items”?'],
  ['{"tasks": [1], "labels": {"a": "b"}}', '“labels” isn’t a field of a request. Labels belong in "result".'],
  ['{"tasks": [1], "colour": 1}', '“colour” isn’t a field of a request. Remove it.'],
  [
    '{"1001": "Positive", "1002": "Negative"}',
    'This isn’t a request: “1001”, “1002” aren’t fields of one. A request has "tasks" and "result".',
  ],
  ['{"last_action": "submited"}', '“submited” isn’t a valid “last_action”. Did you mean “submitted”?'],
  [
    '{"selected_items": {"all": false, "included": [1], "excluded": [2]}}',
    '"excluded" is only allowed with "all": true. List the tasks to select in "included" instead.',
  ],
  ['{"result": {}}', '“result” must be a list of regions in [ ], not an object. Put [ and ] around it.'],
  [
    '{"import_id": 9223372036854775808}',
    '9223372036854775808 is too large for “import_id”. The maximum is 9223372036854775807 (64 bits).',
  ],
])('%s: %s', (text, message) => {
  expect(messageFor(text)).toBe(message);
});

it('agrees with the schema', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 1, -1, '1', true, [], [1], {}, 'submitted'));
  const request = fc.dictionary(fc.constantFrom(...fieldNames, 'other'), value);
  fc.assert(
    fc.property(request, (fields) => {
      const entry = readJson(JSON.stringify(fields)).value!;
      const parsed = bulkRequestSchema.safeParse(entry);
      const issues = parsed.error?.issues.map((issue) =>
        issue.code === 'custom' ? `${issue.path.join('.')}: ${issue.params?.['code']}` : issue.code,
      );
      expect(issues ?? []).toEqual(refusals(entry));
    }),
    { seed: 20260801, numRuns: 500 },
  );
});
