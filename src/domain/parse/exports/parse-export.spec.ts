import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import type { Json } from '#wire/json/json.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { check } from '#domain/check.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { valuesOf } from '#domain/spec-texts.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { foreignControls } from './foreign-controls.ts';
import { keyColumnsOf } from '#domain/parse/key-columns.ts';

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Choices name="c" toName="t"><Choice value="A"/><Choice value="B"/></Choices>',
  '<TextArea name="x" toName="t"/>',
);
const configOf = () => ({ config, isForBulk: false });

const region = fc.oneof(
  fc.constantFrom('A', 'B', 'Bb').map((label) => ({
    id: label,
    from_name: 'c',
    to_name: 't',
    type: 'choices',
    value: { choices: [label] },
  })),
  fc.string().map((text) => ({ from_name: 'x', to_name: 't', type: 'textarea', value: { text: [text] } })),
);

const author = fc.constantFrom<Json>(
  null,
  2,
  'no one',
  { id: 2 },
  { id: 5, email: 'Ada@Example.com', first_name: 'Ada' },
  { id: 6, email: 'bo@example.com' },
);

/** Members that requests ignore. */
const ignored = fc.constantFrom<Json>(null, 7, 'é "b"', {}, { a: [1, { b: null }], c: [] }, ['x', 'y']);

/** Most have the same notation, so that they are matched. */
const annotated = fc.record(
  {
    id: fc.nat(),
    prediction: ignored,
    was_cancelled: fc.constantFrom<Json>(false, false, true, null, 'no'),
    result: fc.array(region, { maxLength: 3 }),
    lead_time: fc.constantFrom<Json>(1, 2.5, null, -1),
    created_at: fc.constant('2026-05-01T10:00:00Z'),
    completed_by: author,
    task: ignored,
  },
  { requiredKeys: ['id', 'prediction', 'was_cancelled', 'result', 'created_at', 'completed_by', 'task'] },
);

const annotation = fc.oneof(
  { weight: 8, arbitrary: annotated },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, 5, {}, []) },
);

const prediction = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        model_version: fc.constantFrom<Json>('m1', 'm2', null),
        score: fc.constantFrom<Json>(0.2, 0.9, null),
        result: fc.array(region, { maxLength: 2 }),
      },
      { requiredKeys: ['result'] },
    ),
  },
  { weight: 3, arbitrary: annotated },
  { weight: 1, arbitrary: fc.nat() },
);
const draft = fc.oneof(
  fc.record({ id: fc.nat(), result: fc.array(region, { maxLength: 2 }), lead_time: fc.constant(3) }),
  annotated,
);

const task = fc
  .record(
    {
      id: fc.constantFrom<Json>(1, 2, 3, 4, 5, 'x'),
      annotations: fc.array(annotation, { maxLength: 3 }),
      predictions: fc.array(prediction, { maxLength: 2 }),
      drafts: fc.array(draft, { maxLength: 2 }),
      data: fc.dictionary(fc.string(), fc.string()),
    },
    { requiredKeys: ['id', 'data'] },
  )
  .chain((one) => fc.shuffledSubarray(Object.entries(one), { minLength: Object.keys(one).length }))
  .map((members) => Object.fromEntries(members));

const writings: Record<string, (tasks: readonly string[]) => string> = {
  list: (tasks) => `[\n${tasks.join(',\n')}\n]`,
  lines: (tasks) => tasks.join('\n'),
  member: (tasks) => `{"total": 5, "tasks": [${tasks.join()}]}`,
};

const indents = fc.constantFrom(0, 0, 1);

/** A last task that is skipped, or one that must be parsed, because its key has an escape. */
const lastTask = (key: string) => `{"id":99,"data":{},"${key}":1}`;

