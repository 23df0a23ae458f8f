import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { configOf as configWith } from '#config/spec-config.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import type { ImportSettings } from './import-settings.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="Positive" alias="pos"/><Choice value="Negative"/></Choices>
  <Choices name="topics" toName="text" choice="multiple"><Choice value="Price"/><Choice value="a|b"/></Choices>
  <Taxonomy name="place" toName="text"><Choice value="EU"><Choice value="DE"/></Choice></Taxonomy>
  <Rating name="stars" toName="text"/>
  <Number name="amount" toName="text"/>
  <TextArea name="note" toName="text"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const configOf = () => ({ config: read.config, isForBulk: true });

const checked = (text: string, choice?: ImportSettings) => checkText(text, configOf, choice);
const region = (name: string, type: string, value: object) => ({
  from_name: name,
  to_name: 'text',
  type,
  value,
});
const mood = (choice: string) => region('mood', 'choices', { choices: [choice] });

/** Each problem as `line:column code`. */
const problemsOf = (text: string, choice?: ImportSettings) =>
  checked(text, choice).checked.problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

function mendAll(text: string, code: string): string {
  const { parsed, checked: found } = checked(text);
  const problem = found.problems.find((one) => one.code === code)!;
  return applyFixes(SourceText.of(text), parsed, findAlike(parsed.entries, configOf, problem)).toString();
}

