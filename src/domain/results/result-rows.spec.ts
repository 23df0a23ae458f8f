import { describe, expect, it } from 'vitest';
import type { Plan } from '#domain/plan/plan.ts';
import { event, planOf } from '#domain/results/spec-run.ts';
import { newAccount, type Account } from './account.ts';
import { fold } from './fold-account.ts';
import { csvOf, idsOf, jsonOf, resultRow, selectRows, type RowQuery } from './result-rows.ts';
import type { RunEvent } from './run-event.ts';

const base = 'https://ls.example.com/label-studio';
const refusal = 'The server refused it. “task: Invalid pk, "9".”';

/** Two requests of two projects, and a run in which each row ended differently. */
function aRun(): { plan: Plan; account: Account } {
  const plan = planOf([{ tasks: [70, 12, 9] }, { tasks: [700, 12, 5], lead_time: 1 }], {
    projects: Float64Array.of(1, 2),
    skip: (row) => (row === 5 ? 'Task 5 isn’t in project 2.' : undefined),
  });
  const events: RunEvent[] = [
    event.sent(1, [0, 1]),
    event.sent(2, [2]),
    event.sent(3, [3], 1),
    event.refusal(2, refusal),
    event.refused([2], refusal),
    event.answered(1),
    event.answered(3),
    event.readBack([0, 1, 3], [[305], [302, 307], [301]]),
    event.leftUnsent([4], '=HYPERLINK("http://x.example")'),
  ];
  return { plan, account: events.reduce(fold, newAccount(plan)) };
}

const { plan, account } = aRun();
const inSource: RowQuery['sort'] = { by: 'source', descending: false };
const select = (query: Partial<RowQuery>) => [
  ...selectRows(plan, account, { sort: inSource, states: [], search: '', ...query }),
];
const all = select({});
const text = (parts: Iterable<string>) => [...parts].join('');

describe('the result rows', () => {
  it.each<[RowQuery['sort']['by'], rows: number[], descending: number[]]>([
    ['source', [0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0]],
    // Rows of the same task keep the source order in both directions.
    ['task', [5, 2, 1, 4, 0, 3], [3, 0, 1, 4, 2, 5]],
    ['annotation', [2, 4, 5, 3, 1, 0], [0, 1, 3, 2, 4, 5]],
    ['entry', [0, 1, 2, 3, 4, 5], [3, 4, 5, 0, 1, 2]],
    ['state', [0, 3, 5, 2, 1, 4], [4, 1, 2, 5, 0, 3]],
  ])('sorted by %s', (by, rows, descending) => {
    expect(select({ sort: { by, descending: false } })).toEqual(rows);
    expect(select({ sort: { by, descending: true } })).toEqual(descending);
  });

  it.each<[Partial<RowQuery>, number[]]>([
    [{ states: ['created'] }, [0, 3]],
    [{ states: ['duplicated', 'refused'] }, [1, 2]],
    [{ states: ['unknown'] }, []],
    [{ search: '70' }, [0, 3]],
    [{ search: ' 70 ' }, [0, 3]],
    // The second annotation of a duplicated row is found, too.
    [{ search: '307' }, [1]],
    [{ search: '30' }, [0, 1, 3]],
    [{ search: '30', states: ['created'] }, [0, 3]],
    [{ search: '999' }, []],
    [{ search: '   ' }, [0, 1, 2, 3, 4, 5]],
    [{ search: '1', sort: { by: 'task', descending: true } }, [3, 1, 4]],
  ])('filtered by %j', (query, rows) => {
    expect(select(query)).toEqual(rows);
  });

  it('have all of their fields', () => {
    expect(resultRow(plan, account, 1, base)).toEqual({
      row: 1,
      entry: 0,
      task: 12,
      project: 1,
      state: 'duplicated',
      annotations: [302, 307],
      label: 'no result',
      reason: 'The task has 2 annotations of this row.',
      link: `${base}/projects/1/data?task=12&annotation=302`,
    });
    expect(resultRow(plan, account, 0, base)).not.toHaveProperty('reason');
    expect(resultRow(plan, account, 4, base).link).toBe(`${base}/projects/2/data?task=12`);
  });
});

describe('the CSV file', () => {
  const lines = text(csvOf(plan, account, all, base)).split('\r\n');

  it('has a header and a line for each annotation, and ends with a line end', () => {
    expect(lines).toHaveLength(1 + 7 + 1);
    expect(lines[0]).toBe('row,request,project,task,annotation,state,reason,link,label,not_found_at');
    expect(lines.at(-1)).toBe('');
  });

  it('counts rows and requests from 1, like the screen', () => {
    expect(lines[1]).toBe(`1,1,1,70,305,created,,${base}/projects/1/data?task=70&annotation=305,no result,`);
    expect(lines[5]).toMatch(/^4,2,2,700,301,created,,/);
  });

  it('has both annotations of a duplicated row, each with its link', () => {
    expect(lines.slice(2, 4).map((line) => line.split(',')[4])).toEqual(['302', '307']);
    expect(lines[3]).toMatch(/task=12&annotation=307,no result,$/);
  });

  it('quotes cells with a comma or a quote', () => {
    expect(lines[4]).toBe(
      `3,1,1,9,,refused,"The server refused it. “task: Invalid pk, ""9"".”",${base}/projects/1/data?task=9,no result,`,
    );
  });

  it('contains no formulas for spreadsheets', () => {
    expect(lines[6]).toContain(`,"'=HYPERLINK(""http://x.example"")",`);
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])('escapes %j', (reason) => {
    const mine = newAccount(plan);
    fold(mine, event.leftUnsent([0], reason));
    const [, line] = [...csvOf(plan, mine, [0], base)];
    expect(line).toMatch(/^1,1,1,70,,never-sent,"?'/);
  });

  it('keeps a text of several lines in one cell', () => {
    const mine = newAccount(plan);
    fold(mine, event.leftUnsent([0], 'one\ntwo'));
    expect([...csvOf(plan, mine, [0], base)][1]).toContain(',"one\ntwo",');
  });

  it('has only its header without rows', () => {
    expect([...csvOf(plan, account, [], base)]).toHaveLength(1);
  });
});

describe('the JSON file', () => {
  const read = (rows: number[]) => JSON.parse(text(jsonOf(plan, account, rows, base))) as unknown[];

  it('has the rows in the requested order, counted from 1', () => {
    expect(read([1, 0])).toEqual([
      {
        row: 2,
        request: 1,
        task: 12,
        project: 1,
        state: 'duplicated',
        annotations: [302, 307],
        label: 'no result',
        reason: 'The task has 2 annotations of this row.',
        link: `${base}/projects/1/data?task=12&annotation=302`,
      },
      {
        row: 1,
        request: 1,
        task: 70,
        project: 1,
        state: 'created',
        annotations: [305],
        label: 'no result',
        link: `${base}/projects/1/data?task=70&annotation=305`,
      },
    ]);
  });

  it('is a list, even an empty one', () => {
    expect(read([])).toEqual([]);
    expect(read(all)).toHaveLength(6);
  });
});

it('the file of IDs has one per line, and nothing for rows without', () => {
  expect(text(idsOf(account, all))).toBe('305\n302\n307\n301\n');
  expect(text(idsOf(account, [4]))).toBe('');
});