it.each(Object.keys(writings))('reads the same from a %s of tasks, parsed or skipped', (writing) => {
  fc.assert(
    fc.property(
      fc.array(task, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        {},
        { drafts: true },
        { predictions: {} },
        { predictions: { modelVersion: 'm1', minScore: 0.5 } },
      ),
      fc.constantFrom<ImportSettings>(
        {},
        { annotators: {} },
        { annotators: { 'ada@example.com': 12, 'user 2': 13 }, controls: { c: 'x' } },
        { controls: { x: 'c', c: 'c' } },
      ),
      indents,
      (tasks, parts, names, indent) => {
        const written = tasks.map((one) => JSON.stringify(one, null, writing === 'lines' ? 0 : indent));
        const write = (key: string) => SourceText.of(writings[writing]!([...written, lastTask(key)]));
        const quick = check(write('a'), configOf, { parts, ...names });
        const parsed = check(write(String.raw`\u0061`), configOf, { parts, ...names });
        expect(quick.checked.format).toBe('export');
        const { problems, problemGroups, ...counts } = parsed.checked;
        expect(quick.checked).toMatchObject(counts);
        expect(quick.checked.reading?.export?.authors).toEqual(parsed.checked.reading?.export?.authors);
        expect(quick.checked.problems.map(placeOf)).toEqual(problems.map(placeOf));
        expect(quick.checked.problemGroups.map(({ count }) => count)).toEqual(
          problemGroups.map(({ count }) => count),
        );
        expect(valuesOf(quick.parsed.entries)).toEqual(valuesOf(parsed.parsed.entries));
        expect([...quick.parsed.entries.contentCodes().codes]).toEqual([
          ...parsed.parsed.entries.contentCodes().codes,
        ]);
      },
    ),
    { numRuns: 150 },
  );
});

it('reads annotations without tasks as the requests they become', () => {
  const alone = fc.record(
    {
      id: fc.nat(),
      prediction: ignored,
      result: fc.array(region, { maxLength: 3 }),
      task: fc.oneof(
        fc.constantFrom<Json>(1, 2, 3, 'x', null),
        fc.record({ data: ignored, id: fc.constantFrom<Json>(4, 5, 'y') }),
      ),
      lead_time: fc.constantFrom(1, 2.5, -1),
      was_cancelled: fc.boolean(),
      created_at: fc.constantFrom('2026-05-01T10:00:00Z', ''),
    },
    { requiredKeys: ['result', 'task', 'created_at'] },
  );
  fc.assert(
    fc.property(fc.array(alone, { minLength: 1, maxLength: 8 }), indents, (annotations, indent) => {
      const requestsOf = annotations.map(({ task, result, lead_time, was_cancelled }) => ({
        task: task !== null && typeof task === 'object' ? (task as { id: Json }).id : task,
        result,
        ...(was_cancelled !== undefined && { was_cancelled }),
        ...(lead_time !== undefined && { lead_time }),
      }));
      const text = JSON.stringify(annotations, null, indent);
      const exported = check(SourceText.of(text), configOf);
      const plain = check(SourceText.of(JSON.stringify(requestsOf)), configOf, { format: 'requests' });
      expect(exported.checked.format).toBe('export');
      const found = ({ checked }: typeof plain) =>
        checked.problems.map(({ code, entry }) => `${entry} ${code}`).toSorted();
      expect(found(exported)).toEqual(found(plain));
      expect(exported.checked.rows).toBe(plain.checked.rows);
      expect(valuesOf(exported.parsed.entries)).toEqual(valuesOf(plain.parsed.entries));
      const codesOf = ({ parsed }: typeof plain) => [...parsed.entries.contentCodes().codes];
      expect(codesOf(exported)).toEqual(codesOf(plain));
      for (const { code, entry, from, to } of exported.checked.problems)
        if (code === 'task-id-not-whole')
          expect(text.slice(from, to)).toBe(JSON.stringify(requestsOf[entry!]!.task));
    }),
    { numRuns: 300 },
  );
});

const placeOf = ({ code, message, line, column, entry }: PlacedProblem) => ({
  code,
  message,
  line,
  column,
  entry,
});

it('finds problems without parsing the data of a task', () => {
  const tasks = (data: string) => `[{"id": 1, "data": {"text": "${data}"}, "annotations": [{"result": []}]}]`;
  expect(check(SourceText.of(tasks('fine \\u00e9'))).checked).toMatchObject({
    format: 'export',
    errors: 0,
    rows: 1,
  });
  const { problems } = check(SourceText.of(tasks('half \\ud800'))).checked;
  expect(problems.map(({ code }) => code)).toContain('lone-surrogate');
});

