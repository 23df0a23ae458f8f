import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { created, event, planOf } from '#domain/results/spec-run.ts';
import { newAccount } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { remainingEntries } from './remaining-rows.ts';
import { writeRemainingFile } from './remaining-file.ts';
import { emptyRows, type Rows } from '#domain/plan/rows.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { checkText } from '#domain/spec-texts.ts';
import { check } from '#domain/check.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';

const configWith = (more = '') => {
  const read = readConfig(`<View>
    <Text name="text" value="$text"/>
    <Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>
    ${more}
  </View>`);
  if (!read.ok) throw new Error(read.problem.message);
  return () => ({ config: read.config, isForBulk: true });
};
const configOf = configWith();

interface RunInput {
  config?: typeof configOf;
  choice?: ImportSettings;
  rows?: Rows;
  events?: RunEvent[];
  skip?: (row: number) => string | undefined;
}

/** The file of remaining rows after a run with these events. */
function fileOfRemaining(
  text: string,
  { config = configOf, choice = {}, rows, events = [], skip }: RunInput = {},
) {
  const { parsed, findings, rows: good } = checkText(text, config, choice);
  const plan = planOf([], {
    entries: parsed.entries,
    rows: rows ?? good,
    projects: new Float64Array(parsed.entries.length).fill(1),
    skip: skip ?? (() => undefined),
  });
  const account = newAccount(plan);
  for (const event of events) fold(account, event);
  const source = { text: SourceText.of(text), parsed, entryErrors: findings.entryErrors, configOf: config };
  const { parts, extension } = writeRemainingFile(source, remainingEntries(source, plan, account));
  return { text: [...parts].join(''), extension };
}

describe('remaining rows of a table', () => {
  it('are rows with errors, unchanged, with the reason in a last column', () => {
    const text =
      'task;mood;remark\r\n1;Positive;fine\r\n0;Positve;"a ""b""; c"\r\n2;Negative;\r\n 3 ;"Posi;tive";"two\nlines"\r\n';
    const remaining = fileOfRemaining(text);
    expect(remaining.extension).toBe('csv');
    const [header, first, second, third] = remaining.text.split('\r\n');
    expect(header).toBe('task;mood;remark;problem');
    expect(first).toMatch(/^0;Positve;"a ""b""; c";0 isn’t a valid task ID\. .* And 1 more\.$/);
    expect(second).toMatch(/^ 3 ;"Posi;tive";"two\nlines";"“Posi;tive” isn’t a choice in .*"$/);
    expect(third).toBe('');
  });

  it('pass once they are fixed, and keep their reason until then', () => {
    const text = 'task\tmood\n1\tPositive\n2\tPositve\n3\t"Sa,d"\nx\tNegative\n';
    const remaining = fileOfRemaining(text);
    expect(remaining.extension).toBe('tsv');
    const { checked: again, parsed: read } = checkText(remaining.text, configOf);
    expect(again).toMatchObject({ format: 'table', entries: 3, rows: 0, refused: 3, sourceErrors: 0 });
    expect(read.reading?.columns.map(({ target }) => target)).toEqual(['task', 'control:mood', 'nothing']);
    // A remaining error is written to the same column.
    expect(fileOfRemaining(remaining.text).text).toBe(remaining.text);

    const mended = remaining.text
      .replace('Positve\t', 'Positive\t')
      .replace('"Sa,d"', 'Negative')
      .replace('\nx\t', '\n4\t');
    const { checked, rows, parsed } = checkText(mended, configOf);
    expect(checked).toMatchObject({ errors: 0, rows: 3 });
    expect([...rows.task]).toEqual([2, 3, 4]);
    expect(parsed.entries.at(0)).toEqual({
      task: 2,
      result: [{ from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }],
    });
  });

  it('include every row with a syntax error, for any number', () => {
    const text = `task,mood\n1,Positive\n${'2,Positive,more\n'.repeat(1500)}`;
    const { checked } = checkText(text, configOf);
    expect(checked).toMatchObject({ entries: 1501, rows: 1, refused: 1500, errors: 1500 });
    expect(fileOfRemaining(text).text.match(/^2,Positive,more,/gm)).toHaveLength(1500);
  });

  it('get column names if the source has none, so that no row is read as a header', () => {
    const text = '1,Positive\nx,Positive\n';
    const choice = { columns: { 'Column 1': 'task' } } as const;
    const remaining = fileOfRemaining(text, { choice }).text;
    expect(remaining).toMatch(/^Column 1,Column 2,problem\nx,Positive,/);
    expect(checkText(remaining, configOf, choice).checked).toMatchObject({ entries: 1, refused: 1 });
  });

  it('never turn reasons into answers', () => {
    const config = configWith('<TextArea name="Problem" toName="text"/>');
    const remaining = fileOfRemaining('task,mood,problem\n1,Positve,it is late\n', { config }).text;
    expect(remaining).toMatch(/^task,mood,problem,sheaf problem\n1,Positve,it is late,“Positve” is/);
    const targets = checkText(remaining, config).parsed.reading?.columns.map(({ target }) => target);
    expect(targets).toEqual(['task', 'control:mood', 'control:Problem', 'nothing']);

    const guessed = checkText('task,problem\n1,Positive\n', configOf).parsed.reading?.columns;
    expect(guessed?.map(({ target }) => target)).toEqual(['task', 'nothing']);
  });

  it('add nothing after an unclosed quote, where it would become part of the cell', () => {
    const text = 'task,mood\n1,Positive\n2,"Positive\n3,Negative\n';
    expect(fileOfRemaining(text).text).toBe('task,mood\n2,"Positive\n3,Negative\n\n');
  });

  it('include what the server refused, with its message', () => {
    const text = 'task,mood\n1,Positive\n2,Negative\n3,Positive\n4,Positve\n5,Negative\n';
    const events = [
      ...created(1, [0], [[900]]),
      event.sent(2, [1], 1),
      event.refusal(2, '=HYPERLINK("no")'),
      event.refused([1], '=HYPERLINK("no")'),
      // Rows that may be on the server must not be imported again.
      event.sent(3, [2]),
      event.unconfirmed(3, 'No answer came.'),
      event.notFound([2]),
      event.leftUnsent([3], 'You stopped the run.'),
    ];
    expect(fileOfRemaining(text, { events }).text.split('\n')).toEqual([
      'task,mood,problem',
      '2,Negative,"\'=HYPERLINK(""no"")"',
      expect.stringMatching(/^4,Positve,“Positve” isn’t a choice/),
      '5,Negative,You stopped the run.',
      '',
    ]);
  });
});