describe('a table', () => {
  it('becomes a request for each row, with each column as the answer of its control', () => {
    const text =
      'task,mood,topics,place,stars,amount,note,lead_time,ground_truth\r\n' +
      '1,pos,Price|Price,EU > DE,4,12.50,"Fine, ""really""",0.5,TRUE\r\n' +
      '9007199254740991,Negative,"[""a|b""]",,,,,,\r\n';
    const { parsed } = checked(text);
    expect(parsed.format).toBe('table');
    expect(valuesOf(parsed.entries)).toEqual([
      {
        task: 1,
        result: [
          mood('pos'),
          region('topics', 'choices', { choices: ['Price', 'Price'] }),
          region('place', 'taxonomy', { taxonomy: [['EU', 'DE']] }),
          region('stars', 'rating', { rating: 4 }),
          region('amount', 'number', { number: 12.5 }),
          region('note', 'textarea', { text: ['Fine, "really"'] }),
        ],
        lead_time: 0.5,
        ground_truth: true,
      },
      {
        task: 9007199254740991,
        result: [mood('Negative'), region('topics', 'choices', { choices: ['a|b'] })],
      },
    ]);
  });

  it.each([
    ['comma', 'task,mood\n1,pos\n2,Negative'],
    ['semicolon, and old line ends', 'task;mood\r1;pos\r2;Negative\r'],
    ['tab, as a spreadsheet copies it', 'task\tmood\n1\tpos\n2\tNegative'],
    ['pipe', 'task|mood\n1|pos\n2|Negative\n'],
    ['a byte order mark', '\uFEFFtask,mood\n1,pos\n2,Negative'],
    ['other words for its columns', 'Task ID,Sentiment\n1,pos\n2,Negative'],
    ['its ids behind', 'answer,id\npos,1\nNegative,2'],
  ])('is read with %s', (_, text) => {
    const { parsed, checked: found } = checked(text);
    expect(valuesOf(parsed.entries)).toEqual([
      { task: 1, result: [mood('pos')] },
      { task: 2, result: [mood('Negative')] },
    ]);
    expect(found.problems).toEqual([]);
  });

  it('is refused with too many columns, for any delimiter and with or without a header', () => {
    for (const [mark, header] of [
      [',', 'task'],
      ['\t', '1'],
      ['|', ''],
    ] as const) {
      const { parsed, checked: found } = checked(
        `${header}${mark.repeat(199_999)}\n1${mark.repeat(199_999)}\n`,
      );
      expect(found).toMatchObject({ format: 'table', entries: 0, sourceErrors: 1, errors: 1 });
      expect(found.problems[0]!.message).toBe(
        'This table has 200,000 columns; the limit is 20,000 columns. Delete the columns you don’t need, or choose another delimiter.',
      );
      // The delimiter can be corrected.
      expect(found.reading).toMatchObject({ dialect: { delimiter: mark }, columns: 0 });
      expect(parsed.grid).toBeUndefined();
    }
    expect(checked(`task${',x'.repeat(200_000)}\n1`, { delimiter: ';' }).checked.reading).toMatchObject({
      columns: 1,
    });
  });

  it('reports a problem at its cell', () => {
    const text = 'task,mood,stars\n1,pos,7\nx,Positive,4\n3,"posi\ntive",5\n4,pos\n';
    expect(problemsOf(text)).toEqual([
      '2:7 value-too-large',
      '3:1 task-id-not-whole',
      '3:3 choice-unknown',
      '4:3 choice-unknown',
      '6:1 row-too-short',
    ]);
  });

  it('has one fix for all task IDs in other spellings', () => {
    const text =
      'task,mood\n1001.0,pos\n"1,002",pos\n#1003,pos\n\'1004,pos\n"=""1005""",pos\n\u200b1006,pos\nx,pos\n1008,pos\n';
    const { checked: found } = checked(text);
    expect(found).toMatchObject({ errors: 7, rows: 1 });
    expect(found.problems[0]).toMatchObject({
      code: 'task-id-spelled-otherwise',
      message: '“1001.0” isn’t written as a plain task ID. Use 1001.',
      alike: 6,
      fix: { words: 'Use 1001', alike: 'Use plain IDs' },
    });
    expect(found.problemGroups[0]).toMatchObject({
      count: 6,
      message: '“…” isn’t written as a plain task ID. Use ….',
    });
    expect(mendAll(text, 'task-id-spelled-otherwise')).toBe(
      'task,mood\n1001,pos\n1002,pos\n1003,pos\n1004,pos\n1005,pos\n1006,pos\nx,pos\n1008,pos\n',
    );
  });

  it('counts unlisted problems with the same fix', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `${row + 1}.0,pos`);
    const { problems, errors } = checked(['task,mood', ...rows].join('\n')).checked;
    expect(errors).toBe(3000);
    expect(problems[0]).toMatchObject({ alike: 3000 });
  });

  it('is fixed in its cells, all similar ones at once', () => {
    const text = 'task,mood,topics\n1,Positive,price\n2,Negative,"price|a,b"\n3,"Positive",\n';
    expect(mendAll(text, 'choice-unknown')).toBe(
      'task,mood,topics\n1,pos,price\n2,Negative,"price|a,b"\n3,pos,\n',
    );
    expect(mendAll(text.replace('Positive', 'pos').replace('"Positive"', 'pos'), 'choice-unknown')).toBe(
      'task,mood,topics\n1,pos,Price\n2,Negative,"Price|a,b"\n3,pos,\n',
    );
  });

  it('maps its columns as the user chooses', () => {
    const text = 'x,y,task\n1,pos,9\n';
    const { parsed } = checked(text, { columns: { x: 'task', y: 'control:note', task: 'nothing' } });
    expect(valuesOf(parsed.entries)).toEqual([
      { task: 1, result: [region('note', 'textarea', { text: ['pos'] })] },
    ]);
    expect(parsed.reading?.columns).toEqual([
      { name: 'x', target: 'task', samples: ['1'] },
      { name: 'y', target: 'control:note', samples: ['pos'] },
      { name: 'task', target: 'nothing', samples: ['9'] },
    ]);
  });

  it('maps a column whose first 10,000 cells are empty', () => {
    const empty = Array.from({ length: 10_001 }, (_, row) => `1,,${row}\n`);
    const text = `task,x,y\n${empty.join('')}2,Positive,a\n3,Negative,b\n`;
    expect(checked(text).parsed.reading?.columns[1]).toEqual({
      name: 'x',
      target: 'control:mood',
      samples: ['Positive', 'Negative'],
    });
  });

  it('can contain whole results, with problems at their place', () => {
    const text = `task,result\n1,"[{""from_name"": ""mood"", ""to_name"": ""text"", ""type"": ""choices"", ""value"": {""choices"": [""pso""]}}]"\n2,[1\n`;
    expect(problemsOf(text)).toEqual(['2:3 choice-unknown', '3:3 result-not-a-list']);
  });

  it('reports only the error of a row without a required label', () => {
    const config = configWith(
      '<Text name="text" value="$text"/>',
      '<Choices name="mood" toName="text" required="true"><Choice value="Good"/></Choices>',
    );
    const found = checkText('task,mood\n1,Good\n2,\n', () => ({ config, isForBulk: true }));
    expect(found.checked.problems.map(({ code, severity }) => [severity, code])).toEqual([
      ['error', 'required-missing'],
    ]);
  });

  it('says nothing about labels before a project is chosen, but why', () => {
    const why = 'No project is chosen, so labels aren’t checked';
    const { checked: found } = checkText('task,mood\n1,pos\n2,\n', () => ({ why }));
    expect([found.problems, found.notChecked]).toEqual([[], [why]]);
  });

  it('warns of an unlabelled row in a list of skips, in words of a table', () => {
    const { checked: found } = checked('task,was_cancelled\n1,true\n2,\n');
    expect(found.problems.map(({ line, message }) => [line, message])).toEqual([
      [
        3,
        'This row is neither labelled nor skipped, so its task won’t count as completed. Label it, skip it or delete it.',
      ],
    ]);
  });

  it('warns of a row without labels, unless it is a skip', () => {
    const text = 'task,mood,was_cancelled\n1,pos,\n2,,\n3,,true\n';
    expect(problemsOf(text)).toEqual(['3:1 row-says-nothing']);
    expect(valuesOf(checked(text).parsed.entries).slice(1)).toEqual([
      { task: 2, result: [] },
      { task: 3, result: [], was_cancelled: true },
    ]);
    expect(valuesOf(checked('task,was_cancelled\n1,true\n').parsed.entries)).toEqual([
      { task: 1, was_cancelled: true },
    ]);
  });

  it('has one problem for a row without a task and labels', () => {
    expect(problemsOf('task,mood,note\n1,pos,\n,,\n , ,\n,pos,\n')).toEqual([
      '3:1 row-empty',
      '4:1 row-empty',
      '5:1 task-id-not-whole',
    ]);
  });

  it('names repeated tasks by row numbers, as in the grid and the list of problems', () => {
    const text = 'task,mood,unique_id\n1,pos,a\n2,pos,\n1,pos,\n2,Negative,a\n';
    const messages = checked(text).checked.problems.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        'Task 1: duplicate of row 1.',
        'Task 2: conflicts with row 2, which has other labels.',
        'Row 1 has this unique_id already. The server takes each only once.',
      ]),
    );
  });

  it.each([
    ['a line that names its delimiter', 'sep=;\r\ntask;mood\r\n1;pos\r\n2;Posi\r\n', 1],
    ['titles', 'Reviews of May\n"in two\nlines"\n\ntask,mood\n1,pos\n2,Posi\n', 3],
  ])('is read below %s, which are named', (_, text, above) => {
    const { parsed, checked: found } = checked(text);
    expect(valuesOf(parsed.entries)[0]).toEqual({ task: 1, result: [mood('pos')] });
    expect(found.problems.filter(({ code }) => code === 'row-above-table')).toHaveLength(above === 1 ? 1 : 2);
    const wrong = found.problems.find(({ code }) => code === 'choice-unknown')!;
    expect(text.split(/\r?\n/)[wrong.line - 1]).toMatch(/^2.Posi/);
    expect(text.slice(wrong.from, wrong.to)).toBe('Posi');
  });

  it('is read below the chosen header row', () => {
    const text = 'a,b\nc,d\ntask,mood\n1,pos\n';
    expect(valuesOf(checked(text, { rowsAbove: 2 }).parsed.entries)).toEqual([
      { task: 1, result: [mood('pos')] },
    ]);
  });

  it('reports an unclosed quote, whatever happens to its columns', () => {
    const text = 'task;remark;mood\n1;"never closed;pos\n2;fine;Negative\n3;fine;pos\n';
    expect(problemsOf(text)).toContain('2:3 quote-not-closed');
    expect(problemsOf('"task;mood\n1;pos\n2;pos\n')).toEqual(['1:1 quote-not-closed']);
    expect(problemsOf('1;"pos\n2;pos\n3;pos\n')).toContain('1:3 quote-not-closed');
  });

  it.each([
    ['Task ID', 'ID,Task ID,mood\n1,1001,pos\n'],
    ['taskId', 'id,taskId,mood\n1,1001,pos\n'],
    ['Task number', 'No.,Task number,mood\n1,1001,pos\n'],
    ['Label Studio task', 'annotation_id,Label Studio task,mood\n41,1001,pos\n'],
    ['LS-ID', 'id,LS-ID,mood\n41,1001,pos\n'],
    ['id', 'ID,TEXT,id,mood\n7,fine,1001,pos\n'],
    ['ID', 'No.,ID,mood\n7,1001,pos\n'],
    ['id', 'task,id,mood\nHow is it?,1001,pos\n'],
    ['task', 'task,id,mood\n1001,a-7,pos\n'],
    ['Task (required)', 'Task (required),mood\n1001,pos\n'],
  ])('finds the column of tasks by an unmistakable name: “%s”', (name, text) => {
    const { parsed } = checked(text);
    expect(parsed.reading!.columns.find(({ target }) => target === 'task')?.name).toBe(name);
    expect(parsed.entries.taskAt(0)).toBe(1001);
  });

  it.each([
    'text,votes,mood\nfine,3,pos\n',
    'No.,votes,mood\n1,3,pos\n2,3,pos\n',
    'task,task_id,mood\n3,1001,pos\n',
    '1001,pos\n1002,Negative',
    'inner_id,mood\n1,pos\n',
    'annotation_id,width,mood\n41,640,pos\n',
    'id,mood\na-7,pos\n',
  ])('never guesses the column of task IDs: %j', (text) => {
    const { parsed, checked: found } = checked(text);
    expect(found.problems.map(({ message }) => message)).toEqual(['No column is mapped to task IDs.']);
    expect(valuesOf(parsed.entries)).toEqual([]);
  });

  it.each([
    [
      'task,tags\n1,[]\n2,[]\n',
      'Choose the column for “mood”, “topics”, “place”, “stars”, “amount” and 1 more',
    ],
    ['task,Price,a|b\n1,1,0\n', 'Columns “Price” and “a|b” are named like labels of “topics”'],
    ['task,remark\n1,pos\n', undefined],
  ])('reports that no column has labels: %j', (text, words) => {
    const { checked: found } = checked(text);
    if (words === undefined) return expect(found.sourceErrors).toBe(0);
    expect(found.problems.map(({ code }) => code)).toEqual(['labels-column-missing']);
    expect(found.problems[0]!.message).toContain(words);
    expect(found.rows).toBe(0);
  });

  it('names the chosen separator when labels are spread over columns', () => {
    const { checked: found } = checked('task,Price,a|b\n1,1,0\n', { separators: { topics: ';' } });
    expect(found.problems[0]!.message).toContain('into one column “topics”, joined by ;.');
  });

  it('warns of an unused column with labels until the user ignores it', () => {
    const text = 'task,topics,topics 2,remark\n1,Price,Price,x\n2,a,Price,y\n';
    const warnings = (choice?: ImportSettings) =>
      checked(text, choice).checked.problems.filter(({ code }) => code === 'labels-column-unused');
    expect(warnings().map(({ message }) => message)).toEqual([
      'Column “topics 2” has labels of “topics”, but isn’t used, because “topics” is. Join the labels in one cell with |, or choose Ignore.',
    ]);
    expect(warnings({ columns: { 'topics 2': 'nothing' } })).toEqual([]);
    const [withSemicolons] = warnings({ separators: { topics: ';' } });
    expect(withSemicolons?.message).toContain('Join the labels in one cell with ;, or choose Ignore.');
  });

  it('names a missing column, and creates nothing', () => {
    const { parsed, checked: found } = checked('mood,note\npos,fine\n');
    expect(found.problems.map(({ message }) => message)).toEqual(['No column is mapped to task IDs.']);
    expect(valuesOf(parsed.entries)).toEqual([]);
  });
});