const answer = (label: string) =>
  `{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["${label}"]}}`;
const requests = (text: string, parts = {}) => {
  const { parsed, checked } = check(SourceText.of(text), configOf, { parts });
  const values = valuesOf(parsed.entries) as { task: number; result: { value: { choices: string[] } }[] }[];
  return {
    format: checked.format,
    rows: values
      .filter((one) => one !== null)
      .map(({ task, result }) => `${task} ${result.map(({ value }) => value.choices.join()).join()}`),
    problems: checked.problems.map(({ line, column, code }) => `${line}:${column} ${code}`),
  };
};

describe('exports of Label Studio', () => {
  const annotation = `{"id": 5, "result": [${answer('A')}], "created_at": "2026-05-01T10:00:00Z"`;

  it('says what to do with a list of answers', () => {
    const page = `{"count": 1, "results": [{"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}]}]}`;
    expect(check(SourceText.of(`[${page}, ${page}]`), configOf).checked.problems).toMatchObject([
      { message: 'This is a list of answers of the API. Put their tasks into one list.' },
    ]);
  });

  it.each([
    ['one task', `{"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}], "predictions": []}`],
    [
      'a page of tasks',
      `{"tasks": [{"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}]}], "total": 1}`,
    ],
    [
      'another page of tasks',
      `{"count": 1, "next": null, "results": [{"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}]}]}`,
    ],
    [
      'completions',
      `[{"id": 7, "data": {}, "completions": [{"result": [${answer('A')}]}], "predictions": []}]`,
    ],
    [
      'tasks as JSON Lines',
      `{"id": 7, "annotations": [{"result": [${answer('A')}]}], "drafts": []}\n{"id": 8, "data": {}, "drafts": []}`,
    ],
    ['annotations of the API', `[${annotation}, "task": 7, "project": 3}]`],
    [
      'a file of a target storage',
      `${annotation}, "task": {"id": 7, "data": {"text": "${'a'.repeat(2000)}"}}}`,
    ],
    [
      'a task among others',
      `[{"id": 6, "data": {}}, {"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}]}]`,
    ],
    [
      'ids of predictions',
      `[{"id": 7, "data": {}, "annotations": [{"result": [${answer('A')}]}], "predictions": [286]}]`,
    ],
  ])('is read: %s', (_, text) => {
    expect(requests(text)).toEqual({ format: 'export', rows: ['7 A'], problems: [] });
  });

  it('have problems at their place, also in a file of a target storage', () => {
    const { problems } = requests(`${annotation.replace('"A"', '"Z"')},\n "task": {"id": "x"}}`);
    expect(problems).toEqual(['1:98 choice-unknown', '2:17 task-id-not-whole']);
  });

  it('report that tasks without an ID were never imported', () => {
    const { rows, problems } = requests(`[{"data": {}, "annotations": [{"result": [${answer('A')}]}]}]`);
    expect([rows, problems]).toEqual([[], ['1:1 tasks-without-id']]);
  });

  it('are read except for broken lines', () => {
    const task = (id: number) => `{"id": ${id}, "data": {}, "annotations": [{"result": [${answer('A')}]}]}`;
    const { rows, problems } = requests(
      `${task(1)}\n{"id": 2, "data": {}, "annotations": [\n${task(3)}`.replace('[\n', '[{]\n'),
    );
    expect([rows.length, problems]).toEqual([2, ['2:40 json-unexpected']]);
  });
});