describe('remaining rows of JSON', () => {
  const good = '{"task": 1, "result": []}';
  const bad = '{"task":2,  "result": {"odd": 1.50}}';
  const worse = '{\n  "tasks": ["x"],\n  "result": []}';

  it.each([
    ['one request', bad, `${bad}\n`, 'json'],
    ['a list', `[${good},\n ${bad}, ${worse}]`, `[\n${bad},\n${worse}\n]\n`, 'json'],
    [
      'lines, broken ones too',
      `${good}\n${bad}\r\n{"task": 3,,}\n${good}`,
      `${bad}\n{"task": 3,,}\n`,
      'jsonl',
    ],
    [
      'records',
      '[{"id": 1, "mood": "Positive"}, {"id": 2,"mood":"Sad"}]',
      '[\n{"id": 2,"mood":"Sad"}\n]\n',
      'json',
    ],
    ['nothing', `[${good}]`, '[]\n', 'json'],
  ])('are the entries of %s, unchanged', (_, text, remaining, extension) => {
    expect(fileOfRemaining(text)).toEqual({ text: remaining, extension });
  });

  it('of an export are the annotations with errors, each with its task', () => {
    const annotation = (choice: string) =>
      `{"id":  7, "result": [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["${choice}"]}}]}`;
    const text = `[{"id": 11, "data": {"text": "a"}, "annotations": [${annotation('Sad')}, ${annotation('Positive')}]},
      {"id": 12, "annotations": [${annotation('Glad')}, ${annotation('Gladder')}]}]`;
    const remaining = fileOfRemaining(text).text;
    expect(remaining).toBe(
      `[\n{"id": 11, "annotations": [${annotation('Sad')}]},\n{"id": 12, "annotations": [${annotation('Glad')}, ${annotation('Gladder')}]}\n]\n`,
    );
    expect(checkText(remaining, configOf).checked).toMatchObject({
      format: 'export',
      entries: 3,
      refused: 3,
    });
  });

  it('are the same for every export format of Label Studio', () => {
    const annotation =
      '"created_at": "", "result": [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["Sad"]}}]';
    for (const [text, object] of [
      [`{"id": 11, "data": {}, "annotations": [{${annotation}}]}\n{"id": 12, "data": {}}`, `{${annotation}}`],
      [`{"task": {"id": 11}, ${annotation}}`, `{"task": {"id": 11}, ${annotation}}`],
    ] as const)
      expect(fileOfRemaining(text).text).toBe(`[\n{"id": 11, "annotations": [${object}]}\n]\n`);
  });

  it('of another project’s export include the data that identifies its tasks', () => {
    const text = '[{"id": 5, "data": {"image": "a.jpg", "x": 1}, "annotations": [{"result": []}]}]';
    const table = new TaskTable();
    table.add([{ id: 71, data: { image: 'b.jpg' } }]);
    const source = SourceText.of(text);
    const { parsed } = check(
      source,
      configOf,
      { columns: { image: 'task-key' }, matching: { field: 'image', compare: 'value', ignoresCase: false } },
      () => ({ tasks: table, title: 'Mine' }),
    );
    const batch = { text: source, parsed, entryErrors: new ProblemList(0).entryErrors, configOf };
    const { parts } = writeRemainingFile(batch, new Map([[0, { reason: '', more: 0 }]]));
    expect([...parts].join('')).toBe('[\n{"data": {"image": "a.jpg"}, "annotations": [{"result": []}]}\n]\n');
  });

  it('of a partly finished request are its remaining tasks, so that none is annotated twice', () => {
    const text = '[\n  {"tasks": [1, 2, 3],\n   "result": [] },\n  {"task": 4, "result": []}\n]';
    const events = [
      ...created(1, [0, 2, 3], [[900], [902], [903]]),
      event.sent(2, [1]),
      event.refusal(2, 'No.'),
      event.refused([1], 'No.'),
    ];
    expect(fileOfRemaining(text, { events }).text).toBe('[\n{"tasks": [2],\n   "result": [] }\n]\n');
  });

  it('of a partly finished selection are its remaining tasks by ID', () => {
    const rows = { ...emptyRows(3), task: Float64Array.from([7, 8, 9]) };
    const text = '{"selected_items": {"all": true, "excluded": [6]}, "result": []}';
    const none = fileOfRemaining(text, { rows, skip: () => 'Not there.' }).text;
    expect(none).toBe(`${text}\n`);
    const some = fileOfRemaining(text, {
      rows,
      skip: (row) => (row === 0 ? undefined : 'Not there.'),
      events: created(1, [0], [[900]]),
    });
    expect(JSON.parse(some.text)).toEqual({ selected_items: { all: false, included: [8, 9] }, result: [] });
  });
});
