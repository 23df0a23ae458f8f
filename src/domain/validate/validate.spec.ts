import { describe, expect, it } from 'vitest';
import { readJson, type Json } from '#wire/json/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { validate } from './validate.ts';

function findingsOf(entries: Json[], limit = 1000): ProblemList {
  const findings = new ProblemList(limit);
  validate(entriesOf(entries), findings);
  return findings;
}

/** The problems of a batch as `severity code at path`. */
function findingsIn(text: string): string[] {
  const value = readJson(text).value!;
  const entries = Array.isArray(value) ? value : [value];
  const expected = findingsOf(entries).list();
  return expected.map(
    ({ severity, code, entry, path }) => `${severity} ${code} at ${[entry, ...path].join('.')}`,
  );
}

const region =
  '{"id": "a", "from_name": "s", "to_name": "t", "type": "choices", "value": {"choices": ["x"]}}';

describe('one request', () => {
  it.each([
    [`{"tasks": [1, 2], "result": [${region}]}`, []],
    [`{"task": 1, "result": [${region}]}`, []],
    [`{"task": 1, "tasks": [1], "result": []}`, []],
    ['{"tasks": [1], "was_cancelled": true}', []],
    ['{"tasks": [1], "was_cancelled": true, "result": []}', []],
    ['{"tasks": [1], "result": [{"type": "relation", "from_id": "a", "to_id": "b"}]}', []],
    ['{"result": []}', ['error no-target at 0']],
    ['{"tasks": [], "result": []}', ['error tasks-empty at 0.tasks']],
    ['{"task": null, "result": []}', ['error no-target at 0']],
    ['{"task": 1, "tasks": [2], "result": []}', ['error task-and-tasks-differ at 0.task']],
    [
      '{"tasks": [1], "selected_items": {"all": true}, "result": []}',
      ['error several-targets at 0.selected_items'],
    ],
    [
      '{"task": 1, "selected_items": {"all": true}, "result": []}',
      ['error several-targets at 0.selected_items'],
    ],
    ['{"tasks": [1]}', ['warning result-left-out at 0']],
    ['{"tasks": [1], "was_cancelled": false}', ['warning result-left-out at 0']],
    [
      `{"tasks": [1], "was_cancelled": true, "result": [${region}]}`,
      ['warning skip-with-regions at 0.was_cancelled'],
    ],
    [
      '{"tasks": [1], "result": [], "ground_truth": true}',
      ['info ground-truth-replaces-others at 0.ground_truth'],
    ],
    ['{"tasks": [1], "result": [], "ground_truth": false}', []],
    ['{"tasks": ["a"], "result": []}', ['error task-id-not-whole at 0.tasks.0']],
    ['{"tasks": ["1.23E+15"], "result": []}', ['error task-id-rounded at 0.tasks.0']],
    ['{"tasks": [7, 1234567890123450], "result": []}', ['warning task-id-looks-rounded at 0.tasks.1']],
    ['{"tasks": [1234567890123456, 12345670], "result": []}', []],
    ['{"tasks": [1], "result": [], "selectedItems": 1}', ['error field-unknown at 0.selectedItems']],
    ['{"tasks": [1], "result": "[]"}', ['error result-in-quotes at 0.result']],
    ['{"1001": "Positive"}', ['error request-not-recognized at 0']],
    ['5', ['error request-not-an-object at 0']],
  ])('%s', (text, expected) => {
    expect(findingsIn(text)).toEqual(expected);
  });
});

describe('a region', () => {
  it.each([
    [
      '{"id": "a", "from_name": "s", "to_name": "t", "type": "choices"}',
      ['error region-value-missing at 0.result.0'],
    ],
    [
      '{"id": "a", "from_name": "s", "to_name": "t", "type": "choices", "value": "x"}',
      ['error region-value-not-an-object at 0.result.0.value'],
    ],
    [
      '{"id": 12, "from_name": "s", "to_name": "t", "type": "choices", "value": {}}',
      ['error region-id-not-text at 0.result.0.id'],
    ],
    [
      '{"id": null, "from_name": "s", "to_name": "t", "type": "choices", "value": {}}',
      ['error region-id-not-text at 0.result.0.id'],
    ],
    ['{"from_name": "s", "to_name": "t", "type": "choices", "value": {}}', []],
    ['{"to_name": "t", "value": {}}', ['warning region-key-missing at 0.result.0']],
    [
      '{"from_name": 5, "to_name": "", "type": "choices", "value": {}}',
      [
        'warning region-key-not-text at 0.result.0.from_name',
        'warning region-key-not-text at 0.result.0.to_name',
      ],
    ],
    ['5', ['error region-not-an-object at 0.result.0']],
  ])('%s', (json, expected) => {
    expect(findingsIn(`{"tasks": [1], "result": [${json}]}`)).toEqual(expected);
  });

  it('has one problem with everything that it lacks', () => {
    const expected = findingsOf([{ tasks: [1], result: [{ value: {} }] }]).list();
    expect(expected.map(({ message }) => message)).toEqual([
      'This region has no from_name and no to_name and no type. The server stores it, but the editor doesn’t show it.',
    ]);
  });
});