describe('predictions and drafts', () => {
  const predicted = (id: number, label: string, more: string) =>
    `{"id": ${id}, "data": {}, "annotations": [], "predictions": [{"result": [${answer(label)}]${more}}]}`;
  const text = `[${predicted(1, 'A', ', "model_version": "m1", "score": 0.9')},\n${predicted(2, 'B', ', "model_version": "m2", "score": 0.4')},\n${predicted(3, 'B', '')}]`;

  it.each([
    ['a list of them', `[{"task": 7, "result": [${answer('A')}], "score": 0.5}]`],
    [
      'a member',
      `{"model_version": "m1", "predictions": [{"task": 7, "result": [${answer('A')}], "score": 1}]}`,
    ],
  ])('need a choice: %s', (_, alone) => {
    const { rows, problems } = requests(alone);
    expect([rows, problems]).toEqual([[], [expect.stringContaining('predictions-not-imported')]]);
  });

  it('are never dropped silently', () => {
    expect(requests(text)).toEqual({
      format: 'export',
      rows: [],
      problems: ['1:58 predictions-not-imported'],
    });
    const { checked } = check(SourceText.of(text), configOf);
    expect(checked.problems[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('3 predictions, no annotations.') as string,
    });
    expect(checked.reading?.export).toEqual({
      tasks: 3,
      annotations: 0,
      predictions: 3,
      drafts: 0,
      authors: [],
      modelVersions: [
        { name: 'm1', predictions: 1 },
        { name: 'm2', predictions: 1 },
        { name: '', predictions: 1 },
      ],
      scores: { min: 0.4, max: 0.9 },
    });
  });

  it.each([
    [{ predictions: {} }, ['1 A', '2 B', '3 B']],
    [{ predictions: { modelVersion: 'm2' } }, ['2 B']],
    [{ predictions: { modelVersion: '' } }, ['3 B']],
    [{ predictions: { minScore: 0.5 } }, ['1 A']],
  ])('become annotations when chosen: %j', (parts, rows) => {
    expect(requests(text, parts)).toEqual({ format: 'export', rows, problems: [] });
  });

  it('are an error if the filter matches none', () => {
    const parts = { predictions: { minScore: 1 } };
    expect(requests(text, parts).problems).toEqual(['1:58 predictions-filtered']);
  });

  it('are mentioned beside annotations, and drafts are imported when chosen', () => {
    const both = `[{"id": 1, "data": {}, "annotations": [{"result": [${answer('A')}]}], "drafts": [{"result": [${answer('B')}]}]}]`;
    const { checked } = check(SourceText.of(both), configOf);
    expect(checked).toMatchObject({
      errors: 0,
      rows: 1,
      problems: [{ code: 'drafts-not-imported', severity: 'info' }],
    });
    expect(requests(both, { drafts: true }).rows).toEqual(['1 A', '1 B']);
  });
});

describe('controls of another project', () => {
  const foreign = (name: string, object: string, more = '') =>
    `{${more}"from_name": "${name}", "to_name": "${object}", "type": "choices", "value": {"choices": ["A"]}}`;
  const exported = (...regions: string[]) =>
    SourceText.of(`[{"id": 1, "data": {}, "annotations": [{"result": [${regions.join()}]}]}]`);

  it('get a proposal if only one of the project’s controls is possible', () => {
    const proposedFor = (...regions: string[]) => {
      const { entries } = check(exported(...regions), configOf).parsed;
      return foreignControls(entries, config);
    };
    expect(proposedFor(foreign('mood', 'review'))).toEqual([
      { name: 'mood', type: 'choices', fitting: ['c'], proposed: 'c' },
    ]);
    // The same control for an object with another name.
    expect(proposedFor(foreign('c', 'review'))).toMatchObject([{ name: 'c', proposed: 'c' }]);
    const two = proposedFor(foreign('mood', 'review'), foreign('topic', 'review'));
    expect(two.map(({ proposed }) => proposed)).toEqual([undefined, undefined]);
    expect(proposedFor(foreign('c', 't'), foreign('mood', 't'))).toMatchObject([{ fitting: [] }]);
    expect(proposedFor(foreign('c', 't'))).toEqual([]);
  });

  it('are replaced by the project’s, with their objects, and nothing else of a region changes', () => {
    const source = exported(foreign('mood', 'review', '"id": "r1", "to_name": "old", '), foreign('c', 't'));
    const { parsed, checked } = check(source, configOf, { controls: { mood: 'c' } });
    expect(valuesOf(parsed.entries)).toEqual([
      {
        task: 1,
        result: [
          { id: 'r1', from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['A'] } },
          { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['A'] } },
        ],
      },
    ]);
    expect(checked.problems.map(({ code }) => code)).not.toContain('control-unknown');
  });
});

