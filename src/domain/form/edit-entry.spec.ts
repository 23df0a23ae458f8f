import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '#wire/json/json.ts';
import { addEntry, duplicateEntry, readEntry, removeEntry, writeEntry } from './edit-entry.ts';
import { readForm } from './read-form.ts';
import type { FormValues } from './form-values.ts';
import { locate } from '#domain/text/locate.ts';
import { parseText, valuesOf } from '#domain/spec-texts.ts';

/** The text after changing these form values of `entry`. */
function written(text: string, changes: Partial<FormValues>, entry = 0): string {
  const parsed = parseText(text);
  const values = readEntry(text, parsed, entry)!;
  return writeEntry(text, parsed, entry, { ...values, ...changes }).text;
}

const laidOut = `[
  {
    "tasks": [1, 2],
    "lead_time": 1.50,
    "note": {"kept":   "as it is"},
    "result": [
      {"id": "a",  "value": {"n": 1.0}},
      {
        "id": "b",
        "value": {}
      }
    ]
  }
]
`;

describe('writeEntry', () => {
  it('changes nothing without differences', () => {
    expect(written(laidOut, {})).toBe(laidOut);
  });

  it.each<[string, Partial<FormValues>, string, string]>([
    ['a value', { leadTime: '2.50' }, '"lead_time": 1.50', '"lead_time": 2.50'],
    ['a value that is left out now', { leadTime: '' }, '\n    "lead_time": 1.50,', ''],
    ['a value that is null now', { leadTime: '', nulls: { lead_time: true } }, '1.50', 'null'],
    ['tasks', { taskIds: '1-3' }, '[1, 2]', '[1, 2, 3]'],
    ['a selection', { target: 'all-except' }, '"tasks": [1, 2],\n    ', ''],
    ['an unknown field taken out', { rawJson: {} }, '\n    "note": {"kept":   "as it is"},', ''],
    [
      'a new field',
      { project: '7' },
      '"value": {}\n      }\n    ]\n',
      '"value": {}\n      }\n    ],\n    "project": 7\n',
    ],
  ])('%s', (name, changes, before, after) => {
    const expected = laidOut.replace(before, after);
    expect(expected).not.toBe(laidOut);
    const ending = '    ]\n  }\n]\n';
    const added = ',\n    "selected_items": {"all": true, "excluded": [1, 2]}\n  }\n]\n';
    const selection = name === 'a selection' ? expected.replace(ending, `    ]${added}`) : expected;
    expect(written(laidOut, changes)).toBe(selection);
  });

  it.each<[string, (regions: string[]) => string[], string, string]>([
    ['a region changed', ([a]) => [a!, '{\n  "id": "c"\n}'], '"id": "b",\n        "value": {}', '"id": "c"'],
    ['the first removed', ([, b]) => [b!], '{"id": "a",  "value": {"n": 1.0}},\n      ', ''],
    ['the last removed', ([a]) => [a!], ',\n      {\n        "id": "b",\n        "value": {}\n      }', ''],
    [
      'one added at the end',
      (regions) => [...regions, '{\n  "id": "c"\n}'],
      '"value": {}\n      }\n',
      '"value": {}\n      },\n      {\n        "id": "c"\n      }\n',
    ],
    ['one added at the start', (regions) => ['{}', ...regions], '{"id": "a"', '{},\n      {"id": "a"'],
  ])('%s', (_, change, before, after) => {
    const regions = readEntry(laidOut, parseText(laidOut), 0)!.result.map(({ json }) => json);
    const result = change(regions).map((json) => ({ json }));
    expect(written(laidOut, { result })).toBe(laidOut.replace(before, after));
  });

  it.each<[string, Partial<FormValues>, string]>([
    ['{"tasks":[1],"result":[]}', { project: '3' }, '{"tasks":[1],"result":[],"project":3}'],
    ['{"tasks": [1], "result": []}', { project: '3' }, '{"tasks": [1], "result": [], "project": 3}'],
    ['{}', { project: '3' }, '{"project": 3}'],
    ['{"project": 3}', { project: '' }, '{}'],
    ['{"project": 3}', { taskIds: '1' }, '{"project": 3, "tasks": [1]}'],
    ['{"project":3}', { taskIds: '1' }, '{"project":3,"tasks":[1]}'],
    ['{"task": 1, "tasks": [1]}', { taskIds: '2' }, '{"tasks": [2]}'],
    ['{"tasks": [1], "selected_items": {"all": true}}', { taskIds: '2' }, '{"tasks": [2]}'],
    ['{"tasks": [1], "selected_items": null}', { taskIds: '2' }, '{"tasks": [2], "selected_items": null}'],
    ['{"task": 1}', { target: 'tasks', taskIds: '1, 2' }, '{"tasks": [1, 2]}'],
    ['{"project": 1, "project": 2}', { project: '3' }, '{"project": 1, "project": 3}'],
    ['{"project": 1, "project": 2}', { project: '' }, '{}'],
    ['{"result": []}', { result: [{ json: '{"a":1}' }] }, '{"result": [{"a":1}]}'],
    ['{"result": [{"a":1}]}', { result: [] }, '{"result": []}'],
    ['{"result": [{"a":1}]}', { hasResult: false, result: [] }, '{}'],
    ['{"a": 1}', { hasResult: true }, '{"a": 1, "result": []}'],
    ['{\n  "result": []\n}', { result: [{ json: '{}' }] }, '{\n  "result": [\n    {}\n  ]\n}'],
    ['{\n\t"project": 1\n}', { taskIds: '1' }, '{\n\t"project": 1,\n\t"tasks": [1]\n}'],
    ['{"project": "abc"}', { project: 'abcd' }, '{"project": "abcd"}'],
    ['{"ground_truth": "yes"}', { groundTruth: 'true' }, '{"ground_truth": true}'],
  ])('%s', (text, changes, expected) => {
    expect(written(text, changes)).toBe(expected);
  });

  it('changes one request of many', () => {
    const text = '[{"task": 1},  {"task": 2},{"task": 3}]';
    expect(written(text, { taskIds: '9' }, 1)).toBe('[{"task": 1},  {"task": 9},{"task": 3}]');
  });

  it('keeps the old value while the form has an invalid one', () => {
    const text = '{"tasks": [1], "project": 1, "result": [{"a": 1}, {"a": 2}]}';
    const parsed = parseText(text);
    const values = readEntry(text, parsed, 0)!;
    const result = [{ json: '{"a": 5}' }, { json: '{"a": ' }];
    const { text: edited, unsaved } = writeEntry(text, parsed, 0, {
      ...values,
      taskIds: '9-1',
      project: '2',
      result,
    });
    expect(edited).toBe(text.replace('"project": 1', '"project": 2'));
    expect(unsaved.map(({ field }) => field)).toEqual(['taskIds', 'result.1.json']);
  });

  it('keeps other entries unchanged', () => {
    expect(readEntry('[5]', parseText('[5]'), 0)).toBeUndefined();
    const values = readEntry('{}', parseText('{}'), 0)!;
    expect(writeEntry('[5]', parseText('[5]'), 0, values).text).toBe('[5]');
    expect(writeEntry('[{]', parseText('[{]'), 0, values).text).toBe('[{]');
  });

  it('reads back the same values, and keeps every other character', () => {
    fc.assert(
      fc.property(requests, fc.nat(2), changesToForm, fc.nat(2), (list, at, changes, layout) => {
        const text = JSON.stringify(list, null, layout);
        const entry = at % list.length;
        const parsed = parseText(text);
        const before = readEntry(text, parsed, entry)!;
        const meant = { ...before, ...changes };
        const { text: edited, unsaved } = writeEntry(text, parsed, entry, meant);

        const readBack = readEntry(edited, parseText(edited), entry)!;
        expect(saidBy(readBack, unsaved.length > 0)).toEqual(saidBy(meant, unsaved.length > 0));
        expect(around(edited, entry)).toEqual(around(text, entry));
        const was = readForm(before).members;
        const is = readForm(meant).members;
        const untouched = [...was.keys()].filter(
          (name) => was.get(name) === is.get(name) && !targets.includes(name),
        );
        expect(partsOf(edited, entry, untouched)).toEqual(partsOf(text, entry, untouched));
      }),
      { seed: 20260801, numRuns: 1000 },
    );
  });
});