describe('unique_id', () => {
  const uuid = '12345678-90ab-cdef-1234-567890abcdef';

  it.each([
    [`{"tasks": [1], "result": [], "unique_id": "${uuid}"}`, []],
    [`{"tasks": [1], "result": [], "unique_id": "${uuid.toUpperCase()}"}`, []],
    [`{"tasks": [1], "result": [], "unique_id": "{${uuid.replaceAll('-', '')}}"}`, []],
    ['{"tasks": [1], "result": [], "unique_id": "row-1"}', ['warning unique-id-not-a-uuid at 0.unique_id']],
    [
      `{"tasks": [1, 2], "result": [], "unique_id": "${uuid}"}`,
      ['warning unique-id-with-several-tasks at 0.unique_id'],
    ],
    [
      `{"selected_items": {"all": true}, "result": [], "unique_id": "${uuid}"}`,
      ['warning unique-id-with-several-tasks at 0.unique_id'],
    ],
    [
      `[{"tasks": [1], "result": [], "unique_id": "${uuid}"},
        {"tasks": [2], "result": [], "unique_id": "${uuid.toUpperCase()}"}]`,
      ['warning unique-id-again at 1.unique_id'],
    ],
  ])('%s', (text, expected) => {
    expect(findingsIn(text)).toEqual(expected);
  });
});

describe('a repeated task', () => {
  it.each([
    ['[{"tasks": [1, 2, 1, 1], "result": []}]', ['warning task-twice-in-request at 0.tasks.2']],
    [
      `[{"tasks": [1], "result": [${region}]}, {"tasks": [2, 1], "result": []}]`,
      ['warning task-again-with-other-result at 1.tasks.1'],
    ],
    [
      `[{"tasks": [1], "result": [${region}]}, {"task": 1, "result": [${region}]}]`,
      ['warning task-again-with-same-result at 1.task'],
    ],
    [
      `[{"tasks": [1], "result": []}, {"tasks": [2], "result": [{"type": "relation", "id": "x", "score": 1}]},
        {"tasks": [2, 1, 2], "result": [{"score": 1.0, "type": "relation", "id": "y"}]}]`,
      [
        'warning task-twice-in-request at 2.tasks.2',
        'warning task-again-with-same-result at 2.tasks.0',
        'warning task-again-with-other-result at 2.tasks.1',
      ],
    ],
    [
      '[{"tasks": [1], "result": []}, {"tasks": [1], "result": [], "was_cancelled": true}]',
      ['warning task-again-with-other-result at 1.tasks.0'],
    ],
    [
      '[{"selected_items": {"all": false, "included": [1]}, "result": []}, {"selected_items": {"all": false, "included": [1]}, "result": []}]',
      ['warning task-again-with-same-result at 1.selected_items.included.0'],
    ],
  ])('%s', (text, expected) => {
    expect(findingsIn(text)).toEqual(expected);
  });

  it('is reported once for all tasks of a request', () => {
    const ids = Array.from({ length: 50 }, (_, index) => index + 1);
    const expected = findingsOf([
      { tasks: ids, result: [] },
      { tasks: ids, result: [] },
    ]).list();
    expect(expected.map(({ message }) => message)).toEqual([
      'Task 1: duplicate of request 1. The same is true of 49 other tasks of this request.',
    ]);
  });
});

it('names the request that gave a task another result', () => {
  const entries = [
    { tasks: [5], result: [] },
    { tasks: [1], result: [] },
    { tasks: [1, 1], was_cancelled: true },
  ];
  expect(
    findingsOf(entries)
      .list()
      .map(({ message }) => message),
  ).toEqual([
    'Task 1 is listed more than once; each time creates an annotation.',
    'Task 1: conflicts with request 2, which has other labels.',
  ]);
});

describe('counting', () => {
  it('lists all problems if there are exactly as many as the limit', () => {
    const entries = Array.from({ length: 7 }, (_, index) => ({ tasks: [index + 1] }));
    const findings = findingsOf(entries, 7);
    expect([findings.list().length, findings.truncated]).toEqual([7, false]);
  });

  it('counts all, keeps the first of each severity, and sorts errors first', () => {
    const entries = Array.from({ length: 10 }, (_, index) => ({ tasks: index < 5 ? [1.5] : [index] }));
    const findings = findingsOf(entries, 7);
    expect([findings.errors, findings.warnings, findings.truncated]).toEqual([5, 10, true]);
    expect(findings.list().map(({ severity }) => severity)).toEqual([
      ...Array.from({ length: 5 }, () => 'error'),
      'warning',
      'warning',
    ]);
    expect([...findings.entryErrors]).toEqual([0, 1, 2, 3, 4]);
    expect(findings.entryWarnings.entries).toBe(10);
    expect([0, 9, 10].map((entry) => findings.entryWarnings.at(entry))).toEqual([1, 1, 0]);
  });

  it('counts 100,000 invalid tasks of one request', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => (index % 2 === 0 ? String(index) : -index));
    const findings = findingsOf([{ tasks: ids, result: [] }]);
    expect(findings.errors).toBe(100_000);
  });
});

describe('labels', () => {
  const say = (task: number, label: string) => ({
    task,
    result: [{ from_name: 's', to_name: 't', type: 'choices', value: { choices: [label] } }],
  });
  const many = Array.from({ length: 19 }, (_, index) => say(index + 1, index % 2 === 0 ? 'Good' : 'Bad'));
  const once = (entries: Json[]) =>
    findingsOf(entries)
      .list()
      .filter(({ code }) => code === 'label-used-once')
      .map(({ entry, message }) => `${entry}: ${message}`);

  it('are reported if one of many is used once', () => {
    const words = '19: “Godo” is used only once in this batch, others of “s” up to 10 times. Is it meant?';
    expect(once([...many, say(20, 'Godo')])).toEqual([words]);
  });

  it('aren’t reported in a small batch, or if many are used once', () => {
    expect(once([...many.slice(0, 5), say(20, 'Godo')])).toEqual([]);
    expect(once([...many, say(20, 'Godo'), say(21, 'Godo')])).toEqual([]);
    expect(once(many.map((_, index) => say(index + 1, `L${index}`)).concat(say(20, 'x')))).toEqual([]);
  });
});