describe('annotators', () => {
  const by = (...authors: Json[]) =>
    SourceText.of(
      `[{"id": 1, "data": {}, "annotations": [${authors
        .map((one) => `{"result": [${answer('A')}], "completed_by": ${JSON.stringify(one)}}`)
        .join()}]}]`,
    );
  const ada = { id: 5, email: 'Ada@Example.com' };

  it('are counted, by e-mail address if the export has it', () => {
    const { reading } = check(by(ada, 7, ada, null), configOf).checked;
    expect(reading?.export?.authors).toEqual([
      { name: 'ada@example.com', annotations: 2 },
      { name: 'user 7', annotations: 1 },
    ]);
  });

  it('are kept only by the settings, and dropped ones are listed', () => {
    const authorsOf = (settings: ImportSettings) => {
      const { parsed, checked } = check(by(ada, 7), configOf, settings);
      return [
        valuesOf(parsed.entries).map((one) => (one as { completed_by?: number }).completed_by),
        checked.problems.filter(({ code }) => code === 'annotators-not-kept').map(({ message }) => message),
      ];
    };
    expect(authorsOf({})).toEqual([[undefined, undefined], []]);
    expect(authorsOf({ annotators: { 'ada@example.com': 31 } })).toEqual([
      [31, undefined],
      ['1 annotation by user 7 will be yours. To keep the annotator, choose a user under Import settings.'],
    ]);
    expect(authorsOf({ annotators: { 'ada@example.com': 31, 'user 7': 32 } })).toEqual([[31, 32], []]);
  });

  it('distinguish annotations only if they are kept', () => {
    const groupsOf = (settings: ImportSettings) => [
      ...check(by(ada, 7, ada, 7, 8), configOf, settings).parsed.entries.contentCodes().codes,
    ];
    expect(groupsOf({})).toEqual([0, 0, 0, 0, 0]);
    expect(groupsOf({ annotators: { 'ada@example.com': 31, 'user 7': 32 } })).toEqual([0, 1, 0, 1, 2]);
  });
});

describe('tasks of another project', () => {
  const text = `[
{"id": 7, "data": {"image": "/data/upload/9/0011aaff-a.jpg"}, "annotations": [{"result": [${answer('A')}]}, {"result": [${answer('B')}]}]},
{"id": 8, "data": {"image": "z.jpg"}, "annotations": [{"result": [${answer('B')}]}]}
]`;
  const tasks = new TaskTable();
  tasks.add([{ id: 71, data: { image: 's3://x/a.jpg' } }]);
  const settings: ImportSettings = {
    columns: { image: 'task-key' },
    matching: { field: 'image', compare: 'file-name', ignoresCase: true },
  };
  const matched = (source: string) =>
    check(SourceText.of(source), configOf, settings, () => ({ tasks, title: 'Mine' }));

  it('are found by a field of their data', () => {
    const { parsed, checked } = matched(text);
    expect(valuesOf(parsed.entries)).toMatchObject([{ task: 71 }, { task: 71 }, { task: 0 }]);
    expect(
      checked.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code, from, to }) => [code, text.slice(from, to)]),
    ).toEqual([['task-not-found', '"z.jpg"']]);
    expect(checked.rows).toBe(2);
  });

  it('need no IDs', () => {
    const { checked } = matched(text.replaceAll(/"id": \d, /g, '').replace('z.jpg', 'a.jpg'));
    expect(checked).toMatchObject({ errors: 0, rows: 3 });
  });

  it('offer the keys of their data for matching', () => {
    const [column, ...others] = keyColumnsOf(check(SourceText.of(text), configOf).parsed);
    expect(others).toEqual([]);
    expect([column!.name, column!.count, column!.keyAt(2)]).toEqual(['image', 3, 'z.jpg']);
  });
});