describe('JSON Lines', () => {
  it('are read one by one, so that a broken line doesn’t affect others', () => {
    const line = (task: number, choice: string) => JSON.stringify({ task, result: [mood(choice)] });
    const text = `${line(1, 'pos')}\n\n{"task": 2,\n${line(3, 'Positive')}\n`;
    const { parsed, checked: found } = checked(text);
    expect(parsed.format).toBe('json-lines');
    expect(found).toMatchObject({ entries: 3, rows: 1, errors: 2 });
    expect(problemsOf(text)).toEqual([
      '3:12 json-cut-off',
      `4:${line(3, '').indexOf('[""]') + 2} choice-unknown`,
    ]);
    expect(mendAll(text, 'choice-unknown')).toBe(text.replace('Positive', 'pos'));
  });
});

describe('records', () => {
  it('are recognised by their keys and values', () => {
    const text =
      '[{"task": 12, "choice": "pos", "stars": 4, "topics": ["Price"]},\n {"task": 13, "choice": "Positive"}]';
    const { parsed } = checked(text);
    expect(parsed.format).toBe('records');
    expect(parsed.entries.at(0)).toEqual({
      task: 12,
      result: [
        mood('pos'),
        region('stars', 'rating', { rating: 4 }),
        region('topics', 'choices', { choices: ['Price'] }),
      ],
    });
    expect(problemsOf(text)).toEqual(['2:25 choice-unknown']);
    expect(mendAll(text, 'choice-unknown')).toBe(text.replace('Positive', 'pos'));
  });

  it('are refused with too many different keys, in one record or in many', () => {
    const keys = Array.from({ length: 20_001 }, (_, key) => `k${key}`);
    const wide = [{ task: 1, ...Object.fromEntries(keys.map((key) => [key, 'x'])) }, { task: 2 }];
    const many = keys.map((key, task) => ({ task: task + 1, [key]: 'pos' }));
    for (const records of [wide, many]) {
      for (const text of [
        JSON.stringify(records),
        records.map((one) => JSON.stringify(one)).join('\n') + '\n',
      ]) {
        const { checked: found } = checked(text, { format: 'records' });
        expect(found).toMatchObject({
          format: 'records',
          entries: 0,
          sourceErrors: 1,
          reading: { columns: 0 },
        });
        expect(found.problems[0]!.message).toBe(
          'These records have more than 20,000 different keys; the limit is 20,000 columns. Delete the keys you don’t need.',
        );
      }
    }
  });

  it('aren’t requests with errors', () => {
    const typed = '[{"task": 12, "lead_tme": 4, "was_cancelled": true}]';
    expect(checked(typed).parsed.format).toBe('requests');
    expect(checked(typed, { format: 'records' }).parsed.format).toBe('records');
  });
});