const targets = ['tasks', 'task', 'selected_items'];

const number = fc.constantFrom('', '3', 'abc', '12.5', 'null', '"x"');
const regionText = fc.constantFrom('{}', '{\n  "a": [1, 2]\n}', '5', '{"b":1.0}');
const changesToForm = fc.record(
  {
    taskIds: fc.constantFrom('', '1-3', '7'),
    target: fc.constantFrom<FormValues['target']>('tasks', 'task', 'selected-only', 'all-except'),
    project: number,
    leadTime: number,
    uniqueId: fc.constantFrom('', 'x', '"x"', ' '),
    wasCancelled: fc.constantFrom<FormValues['wasCancelled']>('not-set', 'true', 'false'),
    bulkCreated: fc.constantFrom<FormValues['bulkCreated']>('not-set', 'null', 'true'),
    hasResult: fc.boolean(),
    result: fc.array(fc.record({ json: regionText }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);
const member = fc.oneof(
  fc.constantFrom<unknown>(1, 'x', null, [1, 2], [{}, { a: 1 }, 5], { all: true }),
  fc.jsonValue(),
);
const someFields = fc.constantFrom(
  ...targets,
  'project',
  'result',
  'lead_time',
  'unique_id',
  'was_cancelled',
  'other',
);
const requests = fc.array(fc.dictionary(someFields, member), { minLength: 1, maxLength: 3 });

/** The meaning of a form as values; without the tasks if they weren’t written. */
function saidBy(values: FormValues, withoutTasks: boolean): Record<string, unknown> {
  const members = [...readForm(values).members].filter(([name]) => !(withoutTasks && targets.includes(name)));
  return Object.fromEntries(members.map(([name, json]) => [name, readJson(json).value]));
}

/** The text before and after one request. */
function around(text: string, entry: number): string[] {
  const [span] = locate(text, [{ path: [entry] }]);
  return [text.slice(0, span!.from), text.slice(span!.to)];
}

/** These members of a request as written. */
function partsOf(text: string, entry: number, names: string[]): string[] {
  const spans = locate(
    text,
    names.map((name) => ({ path: [entry, name] })),
  );
  return spans.map(({ from, to }) => text.slice(from, to));
}

describe('addEntry', () => {
  const blank = '{\n  "tasks": [],\n  "result": []\n}';

  it.each([
    ['', blank],
    ['  \n', blank],
    ['{"task": 1}', '[\n  {"task": 1},\n  {"tasks": [], "result": []}\n]'],
    ['{\n  "task": 1\n}\n', '[\n  {\n    "task": 1\n  },\n  {\n    "tasks": [],\n    "result": []\n  }\n]\n'],
    ['[]', '[{"tasks": [], "result": []}]'],
    ['[\n]', '[\n  {\n    "tasks": [],\n    "result": []\n  }\n]'],
    ['[{"task":1},{"task":2}]', '[{"task":1},{"task":2},{"tasks": [], "result": []}]'],
    ['[\n\t{"task": 1}\n]', '[\n\t{"task": 1},\n\t{\n\t  "tasks": [],\n\t  "result": []\n\t}\n]'],
    ['[{', '[{'],
  ])('%j', (text, expected) => {
    expect(addEntry(text, parseText(text))).toBe(expected);
  });
});

describe('duplicateEntry', () => {
  it.each([
    ['{"task": 1}', 0, '[\n  {"task": 1},\n  {"task": 1}\n]'],
    ['[{"a":1}, {"b":2}]', 0, '[{"a":1}, {"a":1}, {"b":2}]'],
    ['[{"a":1}, {"b":2}]', 1, '[{"a":1}, {"b":2}, {"b":2}]'],
    ['[\n  {\n    "a": 1.0\n  }\n]', 0, '[\n  {\n    "a": 1.0\n  },\n  {\n    "a": 1.0\n  }\n]'],
    ['[]', 0, '[]'],
  ])('%j, request %i', (text, entry, expected) => {
    expect(duplicateEntry(text, parseText(text), entry)).toBe(expected);
  });
});

describe('removeEntry', () => {
  it.each([
    ['{"task": 1}', 0, ''],
    ['[{"a":1}, {"b":2}, {"c":3}]', 0, '[{"b":2}, {"c":3}]'],
    ['[{"a":1}, {"b":2}, {"c":3}]', 1, '[{"a":1}, {"c":3}]'],
    ['[{"a":1}, {"b":2}, {"c":3}]', 2, '[{"a":1}, {"b":2}]'],
    ['[\n  {"a": 1},\n  {"b": 2}\n]\n', 1, '[\n  {"a": 1}\n]\n'],
    ['[\n  {"a": 1}\n]', 0, '[]'],
    ['[{"a":1}]', 5, '[{"a":1}]'],
  ])('%j, request %i', (text, entry, expected) => {
    expect(removeEntry(text, parseText(text), entry)).toBe(expected);
  });
});

it('adding, duplicating and removing keep every other request unchanged', () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(4), (list, at, indent) => {
      const text = JSON.stringify(list, null, indent);
      const parsed = parseText(text);
      const entries = valuesOf(parsed.entries);
      const entry = at % entries.length;
      const blank = { tasks: [], result: [] };
      expect(valuesOf(parseText(addEntry(text, parsed)).entries)).toEqual([...entries, blank]);
      expect(valuesOf(parseText(duplicateEntry(text, parsed, entry)).entries)).toEqual(
        entries.toSpliced(entry, 0, structuredClone(entries[entry]!)),
      );
      expect(valuesOf(parseText(removeEntry(text, parsed, entry)).entries)).toEqual(
        entries.toSpliced(entry, 1),
      );
      expect(
        removeEntry(
          duplicateEntry(text, parsed, entry),
          parseText(duplicateEntry(text, parsed, entry)),
          entry,
        ),
      ).toBe(text);
    }),
    { seed: 20260801, numRuns: 300 },
  );
});