describe('an export', () => {
  it('has a request for each annotation, with problems at their place', () => {
    const annotation = {
      id: 5,
      completed_by: 2,
      lead_time: 1.5,
      was_cancelled: false,
      result: [mood('pos')],
    };
    const text = JSON.stringify([
      { id: 1, data: {}, annotations: [annotation, { ...annotation, was_cancelled: true, result: [] }] },
      { id: 2, data: {}, annotations: [] },
      { id: 'x', annotations: [{ ...annotation, result: [mood('Positive')] }] },
    ]);
    const { parsed, checked: found } = checked(text);
    expect(parsed.format).toBe('export');
    expect(valuesOf(parsed.entries)).toEqual([
      { task: 1, result: [mood('pos')], was_cancelled: false, lead_time: 1.5 },
      { task: 1, result: [], was_cancelled: true, lead_time: 1.5 },
      { task: 'x', result: [mood('Positive')], was_cancelled: false, lead_time: 1.5 },
    ]);
    const errors = found.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, from }) => [code, text.slice(from, from + 3)])).toEqual([
      ['task-id-not-whole', '"x"'],
      ['choice-unknown', '"Po'],
    ]);
    expect(mendAll(text, 'choice-unknown')).toBe(text.replace('Positive', 'pos'));
  });
});
